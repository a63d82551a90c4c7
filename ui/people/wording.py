"""How a person, a day and a time of day are worded in lists, by CLDR for Morocco."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton

from app.clock import day_of, to_local
from app.domain.codes import code_label
from app.domain.people import Birth, PersonRow, Precision
from app.i18n import _, current_language, current_locale

SEPARATOR: Final = " · "
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


def isolate(text: str) -> str:
    """`text` so that its direction does not disturb what stands around it (UAX #9, isolates)."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def join_facts(*facts: str) -> str:
    """Facts in the order of reading of the window, the empty ones left out, each keeping its own direction."""
    joined = SEPARATOR.join(isolate(fact) for fact in facts if fact)
    # isolates do not count when the direction of a line is guessed: say it
    return f"\N{RIGHT-TO-LEFT MARK}{joined}" if joined and current_language() == "ar" else joined


def word_time(moment: int) -> str:
    """The time of day of a moment in epoch milliseconds: 09:42, which is how CLDR writes it in our three locales."""
    local = to_local(moment)
    return f"{local.hour:02}:{local.minute:02}"


def word_day(day: date, today: date) -> str:
    """A day as short as it can be understood: 2 Nov, or 2 Nov 2025 in another year."""
    return _word_day(day, day.year == today.year, current_locale())


@lru_cache(maxsize=2048)
def _word_day(day: date, this_year: bool, locale: str) -> str:
    return format_skeleton("MMMd" if this_year else "yMMMd", day, locale=locale)


@lru_cache(maxsize=64)
def _word_full_day(day: date, locale: str) -> str:
    return format_date(day, "full", locale=locale)


def word_full_day(day: date) -> str:
    """A day with its name: Monday, 23 November 2026."""
    return _word_full_day(day, current_locale())


@lru_cache(maxsize=256)
def _word_week_day(day: date, locale: str) -> str:
    return format_skeleton("MMMEd", day, locale=locale)


@lru_cache(maxsize=256)
def _word_narrow_day(day: date, locale: str) -> str:
    return format_date(day, "EEEEE d", locale=locale)


def word_narrow_day(day: date) -> str:
    """A day where there is room for a letter and its number only: M 23."""
    return _word_narrow_day(day, current_locale())


def word_week_day(day: date) -> str:
    """A day with the short name of its weekday: Mon, 23 Nov."""
    return _word_week_day(day, current_locale())


def word_birth(birth: Birth | None) -> str:
    """A birth date as well as it is known: 12 Mar 1998, 1998, ~1998; empty when it is not."""
    if birth is None:
        return ""
    if birth.precision is Precision.DAY:
        return format_skeleton("yMMMd", birth.date, locale=current_locale())
    return word_birth_year(birth)


def word_birth_year(birth: Birth | None) -> str:
    """The year of birth, ~1998 where it is estimated; empty when it is not known."""
    if birth is None:
        return ""
    year = f"~{birth.year}" if birth.precision is Precision.ESTIMATED else str(birth.year)
    return f"\N{LEFT-TO-RIGHT ISOLATE}{year}\N{POP DIRECTIONAL ISOLATE}"


@lru_cache(maxsize=1024)
def _territory(code: str, locale: str) -> str:
    return str(Locale.parse(locale).territories.get(code, code))


def word_nationality(code: str) -> str:
    """The country of an ISO 3166 alpha-2 code in the language in use; empty when none is stated."""
    return _territory(code, current_locale()) if code else ""


@lru_cache(maxsize=256)
def _language(code: str, locale: str) -> str:
    return str(Locale.parse(locale).languages.get(code, code))


def word_language(code: str) -> str:
    """The name of a language (ISO 639) in the language in use; what is no code stays as it was written."""
    return _language(code, current_locale())


def word_phone_tail(tail: str) -> str:
    """The last digits of a phone, in pairs: …45 12."""
    if not tail:
        return ""
    pairs = [tail[max(0, end - 2) : end] for end in range(len(tail), 0, -2)]
    # digits of a phone read from left to right in any script
    return f"\N{LEFT-TO-RIGHT ISOLATE}…{' '.join(reversed(pairs))}\N{POP DIRECTIONAL ISOLATE}"


def word_last_visit(row: PersonRow, today: date, positions: Mapping[str, int]) -> str:
    """When the person was last here and where; `positions` are the numbers of this hub's counters by code."""
    if row.last_visit is None:
        return _("never here before")
    day = day_of(row.last_visit)
    if day == today:
        when = _("here earlier today, {time}").format(time=word_time(row.last_visit))
    else:
        when = _("last here {day}").format(day=word_day(day, today))
    if row.last_counter in positions:
        return _("{when}, counter {number}").format(when=when, number=positions[row.last_counter])
    if row.last_counter:
        where = code_label("counters", row.last_counter, current_language())
        return _("{when}, {counter}").format(when=when, counter=where)
    return when


def word_open_visit(row: PersonRow, today: date) -> str:
    """That the person is already here; empty when not."""
    if row.open_since is None:
        return ""
    day = day_of(row.open_since)
    if day == today:
        return _("already here since {time}").format(time=word_time(row.open_since))
    return _("still marked as here since {day}").format(day=word_day(day, today))


def word_facts(row: PersonRow, today: date, positions: Mapping[str, int]) -> str:
    """The second line of a person in a list: year of birth, nationality, phone, last visit."""
    return join_facts(
        word_birth_year(row.birth),
        word_nationality(row.nationality),
        word_phone_tail(row.phone_tail),
        word_last_visit(row, today, positions) if row.open_since is None else "",
    )


def full_name(name: str, name_ar: str) -> str:
    """The name in the script of the window first; an anonymous passage is called so."""
    if current_locale().startswith("ar"):
        return name_ar or name or _("anonymous")
    return name or name_ar or _("anonymous")
