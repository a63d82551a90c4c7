"""Revocations as they travel: which installation says of which that it is believed no longer.

What counts is the op that made the row, and whose stream it is in: a row is everybody's to write.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.storage import oplog, schema
from app.storage.exchange_tables import revocation_seen
from app.storage.incoming import NewOps


@dataclass(frozen=True, slots=True)
class Revocation:
    """`by` believes `who` no longer, since a moment (epoch ms) by its own clock. `clock` orders several."""

    row_id: UUID
    who: UUID
    by: UUID
    at: int
    reason: str
    clock: int


def revocations_in(new: Iterable[NewOps]) -> list[Revocation]:
    """Those that new ops make, in the order of their clocks."""
    name = str(schema.revocation.name)
    found = [
        _read(UUID(bytes=op.row_id), block.installation, op.hlc, op.at, op.body)
        for block in new
        for op in block.ops
        if op.table == name and op.body is not None
    ]
    return sorted((item for item in found if item is not None), key=lambda item: item.clock)


def unseen(connection: sa.Connection) -> list[Revocation]:
    """Those on record that were not looked at yet, in the order of their clocks."""
    return _select(connection, schema.revocation.c.id.not_in(sa.select(revocation_seen.c.id)))


def note_seen(connection: sa.Connection, row_id: UUID) -> None:
    """A revocation was looked at, and carried out or not: it is not carried out a second time."""
    if connection.scalar(sa.select(revocation_seen.c.id).where(revocation_seen.c.id == row_id)) is None:
        connection.execute(revocation_seen.insert().values(id=row_id))


def latest_of(connection: sa.Connection, who: UUID) -> Revocation | None:
    """The newest on record about an installation."""
    found = all_of(connection, who)
    return found[-1] if found else None


def all_of(connection: sa.Connection, who: UUID) -> list[Revocation]:
    """All on record about an installation, in the order of their clocks."""
    return _select(connection, schema.revocation.c.installation_id == who)


def _select(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Revocation]:
    row, op, stream = schema.revocation, schema.op, schema.stream
    query = (
        sa.select(row.c.id, stream.c.installation_id, op.c.hlc, op.c.at, op.c.body)
        .join(op, op.c.row_id == row.c.id)
        .join(stream, stream.c.n == op.c.n)
        .where(op.c.tbl == row.name, op.c.body.is_not(None), where)
        .order_by(op.c.hlc)
    )
    return [item for found in connection.execute(query) if (item := _read(*found)) is not None]


def _read(row_id: UUID, by: UUID, clock: int, at: int, raw: bytes) -> Revocation | None:
    """What an op says, if it is one that makes a revocation."""
    body = oplog.decode_body(raw)
    who, reason = body.cells.get("installation_id"), body.cells.get("reason", "")
    if body.replaced or not isinstance(who, bytes) or len(who) != len(by.bytes) or not isinstance(reason, str):
        return None
    return Revocation(row_id, UUID(bytes=who), by, at, reason, clock)
