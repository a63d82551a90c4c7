"""Ops as bytes, small: what repeats from op to op stands side by side, so that zstd sees it.

Ops of the same *shape* (table and names of cells) give each cell a column of its own. An op whose first replaced
version is of its own stream does not name its row, for it is the same. Values are never looked at: they are carried as
they were encoded. A body that can't be put together again to the letter, because a newer version made it, is carried
whole. docs/bundle-format.md gives the form.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, islice, repeat
from operator import mul
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Raw

from app.domain.ops import OpBatch, OpRecord, StreamOps
from app.sync.layout import (
    LARGEST_BATCH,
    LARGEST_BODIES,
    LATEST_CLOCK,
    LATEST_MOMENT,
    MOST_OPS,
    MOST_VALUES,
    RAW,
    SCRUBBED,
    Block,
    Names,
    Packed,
    PackingError,
    Replaced,
    encode,
    put_together,
    read_column,
    read_packed,
    size_of_heads,
    take_apart,
)

__all__ = ["PackingError", "pack", "unpack"]

_HALF: Final = 8
_HASH: Final = 32
_SALT: Final = 8
_SIGNATURE: Final = 64
_COUNTER_BITS: Final = 16
"""Of the hybrid clock; what is above them are milliseconds."""
_RANGE: Final = 2**64
_REPLACES_NOTHING: Final = b"\x90"
RowOf = Callable[[bytes, int], bytes | None]


def pack(batch: OpBatch) -> bytes:
    """The bytes of a batch, not yet compressed. Raises PackingError for ops that no reader would take."""
    packer = _Packer(batch.vector)
    if sum(len(op.body or b"") for stream in batch.streams for op in stream.ops) > LARGEST_BODIES:
        raise PackingError("bodies larger than a batch may hold")
    blocks = [packer.block(stream) for stream in batch.streams if stream.ops]
    shapes = [(table, names if isinstance(names, int) else list(names)) for table, names in packer.shapes]
    parts = [None if cells is None else list(cells) for cells in packer.parts]
    columns = packer.columns()
    _check_amount(map(len, packer.rows), map(len, columns))
    vector = list(batch.vector.values())
    packed = encode(Packed(list(packer.streams), vector, list(packer.authors), parts, shapes, columns, blocks))
    if len(packed) > LARGEST_BATCH:
        raise PackingError("more bytes than a batch may have")
    return packed


class _Packer:
    """Collects what the blocks of a batch share: streams, authors, parts, and the values of each shape."""

    def __init__(self, vector: Mapping[bytes, int]) -> None:
        self.streams: dict[bytes, int] = {stream: index for index, stream in enumerate(vector)}
        self.authors: dict[bytes | None, int] = {}
        self.parts: dict[tuple[str, ...] | None, int] = {}
        self.shapes: dict[tuple[str, Names], int] = {}
        self.rows: list[list[tuple[Raw, ...]]] = []

    def block(self, stream: StreamOps) -> Block:
        """One stream; the values of its ops join those of the same shape."""
        block = Block(
            self._stream(stream.stream), stream.installation.bytes, stream.first, stream.before,
            [], [], [], [], [], b"", b"", [], b"", [], [], [], _sized(stream.signature, _SIGNATURE),
        )  # fmt: skip
        salts, hashes, low = bytearray(), bytearray(), bytearray()
        hlc = high = 0
        for seq, op in enumerate(stream.ops, stream.first):
            if op.seq != seq or not (0 <= op.hlc < LATEST_CLOCK and 0 <= op.at < LATEST_MOMENT):
                raise PackingError(f"op {op.seq} at {op.hlc}, {op.at} can't stand at {seq}")
            block.hlc.append(op.hlc - hlc)
            block.at.append(op.at - (op.hlc >> _COUNTER_BITS))
            hlc = op.hlc
            block.authors.append(self.authors.setdefault(op.author, len(self.authors)))
            if op.body is None:
                hashes += _sized(op.body_hash, _HASH)
            else:
                salts += _sized(op.salt, _SALT)
            replaced = self._add(op, block)
            block.counts.append(len(replaced))
            for other, number, cells in replaced:
                block.streams.append(self._stream(other))
                block.seqs.append(seq - number)
                part = None if cells is None else tuple(cells)
                block.parts.append(self.parts.setdefault(part, len(self.parts)))
            if not replaced or replaced[0][0] != stream.stream:
                number = int.from_bytes(op.row_id[:_HALF])
                block.high.append(_wrap(number - high))
                high = number
                low += _sized(op.row_id[_HALF:], _HALF)
        block.salts, block.hashes, block.low = bytes(salts), bytes(hashes), bytes(low)
        return block

    def columns(self) -> list[list[Raw]]:
        """The values of each shape, cell by cell."""
        return [[Raw(encode(column)) for column in zip(*rows, strict=True)] for rows in self.rows]

    def _stream(self, stream: bytes) -> int:
        return self.streams.setdefault(stream, len(self.streams))

    def _add(self, op: OpRecord, block: Block) -> Sequence[Replaced]:
        """Put an op's values with those of its shape; what it replaces is left to the block."""
        names: Names
        values: tuple[Raw, ...]
        replaced: Sequence[Replaced] = ()
        if op.body is None:
            names, values = SCRUBBED, ()
        elif (parts := take_apart(op.body)) is not None:
            names, values, replaced = parts
        else:
            names, values = RAW, (Raw(encode(op.body)),)
        shape = self.shapes.setdefault((op.table, names), len(self.shapes))
        if shape == len(self.rows):
            self.rows.append([])
        self.rows[shape].append(values)
        block.shapes.append(shape)
        return replaced


