"""Lines of text: broken to a width, made smaller until they fit, drawn where they belong.

Widths and sizes are in points (1/72 inch). A line is cut out of its paragraph after the levels of the whole are
known, so that a long name in isolation keeps its direction over the break.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Final

from app.documents.text.bidi import embedding_levels, visual_runs
from app.documents.text.characters import ELLIPSIS, INVISIBLE, printable
from app.documents.text.shaping import Piece, shape_run

LEADING: Final = 1.3
"""From one line of a fitted block to the next, as a multiple of the size."""
_STEP: Final = 0.5
_HOLDS_NEXT: Final = frozenset("«([")
_CLINGS_BACK: Final = frozenset("»:;!?؟؛%)]")


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs from left to right. `advance` is in thousandths of the size."""

    pieces: tuple[Piece, ...]
    advance: float

    def width(self, size: float) -> float:
        """How wide the line is at a size."""
        return self.advance * size / 1000

    @property
    def spaces(self) -> int:
        """Spaces between words, which a justified line makes wider."""
        return sum(piece.spaces for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines at one size, as they fitted."""

    lines: tuple[Line, ...]
    size: float


@lru_cache(maxsize=8192)
def set_line(text: str, font: str, *, right_to_left: bool) -> Line:
    """The whole text as one line, however long."""
    plain = printable(text, font)
    return _cut(plain, 0, len(plain), font, right_to_left=right_to_left)


@lru_cache(maxsize=4096)
def wrap(text: str, font: str, size: float, width: float, *, right_to_left: bool) -> tuple[Line, ...]:
    """The text in as many lines as it needs. Breaks at spaces, and inside a word only when it is wider than a line."""
    plain = printable(text, font)
    spans = _break(plain, font, size, width, right_to_left=right_to_left)
    return tuple(_cut(plain, start, end, font, right_to_left=right_to_left) for start, end in spans)


def _break(
    plain: str, font: str, size: float, width: float, *, right_to_left: bool, most_lines: int | None = None
) -> list[tuple[int, int]]:
    """Start and end of each line, at most `most_lines` of them."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(plain) and (most_lines is None or len(spans) < most_lines):
        end = _line_end(plain, start, font, size, width, right_to_left=right_to_left)
        spans.append((start, _without_trailing_space(plain, start, end)))
        start = end
        while start < len(plain) and plain[start] == " ":
            start += 1
    return spans


def fit(
    text: str, font: str, size: float, width: float, *, smallest: float, height: float = 0.0, right_to_left: bool
) -> Block:
    """The text at the largest size up to `size` at which it fits a width and, over several lines, a height.

    Tried on one line first, down to four fifths of `size`: a name is better a little smaller than broken. With no
    height it stays on one line. What does not fit at `smallest` either ends in an ellipsis.
    """
    single = set_line(text, font, right_to_left=right_to_left)
    fitting = size if single.width(size) <= width else width * 1000 / single.advance
    if fitting >= max(smallest, size * 4 / 5) or (not height and fitting >= smallest):
        return Block((single,), fitting)
    plain = printable(text, font)

    def stands(steps: int) -> bool:
        trial = max(smallest, size - steps * _STEP)
        limit = _lines_in(height, trial)
        return len(_break(plain, font, trial, width, right_to_left=right_to_left, most_lines=limit + 1)) <= limit

    steps = range(ceil((size - smallest) / _STEP) + 1)
    found = bisect_left(steps, x=True, key=stands)
    if found == len(steps):
        limit = _lines_in(height, smallest)
        return Block(_shortened(plain, font, smallest, width, limit, right_to_left=right_to_left), smallest)
    fitting = max(smallest, size - found * _STEP)
    return Block(wrap(text, font, fitting, width, right_to_left=right_to_left), fitting)


def _lines_in(height: float, size: float) -> int:
    return max(1, int(height / (size * LEADING)))


def _cut(text: str, start: int, end: int, font: str, *, right_to_left: bool) -> Line:
    base = int(right_to_left)
    pieces: list[Piece] = []
    for run in visual_runs(embedding_levels(text, base), start, end, base):
        pieces += shape_run(text[run.start : run.end], font, right_to_left=bool(run.level & 1))
    return Line(tuple(pieces), sum(piece.advance for piece in pieces))


def _fits(text: str, start: int, end: int, font: str, size: float, width: float, *, right_to_left: bool) -> bool:
    end = _without_trailing_space(text, start, end)
    return _cut(text, start, end, font, right_to_left=right_to_left).width(size) <= width


def _line_end(text: str, start: int, font: str, size: float, width: float, *, right_to_left: bool) -> int:
    """Where the line that begins at `start` ends: after the last word that fits, or inside the first one."""

    def fits(end: int) -> bool:
        return _fits(text, start, end, font, size, width, right_to_left=right_to_left)

    word_ends = [i for i in range(start + 1, len(text)) if _may_break(text, i)] + [len(text)]
    fitting = _last_fitting(word_ends, fits)
    if fitting is not None:
        return fitting
    letter_ends = [i for i in range(start + 1, word_ends[0] + 1) if i == len(text) or not _clings(text[i])]
    # one letter at least: a column narrower than a letter has to end too
    return _last_fitting(letter_ends, fits) or letter_ends[0]


def _last_fitting(ends: list[int], fits: Callable[[int], bool]) -> int | None:
    """The last of the rising `ends` that fits: a longer line is never narrower.

    In steps that double, then by bisection: what is tried is never much longer than a line, however long the text.
    """
    low, high = 0, 1
    while high < len(ends) and fits(ends[high - 1]):
        low, high = high, 2 * high
    high = min(high, len(ends))
    while low < high:
        middle = (low + high) // 2
        if fits(ends[middle]):
            low = middle + 1
        else:
            high = middle
    return ends[low - 1] if low else None


def _shortened(
    plain: str, font: str, size: float, width: float, most_lines: int, *, right_to_left: bool
) -> tuple[Line, ...]:
    def shortened(end: int) -> tuple[Line, ...]:
        return wrap(plain[:end].rstrip() + ELLIPSIS, font, size, width, right_to_left=right_to_left)

    last = _break(plain, font, size, width, right_to_left=right_to_left, most_lines=most_lines)[-1]
    ends = [i for i in range(last[0] + 1, last[1] + 1) if i == len(plain) or not _clings(plain[i])]
    end = _last_fitting(ends, lambda candidate: len(shortened(candidate)) <= most_lines)
    return shortened(end if end is not None else last[0])


def _may_break(text: str, index: int) -> bool:
    """Whether a line may end before the space at `index`: not inside « » nor before French : ; ! ?"""
    return text[index] == " " and text[index - 1] not in _HOLDS_NEXT and text[index + 1 : index + 2] not in _CLINGS_BACK


def _clings(character: str) -> bool:
    """Whether the character can't begin a line."""
    return bool(unicodedata.combining(character)) or character in INVISIBLE


def _without_trailing_space(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end
