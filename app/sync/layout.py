"""What a packed batch looks like: its parts in their order, their limits, and how a body comes apart.

docs/bundle-format.md says the same in words; what is changed here is a new format.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Raw

MOST_OPS: Final = 1_000_000
"""Ops in a batch; a hub writes some 36,000 a year."""
MOST_VALUES: Final = 8_000_000
LARGEST_BATCH: Final = 255 * 2**20
"""Bytes of a batch, so that it fits into a bundle with what is said about it."""
LARGEST_BODIES: Final = 256 * 2**20
"""Bytes of all bodies of a batch together."""
LATEST_CLOCK: Final = 2**62
"""Readings of the hybrid clock are below this (the year 4199), so that a clock which follows them can still tick."""
LATEST_MOMENT: Final = 2**46
"""Moments that writers' clocks said, in epoch milliseconds, are below this."""
RAW, SCRUBBED = 0, 1
"""What stands in place of names: the body is carried whole, or was erased."""

encode: Final = msgspec.msgpack.Encoder().encode

_Bytes8 = Annotated[bytes, Meta(min_length=8, max_length=8)]
_Bytes16 = Annotated[bytes, Meta(min_length=16, max_length=16)]
_Bytes32 = Annotated[bytes, Meta(min_length=32, max_length=32)]
_Bytes64 = Annotated[bytes, Meta(min_length=64, max_length=64)]
_Number = Annotated[int, Meta(ge=0, le=2**63 - 1)]
_MOST_NAMES: Final = 1000
_LONGEST_NAME: Final = 64
_Name = Annotated[str, Meta(min_length=1, max_length=_LONGEST_NAME)]
_Names = Annotated[list[_Name], Meta(max_length=_MOST_NAMES)]
_Index = Annotated[int, Meta(ge=0)]
_Indexes = Annotated[list[_Index], Meta(max_length=MOST_OPS)]
_Differences = Annotated[list[int], Meta(max_length=MOST_OPS)]
_Mark = Annotated[int, Meta(ge=RAW, le=SCRUBBED)]
_FEW: Final = Meta(max_length=65_536)

Names = tuple[str, ...] | int
"""The cells that a body names, or a mark."""
Replaced = tuple[bytes, int, list[str] | None]
"""A version replaced: stream, number, and in which cells (None: in all that the op writes)."""


class PackingError(ValueError):
    """The bytes are not what a packed batch looks like, or the batch is not one that can be packed."""


class Block(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """One stream. `hlc` and `high` are differences to the op before, `at` to the clock, `seqs` to the own number."""

    stream: _Index
    installation: _Bytes16
    first: Annotated[int, Meta(ge=1, le=2**62)]
    before: _Bytes32
    hlc: _Differences
    at: _Differences
    authors: _Indexes
    shapes: _Indexes
    counts: _Indexes
    salts: bytes
    hashes: bytes
    high: _Differences
    low: bytes
    streams: _Indexes
    seqs: _Differences
    parts: _Indexes
    signature: _Bytes64


class Packed(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A batch. `vector` is of the first streams; `parts` are sets of cells, None for all; columns are by shape."""

    streams: Annotated[list[_Bytes8], _FEW]
    vector: Annotated[list[_Number], _FEW]
    authors: Annotated[list[_Bytes16 | None], _FEW]
    parts: Annotated[list[_Names | None], _FEW]
    shapes: Annotated[list[tuple[_Name, _Names | _Mark]], _FEW]
    columns: Annotated[list[Annotated[list[Raw], Meta(max_length=_MOST_NAMES)]], _FEW]
    blocks: Annotated[list[Block], _FEW]


class _Body(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A body as this version writes it; the values are left as they are."""

    cells: dict[str, Raw]
    replaced: list[tuple[_Bytes8, _Number, _Names | None]]


read_packed: Final = msgspec.msgpack.Decoder(Packed).decode
_read_body = msgspec.msgpack.Decoder(_Body).decode
_read_values = msgspec.msgpack.Decoder(list[Raw]).decode


def take_apart(body: bytes) -> tuple[tuple[str, ...], tuple[Raw, ...], Sequence[Replaced]] | None:
    """Names, values and replaced versions of a body; None if it could not be put together again to the byte."""
    try:
        parts = _read_body(body)
    except (ValueError, RecursionError):
        return None
    names, values = tuple(parts.cells), tuple(parts.cells.values())
    tail = encode(parts.replaced)
    # whatever else says the same is longer (a header not of the shortest form, a name twice), so lengths tell
    same = body.endswith(tail) and size_of_heads(names) + sum(map(len, values)) + len(tail) == len(body)
    return (names, values, parts.replaced) if same else None


@lru_cache(maxsize=256)
def size_of_heads(names: tuple[str, ...]) -> int:
    """Bytes of all heads; beyond every body where there are more or longer names than a batch holds."""
    fit = len(names) <= _MOST_NAMES and all(0 < len(name) <= _LONGEST_NAME for name in names)
    return sum(map(len, heads(names))) if fit else 2**63


def put_together(names: tuple[str, ...], columns: Sequence[Sequence[Raw]]) -> Iterator[bytes]:
    """The bodies of a shape, all but the versions replaced, with which they end."""
    if not names:
        return repeat(heads(())[0])
    pieces = [piece for head, column in zip(heads(names), columns, strict=True) for piece in (repeat(head), column)]
    return map(b"".join, zip(*pieces, strict=False))


@lru_cache(maxsize=256)
def heads(names: tuple[str, ...]) -> tuple[bytes, ...]:
    """What stands before each value of a body: its name; ahead of the first, that there are two parts, one a map."""
    count = len(names)
    opening = b"\x92" + (bytes([0x80 | count]) if count < 16 else b"\xde" + count.to_bytes(2))  # noqa: PLR2004
    return (opening + encode(names[0]), *map(encode, names[1:])) if names else (opening,)


def read_column(column: Raw, count: int) -> list[Raw]:
    """The values of a column. It is not read before it is known to promise as many as there are ops."""
    if count < 16:  # noqa: PLR2004 - MessagePack's arrays: of 4, 16 and 32 bits of length
        header = bytes([0x90 | count])
    else:
        header = b"\xdc" + count.to_bytes(2) if count < 2**16 else b"\xdd" + count.to_bytes(4)
    if memoryview(column)[: len(header)] != header:
        raise PackingError("a column of another length")
    return _read_values(column)
