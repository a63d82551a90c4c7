"""Putting right what was written twice: a stream is cut where two copies of an installation parted.

What was written here after that is written again, op by op as it was, under another stream. Only its own references to
itself follow; clocks, authors, salts and scrubbed bodies stay.
"""

from collections.abc import Collection, Iterator
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.domain.ops import OpRecord
from app.storage import oplog, schema
from app.storage.bulk import insert_rows
from app.storage.exchange_tables import head
from app.storage.incoming import RowKey, have
from app.storage.oplog import Dot
from app.storage.types import parts_of

_IDS: Final = frozenset({"author", "row_id"})
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


def hash_at(connection: sa.Connection, n: int, seq: int) -> bytes | None:
    """The hash of an op, or what stands before the first one of its stream; None for an op that is not here."""
    if seq == 0:
        stream = schema.stream
        row = connection.execute(sa.select(stream.c.stream, stream.c.installation_id).where(stream.c.n == n)).one()
        return oplog.genesis(row.stream, row.installation_id)
    op = schema.op
    return connection.scalar(sa.select(op.c.hash).where(op.c.n == n, op.c.seq == seq))


def renumber(body: bytes, stream: bytes, after: int, target: bytes, by: int) -> bytes:
    """A body whose references to ops of a stream after a number are to ops of another, with numbers changed `by`."""
    # as it stands, with whatever a newer version has put into it
    parts: list[Any] = _decode(body)
    replaced = [
        [target, seq + by, *names] if of == stream and seq > after else [of, seq, *names]
        for of, seq, *names in parts[1]
    ]
    return _encode([parts[0], replaced, *parts[2:]])


def move_ops(connection: sa.Connection, n: int, after: int, target: int) -> dict[Dot, tuple[bytes, int]]:
    """Write the ops of a stream after a number at the end of another, and cut it there. Returns where each went."""
    names = {row.n: row.stream for row in connection.execute(sa.select(schema.stream))}
    ends = have(connection)
    by = ends[names[target]] - after
    digest = hash_at(connection, target, ends[names[target]]) or b""
    op = schema.op
    columns = [sa.type_coerce(column, sa.LargeBinary) if column.name in _IDS else column for column in op.c]
    moved, written = {}, []
    for row in connection.execute(sa.select(*columns).where(op.c.n == n, op.c.seq > after).order_by(op.c.seq)):
        body = None if row.body is None else renumber(row.body, names[n], after, names[target], by)
        body_hash = row.body_hash if body is None else oplog.hash_body(row.salt, body)
        header = (names[target], row.seq + by, row.hlc, row.at, row.author, row.tbl, row.row_id)
        digest = oplog.link(digest, header, body_hash)
        written.append((target, *header[1:], row.salt, body, None if body else row.body_hash, digest))
        moved[n, row.seq] = (names[target], row.seq + by)
    insert_rows(connection, op, schema.OP_COLUMNS, written)
    cut(connection, n, after)
    stream = schema.stream
    connection.execute(
        stream.update().where(stream.c.n == target).values(last_seq=after + by + len(written), last_hash=digest)
    )
    return moved


def cut(connection: sa.Connection, n: int, after: int) -> None:
    """Take the ops of a stream after a number out of the log; what they made of rows is the caller's business."""
    op, stream = schema.op, schema.stream
    digest = hash_at(connection, n, after)
    connection.execute(op.delete().where(op.c.n == n, op.c.seq > after))
    connection.execute(head.delete().where(head.c.n == n, head.c.seq > after))
    connection.execute(stream.update().where(stream.c.n == n).values(last_seq=after, last_hash=digest))


def rows_written(connection: sa.Connection, n: int, after: int) -> set[RowKey]:
    """The rows that ops of a stream after a number have written."""
    op = schema.op
    query = sa.select(op.c.tbl, sa.type_coerce(op.c.row_id, sa.LargeBinary)).where(op.c.n == n, op.c.seq > after)
    return {(name, row_id) for name, row_id in connection.execute(query)}


def ops_after(connection: sa.Connection, n: int, after: int, limit: int | None = None) -> list[OpRecord]:
    """The ops of a stream after a number."""
    op = schema.op
    columns = [op.c["tbl" if name == "table" else name] for name in OpRecord._fields]
    raw = [sa.type_coerce(column, sa.LargeBinary) if column.name in _IDS else column for column in columns]
    query = sa.select(*raw).where(op.c.n == n, op.c.seq > after).order_by(op.c.seq).limit(limit)
    return list(map(OpRecord._make, connection.execute(query)))


def runs_like(
    connection: sa.Connection, first: OpRecord, count: int, but: bytes
) -> Iterator[tuple[bytes, list[OpRecord]]]:
    """Runs of ops on record, in other streams than `but`, that begin with one that is written like `first`."""
    op, stream = schema.op, schema.stream
    query = (
        sa.select(stream.c.stream, op.c.n, op.c.seq)
        .join(stream, stream.c.n == op.c.n)
        .where(op.c.row_id == UUID(bytes=first.row_id), op.c.hlc == first.hlc, stream.c.stream != but)
    )
    for row in connection.execute(query).all():
        yield row.stream, ops_after(connection, row.n, row.seq - 1, count)


def remove_rows(connection: sa.Connection, keys: Collection[RowKey]) -> None:
    """Take rows away that no op makes any more; the ops are the caller's business."""
    by_table: dict[str, list[UUID]] = {}
    for name, row_id in keys:
        by_table.setdefault(name, []).append(UUID(bytes=row_id))
    for name, ids in by_table.items():
        table = schema.SYNCED[name]
        for part in parts_of(ids):
            connection.execute(table.delete().where(table.c.id.in_(part)))
