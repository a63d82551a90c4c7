"""Whole names compared: which word answers which, whatever their order, and what is left over."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.recognition.keys import find_sounds
from app.domain.recognition.model import word_costs
from app.domain.recognition.slips import slip_cost
from app.domain.recognition.words import ARTICLE, Word, make_word

# A word asked for that a name does not hold: the more letters it has, the less likely that is.
WORD_NOT_FOUND = 1.5
LETTER_NOT_FOUND = {True: 1.3, False: 1.0}
# A reading of a Latin word that costs more is hardly ever the right one, and going through the many that do takes long.
DEAREST = 7.0
WORD_NOT_ASKED = 1.6
TITLE_NOT_ASKED = 0.8
TITLE_NOT_FOUND = 4.0
# A word asked for that a name of several words does not hold, all of which are asked for: the name was given in short.
IN_SHORT = 3.0
OTHER_ORDER = 0.2
JOINED = 0.3
# A word answered for less than this share of what its absence costs needs no other reading.
CERTAIN = 0.4
MOST_LETTERS = 7
# Titles, and the name that so many bear before their own that it is often left out.
OFTEN_LEFT_OUT = frozenset({
    "sidi", "sid", "si", "moulay", "mly", "lalla", "cheikh", "haj", "hadj", "elhaj", "elhadj", "dr", "سيدي",
    "مولاي", "لاله", "الحاج", "حاج", "الشيخ", "شيخ",
    "mohamed", "mohammed", "mohammad", "mohamad", "muhammad", "mouhamed", "med", "محمد",
})  # fmt: skip
# The share of what no answer at all would cost, from which an answer is doubtful.
DOUBT, LEAST_DOUBT = 0.4, 4.0
_STEEPNESS = 1.5


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What it costs to read a query as a name, and the words (query, name; half-open ranges) that answer each other."""

    cost: float
    pairs: tuple[tuple[range, range], ...]


def _may_be_left_out(word: Word) -> bool:
    return word.text in OFTEN_LEFT_OUT or word.text[word.starts[-1][0] :] in OFTEN_LEFT_OUT


@lru_cache(maxsize=8192)
def not_asked(word: Word) -> float:
    """Return the cost of a word of a stored name that the query does not mention."""
    return TITLE_NOT_ASKED if _may_be_left_out(word) else WORD_NOT_ASKED


@lru_cache(maxsize=8192)
def not_found(word: Word) -> float:
    """Return the cost of a word asked for that a name does not hold."""
    if _may_be_left_out(word):
        return TITLE_NOT_FOUND
    # Particles tell half as much as the rest.
    letters = min(len(word.text) - word.starts[-1][0] / 2, MOST_LETTERS)
    return WORD_NOT_FOUND + LETTER_NOT_FOUND[word.arabic] * letters


def farthest(word: Word) -> float:
    """Return from what cost on a word of a name is not what was asked for: then both stand without an answer."""
    neither = not_found(word) + WORD_NOT_ASKED
    return neither if word.arabic else min(neither, DEAREST)


def join_words(words: Sequence[Word], place: int) -> Word | None:
    """Return the word that two neighbours of one script make if they are written together."""
    if place + 1 >= len(words) or words[place].arabic != words[place + 1].arabic:
        return None
    return _join_two(words[place], words[place + 1])


@lru_cache(maxsize=8192)
def _join_two(word: Word, following: Word) -> Word:
    # Joined, a ta marbuta and the article in the middle are lost: «فاطمة الزهراء» is "Fatimazahra".
    start = next((start for start, kinds in following.starts if kinds == ARTICLE), 0)
    return make_word(word.text.removesuffix("ه") + following.text[start:])


