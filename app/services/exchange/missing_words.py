"""What a bundle waits for, in a sentence for people: from whom, of about when, and whom to ask."""

from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from app.clock import day_of
from app.i18n import _, current_language, current_locale, ngettext
from app.services.exchange.letter import Missing, Place, WaitingLetter


def word_missing(missing: Missing, before: int) -> str:
    """What has to come first. `before` is when the bundle was written that builds on it (epoch ms)."""
    number = str(format_decimal(missing.count, locale=current_locale()))
    if missing.ours:
        return ngettext(
            "{number} change of this office itself is missing here, probably since an older copy of the records was "
            "put back. The other offices still have it: ask one of them for a new bundle.",
            "{number} changes of this office itself are missing here, probably since an older copy of the records was "
            "put back. The other offices still have them: ask one of them for a new bundle.",
            missing.count,
        ).format(number=number)
    office = name_of(missing.place)
    last = day_of(before)
    if missing.after is None:
        return ngettext(
            "The first bundle from {office}, of {day} or before, is missing: {number} change. Ask {office} for it.",
            "The first bundle from {office}, of {day} or before, is missing: {number} changes. Ask {office} for it.",
            missing.count,
        ).format(office=office, day=_word_day(last, last), number=number)
    first = day_of(missing.after)
    if first >= last:
        return ngettext(
            "A bundle from {office} of {day} is missing: {number} change. Ask {office} for it.",
            "A bundle from {office} of {day} is missing: {number} changes. Ask {office} for it.",
            missing.count,
        ).format(office=office, day=_word_day(last, last), number=number)
    return ngettext(
        "A bundle from {office}, written between {first} and {last}, is missing: {number} change. Ask {office} for it.",
        "A bundle from {office}, written between {first} and {last}, is missing: {number} changes. "
        "Ask {office} for it.",
        missing.count,
    ).format(office=office, first=_word_day(first, last), last=_word_day(last, last), number=number)


def word_waiting(item: WaitingLetter) -> str:
    """That a bundle is kept, and what has to come first."""
    day = day_of(item.made_at)
    kept = _("The bundle from {office} of {day} is kept until an earlier one comes.").format(
        office=name_of(item.sender), day=_word_day(day, day)
    )
    return " ".join([kept, *(word_missing(missing, item.made_at) for missing in item.missing)])


def name_of(place: Place) -> str:
    """An office's name in the language in use."""
    return place.names.get(current_language()) or place.names.get("fr") or place.hub


def _word_day(day: date, last: date) -> str:
    """3 March 2026, without the year where the day after it says it."""
    if day != last and day.year == last.year:
        return str(format_skeleton("MMMMd", day, locale=current_locale()))
    return str(format_date(day, "long", locale=current_locale()))