def unpack(raw: bytes, row_of: RowOf) -> OpBatch:
    """The batch that `pack` made. `row_of(stream, number)` tells the row of an op that is on record here already.

    Raises PackingError for what is no batch, or builds on ops that are neither here nor in it. No list is read before
    its length is known to be right. Bodies are put together again to the byte, but not looked into: what they say may
    still be nonsense.
    """
    try:
        packed = read_packed(raw)
        reader = _Reader(packed, row_of)
        blocks = tuple([reader.read(block) for block in packed.blocks])
    except PackingError:
        raise
    except (ValueError, IndexError, StopIteration, RecursionError) as error:
        raise PackingError(f"{type(error).__name__}: {error}") from error
    if len({block.stream for block in blocks}) != len(blocks):
        raise PackingError("a stream stands there twice")
    return OpBatch(blocks, dict(zip(packed.streams, packed.vector, strict=False)))


class _Reader:
    """Reads the blocks of a batch one after the other; each takes its values off the columns that all share."""

    def __init__(self, packed: Packed, row_of: RowOf) -> None:
        self._packed = packed
        self._row_of = row_of
        self._room = LARGEST_BODIES
        if len(set(packed.streams)) != len(packed.streams) or len(packed.vector) > len(packed.streams):
            raise PackingError("streams and vector do not fit each other")
        uses = Counter(chain.from_iterable(block.shapes for block in packed.blocks))
        counts = [uses[shape] for shape in range(len(packed.shapes))]
        _check_amount(counts, map(len, packed.columns))
        if _least(packed, counts) > LARGEST_BODIES:
            raise PackingError("bodies larger than a batch may hold")
        self._shapes = [
            (table, names, _bodies(names, [read_column(column, count) for column in columns]).__next__)
            for (table, names), columns, count in zip(packed.shapes, packed.columns, counts, strict=True)
        ]

    def read(self, block: Block) -> StreamOps:
        """The ops of one stream."""
        own = self._packed.streams[block.stream]
        clocks = list(accumulate(block.hlc))
        moments = [(hlc >> _COUNTER_BITS) + later for hlc, later in zip(clocks, block.at, strict=True)]
        if not clocks or not _all_below(clocks, LATEST_CLOCK) or not _all_below(moments, LATEST_MOMENT):
            raise PackingError("no ops, or a clock beyond all times")
        if sum(block.counts) != len(block.streams):
            raise PackingError("another number of versions than the ops replace")
        shapes, writers = self._shapes, [self._packed.authors[author] for author in block.authors]
        rows: list[bytes] = []
        explicit, versions = _explicit_rows(block), self._versions(block)
        salts, hashes = _pieces(block.salts, _SALT), _pieces(block.hashes, _HASH)
        ops, room, record = [], self._room, tuple.__new__
        seqs = range(block.first, block.first + len(clocks))
        for seq, hlc, at, author, shape, count in zip(
            seqs, clocks, moments, writers, block.shapes, block.counts, strict=True
        ):
            table, names, next_body = shapes[shape]
            body = next_body()
            if count:
                replaced = [(stream, seq - back, cells) for stream, back, cells in islice(versions, count)]
                body += encode(replaced)
                own_row = replaced[0][0] == own
                row_id = self._row_at(replaced[0][1], rows, block) if own_row else next(explicit)
                if not isinstance(names, list):
                    raise PackingError("what is not taken apart replaces nothing that could be known")
            else:
                if isinstance(names, list):
                    body += _REPLACES_NOTHING
                row_id = next(explicit)
            rows.append(row_id)
            room -= len(body)
            if room < 0:
                raise PackingError("bodies larger than a batch may hold")
            scrubbed = names == SCRUBBED
            salt, digest = (None, next(hashes)) if scrubbed else (next(salts), None)
            # as OpRecord(…), without the function in Python that a named tuple has for it: 0.2 µs an op
            ops.append(
                record(OpRecord, (seq, hlc, at, author, table, row_id, salt, None if scrubbed else body, digest))
            )
        self._room = room
        if any(next(rest, None) is not None for rest in (explicit, salts, hashes)):
            raise PackingError("more rows, salts or hashes than ops")
        return StreamOps(own, UUID(bytes=block.installation), block.before, tuple(ops), block.signature)

    def _versions(self, block: Block) -> Iterator[Replaced]:
        """The versions replaced, with the distance to the op's number in place of their own."""
        streams, parts = self._packed.streams, self._packed.parts
        together = zip(block.streams, block.seqs, block.parts, strict=True)
        return ((streams[stream], back, parts[part]) for stream, back, part in together)

    def _row_at(self, seq: int, rows: list[bytes], block: Block) -> bytes:
        """The row that an earlier op of the same stream writes."""
        place = seq - block.first
        if place >= len(rows):
            raise PackingError(f"op {block.first + len(rows)} builds on {seq}, which comes later")
        row_id = rows[place] if place >= 0 else self._row_of(self._packed.streams[block.stream], seq)
        if row_id is None:
            raise PackingError(f"op {block.first + len(rows)} builds on {seq}, which is missing")
        return row_id


