"""Ops for others: all that somebody lacks, of every origin, read from the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.domain.ops import OpBatch, OpRecord, StreamOps
from app.storage import oplog, schema
from app.storage.incoming import have


@dataclass(frozen=True, slots=True)
class Written:
    """A stream as far as it is here: its local number, its writer, and where it ends."""

    n: int
    stream: bytes
    installation: UUID
    last_seq: int
    last_hash: bytes


def list_written(connection: sa.Connection) -> list[Written]:
    """All streams, in the order in which they were heard of."""
    stream = schema.stream
    columns = (stream.c.n, stream.c.stream, stream.c.installation_id, stream.c.last_seq, stream.c.last_hash)
    return [Written(*row) for row in connection.execute(sa.select(*columns).order_by(stream.c.n))]


def ops_after(connection: sa.Connection, base: Mapping[bytes, int], ends: Mapping[bytes, tuple[int, bytes]]) -> OpBatch:
    """The ops of streams after those of `base` (streams that it does not name: from the first on).

    `ends` says of each stream that is wanted up to which op, and with which signature.
    """
    blocks = []
    op = schema.op
    for item in list_written(connection):
        known, (end, signature) = base.get(item.stream, 0), ends.get(item.stream, (0, b""))
        if end > known:
            query = sa.select(*_record()).where(op.c.n == item.n, op.c.seq > known, op.c.seq <= end).order_by(op.c.seq)
            ops = tuple(map(OpRecord._make, connection.execute(query)))
            before = hash_at(connection, item, known)
            blocks.append(StreamOps(item.stream, item.installation, before, ops, signature))
    return OpBatch(tuple(blocks), have(connection))


def clocks_after(connection: sa.Connection, n: int, seq: int) -> list[int]:
    """The readings of the clock of a stream's ops after one of them."""
    op = schema.op
    return list(connection.scalars(sa.select(op.c.hlc).where(op.c.n == n, op.c.seq > seq).order_by(op.c.seq)))


def erased_spans(connection: sa.Connection) -> list[tuple[int, int]]:
    """Clocks of ops whose bodies were erased, and of the first op that erased their row where that is later."""
    scrubbed, eraser = schema.op.alias(), schema.op.alias()
    first = sa.func.min(eraser.c.hlc)
    query = (
        sa.select(scrubbed.c.hlc, first)
        .join(eraser, sa.and_(eraser.c.row_id == scrubbed.c.row_id, eraser.c.body.is_not(None)))
        .where(scrubbed.c.body.is_(None))
        .group_by(scrubbed.c.n, scrubbed.c.seq)
        .having(first > scrubbed.c.hlc)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def clock_at(connection: sa.Connection, n: int, seq: int) -> int:
    """The reading of the clock of an op."""
    query = sa.select(schema.op.c.hlc).where(schema.op.c.n == n, schema.op.c.seq == seq)
    found: int = connection.execute(query).scalar_one()
    return found


def hash_at(connection: sa.Connection, item: Written, seq: int) -> bytes:
    """The hash of an op of a stream, or what stands before its first one."""
    if seq == 0:
        return oplog.genesis(item.stream, item.installation)
    if seq == item.last_seq:
        return item.last_hash
    query = sa.select(schema.op.c.hash).where(schema.op.c.n == item.n, schema.op.c.seq == seq)
    found: bytes = connection.execute(query).scalar_one()
    return found


def count_after(connection: sa.Connection, base: Mapping[bytes, int]) -> int:
    """How many ops of all that is here somebody lacks."""
    return sum(max(0, last - base.get(stream, 0)) for stream, last in have(connection).items())


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
