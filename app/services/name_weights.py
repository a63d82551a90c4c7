"""What two names tell of two records: word by word, in either script, by how rare the words are."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from app.domain.recognition.folding import is_arabic
from app.domain.recognition.keys import find_sounds, flatten
from app.domain.recognition.model import word_costs
from app.domain.recognition.names import match_words, not_asked, not_found
from app.domain.recognition.words import Word, make_word
from app.pace import Pace, paced, stepped, unpaced
from app.services.weights import Rarity, Traits, Weight

_ONE_MORE_WORD, _OTHER_WORD = -1.2, -7.0
_SHARED_FAMILY_NAME: Final = math.log(0.7)
_SAME_GIVEN_NAME: Final = math.log(0.3)
# One slip of the keys in a word, by its letters; shorter words are other words then, and long ones may have two.
_SLIP: Final = {4: 5.0, 5: 4.0}
_LONG_SLIP, _LONGER, _TWO_SLIPS = 3.5, 6, 7
_ROUGHLY_ALIKE: Final = 50.0
_REMEMBERED: Final = 1 << 19
_FEW: Final = 20
"""Pairs of words that are compared between two looks at whether to stop: a few milliseconds."""


def weigh_names(first: Traits, second: Traits, rarity: Rarity) -> Weight:
    """The names in the script that both have, else across scripts; a name also used may tell more."""
    depend = rarity.weigh_country(first.nationality if first.nationality == second.nationality else "")
    alike = [
        _weigh_name(one, other, rarity, depend)
        for one, other in ((first.latin, second.latin), (first.arabic, second.arabic))
        if one and other
    ]
    if alike:
        best = Weight(
            sum(weight.same for weight in alike) / len(alike), sum(weight.relatives for weight in alike) / len(alike)
        )
    else:
        crossed = ((first.latin, second.arabic), (first.arabic, second.latin))
        found = [_weigh_name(one, other, rarity, depend) for one, other in crossed if one and other]
        best = max(found, key=lambda weight: weight.same, default=Weight())
    if first.others or second.others:
        ours, theirs = ((one.latin, one.arabic, *one.others) for one in (first, second))
        aliases = [
            _weigh_name(one, other, rarity, depend)
            for one in ours
            for other in theirs
            if one and other and (one in first.others or other in second.others)
        ]
        best = max([best, *aliases], key=lambda weight: weight.same)
    return best


def _weigh_name(first: Sequence[Word], second: Sequence[Word], rarity: Rarity, depend: float) -> Weight:
    costs = [
        {other.text: cost for other in second if (cost := _word_cost(one.text, other.text)) < not_found(one)}
        for one in first
    ]
    match = match_words(first, second, short=False, costs=costs)
    left = set(range(len(first))).difference(*(asked for asked, _words in match.pairs))
    right = set(range(len(second))).difference(*(words for _asked, words in match.pairs))
    cost = match.cost - sum(not_found(first[i]) for i in left) - sum(not_asked(second[j]) for j in right)
    told = [
        min(sum(rarity.weigh_word(first[i]) for i in asked), sum(rarity.weigh_word(second[j]) for j in words))
        for asked, words in match.pairs
    ]
    if not told:
        return Weight(2 * _OTHER_WORD, 0.0)
    other = min(len(left), len(right))
    more = max(len(left), len(right)) - other
    agreed = sum(told) - cost - depend * (len(told) > 1)
    same = agreed + _OTHER_WORD * other + _ONE_MORE_WORD * more
    # of relatives the words that agree are the family's where another one differs; else one of them is,
    # and that the rest agrees is less likely than among strangers
    shared = agreed if other else max(told) - cost / len(told) + _SAME_GIVEN_NAME
    return Weight(max(same, 2 * _OTHER_WORD), max(0.0, _SHARED_FAMILY_NAME + shared))


def read_ahead(compared: Sequence[tuple[Traits, Traits]], pace: Pace = unpaced) -> None:
    """Work out the costs of the words of many pairs in the order that costs least: all for one word, then the next."""
    wanted: set[tuple[str, str]] = set()
    for first, second in stepped(compared, pace):
        ways = [(first.latin, second.latin), (first.arabic, second.arabic)]
        if not any(one and other for one, other in ways):
            ways = [(first.latin, second.arabic), (first.arabic, second.latin)]
        wanted.update(
            _in_order(one.text, other.text) for ours, theirs in ways for one in ours for other in theirs if one != other
        )
    for asked, stored in paced(sorted(wanted), pace, _FEW):
        _ordered_cost(asked, stored)


def _word_cost(one: str, other: str) -> float:
    """What it costs to take one word for the other: the same from both sides."""
    return 0.0 if one == other else _ordered_cost(*_in_order(one, other))


def _in_order(one: str, other: str) -> tuple[str, str]:
    # the Arabic one is asked for: its vowels are not written, so there is less to account for.
    return (other, one) if (is_arabic(other), one) > (is_arabic(one), other) else (one, other)


@lru_cache(maxsize=_REMEMBERED)
def _ordered_cost(one: str, other: str) -> float:
    asked, stored = make_word(one), make_word(other)
    slip = math.inf
    if asked.arabic == stored.arabic:
        slip = _slip_cost(OSA.distance(asked.text, stored.text), min(len(asked.text), len(stored.text)))
    rough = ratio(flatten(asked.text, asked.arabic), flatten(stored.text, stored.arabic))
    if rough < _ROUGHLY_ALIKE and find_sounds(asked).isdisjoint(find_sounds(stored)):
        return slip
    return min(slip, word_costs(asked, [stored], limit=not_found(asked))[stored.text])


def _slip_cost(slips: int, letters: int) -> float:
    if slips == 1:
        return _LONG_SLIP if letters >= _LONGER else _SLIP.get(letters, math.inf)
    return 2 * _LONG_SLIP if slips == 2 and letters >= _TWO_SLIPS else math.inf  # noqa: PLR2004
