"""People: rows to values and back, and their place in the search index, all in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.ids import HubId, PersonId
from app.domain.people import Birth, Person, PersonRow, Precision, Restricted, Sex
from app.domain.visits import OPEN_STATES, VisitState
from app.storage import links, schema
from app.storage.search import SearchEntry, forget_people, index_people
from app.storage.types import AnyRow, parts_of
from app.storage.unit_of_work import UnitOfWork

_table = schema.person
_there = sa.and_(~_table.c.deleted, ~_table.c.erased)
_visit = schema.visit
INDEXED_CELLS: Final = frozenset(
    {"name", "name_ar", "also_known", "phones", "number", "card", "hidden", "deleted", "erased"}
)
"""The cells of a person that the search index is made from."""
_TAIL = 4


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
    for wanted in parts_of(ids):
        last = last_arrivals(connection, wanted)
        found = load_people(connection, wanted)
        index_people(connection, (_entry(person, last.get(person.id) or 0) for person in found))
        if gone := set(wanted) - {person.id for person in found}:
            forget_people(connection, gone)


def last_arrivals(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, int]:
    """When each of these people came last, in epoch milliseconds; those who never did are left out."""
    found: dict[UUID, int] = {}
    for wanted in parts_of(ids):
        query = (
            sa.select(_visit.c.person_id, sa.func.max(_visit.c.arrived_at))
            .where(_visit.c.person_id.in_(wanted), ~_visit.c.deleted, _visit.c.state != VisitState.VOID)
            .group_by(_visit.c.person_id)
        )
        found |= dict(connection.execute(query).all())
    return found


def last_arrival(connection: sa.Connection, person_id: PersonId) -> int:
    """When somebody came last, in epoch milliseconds; 0 if never."""
    return last_arrivals(connection, [person_id]).get(person_id, 0)


def load_people(connection: sa.Connection, ids: Iterable[UUID], *, hidden: bool = False) -> list[Person]:
    """The people of these ids that are not deleted; hidden ones only if asked for."""
    found: list[Person] = []
    for part in parts_of(ids):
        query = sa.select(_table).where(_table.c.id.in_(part), _there)
        if not hidden:
            query = query.where(~_table.c.hidden)
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


def latest_visitors(connection: sa.Connection, hub: HubId, limit: int) -> list[UUID]:
    """The people who came last, newest first."""
    recent = (
        sa.select(_visit.c.person_id)
        .where(_visit.c.hub_id == hub, _visit.c.person_id.is_not(None), ~_visit.c.deleted)
        .order_by(_visit.c.arrived_at.desc())
        .limit(limit * 4)
    )
    return list(dict.fromkeys(connection.scalars(recent)))[:limit]


def person_rows(connection: sa.Connection, scores: Mapping[UUID, float], hub: HubId) -> list[PersonRow]:
    """Rows for lists, in the order of `scores`; people who are hidden or deleted are left out.

    Of records that are linked, the visits of all are counted with each.
    """
    groups = links.groups(connection)
    rows: dict[UUID, AnyRow] = {}
    visits: dict[UUID, list[AnyRow]] = {}
    for ids in parts_of(scores):
        people = sa.select(
            _table.c.id, _table.c.number, _table.c.name, _table.c.name_ar, _table.c.sex, _table.c.birth_date,
            _table.c.birth_precision, _table.c.nationality, _table.c.phones,
        ).where(_table.c.id.in_(ids), _there, ~_table.c.hidden)  # fmt: skip
        rows |= {row.id: row for row in connection.execute(people)}
        records = {record: person for person in ids for record in groups.get(person, (person,))}
        came = (
            sa.select(_visit.c.person_id, _visit.c.arrived_at, _visit.c.state, _visit.c.hub_id, schema.counter.c.code)
            .join(schema.counter, schema.counter.c.id == _visit.c.counter_id)
            .where(_visit.c.person_id.in_(list(records)), ~_visit.c.deleted, _visit.c.state != VisitState.VOID)
        )
        for visit in connection.execute(came):
            visits.setdefault(records[visit.person_id], []).append(visit)
    return [
        _to_row(row, visits.get(person_id, []), score, hub)
        for person_id, score in scores.items()
        if (row := rows.get(person_id)) is not None
    ]


def fresh_row(person: Person) -> PersonRow:
    """The row of somebody who has just been put on record."""
    return PersonRow(
        id=person.id,
        number=person.number,
        name=person.name,
        name_ar=person.name_ar,
        sex=person.sex,
        birth=person.birth,
        nationality=person.nationality,
        phone_tail=_tail("\n".join(person.phones)),
    )


def _tail(phones: str) -> str:
    return "".join(char for char in phones.split("\n", maxsplit=1)[0] if char.isdigit())[-_TAIL:]


def _to_row(row: AnyRow, visits: Sequence[AnyRow], score: float, hub: HubId) -> PersonRow:
    last = max(visits, key=lambda visit: visit.arrived_at, default=None)
    here = [visit.arrived_at for visit in visits if visit.state in OPEN_STATES and visit.hub_id == hub]
    return PersonRow(
        id=row.id,
        number=row.number,
        name=row.name,
        name_ar=row.name_ar,
        sex=Sex(row.sex),
        birth=_to_birth(row.birth_date, row.birth_precision),
        nationality=row.nationality,
        phone_tail=_tail(row.phones),
        last_visit=last.arrived_at if last else None,
        last_counter=last.code if last else "",
        visits=len(visits),
        open_since=min(here, default=None),
        score=score,
    )


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
        sex=Sex(cells.get("sex", "")),
        birth=_to_birth(cells.get("birth_date", ""), cells.get("birth_precision", "")),
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


def _to_birth(text: str, precision: str) -> Birth | None:
    if not text:
        return None
    # a newer version may know more precisions; the date is then worth no more than its year
    known = Precision(precision) if precision in set(Precision) else Precision.ESTIMATED
    return Birth(date.fromisoformat(text), known)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _entry(person: Person, last_seen: int) -> SearchEntry:
    names = tuple(name for name in (person.name, person.name_ar, *person.also_known) if name)
    numbers = tuple(number for number in (person.number, person.card) if number)
    return SearchEntry(person.id, names, person.phones, numbers, last_seen)
