"""People: rows to values and back, and their place in the search index, all in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.ids import HubId, PersonId
from app.domain.people import Birth, Person, Precision, Restricted, Sex
from app.domain.visits import VisitState
from app.storage import schema
from app.storage.search import SearchEntry, forget_people, index_people
from app.storage.search.statements import fetch
from app.storage.types import parts_of
from app.storage.unit_of_work import UnitOfWork

_table = schema.person
_there = sa.and_(~_table.c.deleted, ~_table.c.erased)
_visit = schema.visit
INDEXED_CELLS: Final = frozenset(
    {"name", "name_ar", "also_known", "phones", "number", "card", "hidden", "deleted", "erased"}
)
"""The cells of a person that the search index is made from."""
# built once: read for each visit that is logged
_LAST_ARRIVALS: Final = (
    sa.select(_visit.c.person_id, sa.func.max(_visit.c.arrived_at))
    .where(
        _visit.c.person_id.in_(sa.bindparam("people", expanding=True)),
        ~_visit.c.deleted,
        _visit.c.state != VisitState.VOID,
    )
    .group_by(_visit.c.person_id)
)
_PEOPLE: Final = sa.select(_table).where(_table.c.id.in_(sa.bindparam("people", expanding=True)), _there)
_FOUND_BY: Final = sa.select(
    _table.c.id, _table.c.name, _table.c.name_ar, _table.c.also_known, _table.c.phones, _table.c.number, _table.c.card
).where(_table.c.id.in_(sa.bindparam("people", expanding=True)), _there, ~_table.c.hidden)
_SHOWN: Final = _PEOPLE.where(~_table.c.hidden)


def add_people(uow: UnitOfWork, people: Sequence[tuple[Person, Restricted]]) -> None:
    """Put new people on record and into the index."""
    author = uow.actor.account_id
    uow.insert_many(
        _table,
        [
            {"id": person.id, **to_cells(person), **restricted_cells(extra), "created_by": author}
            for person, extra in people
        ],
    )
    index_people(uow.connection, (_entry(person, 0) for person, _extra in people))


def write_person(uow: UnitOfWork, person_id: PersonId, cells: Mapping[str, Any]) -> bool:
    """Write cells of a person, and the index where a name or number is among them. Raises LookupError."""
    changed = uow.update(_table, person_id, **cells)
    if changed and not INDEXED_CELLS.isdisjoint(cells):
        reindex(uow.connection, [person_id])
    return changed


def reindex(connection: sa.Connection, ids: Iterable[UUID]) -> None:
    """Make the index say of these people what their rows say."""
    wanted = {person.bytes: person for person in ids}
    entries = _entries(connection, wanted)
    index_people(connection, entries)
    if gone := wanted.keys() - {entry.person_id.bytes for entry in entries}:
        forget_people(connection, [wanted[person] for person in gone])


def _entries(connection: sa.Connection, wanted: Mapping[bytes, UUID]) -> list[SearchEntry]:
    """What people are found by, of those who are to be found; read past the person, which takes five times as long."""
    entries = []
    last = last_arrivals(connection, wanted.values())
    for part in parts_of(wanted):
        for key, name, name_ar, also_known, phones, number, card in fetch(connection, _FOUND_BY, people=part):
            names = tuple(filter(None, (name, name_ar, *_lines(also_known))))
            numbers = tuple(filter(None, (number, card)))
            person = wanted[key]
            entries.append(SearchEntry(person, names, _lines(phones), numbers, last.get(person, 0)))
    return entries


def last_arrivals(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, int]:
    """When each of these people came last, in epoch milliseconds; those who never did are left out."""
    found: dict[UUID, int] = {}
    for wanted in parts_of(ids):
        found |= dict(connection.execute(_LAST_ARRIVALS, {"people": list(wanted)}).all())
    return found


def last_arrival(connection: sa.Connection, person_id: PersonId) -> int:
    """When somebody came last, in epoch milliseconds; 0 if never."""
    return last_arrivals(connection, [person_id]).get(person_id, 0)


def load_people(connection: sa.Connection, ids: Iterable[UUID], *, hidden: bool = False) -> list[Person]:
    """The people of these ids that are not deleted; hidden ones only if asked for."""
    found: list[Person] = []
    for part in parts_of(ids):
        rows = connection.execute(_PEOPLE if hidden else _SHOWN, {"people": list(part)})
        found += [_to_person(row) for row in rows.mappings()]
    return found


def load_erased(connection: sa.Connection, ids: Iterable[UUID]) -> list[Person]:
    """What is left of the erased among these people: what the counts need."""
    found: list[Person] = []
    for part in parts_of(ids):
        query = sa.select(_table).where(_table.c.id.in_(part), _table.c.erased)
        found += [_to_person(row) for row in connection.execute(query).mappings()]
    return found


def load_restricted(connection: sa.Connection, person_id: PersonId) -> Restricted:
    """What only advisors and above may read; the caller has asked for the permission."""
    row = connection.execute(sa.select(_table.c.residence, _table.c.education).where(_table.c.id == person_id)).one()
    return Restricted(row.residence or Restricted().residence, row.education)


def find_by_number(connection: sa.Connection, number: str) -> PersonId | None:
    """The person with a human number or a card."""
    query = sa.select(_table.c.id).where(
        sa.or_(_table.c.number == number, _table.c.card == number), _there, ~_table.c.hidden
    )
    found = connection.scalars(query.limit(1)).one_or_none()
    return PersonId(found) if found else None


def find_by_phone(connection: sa.Connection, phones: Iterable[str]) -> list[UUID]:
    """People with one of these phones (E.164)."""
    clauses = [("\n" + _table.c.phones + "\n").contains(f"\n{phone}\n", autoescape=True) for phone in phones]
    if not clauses:
        return []
    query = sa.select(_table.c.id).where(sa.or_(*clauses), _there, ~_table.c.hidden).limit(20)
    return list(connection.scalars(query))


def to_cells(person: Person) -> dict[str, Any]:
    """The cells that hold a person's fields."""
    return {
        "hub_id": person.hub_id,
        "number": person.number,
        "name": person.name,
        "name_ar": person.name_ar,
        "also_known": "\n".join(person.also_known),
        "sex": str(person.sex),
        "birth_date": person.birth.date.isoformat() if person.birth else "",
        "birth_precision": str(person.birth.precision) if person.birth else "",
        "nationality": person.nationality,
        "phones": "\n".join(person.phones),
        "languages": " ".join(person.languages),
        "contact": person.contact,
        "card": person.card,
        "created_at": person.created_at,
        "hidden": person.hidden,
    }


