"""Changes as ops: what was written to which cells of which row, and which versions of them the writer had seen.

An op belongs to a *stream*, one incarnation of one installation, in which ops are numbered from 1 and chained by
SHA-256. A *dot* (stream, number) names a version of a cell. A row's `versions` say which dot each of its cells stems
from: one dot for the row, and those of the cells that were written later. See docs/decisions.md for the form.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.domain.ops import OpRecord
from app.storage import schema

SALT_BYTES: Final = 8
Value = None | bool | int | str | bytes
Dot = tuple[int, int]
"""A version of a cell: the local number of a stream, and the op's number in it."""


class Versions(msgspec.Struct, array_like=True):
    """Where the cells of a row stem from, in local stream numbers: the dots of its making, and those of other cells.

    Several dots mean that their writers had not seen each other; the first is that of the value shown. Two
    installations may even make the same row, where its id is one that all agree on.
    """

    made: list[Dot]
    cells: dict[str, list[Dot]] = {}

    def dots(self, cell: str) -> list[Dot]:
        """The versions that a cell holds now."""
        return self.cells.get(cell, self.made)


class Body(msgspec.Struct, array_like=True):
    """What an op says: the cells written, and for each version replaced its stream, number and cells (None: all).

    An op that replaces nothing makes its row: it writes every cell, those it does not name with their defaults.
    """

    # msgspec can't tell str from bytes in a union; MessagePack itself does
    cells: dict[str, Any]
    replaced: list[tuple[bytes, int, list[str] | None]] = []


@dataclass(frozen=True, slots=True)
class Op:
    """An op as it stands in the log. `at` is epoch ms by its writer's clock; `body` is None once it was scrubbed."""

    n: int
    seq: int
    hlc: int
    at: int
    author: UUID | None
    table: str
    row_id: UUID
    body: Body | None


_encoder = msgspec.msgpack.Encoder()
_bodies = msgspec.msgpack.Decoder(Body)
_versions = msgspec.msgpack.Decoder(Versions)


def encode(value: Body | Versions) -> bytes:
    """The bytes that are stored, and hashed, of a body or of versions."""
    return _encoder.encode(value)


def encode_made(n: int, seq: int) -> bytes:
    """The bytes of the versions of a row that one op has made and no other has touched."""
    return _encoder.encode(([(n, seq)], {}))


def decode_versions(raw: bytes) -> Versions:
    """The versions of a row."""
    return _versions.decode(raw)


def decode_body(raw: bytes) -> Body:
    """The body of an op."""
    return _bodies.decode(raw)


def genesis(stream: bytes, installation: UUID) -> bytes:
    """The hash before the first op of a stream."""
    return hashlib.sha256(b"wasl stream" + stream + installation.bytes).digest()


def hash_body(salt: bytes, body: bytes) -> bytes:
    """A body's hash. The salt goes with the body: once both are erased, the hash can't confirm a guess."""
    return hashlib.sha256(salt + body).digest()


def link(previous: bytes, header: tuple[bytes, int, int, int, Value, str, bytes], body_hash: bytes) -> bytes:
    """The hash of an op. `header` is (stream, seq, hlc, at, author, table, row id)."""
    return hashlib.sha256(previous + _encoder.encode(header) + body_hash).digest()


def hash_chain(stream: bytes, previous: bytes, ops: Iterable[OpRecord]) -> list[bytes]:
    """The hashes of ops that follow each other; `previous` is that of the op ahead of them.

    It is `hash_body` and `link` for each op, in one loop without calls: 1.9 µs an op, 1.6 of them SHA-256's.
    """
    sha256, encode = hashlib.sha256, _encoder.encode
    hashes = []
    for seq, hlc, at, author, table, row_id, salt, body, scrubbed in ops:
        body_hash = scrubbed if body is None else sha256((salt or b"") + body).digest()
        header = encode((stream, seq, hlc, at, author, table, row_id))
        previous = sha256(previous + header + (body_hash or b"")).digest()
        hashes.append(previous)
    return hashes


def new_salt() -> bytes:
    """A salt for one body."""
    return secrets.token_bytes(SALT_BYTES)


def plain(value: Any) -> Value:  # noqa: ANN401 - whatever a column holds
    """A cell's value as ops carry it: ids as their bytes."""
    return value.bytes if isinstance(value, UUID) else value


def cells_of(table: sa.Table) -> tuple[str, ...]:
    """The columns of a synced table that are cells: all but its id and its bookkeeping."""
    return tuple(str(column.name) for column in table.columns if column.name not in {"id", "versions"})


def default_of(column: sa.Column[Any]) -> Value:
    """What a cell holds when an op that makes its row does not name it."""
    if column.nullable:
        return None
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, sa.Integer):
        return 0
    return b"" if isinstance(column.type, sa.LargeBinary) else ""


def group_replaced(
    seen: Mapping[str, Sequence[Dot]], streams: Mapping[int, bytes]
) -> list[tuple[bytes, int, list[str] | None]]:
    """The versions that a write replaces: for each cell those its writer saw, the cells of one version together."""
    by_dot: dict[Dot, list[str]] = {}
    for name, dots in seen.items():
        for dot in dots:
            by_dot.setdefault(dot, []).append(name)
    return [(streams[n], seq, None if len(of) == len(seen) else of) for (n, seq), of in sorted(by_dot.items())]


def read_ops(connection: sa.Connection, where: sa.ColumnElement[bool] | None = None) -> Iterator[Op]:
    """Ops in the order of their streams and numbers; with `where` over `schema.op`, only some."""
    table = schema.op
    query = sa.select(
        table.c.n, table.c.seq, table.c.hlc, table.c.at, table.c.author, table.c.tbl, table.c.row_id, table.c.body
    ).order_by(table.c.n, table.c.seq)
    if where is not None:
        query = query.where(where)
    for n, seq, hlc, at, author, name, row_id, body in connection.execute(query):
        yield Op(n, seq, hlc, at, author, name, row_id, None if body is None else decode_body(body))


def newest_of_ours(connection: sa.Connection) -> int:
    """When this installation last wrote something, by its own clock then (epoch ms); 0 when it never did."""
    op, stream, meta = schema.op, schema.stream, schema.meta
    ours = sa.select(meta.c.value).where(meta.c.key == "installation")
    ends = sa.select(op.c.at).join(stream, (stream.c.n == op.c.n) & (stream.c.last_seq == op.c.seq))
    mine = stream.c.installation_id == UUID(hex=connection.scalar(ours) or "")
    return connection.scalar(ends.where(mine).order_by(stream.c.n.desc()).limit(1)) or 0


def verify_chains(connection: sa.Connection) -> list[str]:
    """What is wrong with the chains of ops, in technical words; empty when each hash is as it must be."""
    problems = []
    table = schema.op
    for n, stream, installation, last_seq, last_hash in connection.execute(sa.select(schema.stream)):
        previous, expected = genesis(stream, installation), 1
        ops = connection.execution_options(yield_per=5000).execute(
            sa.select(table).where(table.c.n == n).order_by(table.c.seq)
        )
        for row in ops:
            header = (stream, row.seq, row.hlc, row.at, plain(row.author), row.tbl, row.row_id.bytes)
            body_hash = row.body_hash if row.body is None else hash_body(row.salt, row.body)
            previous = link(previous, header, body_hash or b"")
            if row.seq != expected or previous != row.hash:
                problems.append(f"stream {stream.hex()}: op {row.seq} does not follow")
                break
            expected += 1
        else:
            if (expected - 1, previous) != (last_seq, last_hash):
                problems.append(f"stream {stream.hex()}: ends at {expected - 1}, should at {last_seq}")
    return problems