def _possible_pairs(
    query: Sequence[Word], name: Sequence[Word], costs: Sequence[Mapping[str, float]], partial: bool
) -> list[tuple[float, range, range]]:
    """Return the pairs of words, or of two words joined, that may answer each other, with their costs."""
    found = [
        (cost[word.text], range(i, i + 1), range(j, j + 1))
        for i, cost in enumerate(costs)
        for j, word in enumerate(name)
        if word.text in cost
    ]
    certain = [pair for pair in found if pair[0] < CERTAIN * not_found(query[pair[1].start])]
    matched = {places.start for _, places, _ in certain}
    answered = {answers.start for _, _, answers in certain}
    last = len(query) - 1
    for i, asked in enumerate(query):
        if i not in matched:
            for j in range(len(name) - 1):
                if not {j, j + 1} <= answered:
                    begun = partial and i == last
                    found += _try_joined(asked, join_words(name, j), range(i, i + 1), range(j, j + 2), begun)
    for j, word in enumerate(name):
        if j not in answered:
            for i in range(last):
                if not {i, i + 1} <= matched:
                    begun = partial and i + 1 == last
                    found += _try_joined(join_words(query, i), word, range(i, i + 2), range(j, j + 1), begun)
    return found


def _try_joined(
    asked: Word | None, word: Word | None, places: range, answers: range, begun: bool
) -> list[tuple[float, range, range]]:
    if not asked or not word or not _sounds_alike(asked, word, begun):
        return []
    limit = farthest(asked)
    cost = word_costs(asked, [word], begun=begun, limit=limit)[word.text] + JOINED
    return [(cost, places, answers)] if cost < limit else []


@lru_cache(maxsize=16384)
def _sounds_alike(asked: Word, word: Word, begun: bool) -> bool:
    sounds, others = find_sounds(asked), find_sounds(word)
    if begun:
        return any(other.startswith(sound) for sound in sounds for other in others if len(sound) > 1)
    return not sounds.isdisjoint(others)


def compare_words(query: Sequence[Word], name: Sequence[Word], *, partial: bool = False) -> list[dict[str, float]]:
    """Return for each word of a query what it costs to read it as those words of a name that it may be."""
    costs = []
    for place, asked in enumerate(query):
        limit = farthest(asked)
        begun = partial and place == len(query) - 1
        found = word_costs(asked, name, begun=begun, limit=limit)
        for word in name:
            slip = slip_cost(asked, word, begun=begun)
            if slip is not None:
                found[word.text] = min(slip, found[word.text])
        costs.append({text: cost for text, cost in found.items() if cost < limit})
    return costs


def match_words(
    query: Sequence[Word],
    name: Sequence[Word],
    *,
    partial: bool = False,
    short: bool = True,
    costs: Sequence[Mapping[str, float]] | None = None,
) -> NameMatch:
    """Match the words of a query to those of a name; with `partial` the last word of the query is only begun.

    `short` allows for a name that was given in short: all of it is asked for, and more. Where both names are of records
    that makes the answer depend on which comes first.
    `costs`, if they are known beforehand, are as `compare_words` gives them.
    """
    if costs is None:
        costs = compare_words(query, name, partial=partial)
    missing = [not_found(word) for word in query]
    extra = [not_asked(word) for word in name]
    # What a pair saves over leaving its words alone decides who goes first.
    possible = [
        (cost - sum(missing[i] for i in asked) - sum(extra[j] for j in words), cost, asked, words)
        for cost, asked, words in _possible_pairs(query, name, costs, partial)
    ]
    possible.sort(key=lambda pair: pair[0])
    free_query, free_name = set(range(len(query))), set(range(len(name)))
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
    in_short = short and not free_name and len(name) > 1
    total += sum(min(missing[i], IN_SHORT) if in_short else missing[i] for i in free_query)
    # What is often left out was not left out here if something else is there in its stead.
    total += sum(WORD_NOT_ASKED if free_query else extra[j] for j in free_name)
    return NameMatch(total, tuple(pairs))


def likeness(cost: float, query: Sequence[Word]) -> float:
    """Map what it costs to answer a query to 0..1: 1 for nothing, one half where chance explains it as well.

    Chance is better at explaining a short query than a long one.
    """
    doubt = max(LEAST_DOUBT, DOUBT * sum(not_found(word) for word in query))
    at_none = 1 / (1 + math.exp(-doubt / _STEEPNESS))
    return 1 / (1 + math.exp(min(60.0, (cost - doubt) / _STEEPNESS))) / at_none
