"""One letter wrong: left out, put in, exchanged with its neighbour, or another in its place; or a word cut short.

What letters sound like says nothing of a slip of the hand or of a name for short, so these are looked for apart,
within one script.
"""

from app.domain.recognition.model import particle_cost
from app.domain.recognition.words import ARTICLE, Word

FEWEST_LETTERS = 3
_FEWEST_TO_SLIP = 4
_CUT_SHORT = 3.5
_EXCHANGED = 2.5
_WRONG = 3.0
_WEAK = 2.0
_GOES_ON = 0.7
_ARTICLES = frozenset({"", ARTICLE})
# In a short word one letter tells more: Rami and Sami are two names.
_SHORT = {4: 2.0, 5: 1.0}
_WEAK_LETTERS = frozenset("aeiouyhاويهء")


def slip_cost(asked: Word, stored: Word, *, begun: bool = False) -> float | None:
    """Return what it costs to take one word for the other with one letter wrong, or cut short; None where it is not.

    `begun`: more letters of the word asked for may follow. An article may stand before either.
    """
    if asked.arabic != stored.arabic:
        return None
    costs = []
    for start, kinds in asked.starts[:2]:
        for at, others in stored.starts[:2]:
            if kinds in _ARTICLES and others in _ARTICLES:
                cost = _slip(asked.text[start:], stored.text[at:], begun)
                if cost is not None:
                    costs.append(cost + particle_cost(kinds, others))
    return min(costs, default=None)


def _slip(one: str, other: str, begun: bool) -> float | None:
    fewest = min(len(one), len(other))
    if fewest < FEWEST_LETTERS or one == other:
        return None
    if not begun and abs(len(one) - len(other)) > 1:
        return _CUT_SHORT if one[:fewest] == other[:fewest] else None
    if fewest < _FEWEST_TO_SLIP:
        return None
    if not begun:
        return _compare(one, other)
    lengths = range(len(one) - 1, min(len(one) + 1, len(other)) + 1)
    costs = [(_compare(one, other[:length]), 0.0 if length == len(other) else _GOES_ON) for length in lengths]
    return min((cost + more for cost, more in costs if cost is not None), default=None)


def _compare(one: str, other: str) -> float | None:
    if len(one) > len(other):
        one, other = other, one
    more = len(other) - len(one)
    if more > 1:
        return None
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    end = 0
    while end < len(one) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    between, instead = one[start : len(one) - end], other[start : len(other) - end]
    dear = _SHORT.get(len(other), 0.0)
    if len(instead) == 1:
        doubled = more and other[start - 1 : start] == instead
        return (_WEAK if doubled or _WEAK_LETTERS.issuperset(between + instead) else _WRONG) + dear
    if len(instead) == 2 and between == instead[::-1]:  # noqa: PLR2004
        return _EXCHANGED + dear
    return None