def person_of(cells: Mapping[str, Any], *, person_id: PersonId, number: str, hub_id: HubId, created_at: int) -> Person:
    """The person that cells as stored describe; cells that are missing hold their defaults."""
    return Person(
        id=person_id,
        number=number,
        hub_id=hub_id,
        name=cells.get("name", ""),
        name_ar=cells.get("name_ar", ""),
        also_known=_lines(cells.get("also_known", "")),
        sex=to_sex(cells.get("sex", "")),
        birth=to_birth(cells.get("birth_date", ""), cells.get("birth_precision", "")),
        nationality=cells.get("nationality", ""),
        phones=_lines(cells.get("phones", "")),
        languages=tuple(cells.get("languages", "").split()),
        contact=cells.get("contact", ""),
        card=cells.get("card", ""),
        created_at=created_at,
        hidden=cells.get("hidden", False),
    )


def restricted_cells(restricted: Restricted) -> dict[str, str]:
    """The cells that hold the restricted fields; the default stays unsaid."""
    stated = "" if restricted.residence == Restricted().residence else restricted.residence
    return {"residence": stated, "education": restricted.education}


def _to_person(row: Mapping[Any, Any]) -> Person:
    return person_of(row, person_id=row["id"], number=row["number"], hub_id=row["hub_id"], created_at=row["created_at"])


def to_sex(text: str) -> Sex:
    """A sex as stored; one that only a newer version knows is not stated here, and stays in its cell."""
    return Sex(text) if text in set(Sex) else Sex.NOT_STATED


def to_birth(text: str, precision: str) -> Birth | None:
    """A birth date as stored; None also for one that only a newer version can read."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # a newer version may know more precisions; the date is then worth no more than its year
    known = Precision(precision) if precision in set(Precision) else Precision.ESTIMATED
    return Birth(day, known)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _entry(person: Person, last_seen: int) -> SearchEntry:
    names = tuple(name for name in (person.name, person.name_ar, *person.also_known) if name)
    numbers = tuple(number for number in (person.number, person.card) if number)
    return SearchEntry(person.id, names, person.phones, numbers, last_seen)