def _bodies(names: list[str] | int, columns: list[list[Raw]]) -> Iterator[bytes]:
    """The bodies of a shape in their order: whole ones, or all but the versions replaced."""
    if isinstance(names, list):
        return put_together(tuple(names), columns)
    if len(columns) != (names == RAW):
        raise PackingError("columns that the shape does not have")
    return map(_read_whole, columns[0]) if columns else repeat(b"")


def _read_whole(value: Raw) -> bytes:
    body = msgspec.msgpack.decode(value, type=bytes)
    if take_apart(body) is not None:
        # its row could be another than that of what it replaces, and would be lost when it is packed again
        raise PackingError("a body is carried whole that could be taken apart")
    return body


def _check_amount(counts: Iterable[int], widths: Iterable[int]) -> None:
    """Refuse what grows beyond measure. `counts` of ops and `widths` in columns are by shape."""
    counted = list(counts)
    if sum(counted) > MOST_OPS or sum(map(mul, counted, widths)) > MOST_VALUES:
        raise PackingError("more than a batch may hold")


def _least(packed: Packed, counts: Sequence[int]) -> int:
    """Bytes that the bodies have at the least, told before one is built: the names that each of them repeats."""
    heads = (0 if isinstance(names, int) else size_of_heads(tuple(names)) for _table, names in packed.shapes)
    parts = [len(encode(part)) for part in packed.parts]
    replaced = chain.from_iterable(block.parts for block in packed.blocks)
    least: int = sum(map(mul, counts, heads))
    return least + sum(map(parts.__getitem__, replaced))


def _all_below(numbers: Sequence[int], limit: int) -> bool:
    return min(numbers) >= 0 and max(numbers) < limit


def _wrap(difference: int) -> int:
    """A difference of two 64-bit numbers as a signed one: ids that are hashes may be further apart than that holds."""
    return (difference + _RANGE // 2) % _RANGE - _RANGE // 2


def _explicit_rows(block: Block) -> Iterator[bytes]:
    together = zip(accumulate(block.high), _pieces(block.low, _HALF), strict=True)
    return iter([(high % _RANGE).to_bytes(_HALF) + low for high, low in together])


def _pieces(raw: bytes, size: int) -> Iterator[bytes]:
    if len(raw) % size:
        raise PackingError(f"{len(raw)} bytes are no pieces of {size}")
    return iter([raw[start : start + size] for start in range(0, len(raw), size)])


def _sized(value: bytes | None, size: int) -> bytes:
    if value is None or len(value) != size:
        raise PackingError(f"not {size} bytes")
    return value
