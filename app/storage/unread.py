"""Rows of which this program can't read everything: their ops are kept, and read once a newer program opens the store.

A row is noted with the step of the program that came across it. The program that brings a later step makes the row
anew from all its ops.
"""

from collections.abc import Collection, Iterable, Set
from uuid import UUID

import sqlalchemy as sa

from app.storage import migrations, oplog, schema
from app.storage.exchange_tables import unread
from app.storage.types import parts_of

RowKey = tuple[str, bytes]


def is_readable(name: str, cells: Iterable[str]) -> bool:
    """Whether this program knows a table and all these cells of it."""
    table = schema.SYNCED.get(name)
    return table is not None and all(cell in table.c for cell in cells)


def note(connection: sa.Connection, keys: Collection[RowKey], erased: Set[RowKey] = frozenset()) -> None:
    """Note rows that this program can't read whole; `erased`: those of unknown tables that are erased."""
    known = _noted(connection, keys)
    fresh = [key for key in keys if key not in known]
    for part in parts_of(fresh):
        rows = [{"tbl": key[0], "row_id": key[1], "revision": migrations.HEAD, "erased": key in erased} for key in part]
        connection.execute(unread.insert(), rows)
    for name, row_id in known:
        where = (unread.c.tbl == name, unread.c.row_id == row_id)
        connection.execute(
            unread.update().where(*where, unread.c.revision > migrations.HEAD).values(revision=migrations.HEAD)
        )
        if (name, row_id) in erased:
            connection.execute(unread.update().where(*where).values(erased=True))


def erased_among(connection: sa.Connection, keys: Iterable[RowKey]) -> set[RowKey]:
    """Which of these rows are noted as erased."""
    return {key for key, erased in _noted(connection, keys).items() if erased}


def due(connection: sa.Connection, limit: int = 1) -> list[RowKey]:
    """Some of the rows that an older program has noted and that this one has not looked at yet."""
    query = sa.select(unread.c.tbl, unread.c.row_id).where(unread.c.revision < migrations.HEAD).limit(limit)
    return [(name, row_id.bytes) for name, row_id in connection.execute(query)]


def settle(connection: sa.Connection, keys: Collection[RowKey], still: Set[RowKey]) -> None:
    """This program has looked at these rows; it could not read all of those in `still` either."""
    for part in parts_of(keys):
        for name, row_id in part:
            where = (unread.c.tbl == name, unread.c.row_id == row_id)
            if (name, row_id) in still:
                connection.execute(unread.update().where(*where).values(revision=migrations.HEAD))
            else:
                connection.execute(unread.delete().where(*where))


def count(connection: sa.Connection) -> int:
    """How many records hold something that only a newer program can read."""
    return connection.scalar(sa.select(sa.func.count()).select_from(unread)) or 0


def is_store_newer(connection: sa.Connection) -> bool:
    """Whether a newer program has brought the store to steps that this one does not know."""
    revision = migrations.current_revision(connection)
    return revision is not None and revision > migrations.HEAD


def mentions(connection: sa.Connection, ids: Collection[UUID]) -> bool:
    """Whether something that this program can't read speaks of one of these rows."""
    if not ids or count(connection) == 0:
        return False
    op = schema.op
    bodies = (
        sa.select(op.c.tbl, op.c.body)
        .join(unread, (unread.c.tbl == op.c.tbl) & (unread.c.row_id == op.c.row_id))
        .where(op.c.body.is_not(None))
    )
    wanted = {wanted.bytes for wanted in ids}
    return any(
        isinstance(value, bytes) and value in wanted and not is_readable(name, (cell,))
        for name, body in connection.execute(bodies)
        for cell, value in oplog.decode_body(body).cells.items()
    )


def _noted(connection: sa.Connection, keys: Iterable[RowKey]) -> dict[RowKey, bool]:
    """Those of these rows that are noted, and whether as erased."""
    wanted = set(keys)
    found: dict[RowKey, bool] = {}
    for ids in parts_of(row_id for _name, row_id in wanted):
        query = sa.select(unread.c.tbl, unread.c.row_id, unread.c.erased).where(unread.c.row_id.in_(ids))
        found |= {(name, row_id.bytes): erased for name, row_id, erased in connection.execute(query)}
    return {key: erased for key, erased in found.items() if key in wanted}
