"""What it costs to read one spelling as another: a weighted edit distance over letter groups, learned from name pairs.

The tables in ``resources/recognition`` hold, for each pair of letter groups (ش / ch, و / ou, ال / el, h / nothing …),
the negative logarithm of how often one is written for the other, and the same for whole name words seen in the
pairs. Costs are natural logarithms: 0 is "always so", 3 is "once in twenty".
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from app.domain.recognition.folding import is_arabic
from app.domain.recognition.words import Word, make_word

END = "$"
FARTHEST = 14.0
_UNKNOWN = 7.0
_PARTICLE_COSTS = {"a": 0.5, "s": 1.6, "d": 2.0, "v": 3.0, "f": 3.0, "t": 2.5}
_UNTYPED_LETTER = 0.06


@dataclass(frozen=True, slots=True)
class _Units:
    """The costs between the letter groups of two scripts, from the first to the second."""

    costs: dict[str, dict[str, float]]
    longest: int
    longest_other: int


# Another folder of tables, for training and for measuring on names held out.
_folder: Path | None = None


def use_tables(folder: Path | None) -> None:
    """Read the tables from another folder (None: the ones shipped) and forget what was compared."""
    global _folder  # noqa: PLW0603
    _folder = folder
    for cached in (_load_units, _load_words, _compare, compare_parts):
        cached.cache_clear()


def _read_table(name: str) -> list[list[str]]:
    folder = _folder or resources.files("resources").joinpath("recognition")
    text = folder.joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _load_units() -> dict[tuple[bool, bool], _Units]:
    costs: dict[tuple[bool, bool], dict[str, dict[str, float]]] = {
        (first, second): {} for first in (False, True) for second in (False, True)
    }
    scripts = {"AL": (True, False), "LL": (False, False), "AA": (True, True)}
    for kind, one, other, cost in _read_table("units.tsv"):
        first, second = scripts[kind]
        costs[first, second].setdefault(one, {})[other] = float(cost)
        costs[second, first].setdefault(other, {})[one] = float(cost)
    return {
        key: _Units(
            table, max(map(len, table), default=1), max((len(o) for row in table.values() for o in row), default=1)
        )
        for key, table in costs.items()
    }


@cache
def _load_words() -> dict[tuple[str, str], float]:
    words: dict[tuple[str, str], float] = {}
    for one, other, cost in _read_table("words.tsv"):
        words[one, other] = words[other, one] = float(cost)
    return words


@lru_cache(maxsize=256)
def particle_cost(kinds: str, others: str) -> float:
    return sum(cost for kind, cost in _PARTICLE_COSTS.items() if (kind in kinds) != (kind in others))


def _align(one: Word, other: Word, units: _Units, prefix: bool) -> list[float]:
    """Return the least cost of reading all of `one` as the first letters of `other`, for each number of letters.

    The end of a word counts as a letter of `other`, and of `one` unless it is only begun (`prefix`).
    """
    limit = FARTHEST
    source = one.text if prefix else one.text + END
    target = other.text + END
    width = len(target) + 1
    rows = [[limit] * width for _ in range(len(source) + units.longest + 1)]
    for position, kinds in one.starts:
        for place, others in other.starts:
            rows[position][place] = min(rows[position][place], particle_cost(kinds, others))
    pieces = [
        [
            (place + size, target[place : place + size])
            for size in range(min(units.longest_other, width - 1 - place) + 1)
        ]
        for place in range(width)
    ]
    table = units.costs
    for position in range(len(source) + 1):
        row = rows[position]
        moves = []
        for size in range(min(units.longest, len(source) - position) + 1):
            group = source[position : position + size]
            found = table.get(group)
            if found is None and size == 1:
                found = {group: 0.0, "": _UNKNOWN}
            if found is not None:
                moves.append((rows[position + size], found))
        for place in range(width):
            base = row[place]
            if base >= limit:
                continue
            for reached, found in moves:
                for end, piece in pieces[place]:
                    cost = found.get(piece)
                    if cost is not None and base + cost < reached[end]:
                        reached[end] = base + cost
    return rows[len(source)]


def _prefix_costs(one: Word, other: Word, units: _Units) -> list[float]:
    reached = _align(one, other, units, prefix=True)
    return [cost + _UNTYPED_LETTER * max(0, len(reached) - 2 - place) for place, cost in enumerate(reached)]


@lru_cache(maxsize=65536)
def _compare(one: str, other: str, prefix: bool) -> float:
    first, second = make_word(one), make_word(other)
    units = _load_units()[first.arabic, second.arabic]
    return min(_prefix_costs(first, second, units)) if prefix else _align(first, second, units, prefix=False)[-1]


def read_length(begun: Word, word: Word) -> int:
    """Return how many letters of `word` the letters typed so far stand for."""
    costs = _prefix_costs(begun, word, _load_units()[begun.arabic, word.arabic])
    return min(range(len(costs)), key=costs.__getitem__)


@lru_cache(maxsize=65536)
def compare_parts(one: str, other: str) -> float:
    """Return the cost of reading the letters of `one` as those of `other`, whatever particles they hold."""
    first, second = (Word(text, is_arabic(text), ((0, ""),)) for text in (one, other))
    return _align(first, second, _load_units()[first.arabic, second.arabic], prefix=False)[-1]


def word_cost(one: Word, other: Word, *, prefix: bool = False, known: bool = True) -> float:
    """Return the cost of reading `one` as `other`; with `prefix`, `one` is only begun. At most `FARTHEST`.

    `known` lets words seen together in the pairs count as such.
    """
    if one.text == other.text:
        return 0.0
    cost = _compare(one.text, other.text, prefix)
    seen = _load_words().get((one.text, other.text)) if known else None
    return cost if seen is None else min(cost, seen)
