"""Days and times of day as they are typed: 7 (days from now), +7, 12/12, 12/12/2026, lundi, demain; 9, 9:30, 14h."""

import re
import unicodedata
from datetime import date, time, timedelta
from functools import cache
from typing import Final

from babel.dates import get_day_names

from app.i18n import LOCALES

_AHEAD: Final = re.compile(r"\+?\s*(\d{1,3})")
_DAY: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME: Final = re.compile(r"(\d{1,2})(?:[:hH. ](\d{2})?)?|(\d{1,2})(\d{2})")
_TOMORROW: Final = ("demain", "tomorrow", "غدا")
_TODAY: Final = ("aujourd'hui", "aujourd’hui", "today", "اليوم")
_FEWEST_LETTERS: Final = 2
_CENTURY: Final = 2000
_SHORT_YEAR: Final = 100


def _plain(text: str) -> str:
    """Latin digits, no accents or vowel signs, small letters."""
    digits = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text.strip())
    apart = unicodedata.normalize("NFKD", digits.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


@cache
def _weekdays() -> tuple[tuple[str, int], ...]:
    names: list[tuple[str, int]] = []
    for locale in LOCALES.values():
        for width in ("wide", "abbreviated"):
            names += [(_plain(name), number) for number, name in get_day_names(width, locale=locale).items()]
    # an Arabic day may be written without its article
    return tuple(names + [(name.removeprefix("ال"), number) for name, number in names if name.startswith("ال")])


def read_day(text: str, today: date) -> date | None:
    """The day that is meant, None where nothing stands there. Raises ValueError where it is not understood."""
    plain = _plain(text)
    if not plain:
        return None
    if match := _AHEAD.fullmatch(plain):
        return today + timedelta(days=int(match[1]))
    if match := _ISO.fullmatch(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY.fullmatch(plain):
        return _read_numbers(int(match[1]), int(match[2]), match[3], today)
    return _read_word(plain, today)


def _read_numbers(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (_CENTURY if int(year) < _SHORT_YEAR else 0), month, day)
    this_year = date(today.year, month, day)
    # a day without a year lies ahead, unless it has only just gone by
    return this_year if this_year >= today - timedelta(days=60) else date(today.year + 1, month, day)


def _read_word(plain: str, today: date) -> date:
    if len(plain) >= _FEWEST_LETTERS:
        for words, ahead in ((_TOMORROW, 1), (_TODAY, 0)):
            if any(_plain(word).startswith(plain) for word in words):
                return today + timedelta(days=ahead)
        for name, weekday in _weekdays():
            if name.startswith(plain):
                return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    raise ValueError(plain)


def read_time(text: str) -> time | None:
    """The time of day that is meant, None where nothing stands there. Raises ValueError."""
    plain = _plain(text)
    if not plain:
        return None
    match = _TIME.fullmatch(plain)
    if match is None:
        raise ValueError(plain)
    hours, minutes = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
    return time(int(hours), int(minutes or 0))
