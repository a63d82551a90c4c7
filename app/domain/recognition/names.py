"""Whole names compared: which word answers which, whatever their order, and what is left over."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.recognition.model import word_cost
from app.domain.recognition.words import Word, make_word

# Above this, two words are not two spellings of one word.
TOO_FAR = 7.0
WORD_NOT_FOUND = 4.5
WORD_NOT_ASKED = 1.6
TITLE_NOT_ASKED = 0.8
OTHER_ORDER = 0.2
JOINED = 0.3
_TITLES = frozenset(
    "sidi sid si moulay mly lalla cheikh haj hadj el elhaj elhadj dr سيدي مولاي لاله الحاج الشيخ".split()
)
_DOUBT, _STEEPNESS = 6.0, 1.5


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What it costs to read a query as a name, and the words (query, name; half-open ranges) that answer each other."""

    cost: float
    pairs: tuple[tuple[range, range], ...]


def not_asked(word: Word) -> float:
    """Return the cost of a word of a stored name that the query does not mention."""
    return TITLE_NOT_ASKED if word.text in _TITLES else WORD_NOT_ASKED


def _join(words: Sequence[Word], place: int) -> Word | None:
    if place + 1 >= len(words) or words[place].arabic != words[place + 1].arabic:
        return None
    return make_word(words[place].text + words[place + 1].text)


def _possible_pairs(query: Sequence[Word], name: Sequence[Word], partial: bool) -> list[tuple[float, range, range]]:
    found = []
    last = len(query) - 1
    for i, asked in enumerate(query):
        for j, word in enumerate(name):
            cost = word_cost(asked, word, prefix=partial and i == last)
            if cost < TOO_FAR:
                found.append((cost, range(i, i + 1), range(j, j + 1)))
    matched = {i for cost, (i,), _ in found if cost < WORD_NOT_ASKED}
    answered = {j for cost, _, (j,) in found if cost < WORD_NOT_ASKED}
    for i, asked in enumerate(query):
        if i not in matched:
            for j in range(len(name) - 1):
                joined = _join(name, j)
                cost = word_cost(asked, joined, prefix=partial and i == last) + JOINED if joined else TOO_FAR
                if cost < TOO_FAR:
                    found.append((cost, range(i, i + 1), range(j, j + 2)))
    for j, word in enumerate(name):
        if j not in answered:
            for i in range(last):
                joined = _join(query, i)
                cost = word_cost(joined, word, prefix=partial and i + 1 == last) + JOINED if joined else TOO_FAR
                if cost < TOO_FAR:
                    found.append((cost, range(i, i + 2), range(j, j + 1)))
    return found


def match_words(query: Sequence[Word], name: Sequence[Word], *, partial: bool = False) -> NameMatch:
    """Match the words of a query to those of a name; with `partial` the last word of the query is only begun."""
    free_query, free_name = set(range(len(query))), set(range(len(name)))
    # What a pair saves over leaving its words alone decides who goes first.
    possible = [
        (cost - WORD_NOT_FOUND * len(asked) - WORD_NOT_ASKED * len(words), cost, asked, words)
        for cost, asked, words in _possible_pairs(query, name, partial)
    ]
    possible.sort(key=lambda pair: pair[0])
    total = 0.0
    pairs = []
    for saved, cost, asked, words in possible:
        if saved < 0 and free_query.issuperset(asked) and free_name.issuperset(words):
            free_query.difference_update(asked)
            free_name.difference_update(words)
            total += cost
            pairs.append((asked, words))
    pairs.sort(key=lambda pair: pair[0].start)
    starts = [words.start for _, words in pairs]
    total += OTHER_ORDER * (starts != sorted(starts))
    total += WORD_NOT_FOUND * len(free_query) + sum(not_asked(name[j]) for j in free_name)
    return NameMatch(total, tuple(pairs))


def likeness(cost: float) -> float:
    """Map a cost to 0..1: 1 for none, one half where chance is as good an explanation, towards 0 beyond."""
    at_none = 1 / (1 + math.exp(-_DOUBT / _STEEPNESS))
    return 1 / (1 + math.exp(min(60.0, (cost - _DOUBT) / _STEEPNESS))) / at_none
