"""Numbers for people and papers: each given once by this installation, also after a copy of it was restored."""

from typing import Final

import sqlalchemy as sa

from app.clock import to_local
from app.storage import schema
from app.storage.oplog import newest_of_ours

_DAY_MS: Final = 86_400_000
_GAP: Final = 1000
_GAP_A_DAY: Final = 200
_LARGEST_GAP: Final = 1_000_000
_YEAR_DIGITS: Final = 4
_FLOOR, _FLOOR_YEAR = "floor", "floor_year"


def next_number(connection: sa.Connection, name: str, count: int = 1) -> int:
    """The first of `count` numbers of a sequence, from 1 on; a name that ends in a year begins anew with it."""
    table = schema.sequence
    last: int | None = connection.scalar(sa.select(table.c.last).where(table.c.name == name))
    if last is None:
        last = _floor(connection, name)
        connection.execute(table.insert().values(name=name, last=last + count))
    else:
        connection.execute(table.update().where(table.c.name == name).values(last=last + count))
    return last + 1


def numbers_given(connection: sa.Connection) -> dict[str, int]:
    """The last number of each sequence."""
    table = schema.sequence
    return dict(connection.execute(sa.select(table.c.name, table.c.last)).all())


def go_beyond(connection: sa.Connection, known: dict[str, int]) -> None:
    """Never again give a number up to these."""
    table, kept = schema.sequence, numbers_given(connection)
    for name, last in known.items():
        if name not in kept:
            connection.execute(table.insert().values(name=name, last=last))
        elif last > kept[name]:
            connection.execute(table.update().where(table.c.name == name).values(last=last))


def leap(connection: sa.Connection, now: int) -> None:
    """Leave out numbers that may have been given after this copy was made, by nobody knows how many.

    A thousand, and two hundred for each day since our newest entry; also in sequences that begin later, as long as
    their year is not a later one.
    """
    meta = schema.meta
    newest = newest_of_ours(connection)
    gap = min(_GAP + _GAP_A_DAY * (max(0, now - newest) // _DAY_MS), _LARGEST_GAP)
    floor = gap + _meta_number(connection, _FLOOR)
    go_beyond(connection, {name: last + gap for name, last in numbers_given(connection).items()})
    connection.execute(meta.delete().where(meta.c.key.in_((_FLOOR, _FLOOR_YEAR))))
    year = to_local(max(now, newest)).year
    connection.execute(meta.insert(), [{"key": _FLOOR, "value": str(floor)}, {"key": _FLOOR_YEAR, "value": str(year)}])


def _floor(connection: sa.Connection, name: str) -> int:
    year = name[-_YEAR_DIGITS:]
    if year.isdecimal() and int(year) > _meta_number(connection, _FLOOR_YEAR):
        return 0
    return _meta_number(connection, _FLOOR)


def _meta_number(connection: sa.Connection, key: str) -> int:
    value = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == key))
    return int(value or 0)
