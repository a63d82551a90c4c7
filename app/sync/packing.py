"""Ops as bytes, small: what repeats from op to op stands side by side, so that zstd sees it.

Ops of the same *shape* (table and names of cells) give each cell a column of its own. An op whose first replaced
version is of its own stream does not name its row, for it is the same. A body that this version would not write to
the letter as it is, because a newer one made it, is carried as it is. docs/bundle-format.md gives the form.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Any, Final
from uuid import UUID

import msgspec

from app.domain.ops import OpBatch, OpRecord, StreamOps

_HALF: Final = 8
_HASH: Final = 32
_SALT: Final = 8
_RANGE: Final = 2**64
_RAW, _SCRUBBED = 0, 1
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


class PackingError(ValueError):
    """The bytes are not what a packed batch looks like."""


class _Block(msgspec.Struct, array_like=True):
    """One stream. `hlc` and `high` are differences to the op before, `seqs` to the op's own number."""

    stream: int
    installation: bytes
    first: int
    before: bytes
    hlc: list[int] = []
    authors: list[int] = []
    shapes: list[int] = []
    salts: bytes = b""
    hashes: bytes = b""
    high: list[int] = []
    low: bytes = b""
    counts: list[int] = []
    streams: list[int] = []
    seqs: list[int] = []
    cells: list[list[str] | None] = []


class _Packed(msgspec.Struct, array_like=True):
    """A batch. `shapes` are [table, names], names 0 for raw bodies and 1 for scrubbed ones."""

    streams: list[bytes]
    vector: list[int]
    authors: list[bytes | None]
    shapes: list[tuple[str, Any]]
    columns: list[list[list[Any]]]
    blocks: list[_Block]


_packed = msgspec.msgpack.Decoder(_Packed)


def pack(batch: OpBatch) -> bytes:
    """The bytes of a batch, not yet compressed."""
    packer = _Packer(batch.vector)
    blocks = [packer.block(stream) for stream in batch.streams]
    vector = [batch.vector.get(stream, 0) for stream in packer.streams]
    return _encode(_Packed(list(packer.streams), vector, list(packer.authors), packer.shapes, packer.columns, blocks))


class _Packer:
    """Collects streams, authors, shapes and columns while the blocks of a batch are packed."""

    def __init__(self, vector: Mapping[bytes, int]) -> None:
        self.streams: dict[bytes, int] = {stream: index for index, stream in enumerate(vector)}
        self.authors: dict[bytes | None, int] = {}
        self.shapes: list[tuple[str, Any]] = []
        self.columns: list[list[list[Any]]] = []
        self._known: dict[tuple[str, Any], tuple[int, list[list[Any]]]] = {}

    def block(self, stream: StreamOps) -> _Block:
        """One stream; its ops put their values into the columns of the batch."""
        block = _Block(self._stream(stream.stream), stream.installation.bytes, stream.first, stream.before)
        salts, hashes, low = bytearray(), bytearray(), bytearray()
        hlc = high = 0
        for op in stream.ops:
            block.hlc.append(op.hlc - hlc)
            hlc = op.hlc
            block.authors.append(self.authors.setdefault(op.author, len(self.authors)))
            names, values, replaced = _open_body(op)
            shape, columns = self._shape(op.table, names)
            block.shapes.append(shape)
            for column, value in zip(columns, values, strict=True):
                column.append(value)
            if op.body is None:
                hashes += op.body_hash or bytes(_HASH)
            else:
                salts += op.salt or bytes(_SALT)
            block.counts.append(len(replaced))
            for other, seq, cells in replaced:
                block.streams.append(self._stream(other))
                block.seqs.append(op.seq - seq)
                block.cells.append(cells)
            if not replaced or replaced[0][0] != stream.stream:
                number = int.from_bytes(op.row_id[:_HALF])
                block.high.append(_wrap(number - high))
                high = number
                low += op.row_id[_HALF:]
        block.salts, block.hashes, block.low = bytes(salts), bytes(hashes), bytes(low)
        return block

    def _stream(self, stream: bytes) -> int:
        return self.streams.setdefault(stream, len(self.streams))

    def _shape(self, table: str, names: Any) -> tuple[int, list[list[Any]]]:  # noqa: ANN401 - names or a mark
        known = self._known.get((table, names))
        if known is None:
            width = len(names) if isinstance(names, tuple) else int(names == _RAW)
            known = len(self.shapes), [[] for _ in range(width)]
            self._known[table, names] = known
            self.shapes.append((table, names))
            self.columns.append(known[1])
        return known


