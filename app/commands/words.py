"""Records in the words of a terminal: dates and labels in the language in use, and the forms that JSON carries."""

from functools import cache

from babel import Locale

from app.clock import to_local
from app.domain.codes import code_label
from app.domain.people import Birth, Person, PersonRow, Precision
from app.domain.visits import VisitRow
from app.i18n import current_language, current_locale


def moment_text(moment: int | None) -> str:
    """Epoch milliseconds as day and time in Morocco, numbers only."""
    return to_local(moment).strftime("%d/%m/%Y %H:%M") if moment is not None else ""


def iso(moment: int | None) -> str | None:
    """Epoch milliseconds in ISO 8601 with the zone of Morocco, for JSON."""
    return to_local(moment).isoformat(timespec="milliseconds") if moment is not None else None


def clock_text(moment: int | None) -> str:
    """The time of day of a moment."""
    return to_local(moment).strftime("%H:%M") if moment is not None else ""


def birth_text(birth: Birth | None) -> str:
    """A birth date as it may be typed again: 1998-03-12, 1998, ~1998; empty when it is not known."""
    if birth is None:
        return ""
    if birth.precision is Precision.DAY:
        return birth.date.isoformat()
    return f"{'~' if birth.precision is Precision.ESTIMATED else ''}{birth.year}"


def country(code: str) -> str:
    """The name of a country (CLDR) in the language in use."""
    return _territories(current_locale()).get(code, code)


@cache
def _territories(locale: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(locale).territories.items()}


def label(name: str, code: str) -> str:
    """The label of a code in the language in use."""
    return code_label(name, code, current_language()) if code else ""


def found_person(row: PersonRow) -> dict[str, object]:
    """A person found, for JSON."""
    return {
        "id": row.id,
        "number": row.number,
        "name": row.name,
        "name_ar": row.name_ar,
        "score": round(row.score, 4),
    }


def person_document(person: Person) -> dict[str, object]:
    """A person's fields, for JSON; nothing restricted."""
    return {
        "id": person.id,
        "number": person.number,
        "name": person.name,
        "name_ar": person.name_ar,
        "also_known": list(person.also_known),
        "sex": person.sex,
        "birth": birth_text(person.birth),
        "nationality": person.nationality,
        "phones": list(person.phones),
        "languages": list(person.languages),
        "contact": person.contact,
        "card": person.card,
        "created_at": iso(person.created_at),
    }


def visit_document(visit: VisitRow, counter: str) -> dict[str, object]:
    """A visit, for JSON; `counter` is the code of its counter."""
    return {
        "id": visit.id,
        "person": visit.person_id,
        "number": visit.number,
        "name": visit.name,
        "name_ar": visit.name_ar,
        "counter": counter,
        "reason": visit.reason,
        "state": visit.state,
        "day": visit.day,
        "arrived_at": iso(visit.arrived_at),
        "called_at": iso(visit.called_at),
        "left_at": iso(visit.left_at),
        "group": visit.group,
    }
