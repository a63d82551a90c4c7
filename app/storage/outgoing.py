"""Ops for others: all that somebody lacks, of every origin, read from the log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.domain.ops import OpBatch, OpRecord, StreamOps
from app.storage import oplog, schema
from app.storage.incoming import have
from app.storage.types import AnyRow


def ops_after(connection: sa.Connection, base: Mapping[bytes, int]) -> OpBatch:
    """The ops of every stream after those of `base` (streams that it does not name: from the first on)."""
    blocks = []
    op = schema.op
    for row in connection.execute(sa.select(schema.stream).order_by(schema.stream.c.n)):
        known = base.get(row.stream, 0)
        if row.last_seq <= known:
            continue
        query = sa.select(*_record()).where(op.c.n == row.n, op.c.seq > known).order_by(op.c.seq)
        ops = tuple(map(OpRecord._make, connection.execute(query)))
        blocks.append(StreamOps(row.stream, row.installation_id, _hash_before(connection, row.n, known, row), ops))
    return OpBatch(tuple(blocks), have(connection))


def count_after(connection: sa.Connection, base: Mapping[bytes, int]) -> int:
    """How many ops `ops_after` would give."""
    return sum(max(0, last - base.get(stream, 0)) for stream, last in have(connection).items())


def _hash_before(connection: sa.Connection, n: int, known: int, row: AnyRow) -> bytes:
    if known == 0:
        installation: UUID = row.installation_id
        return oplog.genesis(row.stream, installation)
    found: bytes = connection.execute(
        sa.select(schema.op.c.hash).where(schema.op.c.n == n, schema.op.c.seq == known)
    ).scalar_one()
    return found


def _record() -> tuple[sa.ColumnElement[Any], ...]:
    """The columns of an op in the order of OpRecord; ids as their bytes."""
    op = schema.op
    return (
        op.c.seq,
        op.c.hlc,
        op.c.at,
        _raw(op.c.author),
        op.c.tbl,
        _raw(op.c.row_id),
        op.c.salt,
        op.c.body,
        op.c.body_hash,
    )


def _raw(column: sa.Column[UUID]) -> sa.ColumnElement[bytes]:
    return sa.type_coerce(column, sa.LargeBinary)
