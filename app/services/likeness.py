"""How likely two records are of one person, and why: shown as a warning, never acted on.

Each field weighs by how much likelier what is seen is of one person than of two strangers (Fellegi and Sunter, "A
theory for record linkage", 1969), in natural logarithms; a name or a phone weighs by how rare it is. Strangers are not
the only other explanation: relatives share a family name, a phone, a country, and twins a birth date. So a score is the
probability of one person beside two strangers and two relatives.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.people import Likeness
from app.pace import Pace, paced, unpaced
from app.services.name_weights import weigh_names
from app.services.weights import (
    CARD_SHARED,
    FEWEST_PEOPLE,
    Rarity,
    Traits,
    Weight,
    weigh_births,
    weigh_nationality,
    weigh_phones,
    weigh_sex,
)

RECORDS_TWICE: Final = 0.04
"""How many records have another one of the same person, before anything is known of a register."""
COMES_AGAIN: Final = 0.5
"""How many of those who are being written down as new are on record already."""
_RECORDS_BEFORE, _MOST_TWICE, _ROUNDS = 1000, 1.0, 6
_RELATIVES: Final = 0.3
_ALIKE: Final = 3.0
_AGAINST: Final = -1.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two records are of one person, why, and whether a field speaks against it."""

    score: float
    reasons: tuple[Likeness, ...]
    doubted: bool

    @property
    def is_worth_showing(self) -> bool:
        """Whether somebody at the desk should look: a shared phone or card, or a name that nothing speaks against."""
        telling = {Likeness.PHONE, Likeness.CARD} & set(self.reasons)
        return bool(telling) or (Likeness.NAME in self.reasons and not self.doubted)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What all fields of two records tell together."""

    same: float
    relatives: float
    reasons: tuple[Likeness, ...]
    doubted: bool

    def judge(self, people: int, expected: float) -> Verdict:
        """The probability of one person; `expected` is how many records have another one of the same person."""
        log_people = math.log(max(people, FEWEST_PEOPLE))
        same = self.same + math.log(2 * expected) - log_people
        relatives = self.relatives + math.log(2 * _RELATIVES) - log_people
        most = max(same, relatives, 0.0)
        score = math.exp(same - most) / sum(math.exp(one - most) for one in (same, relatives, 0.0))
        return Verdict(score, self.reasons, self.doubted)


def weigh(first: Traits, second: Traits, rarity: Rarity) -> Weighed:
    """Weigh two records."""
    name, phone = weigh_names(first, second, rarity), weigh_phones(first, second, rarity)
    birth, nationality = weigh_births(first.birth, second.birth), weigh_nationality(first, second)
    others = (birth, nationality, weigh_sex(first.sex, second.sex))
    card = CARD_SHARED if first.codes & second.codes else Weight()
    weights = (name, phone, card, *others)
    found = {
        Likeness.NAME: name.same >= _ALIKE,
        Likeness.PHONE: bool(first.phones & second.phones),
        Likeness.CARD: card.same > 0,
        Likeness.BIRTH: birth.same > 0,
    }
    reasons = [reason for reason, holds in found.items() if holds]
    if reasons and nationality.same > 0:
        reasons.append(Likeness.NATIONALITY)
    return Weighed(
        sum(weight.same for weight in weights),
        sum(weight.relatives for weight in weights),
        tuple(reasons),
        any(weight.same < _AGAINST for weight in others),
    )


def expect(weighed: Sequence[Weighed], people: int, pace: Pace = unpaced) -> float:
    """How many records of a register have another one, by what its own pairs tell (expectation and maximisation)."""
    expected = RECORDS_TWICE
    for _round in range(_ROUNDS):
        sure = sum(pair.judge(people, expected).score for pair in paced(weighed, pace))
        expected = min(_MOST_TWICE, (sure + RECORDS_TWICE * _RECORDS_BEFORE) / (people + _RECORDS_BEFORE))
    return expected
