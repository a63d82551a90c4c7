"""Invents the people of a demo hub, one at a time, from a seeded source of chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, TypeVar

from app.demo.pools import Name, pool_of
from app.demo.profiles import (
    EDUCATION,
    LANGUAGES,
    MIGRANT_AGES,
    MIGRANT_MEN,
    MIGRANT_NATIONALITIES,
    MOROCCAN_AGES,
    MOROCCAN_MEN,
    HubProfile,
)
from app.domain.people import Birth, NewPerson, Precision, Sex

T = TypeVar("T")

_UNASSIGNED: Final = ("0685", "0686", "0729", "0739", "0749", "0756")
"""Moroccan mobile ranges that are given to nobody, so that no demo number rings anywhere (libphonenumber's plan)."""


_MOST_LOYAL: Final = 12.0


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody invented. `residence` and `education` are what an advisor adds later; None: nobody has asked yet."""

    person: NewPerson
    residence: str | None
    education: str | None
    loyalty: float
    """How often this person comes back, compared with others."""


def draw(rng: Random, shares: Mapping[T, float]) -> T:
    """One key, as often as its share says."""
    return rng.choices(tuple(shares), tuple(shares.values()))[0]


def chance(rng: Random, share: float) -> bool:
    """True in a `share` (0 to 1) of all cases."""
    return rng.random() < share


def invent_person(rng: Random, profile: HubProfile, today: date) -> DemoPerson:
    """A visitor of the hub who comes for the first time on `today`."""
    migrant = chance(rng, profile.migrants)
    nationality = draw(rng, MIGRANT_NATIONALITIES) if migrant else "MA"
    man = chance(rng, MIGRANT_MEN if migrant else MOROCCAN_MEN)
    name, name_ar, also_known = _name(rng, nationality, man=man)
    asked = chance(rng, 0.62)
    person = NewPerson(
        name=name,
        name_ar=name_ar,
        also_known=also_known,
        sex=(Sex.MALE if man else Sex.FEMALE) if chance(rng, 0.99) else Sex.NOT_STATED,
        birth=_birth(rng, today, migrant=migrant),
        nationality=nationality if chance(rng, 0.98) else "",
        phones=_phones(rng, migrant=migrant),
        languages=LANGUAGES.get(nationality, ("fr",)),
        consent=draw(rng, {"signature": 58, "oral": 22, "thumbprint": 6, "": 14}),
    )
    residence = (draw(rng, profile.residence) if migrant else "moroccan") if asked else None
    return DemoPerson(
        person=person,
        residence=residence,
        education=draw(rng, EDUCATION) if asked else None,
        loyalty=min(rng.paretovariate(1.4), _MOST_LOYAL),
    )


def _name(rng: Random, nationality: str, *, man: bool) -> tuple[str, str, tuple[str, ...]]:
    pool = pool_of(nationality)
    given = rng.choice(pool.men if man else pool.women)
    family = rng.choice(pool.surnames)
    while family.spellings[0] == given.spellings[0]:
        family = rng.choice(pool.surnames)
    first, last = _spell(rng, given), _spell(rng, family)
    if not given.arabic and chance(rng, 0.12):
        second = rng.choice(pool.men if man else pool.women).spellings[0]
        first = first if second == given.spellings[0] else f"{first} {second}"
    if chance(rng, 0.3):
        last = last.upper()
    latin = f"{last} {first}" if chance(rng, pool.swapped) else f"{first} {last}"
    arabic = f"{given.arabic} {family.arabic}" if given.arabic and chance(rng, 0.85) else ""
    also_known = (given.spellings[-1],) if len(given.spellings) > 1 and chance(rng, 0.04) else ()
    if arabic and chance(rng, 0.04):
        latin = ""
    return latin, arabic, also_known


def _spell(rng: Random, name: Name) -> str:
    # the usual spelling most of the time; the others are why recognition is needed
    return name.spellings[0] if chance(rng, 0.65) else rng.choice(name.spellings)


def _birth(rng: Random, today: date, *, migrant: bool) -> Birth | None:
    ages = MIGRANT_AGES if migrant else MOROCCAN_AGES
    (youngest, oldest), _share = rng.choices(ages, [share for _, share in ages])[0]
    born = today - timedelta(days=rng.randint(youngest * 366, (oldest + 1) * 365 - 1))
    how = draw(rng, {"day": 62, "new_year": 8, "year": 18, "estimated": 9, "": 3} if migrant else {"day": 97, "": 3})
    if not how:
        return None
    if how == "day":
        return Birth(born, Precision.DAY)
    # 1 January of the year in which the age is right on most days of this year
    new_year = date(born.year, 1, 1)
    return Birth(new_year, Precision.DAY if how == "new_year" else Precision(how))


def _phones(rng: Random, *, migrant: bool) -> tuple[str, ...]:
    if chance(rng, 0.17 if migrant else 0.06):
        return ()
    count = 2 if chance(rng, 0.07) else 1
    return tuple(_phone(rng) for _ in range(count))


def _phone(rng: Random) -> str:
    prefix, rest = rng.choice(_UNASSIGNED), f"{rng.randrange(1_000_000):06}"
    plain = prefix + rest
    # kept as given, because they are no real numbers: mostly in the one form that real ones are shown in
    spaced = " ".join(plain[start : start + 2] for start in range(0, 10, 2))
    return draw(rng, {f"{prefix}-{rest}": 8.0, spaced: 1.0, plain: 1.0})