def _open_body(op: OpRecord) -> tuple[Any, list[Any], list[tuple[bytes, int, list[str] | None]]]:
    """Names, values and replaced versions of a body; for what can't be taken apart, the body as it is."""
    if op.body is None:
        return _SCRUBBED, [], []
    body = _decode(op.body)
    if isinstance(body, list) and len(body) == 2 and _encode(body) == op.body:  # noqa: PLR2004 - cells, replaced
        cells, replaced = body
        return tuple(cells), list(cells.values()), replaced
    return _RAW, [op.body], []


def unpack(raw: bytes, row_of: Callable[[bytes, int], bytes | None]) -> OpBatch:
    """The batch that `pack` made. `row_of(stream, number)` tells the row of an op that is on record here already.

    Raises PackingError for what is no batch, or builds on ops that are neither here nor in it.
    """
    try:
        packed = _packed.decode(raw)
        columns = [zip(*shape, strict=True) if shape else repeat(()) for shape in packed.columns]
        blocks = tuple(_read_block(block, packed, columns, row_of) for block in packed.blocks)
        vector = dict(zip(packed.streams, packed.vector, strict=False))
    except (msgspec.DecodeError, IndexError, StopIteration, OverflowError, TypeError, ValueError) as error:
        raise PackingError(str(error)) from error
    return OpBatch(blocks, vector)


def _read_block(
    block: _Block,
    packed: _Packed,
    columns: Sequence[Iterator[tuple[Any, ...]]],
    row_of: Callable[[bytes, int], bytes | None],
) -> StreamOps:
    own = packed.streams[block.stream]
    rows: dict[int, bytes] = {}
    explicit = _explicit_rows(block)
    versions = zip(block.streams, block.seqs, block.cells, strict=True)
    salts, hashes = _pieces(block.salts, _SALT), _pieces(block.hashes, _HASH)
    ops = []
    hlc = 0
    counted = zip(block.hlc, block.authors, block.shapes, block.counts, strict=True)
    for seq, (later, author, shape, count) in enumerate(counted, block.first):
        hlc += later
        table, names = packed.shapes[shape]
        values = next(columns[shape])
        replaced: list[Any] = [[packed.streams[n], seq - back, cells] for n, back, cells in islice(versions, count)]
        if replaced and replaced[0][0] == own:
            row_id = rows.get(replaced[0][1]) or row_of(own, replaced[0][1])
        else:
            row_id = next(explicit)
        if row_id is None:
            raise PackingError(f"op {seq} builds on {replaced[0][1]}, which is missing")
        rows[seq] = row_id
        salt = body = digest = None
        if names == _SCRUBBED:
            digest = next(hashes)
        else:
            salt = next(salts)
            body = values[0] if names == _RAW else _encode([dict(zip(names, values, strict=True)), replaced])
        ops.append(OpRecord(seq, hlc, packed.authors[author], table, row_id, salt, body, digest))
    return StreamOps(own, UUID(bytes=block.installation), block.before, tuple(ops))


def _wrap(difference: int) -> int:
    """A difference of two 64-bit numbers as a signed one: ids that are hashes may be further apart than that holds."""
    return (difference + _RANGE // 2) % _RANGE - _RANGE // 2


def _explicit_rows(block: _Block) -> Iterator[bytes]:
    high = 0
    for later, low in zip(block.high, _pieces(block.low, _HALF), strict=True):
        high = (high + later) % _RANGE
        yield high.to_bytes(_HALF) + low


def _pieces(raw: bytes, size: int) -> Iterator[bytes]:
    if len(raw) % size:
        raise PackingError(f"{len(raw)} bytes are no pieces of {size}")
    return (raw[start : start + size] for start in range(0, len(raw), size))
