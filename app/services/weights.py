"""What a field of two records tells: of one person and of two relatives, both beside two strangers.

In natural logarithms of how much likelier what is seen is. The shares are estimates for desks that write names by ear;
`tests/benchmarks/duplicates.py` measures what they are worth.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.people import Birth, NewPerson, Person, Precision
from app.domain.recognition.words import Word, cut_words
from app.storage.pairs import spelling_class

FEWEST_PEOPLE: Final = 3000
"""A small register is taken for a part of one this large: that few bear a name in it says little."""
# A word not seen yet is as rare as one that two names of a thousand hold.
_NAMES_BEFORE, _BEARERS_BEFORE = 1000.0, 2.0
# Given and family names go by country: what both tell of the country is not told twice. Shares of a country, smoothed.
_LEAST_DEPEND, _MOST_DEPEND, _DEPEND = 0.7, 3.0, 2.0
_PEOPLE_BEFORE, _COUNTRYMEN_BEFORE = 200.0, 20.0
_NEAR_ESTIMATE: Final = 3


@dataclass(frozen=True, slots=True)
class Weight:
    """What a field tells: of one person, and of relatives, both beside strangers."""

    same: float = 0.0
    relatives: float = 0.0


@dataclass(frozen=True, slots=True)
class Rarity:
    """What the register says about chance: people, names, how many names hold a word, by its spelling class."""

    people: int
    names: int
    bearers: Mapping[str, int]
    phones: Mapping[str, int]
    nationalities: Mapping[str, int] = field(default_factory=dict)

    def weigh_word(self, word: Word) -> float:
        """How much it tells that two names hold this word."""
        held = self.bearers.get(spelling_class(word), 0)
        return math.log((self.names + _NAMES_BEFORE) / (held + _BEARERS_BEFORE))

    def weigh_country(self, nationality: str) -> float:
        """How much two words of one name tell less than each by itself, because both tell the country."""
        if not nationality:
            return _DEPEND
        share = (self.nationalities.get(nationality, 0) + _COUNTRYMEN_BEFORE) / (self.people + _PEOPLE_BEFORE)
        return max(_LEAST_DEPEND, min(_MOST_DEPEND, -math.log(share)))


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a record is compared; names cut into words, Latin and Arabic ones apart."""

    latin: tuple[Word, ...]
    arabic: tuple[Word, ...]
    others: tuple[tuple[Word, ...], ...]
    sex: str
    birth: Birth | None
    nationality: str
    phones: frozenset[str]
    codes: frozenset[str]


def traits_of(person: NewPerson | Person, phones: Iterable[str]) -> Traits:
    """What of a person is compared; `phones` are in E.164."""
    codes = {person.card.strip().upper()} if person.card else set()
    if isinstance(person, Person):
        codes.add(person.number)
    return Traits(
        latin=tuple(cut_words(person.name)),
        arabic=tuple(cut_words(person.name_ar)),
        others=tuple(tuple(cut_words(name)) for name in person.also_known),
        sex=str(person.sex),
        birth=person.birth,
        nationality=person.nationality,
        phones=frozenset(phones),
        codes=frozenset(codes),
    )


_PHONE_KEPT, _PHONE_OF_FAMILY = 0.55, 0.35
_PHONE_OTHER: Final = Weight(math.log(1 - _PHONE_KEPT), math.log(1 - _PHONE_OF_FAMILY))
_PHONE_NEARLY: Final = Weight(math.log(0.04 / 1e-4), math.log(0.01 / 1e-4))
_DIGITS: Final = 9


def weigh_phones(first: Traits, second: Traits, rarity: Rarity) -> Weight:
    """A phone weighs less the more people have it; another one tells little, as phones are changed."""
    if not first.phones or not second.phones:
        return Weight()
    shared = first.phones & second.phones
    if not shared:
        near = any(_one_digit_off(one, other) for one in first.phones for other in second.phones)
        return _PHONE_NEARLY if near else _PHONE_OTHER
    others = max(1, min(rarity.phones.get(phone, 0) for phone in shared) - 1)
    chance = others / max(rarity.people, FEWEST_PEOPLE)
    # of many who share a phone, a pair is one person less often
    return Weight(math.log(_PHONE_KEPT / others / chance), math.log(_PHONE_OF_FAMILY / chance))


def _one_digit_off(one: str, other: str) -> bool:
    return len(one) == len(other) >= _DIGITS and sum(a != b for a, b in zip(one, other, strict=True)) == 1


CARD_SHARED: Final = Weight(math.log(0.5 / 1e-7), math.log(1e-3 / 1e-7))

# Shares of pairs by how their birth dates stand: of one person, of relatives, of strangers.
_DAY: Final = (0.82, 0.012, 1 / 13_000)
_TURNED: Final = (0.02, 0.0002, 1 / 13_000)
_TWO_PARTS: Final = (0.1, 0.01, 0.006)
_YEAR_ONLY: Final = (0.02, 0.03, 0.03)
_ELSE: Final = (0.04, 0.948, 0.964)
# where one of the two is a year: the same, the next, further off; then with an estimate: the same, near, further off
_YEARS: Final = ((0.84, 0.035, 0.035), (0.06, 0.07, 0.07), (0.1, 0.895, 0.895))
_ESTIMATES: Final = ((0.4, 0.035, 0.035), (0.45, 0.2, 0.2), (0.15, 0.765, 0.765))


def weigh_births(first: Birth | None, second: Birth | None) -> Weight:
    """A 1 January is how an unknown day is written on many documents, so it weighs as its year."""
    if first is None or second is None:
        return Weight()
    if _is_full(first) and _is_full(second):
        return _of(_compare_days(first.date, second.date))
    estimated = Precision.ESTIMATED in {first.precision, second.precision}
    apart, near = abs(first.year - second.year), _NEAR_ESTIMATE if estimated else 1
    place = 0 if apart == 0 else 1 if apart <= near else 2
    return _of((_ESTIMATES if estimated else _YEARS)[place])


def _is_full(birth: Birth) -> bool:
    return birth.precision is Precision.DAY and (birth.date.month, birth.date.day) != (1, 1)


def _compare_days(one: date, other: date) -> tuple[float, float, float]:
    if one == other:
        return _DAY
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return _TURNED
    same = (one.year == other.year, one.month == other.month, one.day == other.day)
    if sum(same) == 2:  # noqa: PLR2004 - of three
        return _TWO_PARTS
    return _YEAR_ONLY if same[0] else _ELSE


def _of(shares: tuple[float, float, float]) -> Weight:
    same, relatives, strangers = shares
    return Weight(math.log(same / strangers), math.log(relatives / strangers))


_COUNTRY_SAME, _COUNTRY_OTHER = _of((0.96, 0.95, 0.8)), _of((0.04, 0.05, 0.2))


def weigh_nationality(first: Traits, second: Traits) -> Weight:
    """The same country tells little beside names of that country; another one tells more."""
    if not first.nationality or not second.nationality:
        return Weight()
    return _COUNTRY_SAME if first.nationality == second.nationality else _COUNTRY_OTHER


_SEX_SAME, _SEX_OTHER = _of((0.985, 0.55, 0.85)), _of((0.015, 0.45, 0.15))


def weigh_sex(first: str, second: str) -> Weight:
    """Most names say the sex already."""
    if not first or not second:
        return Weight()
    return _SEX_SAME if first == second else _SEX_OTHER
