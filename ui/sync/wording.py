"""How offices, moments and what a bundle brings are worded, so that no technical word is needed."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from babel.dates import format_timedelta
from babel.numbers import format_decimal

from app.clock import day_of
from app.i18n import _, current_language, current_locale, ngettext
from app.services.exchange.letter import Kind, Letter, Place
from ui.people.wording import full_name, isolate, word_full_day, word_time
from ui.sync.accompaniment_words import KINDS

_KIB = 1024
_WEEKS_FROM = 8
"""So many weeks are no longer said in days, and so many months no longer in weeks."""
_HOURS_A_DAY = 24
_MINUTES_AN_HOUR = 60


def word_place(names: Mapping[str, str], hub: str) -> str:
    """An office's name in the language in use."""
    return names.get(current_language()) or names.get("fr") or hub


def word_office(place: Place) -> str:
    """As `word_place`, of a letter's sender."""
    return word_place(place.names, place.hub)


def word_count(count: int) -> str:
    """A number with the separators of the locale."""
    return str(format_decimal(count, locale=current_locale()))


def word_ago(moment: int, now: int) -> str:
    """Today, yesterday, 9 days ago; what lies ahead is the other clock's mistake and counts as today."""
    days = max((day_of(now) - day_of(moment)).days, 0)
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    ago = timedelta(days=-days)
    return str(format_timedelta(ago, "day", threshold=_WEEKS_FROM, add_direction=True, locale=current_locale()))


def word_heard(heard_at: int | None, now: int) -> str:
    """When an office was last heard of."""
    if heard_at is None:
        return _("Nothing has come from it yet")
    return _("Last news {ago}").format(ago=word_ago(heard_at, now))


def word_to_send(count: int) -> str:
    """What an office is not known to have."""
    if not count:
        return _("It has everything from here")
    return ngettext("{number} change to send to it", "{number} changes to send to it", count).format(
        number=word_count(count)
    )


def word_kept(count: int) -> str:
    """How much this office holds, of all offices."""
    return ngettext("{number} change kept here", "{number} changes kept here", count).format(number=word_count(count))


def word_moment(moment: int) -> str:
    """Monday, 14 March 2026 at 17:20."""
    return _("{day} at {time}").format(day=word_full_day(day_of(moment)), time=isolate(word_time(moment)))


def word_size(size: int) -> str:
    """The size of a file, roughly."""
    if size < _KIB * _KIB:
        return _("{count} KB").format(count=word_count(max(1, round(size / _KIB))))
    if size < _KIB * _KIB * _KIB:
        return _("{count} MB").format(count=format_decimal(round(size / _KIB**2, 1), locale=current_locale()))
    return _("{count} GB").format(count=format_decimal(round(size / _KIB**3, 1), locale=current_locale()))


def word_and(parts: list[str]) -> str:
    """A list as it is read out: Tanger, Oujda and Rabat."""
    if len(parts) < 2:  # noqa: PLR2004 - one needs no “and”
        return "".join(parts)
    return _("{first} and {last}").format(first=_(", ").join(parts[:-1]), last=parts[-1])


def word_changes(count: int) -> str:
    """How much there is in a bundle."""
    return ngettext("{number} change", "{number} changes", count).format(number=word_count(count))


def word_kind(kind: Kind) -> list[str]:
    """What a bundle does with one kind of record: what is new, then what is known here and changes."""
    if kind.name == "person":
        return _both(kind, _new_people, _changed_people)
    if kind.name == "visit":
        return _both(kind, _new_visits, _changed_visits)
    total = kind.created + kind.changed
    if kind.name in KINDS:
        return [KINDS[kind.name](total).format(number=word_count(total))]
    return [_OTHERS.get(kind.name, _others)(total)]


def word_people(letter: Letter) -> str:
    """The first few new people by name, and that there are more; empty when there are none."""
    total = sum(kind.created for kind in letter.kinds if kind.name == "person")
    names = [isolate(full_name(name, name_ar)) for name, name_ar in letter.new_people]
    if not names:
        return ""
    more = total - len(names)
    if more <= 0:
        return word_and(names)
    others = ngettext("{number} other", "{number} others", more).format(number=word_count(more))
    return word_and([*names, others])


def word_clock(minutes: int, office: str) -> str:
    """That the clocks here and there do not agree, by how much, and that it does no harm."""
    return _(
        "The clock in {office} and the clock here differ by {time}. Nothing gets lost by that, but the times of day "
        "that are shown may be wrong. Look at the clock here, then call {office}."
    ).format(office=office, time=_word_minutes(abs(minutes)))


def _word_minutes(minutes: int) -> str:
    hours = minutes // _MINUTES_AN_HOUR
    span = timedelta(days=hours // _HOURS_A_DAY) if hours >= 2 * _HOURS_A_DAY else timedelta(hours=max(1, hours))
    return str(format_timedelta(span, threshold=1.5, locale=current_locale()))


def _both(kind: Kind, new: Callable[[int], str], changed: Callable[[int], str]) -> list[str]:
    return [word(count) for count, word in ((kind.created, new), (kind.changed, changed)) if count]


def _new_people(count: int) -> str:
    return ngettext("{number} new person", "{number} new people", count).format(number=word_count(count))


def _changed_people(count: int) -> str:
    return ngettext("news about {number} person known here", "news about {number} people known here", count).format(
        number=word_count(count)
    )


def _new_visits(count: int) -> str:
    return ngettext("{number} visit", "{number} visits", count).format(number=word_count(count))


def _changed_visits(count: int) -> str:
    return ngettext("{number} visit corrected or ended", "{number} visits corrected or ended", count).format(
        number=word_count(count)
    )


def _consents(count: int) -> str:
    return ngettext("{number} consent", "{number} consents", count).format(number=word_count(count))


def _papers(count: int) -> str:
    return ngettext("{number} receipt or paper", "{number} receipts and papers", count).format(number=word_count(count))


def _pairs(count: int) -> str:
    return ngettext(
        "{number} pair of records said to be of one person", "{number} pairs of records said to be of one person", count
    ).format(number=word_count(count))


def _accounts(count: int) -> str:
    return ngettext("{number} account of a colleague", "{number} accounts of colleagues", count).format(
        number=word_count(count)
    )


def _counters(count: int) -> str:
    return ngettext("{number} counter", "{number} counters", count).format(number=word_count(count))


def _days(count: int) -> str:
    return ngettext("{number} day opened or closed", "{number} days opened or closed", count).format(
        number=word_count(count)
    )


def _others(count: int) -> str:
    return ngettext("{number} other entry", "{number} other entries", count).format(number=word_count(count))


_OTHERS = {
    "consent": _consents,
    "paper": _papers,
    "same_person": _pairs,
    "account": _accounts,
    "counter": _counters,
    "day": _days,
}
