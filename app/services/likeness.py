"""How likely two records are of one person, and why: shown as a warning, never acted on.

Each field weighs by how much likelier what is seen is of one person than of two strangers (Fellegi and Sunter, "A
theory for record linkage", 1969), in natural logarithms; a name or a phone weighs by how rare it is. Strangers are not
the only other explanation: relatives share a family name, a phone, a country, and twins a birth date. So a score is the
probability of one person beside two strangers and two relatives. The shares below are estimates for desks that write
names by ear; `tests/benchmarks/duplicates.py` measures what they are worth.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from app.domain.people import Birth, Likeness, NewPerson, Person, Precision
from app.domain.recognition.keys import find_sounds, flatten
from app.domain.recognition.model import word_costs
from app.domain.recognition.names import match_words, not_asked, not_found
from app.domain.recognition.words import Word, cut_words, make_word

RECORDS_TWICE: Final = 0.04
"""How many records have another one of the same person, before anything is known of a register."""
COMES_AGAIN: Final = 0.5
"""How many of those who are being written down as new are on record already."""
_RECORDS_BEFORE, _MOST_TWICE, _ROUNDS = 1000, 1.0, 6
_RELATIVES: Final = 0.3
_FEWEST_PEOPLE: Final = 3000
# A word not seen yet is as rare as one that three names of a thousand hold.
_NAMES_BEFORE, _BEARERS_BEFORE = 1000.0, 3.0
# Given and family names go by country: what both tell of the country is not told twice. Shares of a country, smoothed.
_LEAST_DEPEND, _MOST_DEPEND, _DEPEND = 0.7, 3.0, 2.0
_PEOPLE_BEFORE, _COUNTRYMEN_BEFORE = 200.0, 20.0
_ONE_MORE_WORD, _OTHER_WORD = -1.2, -7.0
_SHARED_FAMILY_NAME: Final = math.log(0.7)
_SAME_GIVEN_NAME: Final = math.log(0.3)
_ALIKE: Final = 3.0
_AGAINST: Final = -1.5
_NEAR_ESTIMATE: Final = 3
# One slip of the keys in a word, by its letters; shorter words are other words then.
_SLIP: Final = {4: 5.0, 5: 4.0}
_LONG_SLIP: Final = 3.5
_LONGER: Final = 6
_ROUGHLY_ALIKE: Final = 50.0


@dataclass(frozen=True, slots=True)
class Rarity:
    """What the register says about chance: people, names, how many names hold a word (by flat form), and so on."""

    people: int
    names: int
    bearers: Mapping[str, int]
    phones: Mapping[str, int]
    nationalities: Mapping[str, int] = field(default_factory=dict)

    def weigh_word(self, word: Word) -> float:
        """How much it tells that two names hold this word."""
        held = self.bearers.get(flatten(word.text, word.arabic), 0)
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


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a field tells: of one person, and of relatives, both beside strangers."""

    same: float = 0.0
    relatives: float = 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What all fields of two records tell together."""

    same: float
    relatives: float
    reasons: tuple[Likeness, ...]
    doubted: bool

    def judge(self, people: int, expected: float) -> Verdict:
        """The probability of one person; `expected` is how many records have another one of the same person."""
        log_people = math.log(max(people, 2) + _FEWEST_PEOPLE)
        same = self.same + math.log(2 * expected) - log_people
        relatives = self.relatives + math.log(2 * _RELATIVES) - log_people
        most = max(same, relatives, 0.0)
        score = math.exp(same - most) / sum(math.exp(one - most) for one in (same, relatives, 0.0))
        return Verdict(score, self.reasons, self.doubted)


def weigh(first: Traits, second: Traits, rarity: Rarity) -> Weighed:
    """Weigh two records."""
    name, phone = _weigh_names(first, second, rarity), _weigh_phones(first, second, rarity)
    birth, nationality = _weigh_births(first.birth, second.birth), _weigh_nationality(first, second)
    others = (birth, nationality, _weigh_sex(first.sex, second.sex))
    card = _CARD_SHARED if first.codes & second.codes else _Weight()
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


def expect(weighed: Sequence[Weighed], people: int) -> float:
    """How many records of a register have another one, by what its own pairs tell (expectation and maximisation)."""
    expected = RECORDS_TWICE
    for _round in range(_ROUNDS):
        sure = sum(pair.judge(people, expected).score for pair in weighed)
        expected = min(_MOST_TWICE, (sure + RECORDS_TWICE * _RECORDS_BEFORE) / (people + _RECORDS_BEFORE))
    return expected


def _weigh_names(first: Traits, second: Traits, rarity: Rarity) -> _Weight:
    """The names in the script that both have, else across scripts; a name also used may tell more."""
    depend = rarity.weigh_country(first.nationality if first.nationality == second.nationality else "")
    alike = [
        _weigh_name(one, other, rarity, depend)
        for one, other in ((first.latin, second.latin), (first.arabic, second.arabic))
        if one and other
    ]
    if alike:
        best = _Weight(
            sum(weight.same for weight in alike) / len(alike), sum(weight.relatives for weight in alike) / len(alike)
        )
    else:
        crossed = ((first.latin, second.arabic), (first.arabic, second.latin))
        found = [_weigh_name(one, other, rarity, depend) for one, other in crossed if one and other]
        best = max(found, key=lambda weight: weight.same, default=_Weight())
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


def _weigh_name(first: Sequence[Word], second: Sequence[Word], rarity: Rarity, depend: float) -> _Weight:
    costs = [
        {other.text: cost for other in second if (cost := _word_cost(one.text, other.text)) < not_found(one)}
        for one in first
    ]
    match = match_words(first, second, costs=costs)
    left = set(range(len(first))).difference(*(asked for asked, _words in match.pairs))
    right = set(range(len(second))).difference(*(words for _asked, words in match.pairs))
    cost = match.cost - sum(not_found(first[i]) for i in left) - sum(not_asked(second[j]) for j in right)
    told = [
        min(sum(rarity.weigh_word(first[i]) for i in asked), sum(rarity.weigh_word(second[j]) for j in words))
        for asked, words in match.pairs
    ]
    if not told:
        return _Weight(2 * _OTHER_WORD, 0.0)
    other = min(len(left), len(right))
    more = max(len(left), len(right)) - other
    agreed = sum(told) - cost - depend * (len(told) > 1)
    same = agreed + _OTHER_WORD * other + _ONE_MORE_WORD * more
    # of relatives the words that agree are the family's where another one differs; else one of them is,
    # and that the rest agrees is less likely than among strangers
    shared = agreed if other else max(told) - cost / len(told) + _SAME_GIVEN_NAME
    return _Weight(max(same, 2 * _OTHER_WORD), max(0.0, _SHARED_FAMILY_NAME + shared))


def _word_cost(one: str, other: str) -> float:
    """What it costs to take one word for the other: the same from both sides."""
    if one == other:
        return 0.0
    first, second = make_word(one), make_word(other)
    # the Arabic one is asked for: its vowels are not written, so there is less to account for
    ahead = second.arabic if first.arabic != second.arabic else second.text < first.text
    return _ordered_cost(second, first) if ahead else _ordered_cost(first, second)


@lru_cache(maxsize=1 << 18)
def _ordered_cost(asked: Word, stored: Word) -> float:
    slip = math.inf
    if asked.arabic == stored.arabic and OSA.distance(asked.text, stored.text, score_cutoff=1) == 1:
        slip = _slip_cost(min(len(asked.text), len(stored.text)))
    rough = ratio(flatten(asked.text, asked.arabic), flatten(stored.text, stored.arabic))
    if rough < _ROUGHLY_ALIKE and find_sounds(asked).isdisjoint(find_sounds(stored)):
        return slip
    return min(slip, word_costs(asked, [stored], limit=not_found(asked))[stored.text])


def _slip_cost(letters: int) -> float:
    return _LONG_SLIP if letters >= _LONGER else _SLIP.get(letters, math.inf)


_PHONE_KEPT, _PHONE_OF_FAMILY = 0.55, 0.35
_PHONE_OTHER: Final = _Weight(math.log(1 - _PHONE_KEPT), math.log(1 - _PHONE_OF_FAMILY))
_PHONE_NEARLY: Final = _Weight(math.log(0.04 / 1e-4), math.log(0.01 / 1e-4))
_DIGITS: Final = 9


def _weigh_phones(first: Traits, second: Traits, rarity: Rarity) -> _Weight:
    """A phone weighs less the more people have it; another one tells little, as phones are changed."""
    if not first.phones or not second.phones:
        return _Weight()
    shared = first.phones & second.phones
    if not shared:
        near = any(_one_digit_off(one, other) for one in first.phones for other in second.phones)
        return _PHONE_NEARLY if near else _PHONE_OTHER
    others = max(1, min(rarity.phones.get(phone, 0) for phone in shared) - 1)
    chance = others / (rarity.people + _FEWEST_PEOPLE)
    # of many who share a phone, a pair is one person less often
    return _Weight(math.log(_PHONE_KEPT / others / chance), math.log(_PHONE_OF_FAMILY / chance))


def _one_digit_off(one: str, other: str) -> bool:
    return len(one) == len(other) >= _DIGITS and sum(a != b for a, b in zip(one, other, strict=True)) == 1


_CARD_SHARED: Final = _Weight(math.log(0.5 / 1e-7), math.log(1e-3 / 1e-7))

# Shares of pairs by how their birth dates stand: of one person, of relatives, of strangers.
_DAY: Final = (0.82, 0.012, 1 / 13_000)
_TURNED: Final = (0.02, 0.0002, 1 / 13_000)
_TWO_PARTS: Final = (0.1, 0.01, 0.006)
_YEAR_ONLY: Final = (0.02, 0.03, 0.03)
_ELSE: Final = (0.04, 0.948, 0.964)
# where one of the two is a year: the same, the next, further off; then with an estimate: the same, near, further off
_YEARS: Final = ((0.84, 0.035, 0.035), (0.06, 0.07, 0.07), (0.1, 0.895, 0.895))
_ESTIMATES: Final = ((0.4, 0.035, 0.035), (0.45, 0.2, 0.2), (0.15, 0.765, 0.765))


def _weigh_births(first: Birth | None, second: Birth | None) -> _Weight:
    """A 1 January is how an unknown day is written on many documents, so it weighs as its year."""
    if first is None or second is None:
        return _Weight()
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


def _of(shares: tuple[float, float, float]) -> _Weight:
    same, relatives, strangers = shares
    return _Weight(math.log(same / strangers), math.log(relatives / strangers))


_COUNTRY_SAME, _COUNTRY_OTHER = _of((0.96, 0.95, 0.8)), _of((0.04, 0.05, 0.2))


def _weigh_nationality(first: Traits, second: Traits) -> _Weight:
    """The same country tells little beside names of that country; another one tells more."""
    if not first.nationality or not second.nationality:
        return _Weight()
    return _COUNTRY_SAME if first.nationality == second.nationality else _COUNTRY_OTHER


_SEX_SAME, _SEX_OTHER = _of((0.985, 0.55, 0.85)), _of((0.015, 0.45, 0.15))


def _weigh_sex(first: str, second: str) -> _Weight:
    """Most names say the sex already."""
    if not first or not second:
        return _Weight()
    return _SEX_SAME if first == second else _SEX_OTHER
