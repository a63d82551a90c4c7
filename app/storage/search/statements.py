"""Statements run for each key typed: written with SQLAlchemy, compiled once, then given to the driver as they are."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Select

Values = Mapping[str, Any]
Take = Callable[[Values], object]
# By statement, dialect and lengths of lists: the SQL, and how each of its parameters is taken from the values.
_compiled: dict[tuple[int | str, ...], tuple[str, list[Take]]] = {}


def fetch(connection: Connection, statement: Select[Any], **values: object) -> list[Any]:
    """Return all rows of a statement; a list given for a parameter is for an expanding one and must not be empty.

    The connection must be in a transaction: the driver is not told to begin one. The statement must live as long as
    the program: it is known by its identity.
    """
    key: tuple[int | str, ...] = (id(statement), connection.dialect.name)
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = padded = _pad(value)
            key += (len(padded),)
    if key not in _compiled:
        _compiled[key] = _compile(connection, statement, values)
    sql, takes = _compiled[key]
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, [take(values) for take in takes])
        return list(cursor.fetchall())
    finally:
        cursor.close()


def _pad(values: list[Any]) -> list[Any]:
    """Repeat the last value up to the next power of two, so that few forms of a statement exist."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))


def _compile(connection: Connection, statement: Select[Any], values: Values) -> tuple[str, list[Take]]:
    state = statement.compile(dialect=connection.dialect).construct_expanded_state(dict(values))
    return state.statement, [_find(name, values, state.parameters) for name in state.positiontup or ()]


def _find(name: str, values: Values, constants: Values) -> Take:
    if name in values:
        return lambda given: given[name]
    listed, _, number = name.rpartition("_")
    if listed in values and isinstance(values[listed], list):
        place = int(number) - 1
        return lambda given: given[listed][place]
    constant = constants[name]
    return lambda _: constant
