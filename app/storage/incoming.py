"""Ops from elsewhere: checked against what is here, and written with the rows that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.domain.ops import OpBatch, OpRecord, StreamOps
from app.storage import oplog, schema
from app.storage.bulk import insert_rows, update_rows
from app.storage.hlc import LARGEST, LATEST_MS
from app.storage.search.statements import fetch

_BATCH = 5000
_LOADED = 4096
"""Rows that are loaded with one statement: a power of two, so that no place in it is filled up in vain."""
RowKey = tuple[str, bytes]


OpOnRecord = Sequence[Any]
"""Clock, table and body of an op; a body that was scrubbed is None."""
_OPS_FROM_TO = sa.select(schema.op.c.seq, schema.op.c.hlc, schema.op.c.tbl, schema.op.c.body).where(
    schema.op.c.n == sa.bindparam("n"), schema.op.c.seq.between(sa.bindparam("first"), sa.bindparam("last"))
)


class ForkError(Exception):
    """A stream says something else here than there: two copies of one installation have written under one name."""

    def __init__(self, stream: bytes, seq: int) -> None:
        super().__init__(f"stream {stream.hex()} differs at {seq}")
        self.stream = stream
        self.seq = seq


@dataclass(slots=True)
class NewOps:
    """The ops of one stream that are not here yet, their hashes, the stream's local number, its writer's signature."""

    n: int
    stream: bytes
    installation: UUID
    ops: Sequence[OpRecord]
    hashes: list[bytes]
    known: int
    signature: bytes


@dataclass(slots=True)
class StoredRow:
    """A row as it is stored: versions, and values of cells in the order of the table."""

    versions: oplog.Versions
    values: dict[str, oplog.Value] = field(default_factory=dict)


class OpReader:
    """Looks up ops that are on record, in runs, because what is asked for is mostly one after the other."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._numbers = {row.stream: row.n for row in connection.execute(sa.select(schema.stream))}
        self._rows: dict[tuple[int, int], bytes] = {}

    def row_of(self, stream: bytes, seq: int) -> bytes | None:
        """The row that an op writes; None when the op is not here."""
        n = self._numbers.get(stream)
        if n is None:
            return None
        if (n, seq) not in self._rows:
            self._rows.clear()
            op = schema.op
            query = sa.select(op.c.seq, sa.type_coerce(op.c.row_id, sa.LargeBinary)).where(
                op.c.n == n, op.c.seq.between(seq, seq + _BATCH)
            )
            self._rows = {(n, found): row for found, row in self._connection.execute(query)}
        return self._rows.get((n, seq))


def have(connection: sa.Connection) -> dict[bytes, int]:
    """How far each stream is here: its last number, by stream."""
    return dict(connection.execute(sa.select(schema.stream.c.stream, schema.stream.c.last_seq)).all())


def own_stream(connection: sa.Connection) -> bytes:
    """The stream that this installation is writing."""
    current = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "stream"))
    return bytes.fromhex(current or "")


def count_rows(connection: sa.Connection) -> int:
    """How many people and visits there are."""
    tables = (schema.person, schema.visit)
    return sum(connection.scalar(sa.select(sa.func.count()).select_from(t).where(~t.c.deleted)) or 0 for t in tables)


def stream_numbers(connection: sa.Connection) -> dict[bytes, int]:
    """The local numbers of the streams."""
    return dict(connection.execute(sa.select(schema.stream.c.stream, schema.stream.c.n)).all())


def writers(connection: sa.Connection) -> dict[bytes, UUID]:
    """Which installation wrote each stream."""
    return dict(connection.execute(sa.select(schema.stream.c.stream, schema.stream.c.installation_id)).all())


def read_ops(connection: sa.Connection, n: int, first: int, last: int) -> dict[tuple[int, int], OpOnRecord]:
    """Ops of a stream that are on record, from one number to another."""
    return {(n, seq): told for seq, *told in fetch(connection, _OPS_FROM_TO, n=n, first=first, last=last)}


def written_at(connection: sa.Connection, n: int, seq: int) -> int:
    """When an op on record was written, by its writer's clock (epoch ms)."""
    op = schema.op
    moment: int = connection.execute(sa.select(op.c.at).where(op.c.n == n, op.c.seq == seq)).scalar_one()
    return moment


