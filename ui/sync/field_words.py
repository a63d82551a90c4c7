"""Fields and their values as people call them, for values that two offices wrote differently."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel import Locale
from babel.dates import format_skeleton

from app.domain.codes import code_label
from app.domain.visits import VisitState
from app.i18n import _, current_language, current_locale, pgettext
from app.services.exchange.settling import OpenDispute
from ui.people.wording import word_full_day, word_nationality
from ui.sync.accompaniment_words import CODED, DAYS, FIELDS, FLAGS, MOMENTS, NUMBERS, RECORDS
from ui.sync.training_words import TRAINING_FIELDS, TRAINING_RECORDS
from ui.sync.wording import word_moment
from ui.widgets.words import Words, keep_left_to_right

_CODED: Final = {
    "sex": "sexes",
    "birth_precision": "birth_precisions",
    "residence": "residence",
    "education": "education",
    "reason": "visit_reasons",
    "way": "consent_ways",
    "kind": "consents",
    "role": "roles",
}
_MOMENTS: Final = frozenset(
    {"created_at", "given_at", "expires_at", "withdrawn_at", "opened_at", "closed_at", "arrived_at", "left_at"}
    | {"queued_at", "called_at", "ended_at", "issued_at", "at"}
)
LEFT_TO_RIGHT: Final = frozenset({"phones", "card", "number", "login", "code"}) | NUMBERS


def word_record(dispute: OpenDispute) -> str:
    """What kind of record the value is of."""
    known = _RECORDS.get(dispute.table) or RECORDS.get(dispute.table) or TRAINING_RECORDS.get(dispute.table)
    return (known or (lambda: _("Entry")))()


def word_field(field: str) -> str:
    """The name of a field."""
    return (_FIELDS.get(field) or FIELDS.get(field) or TRAINING_FIELDS.get(field) or (lambda: _("Other detail")))()


def word_value(field: str, value: object, names: Mapping[bytes, str], table: str = "") -> str:
    """A value as it is read; `names` are those of the records that values point to."""
    if value is None or value == "":
        return _("(nothing)")
    if isinstance(value, bytes):
        return names.get(value) or _("another entry")
    if isinstance(value, bool) or field in {"deleted", "erased", "hidden", "active"} | FLAGS:
        return _word_flag(field, bool(value))
    if isinstance(value, int) and field in _MOMENTS | MOMENTS:
        return word_moment(value)
    if isinstance(value, str):
        return _word_text(field, value, table)
    return str(value)


def _word_text(field: str, value: str, table: str) -> str:
    if listed := CODED.get((table, field)) or _CODED.get(field):
        return code_label(listed, value, current_language())
    if field == "languages":
        known = Locale.parse(current_locale()).languages
        return _(", ").join(str(known.get(code, code)) for code in value.split())
    if field == "nationality":
        return word_nationality(value)
    if field in {"birth_date", "day"} | DAYS:
        return _word_date(field, value)
    if field in LEFT_TO_RIGHT:
        return "\n".join(keep_left_to_right(line) for line in value.split("\n"))
    return _STATES[value]() if field == "state" and value in _STATES else value


def _word_date(field: str, value: str) -> str:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value
    if field == "day":
        return word_full_day(found)
    return str(format_skeleton("yMMMMd", found, locale=current_locale()))


def _word_flag(field: str, value: bool) -> str:
    if field == "deleted":
        return _("deleted") if value else _("kept")
    if field == "hidden":
        return _("hidden") if value else _("shown")
    return _("yes") if value else _("no")


_RECORDS: Final[Mapping[str, Words]] = {
    "person": lambda: _("Person"),
    "visit": lambda: _("Visit"),
    "place": lambda: _("Place in the queue"),
    "consent": lambda: _("Consent"),
    "counter": lambda: _("Counter"),
    "account": lambda: _("Account"),
    "day": lambda: _("Day"),
    "paper": lambda: _("Paper"),
    "hub": lambda: _("Hub"),
    "same_person": lambda: _("Two records of one person"),
}
_FIELDS: Final[Mapping[str, Words]] = {
    "name": lambda: _("Name"),
    "name_ar": lambda: _("Name in Arabic"),
    "also_known": lambda: _("Names also used"),
    "sex": lambda: _("Sex"),
    "birth_date": lambda: _("Date of birth"),
    "birth_precision": lambda: _("How well the date of birth is known"),
    "nationality": lambda: _("Nationality"),
    "phones": lambda: _("Phone numbers"),
    "languages": lambda: _("Languages spoken"),
    "contact": lambda: _("How to reach the person"),
    "card": lambda: _("Card"),
    "residence": lambda: _("Residence situation"),
    "education": lambda: _("Education"),
    "hidden": lambda: _("Shown or hidden"),
    "deleted": lambda: _("Kept or deleted"),
    "active": lambda: _("In use"),
    "person_id": lambda: _("Person"),
    "counter_id": lambda: _("Counter"),
    "reason": lambda: _("Reason"),
    "state": lambda: _("State"),
    "day": lambda: _("Day"),
    "arrived_at": lambda: _("Arrival"),
    "left_at": lambda: _("Departure"),
    "closed_at": lambda: _("Closed at"),
    "label_fr": lambda: _("Name in French"),
    "label_en": lambda: _("Name in English"),
    "label_ar": lambda: _("Name in Arabic"),
    "role": lambda: _("Role"),
    "login": lambda: _("Sign-in name"),
    "position": lambda: _("Number"),
    "withdrawn_at": lambda: _("Withdrawn on"),
    "expires_at": lambda: _("Valid until"),
    "way": lambda: _("How it was given"),
}
_STATES: Final[Mapping[str, Words]] = {
    VisitState.WAITING: lambda: pgettext("visit", "waiting"),
    VisitState.WITH_COUNTER: lambda: pgettext("visit", "at the counter"),
    VisitState.CHECKED_OUT: lambda: pgettext("visit", "left"),
    VisitState.CLOSED_WITH_DAY: lambda: pgettext("visit", "closed with the day"),
    VisitState.VOID: lambda: pgettext("visit", "void"),
}
