"""People as the desk and the advisors know them. Nationality is recorded, ethnicity never."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.ids import HubId, PersonId

NAME_LENGTH = 300
"""Characters kept of a name; the longest on a document that we know of has 190."""


class Sex(StrEnum):
    """As on the document; NOT_STATED is its own column in every figure."""

    FEMALE = "f"
    MALE = "m"
    NOT_STATED = ""


class Precision(StrEnum):
    """How well a birth date is known. Many people know the year only."""

    DAY = "day"
    YEAR = "year"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date; where only the year is known or estimated, the day is 1 January and means nothing."""

    date: date
    precision: Precision

    @property
    def year(self) -> int:
        """The year, which is always meant."""
        return self.date.year


class BirthNotUnderstoodError(ValueError):
    """The text is no birth date or year; `args[0]` is the text."""


_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR = re.compile(
    r"(?P<about>[~≈?]|v\.?|vers|env\.?|c\.?|about|حوالي|نحو)?\s*(?P<year>\d{4})\s*(?P<after>[?~])?", re.I
)
_OLDEST = 120


def parse_birth(text: str, today: date) -> Birth | None:
    """What somebody typed as a birth date: `12/03/1998`, `1998-03-12`, `1998`, `~1998`, also with Arabic digits.

    Empty text is None. Raises BirthNotUnderstoodError for anything else, for the future and for over 120 years ago.
    """
    plain = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text).strip()
    if not plain:
        return None
    try:
        if match := _ISO_DAY.fullmatch(plain):
            birth = Birth(date(int(match[1]), int(match[2]), int(match[3])), Precision.DAY)
        elif match := _DAY_FIRST.fullmatch(plain):
            birth = Birth(date(int(match[3]), int(match[2]), int(match[1])), Precision.DAY)
        elif match := _YEAR.fullmatch(plain):
            about = match["about"] or match["after"]
            birth = Birth(date(int(match["year"]), 1, 1), Precision.ESTIMATED if about else Precision.YEAR)
        else:
            raise BirthNotUnderstoodError(text)
    except ValueError as error:
        raise BirthNotUnderstoodError(text) from error
    if birth.date > today or birth.year < today.year - _OLDEST:
        raise BirthNotUnderstoodError(text)
    return birth


_INVISIBLE = frozenset("\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad") | {
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
}


def clean_name(text: str) -> str:
    """A name as it may be kept: NFC, no control or direction characters, single spaces, at most NAME_LENGTH long.

    Direction marks are dropped because they change how *other* text on a page is ordered; a zero-width joiner between
    Arabic letters is kept, as it changes their shape. Emoji and unknown symbols stay: the paper may carry them.
    """
    kept = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in text
        if char not in _INVISIBLE and unicodedata.category(char) not in {"Cs", "Co", "Cn"}
    )
    # composed last: what was dropped may have stood between a letter and its accent
    return " ".join(unicodedata.normalize("NFC", kept).split())[:NAME_LENGTH].rstrip()


def is_arabic(text: str) -> bool:
    """Whether most letters of the text are of the Arabic script."""
    letters = [char for char in text if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufeff" for char in letters)
    return arabic * 2 > len(letters)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What the desk writes down of somebody who comes for the first time.

    `name` as on the document in Latin letters, `name_ar` in Arabic ones; one of the two is enough. `nationality` is
    ISO 3166 alpha-2, `phones` are as they were given, `languages` ISO 639; empty means not stated. `consent` is the
    way in which the consent to registration was given (code list `consent_ways`), empty when it is still to be asked.
    """

    name: str
    name_ar: str = ""
    also_known: tuple[str, ...] = ()
    sex: Sex = Sex.NOT_STATED
    birth: Birth | None = None
    nationality: str = ""
    phones: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contact: str = ""
    card: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the register. Phones are in E.164 where they could be understood, else as given.

    `number` is the human number (RBT-A00412); `created_at` is in epoch milliseconds.
    """

    id: PersonId
    number: str
    hub_id: HubId
    name: str
    name_ar: str
    also_known: tuple[str, ...]
    sex: Sex
    birth: Birth | None
    nationality: str
    phones: tuple[str, ...]
    languages: tuple[str, ...]
    contact: str
    card: str
    created_at: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Restricted:
    """What only advisors and above may read of a person: code lists `residence` and `education`."""

    residence: str = "not_stated"
    education: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list: enough to tell people apart, nothing restricted.

    `phone_tail` is the last four digits; `last_visit` is in epoch milliseconds; `open_since` is when the visit began
    that is still open at this hub; `score` is from 0 to 1 in a search, 0 elsewhere.
    """

    id: PersonId
    number: str
    name: str
    name_ar: str
    sex: Sex
    birth: Birth | None
    nationality: str
    phone_tail: str
    last_visit: int | None = None
    last_counter: str = ""
    visits: int = 0
    open_since: int | None = None
    score: float = 0.0


class Likeness(StrEnum):
    """Why two records may be of one person."""

    NAME = "name"
    PHONE = "phone"
    BIRTH = "birth"
    NATIONALITY = "nationality"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Somebody on record who may be the one being typed; `score` from 0 to 1."""

    person: PersonRow
    score: float
    reasons: tuple[Likeness, ...] = field(default_factory=tuple)
