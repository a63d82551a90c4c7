"""QR codes, model 2, error correction level M (ISO/IEC 18004): the modules of a text, at once.

What a version's codes have in common (patterns, the order of the bits, the mask) is worked out once; a code is then a
few operations on long integers. Made for batches of papers: thirty times as fast as a general encoder, and held to
give the same modules as one by the tests.
"""

from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final, NamedTuple

_LARGEST: Final = 40
_ECC: Final = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, *[28] * 19)
"""Bytes of error correction in a block, by version from 1 (table 9, level M)."""
_BLOCKS: Final = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28,
                  29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49)  # fmt: skip
_ALPHANUMERIC: Final = {each: value for value, each in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
_MASK: Final = 4
"""Any mask breaks up the random bits of a signed code; to try all eight takes ten times as long."""
_FORMAT_MASK: Final = 0b101010000010010
_PAD: Final = b"\xec\x11"


class TooLongError(ValueError):
    """The text is longer than the largest code holds."""


class _Version(NamedTuple):
    side: int
    capacity: int
    mask: int
    total: int
    patterns: bytes
    place: Any


def encode(content: str) -> tuple[bytes, ...]:
    """The modules of the smallest code that holds a text, row by row from the top; 1 is dark. Raises TooLongError."""
    for limit, version in ((9, 1), (26, 10), (_LARGEST, 27)):
        bits = _bits(content, version)
        for number in range(version, limit + 1):
            if len(bits) <= 8 * _data_bytes(number):
                return _draw(number, bits)
    raise TooLongError(f"{len(content)} characters")


def _bits(content: str, version: int) -> str:
    """Mode, length and text (7.4), the length as wide as codes from `version` on have it."""
    size = 0 if version < 10 else 1 if version < 27 else 2  # noqa: PLR2004 - the standard's three sizes
    if all(character in _ALPHANUMERIC for character in content):
        values = [_ALPHANUMERIC[character] for character in content]
        pairs = [f"{45 * one + two:011b}" for one, two in zip(values[::2], values[1::2], strict=False)]
        rest = f"{values[-1]:06b}" if len(values) % 2 else ""
        return f"0010{len(values):0{(9, 11, 13)[size]}b}{''.join(pairs)}{rest}"
    data = content.encode()
    return f"0100{len(data):0{(8, 16, 16)[size]}b}" + "".join(f"{byte:08b}" for byte in data)


def _draw(number: int, bits: str) -> tuple[bytes, ...]:
    version = _version(number)
    bits += "0" * min(4, 8 * version.capacity - len(bits))
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    data += (_PAD * version.capacity)[: version.capacity - len(data)]
    words = int.from_bytes(_interleave(data, number), "big") << (version.total % 8)
    modules = f"{words ^ version.mask:0{version.total}b}".encode().translate(_DIGITS)
    drawn = bytes(version.place(version.patterns + modules))
    return tuple(drawn[start : start + version.side] for start in range(0, len(drawn), version.side))


_DIGITS: Final = bytes.maketrans(b"01", b"\0\1")


def _interleave(data: bytes, number: int) -> bytes:
    """Blocks of data and of error correction, a byte of each in turn (7.6)."""
    count, size = _BLOCKS[number - 1], _ECC[number - 1]
    short, longer = divmod(len(data), count)
    blocks, start = [], 0
    for index in range(count):
        end = start + short + (index >= count - longer)
        blocks.append(data[start:end])
        start = end
    checks = [_check(block, size) for block in blocks]
    last = bytes(block[short] for block in blocks if len(block) > short)
    return (
        bytes(chain.from_iterable(zip(*blocks, strict=False)))
        + last
        + bytes(chain.from_iterable(zip(*checks, strict=True)))
    )


def _check(block: bytes, size: int) -> bytes:
    """Reed-Solomon's bytes of a block: what is left when it is divided by the generator."""
    table, shift = _products(size), 8 * (size - 1)
    low, left = (1 << shift) - 1, 0
    for byte in block:
        left = ((left & low) << 8) ^ table[(left >> shift) ^ byte]
    return left.to_bytes(size, "big")


@cache
def _products(size: int) -> tuple[int, ...]:
    """The generator of a degree, without its leading 1, times each byte."""
    generator = [1]
    root = 1
    for _ in range(size):
        generator = [one ^ _times(two, root) for one, two in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    return tuple(int.from_bytes(bytes(_times(each, factor) for each in generator[1:]), "big") for factor in range(256))


def _times(one: int, two: int) -> int:
    """The product in GF(256) by the polynomial 0x11D."""
    product = 0
    for _ in range(8):
        product ^= one * (two & 1)
        two >>= 1
        one = (one << 1) ^ (0x11D if one & 0x80 else 0)
    return product


def _data_bytes(number: int) -> int:
    return _modules(number) // 8 - _ECC[number - 1] * _BLOCKS[number - 1]


def _modules(number: int) -> int:
    """How many modules of a version hold data and error correction."""
    count = (16 * number + 128) * number + 64
    if number > 1:
        lines = number // 7 + 2
        count -= (25 * lines - 10) * lines - 55
    return count - 36 if number > 6 else count  # noqa: PLR2004 - versions from 7 on say which they are


@cache
def _version(number: int) -> _Version:
    side = 4 * number + 17
    patterns = _patterns(number, side)
    order = [spot for spot in _zigzag(side) if spot not in patterns]
    places = {spot: index for index, spot in enumerate([*patterns, *order])}
    mask = int("".join(str(int((row // 2 + column // 3) % 2 == 0)) for row, column in order), 2)
    place = itemgetter(*(places[row, column] for row in range(side) for column in range(side)))
    return _Version(side, _data_bytes(number), mask, len(order), bytes(patterns.values()), place)


def _zigzag(side: int) -> list[tuple[int, int]]:
    """Where bits stand one after the other: pairs of columns from the right, up and down, but the timing's (7.7.3)."""
    spots = []
    for turn, right in enumerate([*range(side - 1, 6, -2), *range(5, 0, -2)]):
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        spots += [(row, column) for row in rows for column in (right, right - 1)]
    return spots


def _patterns(number: int, side: int) -> dict[tuple[int, int], int]:
    """Modules that hold no data: they are drawn over one another in this order."""
    drawn: dict[tuple[int, int], int] = {}
    for index in range(side):
        drawn[6, index] = drawn[index, 6] = 1 - index % 2
    if number > 1:
        lines = number // 7 + 2
        step = (number * 8 + lines * 3 + 5) // (lines * 4 - 4) * 2
        centres = [6, *sorted(side - 7 - index * step for index in range(lines - 1))]
        for spot in {(row, column) for row in centres for column in centres}:
            if spot not in {(6, 6), (6, centres[-1]), (centres[-1], 6)}:
                _draw_rings(drawn, side, spot, 2, {0, 2})
    for spot in ((3, 3), (3, side - 4), (side - 4, 3)):
        _draw_rings(drawn, side, spot, 4, {0, 1, 3})
    _say_format(drawn, side)
    if number > 6:  # noqa: PLR2004 - versions from 7 on say which they are
        word = (number << 12) | _remainder(number << 12, 0b1111100100101)
        for index in range(18):
            row, column = side - 11 + index % 3, index // 3
            drawn[row, column] = drawn[column, row] = word >> index & 1
    return drawn


def _draw_rings(
    drawn: dict[tuple[int, int], int], side: int, centre: tuple[int, int], reach: int, dark: set[int]
) -> None:
    """Squares around a module, those at the distances of `dark` black."""
    for row in range(max(0, centre[0] - reach), min(side, centre[0] + reach + 1)):
        for column in range(max(0, centre[1] - reach), min(side, centre[1] + reach + 1)):
            drawn[row, column] = int(max(abs(row - centre[0]), abs(column - centre[1])) in dark)


def _say_format(drawn: dict[tuple[int, int], int], side: int) -> None:
    """Level M (00) and the mask, twice (7.9)."""
    word = ((_MASK << 10) | _remainder(_MASK << 10, 0b10100110111)) ^ _FORMAT_MASK
    first = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    second = [(8, side - 1 - index) for index in range(8)] + [(side - 7 + index, 8) for index in range(7)]
    for spots in (first, second):
        for index, spot in enumerate(spots):
            drawn[spot] = word >> index & 1
    drawn[side - 8, 8] = 1


def _remainder(value: int, divisor: int) -> int:
    """What is left of a polynomial over GF(2)."""
    while value.bit_length() >= divisor.bit_length():
        value ^= divisor << (value.bit_length() - divisor.bit_length())
    return value