def pick_new(connection: sa.Connection, batch: OpBatch, own: bytes) -> list[NewOps]:
    """The ops of a batch that are not here, with their hashes. Raises ForkError.

    A block that overlaps with what is here must say the same where they meet; in the stream that this installation is
    writing (`own`), nothing new can come from elsewhere.
    """
    streams = {row.stream: row for row in connection.execute(sa.select(schema.stream))}
    free = max((row.n for row in streams.values()), default=0)
    found = []
    for block in batch.streams:
        if not block.ops:
            continue
        row = streams.get(block.stream)
        last = row.last_seq if row else 0
        previous = row.last_hash if row else oplog.genesis(block.stream, block.installation)
        fresh = block.ops[max(0, last - block.first + 1) :]
        _check_overlap(connection, block, row.n if row else None, last, previous)
        if not fresh:
            continue
        if block.stream == own or fresh[0].seq != last + 1:
            raise ForkError(block.stream, fresh[0].seq)
        if row is None:
            free += 1
        number = row.n if row else free
        clocks, moments = [op.hlc for op in fresh], [op.at for op in fresh]
        if min(clocks) <= 0 or max(clocks) > LARGEST or min(moments) < 0 or max(moments) > LATEST_MS:
            raise ValueError(f"stream {block.stream.hex()} has a clock beyond all clocks")
        hashes = oplog.hash_chain(block.stream, previous, fresh)
        found.append(NewOps(number, block.stream, block.installation, fresh, hashes, last, block.signature))
    return found


def _check_overlap(connection: sa.Connection, block: StreamOps, n: int | None, last: int, last_hash: bytes) -> None:
    """Where a block and the log here meet, they must agree: ahead of the block, and at the last op that both have."""
    op = schema.op
    if block.first > last + 1:
        raise ForkError(block.stream, block.first)
    ahead = block.first - 1
    if ahead == last:
        if block.before != last_hash:
            raise ForkError(block.stream, block.first)
        return
    common = [op_record for op_record in block.ops if op_record.seq <= last]
    hashes = oplog.hash_chain(block.stream, block.before, common)
    here = connection.scalar(sa.select(op.c.hash).where(op.c.n == n, op.c.seq == common[-1].seq))
    if hashes[-1] != here:
        raise ForkError(block.stream, common[-1].seq)


def load_rows(connection: sa.Connection, keys: Iterable[RowKey]) -> dict[RowKey, StoredRow]:
    """The rows of these keys that are in the store; of their values only whether they are erased."""
    by_table: dict[str, list[bytes]] = {}
    for name, row_id in keys:
        by_table.setdefault(name, []).append(row_id)
    found: dict[RowKey, StoredRow] = {}
    for name, ids in by_table.items():
        if name not in schema.SYNCED:
            continue
        statement = _rows_by_id(name)
        for at in range(0, len(ids), _LOADED):
            for row_id, versions, erased in fetch(connection, statement, ids=ids[at : at + _LOADED]):
                found[name, row_id] = StoredRow(oplog.decode_versions(versions), {"erased": bool(erased)})
    return found


@cache
def _rows_by_id(name: str) -> sa.Select[Any]:
    row = schema.SYNCED[name].c
    return sa.select(row.id, row.versions, row.erased).where(row.id.in_(sa.bindparam("ids", expanding=True)))


def write_ops(connection: sa.Connection, new: Sequence[NewOps]) -> int:
    """Put ops into the log, and move their streams on; return the newest reading of their clocks."""
    newest = 0
    for block in new:
        if block.known == 0:
            connection.execute(
                schema.stream.insert().values(
                    n=block.n, stream=block.stream, installation_id=block.installation,
                    last_seq=0, last_hash=oplog.genesis(block.stream, block.installation),
                )
            )  # fmt: skip
        # the fields of an op stand in the order of OP_COLUMNS
        rows = [(block.n, *op, digest) for op, digest in zip(block.ops, block.hashes, strict=True)]
        insert_rows(connection, schema.op, schema.OP_COLUMNS, rows)
        connection.execute(
            schema.stream.update()
            .where(schema.stream.c.n == block.n)
            .values(last_seq=block.ops[-1].seq, last_hash=block.hashes[-1])
        )
        newest = max(newest, *(op.hlc for op in block.ops))
    return newest


def write_rows(
    connection: sa.Connection,
    inserts: Mapping[RowKey, StoredRow],
    updates: Mapping[RowKey, StoredRow],
) -> None:
    """Write rows as merging left them."""
    made: dict[str, list[tuple[Any, ...]]] = {}
    for (name, row_id), row in inserts.items():
        # `values` hold every cell, in the order of the table
        made.setdefault(name, []).append((row_id, *row.values.values(), oplog.encode(row.versions)))
    for name, rows in made.items():
        table = schema.SYNCED[name]
        insert_rows(connection, table, ("id", *oplog.cells_of(table), "versions"), rows)
    changed: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = {}
    for (name, row_id), row in updates.items():
        changed.setdefault((name, tuple(row.values)), []).append(
            (*row.values.values(), oplog.encode(row.versions), row_id)
        )
    for (name, cells), rows in changed.items():
        update_rows(connection, schema.SYNCED[name], (*cells, "versions"), rows)
