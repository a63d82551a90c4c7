"""What it costs to read one spelling as another: a weighted edit distance over letter groups, learned from pairs."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from app.domain.recognition import tables
from app.domain.recognition.folding import is_arabic
from app.domain.recognition.words import ARTICLE, Word, make_word

END = "$"
FARTHEST = 14.0
_UNKNOWN = 6.0
_LONGEST_ASKED, _LONGEST_STORED = 4, 4
_PARTICLE_COSTS = {"a": 0.5, "s": 1.6, "d": 2.0, "v": 3.0, "f": 3.0, "t": 2.5, "p": 0.8}
_UNTYPED, _UNTYPED_LETTER = 0.7, 0.06
_ARTICLES = frozenset({"", ARTICLE})
# Both words have a particle, of one kind but not of one spelling.
_OTHER_PARTICLE = 0.3

# From each place in the asked word to others, at a cost.
Moves = dict[int, list[tuple[int, float]]]
# To read a word as a whole, and as the beginning of a longer one, with the letters of that one that it then covers;
# None where it costs too much to say.
_Cost = tuple[float, float, int | None]
# A letter group of a stored word: what it costs where nothing is asked, and its moves.
_Group = tuple[float | None, Moves]


@lru_cache(maxsize=256)
def particle_cost(kinds: str, others: str) -> float:
    """Return what it costs that one word skips some particles and the other others."""
    return sum(cost for kind, cost in _PARTICLE_COSTS.items() if (kind in kinds) != (kind in others))


class Reader:
    """An asked word, made ready to be read as many stored words of one script.

    For each letter group that a stored word may hold, the moves it allows through the asked word are known
    beforehand; most groups allow few, so that a stored word is read in some tens of additions.
    """

    __slots__ = ("_answers", "_groups", "_inserted", "_known", "_skips", "_starts", "_stored_groups", "_text")

    def __init__(self, asked: Word, arabic: bool) -> None:
        units = tables.load_units()[asked.arabic, arabic]
        self._text = asked.letters + END
        self._starts = [(start, kinds, asked.text[:start]) for start, kinds in asked.starts]
        self._known: dict[str, _Cost] = {}
        self._inserted = units.get("", {})
        self._skips: list[float] = [0.0]
        self._answers: list[tuple[int, int, Mapping[str, float]]] = []
        self._stored_groups = tables.stored_groups(asked.arabic, arabic)
        self._groups: dict[str, _Group] = {}
        for place, letter in enumerate(self._text):
            known = units.get(letter)
            self._skips.append(known.get("", FARTHEST) if known else _UNKNOWN)
            self._answers.append((place, place + 1, known if known else {letter: 0.0}))
            if place and letter != (asked.text + END)[place]:
                # A word may only seem to start here.
                self._allow(place, place + 1, units.get(asked.text[place]))
            for end in range(place + 2, min(place + _LONGEST_ASKED, len(self._text)) + 1):
                self._allow(place, end, units.get(self._text[place:end]))

    def _allow(self, start: int, end: int, answers: Mapping[str, float] | None) -> None:
        if answers:
            self._answers.append((start, end, answers))

    def _find_group(self, group: str) -> _Group:
        """Find what a stored group answers, once for each: few of those that might be come up."""
        moves: Moves = {}
        for start, end, answers in self._answers:
            if group in answers:
                moves.setdefault(start, []).append((end, answers[group]))
        inserted = self._inserted.get(group)
        if inserted is None and not moves and len(group) == 1:
            inserted = _UNKNOWN
        found = self._groups[group] = inserted, moves
        return found

    def read(self, stored: Word) -> list[list[float]]:
        """Return the least cost to read each number of letters asked as each number of letters stored (the outer list).

        The end of a word counts as a letter, on both sides.
        """
        columns: list[list[float]] = []
        self._extend(columns, [], stored, math.inf)
        return columns

    def _extend(
        self, columns: list[list[float]], within: list[list[tuple[int, float]]], stored: Word, limit: float
    ) -> None:
        """Complete the columns of a stored word whose first letters are read, or stop where all costs pass `limit`.

        `within` are the places of each column that cost less than the limit.
        """
        target = stored.letters + END
        entries = dict(stored.starts)
        latest = stored.starts[-1][0]
        groups, stored_groups = self._groups, self._stored_groups
        far = [FARTHEST] * (len(self._text) + 1)
        for end in range(len(columns), len(target) + 1):
            column = far.copy()
            if end in entries:
                self._enter(column, entries[end], stored.text[:end])
            for begin in range(max(0, end - _LONGEST_STORED), end):
                if within[begin]:
                    letters = target[begin:end]
                    if letters in groups:
                        _arrive(column, within[begin], groups[letters])
                    elif end - begin == 1 or letters in stored_groups:
                        _arrive(column, within[begin], self._find_group(letters))
            columns.append(column)
            within.append(_skip(column, self._skips, limit) if min(column) < limit else [])
            if end >= latest and not any(within[-_LONGEST_STORED:]):
                break

    def covered(self, stored: Word) -> int:
        """Return how many letters of a stored word the asked one stands for, as the beginning of it."""
        known = self._known.get(stored.text)
        if known is not None and known[2] is not None:
            return known[2]
        columns = self.read(stored)[:-1]
        return min(range(len(columns)), key=lambda place: columns[place][-2] - _UNTYPED_LETTER * place)

    def _enter(self, column: list[float], others: str, skipped: str) -> None:
        """Let a comparison start here, after the particles of both words."""
        for start, kinds, own in self._starts:
            same = own == skipped or is_arabic(own) != is_arabic(skipped)
            column[start] = min(column[start], particle_cost(kinds, others) + (0.0 if same else _OTHER_PARTICLE))

    @staticmethod
    def _totals(columns: list[list[float]], letters: int, limit: float) -> _Cost:
        """Return the costs of the asked word as a whole, and as the beginning of a stored one of so many letters."""
        whole = columns[-1][-1] if len(columns) == letters + 2 else FARTHEST
        begun, covered = math.inf, 0
        for place, column in enumerate(columns):
            cost = column[-2] + _UNTYPED_LETTER * (letters - place)
            if cost < begun:
                begun = cost
                if place <= letters:
                    covered = place
        return whole, min(whole, begun + _UNTYPED), covered if begun < limit else None

    def costs(self, stored: Iterable[Word], limit: float) -> dict[str, _Cost]:
        """Return what it costs to read the asked word, as a whole and as only begun, as each of the stored words.

        What costs more than `limit` costs `FARTHEST`. Words that begin alike are read together, and costs remembered.
        """
        words = {word.text: word for word in stored}
        columns: list[list[float]] = []
        within: list[list[tuple[int, float]]] = []
        last: Word | None = None
        for text in sorted(words.keys() - self._known.keys()):
            word = words[text]
            shared = _shared_letters(last, word) + 1 if last else 0
            del columns[shared:], within[shared:]
            last = word
            self._extend(columns, within, word, limit)
            self._known[text] = self._totals(columns, len(text), limit)
        return {text: self._known[text] for text in words}


# In the next two all is written out, without min(): half of the time of a search goes there.


def _arrive(column: list[float], places: list[tuple[int, float]], group: _Group) -> None:
    """Read a group of stored letters from each of the places."""
    inserted, moves = group
    if inserted is not None:
        for place, before in places:
            total = before + inserted
            if total < column[place]:  # noqa: PLR1730
                column[place] = total
    if moves:
        for place, before in places:
            if place in moves:
                for reached, cost in moves[place]:
                    total = before + cost
                    if total < column[reached]:  # noqa: PLR1730
                        column[reached] = total


def _skip(column: list[float], skips: list[float], limit: float) -> list[tuple[int, float]]:
    """Leave asked letters out, from place to place; return the places that cost less than the limit."""
    near = []
    before = math.inf
    for place, cost in enumerate(column):
        before += skips[place]
        if before < cost:
            column[place] = before
        else:
            before = cost
        if before < limit:
            near.append((place, before))
    return near


def _shared_letters(one: Word, other: Word) -> int:
    """Return how many first letters are read alike in two words, particles included."""
    shared = 0
    for letter, another in zip(one.letters, other.letters, strict=False):
        if letter != another:
            break
        shared += 1
    for first, second in zip_longest(one.starts, other.starts):
        if first != second:
            return min(shared, *((start[0] - 1) for start in (first, second) if start))
    return shared


@lru_cache(maxsize=256)
def _make_reader(asked: str, arabic: bool) -> Reader:
    return Reader(make_word(asked), arabic)


def word_costs(
    asked: Word, stored: Iterable[Word], *, begun: bool = False, limit: float = FARTHEST, known: bool = True
) -> dict[str, float]:
    """Return what it costs to read `asked` as each of the stored words, by their text; at most `FARTHEST`.

    `begun`: more letters of it may follow. What costs more than `limit` may be given as `FARTHEST`, always with the
    same limit for the same word. `known` lets words seen together in the name pairs count as such.
    """
    seen = _find_known(asked) if known else {}
    scripts: dict[bool, list[Word]] = {}
    for word in stored:
        scripts.setdefault(word.arabic, []).append(word)
    found: dict[str, float] = {}
    for arabic, words in scripts.items():
        for text, (whole, part, _covered) in _make_reader(asked.text, arabic).costs(words, limit).items():
            found[text] = 0.0 if text == asked.text else part if begun else whole
        for word in words if seen else ():
            for start, kinds in word.starts[:2]:
                for others, cost in seen.get(word.text[start:], ()):
                    if kinds in _ARTICLES:
                        found[word.text] = min(cost + particle_cost(kinds, others), found[word.text])
    return found


def _find_known(asked: Word) -> dict[str, list[tuple[str, float]]]:
    """Return the words seen together with the one asked for, or with it less its article, with their costs."""
    known: dict[str, list[tuple[str, float]]] = {}
    for start, kinds in asked.starts[:2]:
        if kinds in _ARTICLES:
            for text, cost in tables.load_words().get(asked.text[start:], {}).items():
                known.setdefault(text, []).append((kinds, cost))
    return known


@lru_cache(maxsize=1024)
def compare_parts(one: str, other: str) -> float:
    """Return the cost of reading the marked letters of `one` as those of `other`, whatever particles they hold."""
    first, second = (Word(text, is_arabic(text), ((0, ""),), text) for text in (one, other))
    return Reader(first, second.arabic).costs([second], FARTHEST)[other][0]


def read_length(begun: Word, stored: Word) -> int:
    """Return how many letters of `stored` the letters typed so far stand for."""
    return _make_reader(begun.text, stored.arabic).covered(stored)


def use_tables(folder: Path | None) -> None:
    """Read the tables from another folder (None: the ones shipped) and forget what was compared."""
    tables.choose_folder(folder)
    for cached in (_make_reader, compare_parts):
        cached.cache_clear()
