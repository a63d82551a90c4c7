"""The workload as tables and statements, for the peers that keep it in SQLite."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from tests.benchmarks.sync_race.columns import NEWER_CELL, TABLES
from tests.benchmarks.sync_race.workload import Value, Write

Prepared = list[tuple[str, list[tuple[Any, ...]]]]


def columns_of(table: str, *, newer: bool = False) -> tuple[str, ...]:
    """The columns of a table after its id."""
    return (*TABLES[table], NEWER_CELL) if newer and table == "person" else TABLES[table]


def create_statements(*, newer: bool = False, id_type: str = "BLOB") -> Iterator[str]:
    """The tables, each with its id as the primary key."""
    for table in TABLES:
        columns = ", ".join(columns_of(table, newer=newer))
        yield f"CREATE TABLE {table} (id {id_type} PRIMARY KEY NOT NULL, {columns})"


def prepare(writes: Iterable[Write], *, hexadecimal: bool = False) -> Prepared:
    """Statements in order, those next to each other that are alike as one with many rows."""
    grouped = groupby(writes, key=lambda write: (write.table, write.new, tuple(write.cells)))
    return [
        (_text(table, names, new=new), [_row(write, hexadecimal=hexadecimal) for write in alike])
        for (table, new, names), alike in grouped
    ]


def as_stored(key: bytes, *, hexadecimal: bool) -> bytes | str:
    """An id as it stands in the database."""
    return key.hex() if hexadecimal else key


def select_statement(table: str, names: Sequence[str]) -> str:
    """One row by its id."""
    return f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"  # noqa: S608 - names of the workload


def _text(table: str, names: tuple[str, ...], *, new: bool) -> str:
    if new:
        places = ", ".join("?" * (len(names) + 1))
        return f"INSERT INTO {table} ({', '.join(names)}, id) VALUES ({places})"  # noqa: S608
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"  # noqa: S608


def _row(write: Write, *, hexadecimal: bool) -> tuple[Value, ...]:
    return (*write.cells.values(), as_stored(write.key, hexadecimal=hexadecimal))
