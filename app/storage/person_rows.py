"""People as lists show them: who, and when they came. Read for each key typed, so the statements are compiled once."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from app.domain.ids import HubId, PersonId
from app.domain.people import Person, PersonRow
from app.domain.visits import OPEN_STATES, VisitState
from app.storage import links, schema
from app.storage.people import to_birth, to_sex
from app.storage.search.statements import fetch

_table, _visit = schema.person, schema.visit
_TAIL = 4
_came = sa.and_(~_visit.c.deleted, _visit.c.state != str(VisitState.VOID))
_PEOPLE = sa.select(
    _table.c.id, _table.c.number, _table.c.name, _table.c.name_ar, _table.c.sex, _table.c.birth_date,
    _table.c.birth_precision, _table.c.nationality, _table.c.phones,
).where(
    _table.c.id.in_(sa.bindparam("ids", expanding=True)), ~_table.c.deleted, ~_table.c.erased, ~_table.c.hidden
)  # fmt: skip
_waits_here = sa.and_(
    _visit.c.hub_id == sa.bindparam("hub"), _visit.c.state.in_([str(state) for state in sorted(OPEN_STATES)])
)
_counted = (
    sa.select(
        _visit.c.person_id,
        sa.func.count().label("number"),
        sa.func.max(_visit.c.arrived_at).label("last"),
        sa.func.min(sa.case((_waits_here, _visit.c.arrived_at))).label("open_since"),
    )
    .where(_visit.c.person_id.in_(sa.bindparam("records", expanding=True)), _came)
    .group_by(_visit.c.person_id)
    .subquery()
)
_VISITS = (
    sa.select(_counted, schema.counter.c.code)
    .join(_visit, (_visit.c.person_id == _counted.c.person_id) & (_visit.c.arrived_at == _counted.c.last))
    .join(schema.counter, schema.counter.c.id == _visit.c.counter_id)
    .where(_came)
)


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

    Of records that are linked, the visits of all are counted with each. Runs for each key typed.
    """
    if not scores:
        return []
    groups = links.groups(connection)
    records = {record.bytes: person for person in scores for record in groups.get(person, (person,))}
    # two visits of one record at its last moment come twice
    counted = {row[0]: _Visits(*row[1:]) for row in fetch(connection, _VISITS, records=list(records), hub=hub.bytes)}
    came: dict[UUID, _Visits] = {}
    for record, visits in counted.items():
        person = records[record]
        came[person] = _join(came[person], visits) if person in came else visits
    found = {row[0]: row for row in fetch(connection, _PEOPLE, ids=[person.bytes for person in scores])}
    return [
        _to_row(person_id, row, came.get(person_id, _NEVER_CAME), score)
        for person_id, score in scores.items()
        if (row := found.get(person_id.bytes)) is not None
    ]


class _Visits(NamedTuple):
    """The visits of one record: how many, the last and the counter it went to, since when the open one here waits."""

    number: int
    last: int | None
    open_since: int | None
    counter: str


_NEVER_CAME: Final = _Visits(0, None, None, "")


def _join(one: _Visits, other: _Visits) -> _Visits:
    newest = max(one, other, key=lambda visits: visits.last or 0)
    waits = min((since for since in (one.open_since, other.open_since) if since is not None), default=None)
    return _Visits(one.number + other.number, newest.last, waits, newest.counter)


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


def _to_row(person_id: UUID, row: Sequence[Any], visits: _Visits, score: float) -> PersonRow:
    _id, number, name, name_ar, sex, birth_date, precision, nationality, phones = row
    return PersonRow(
        id=PersonId(person_id),
        number=number,
        name=name,
        name_ar=name_ar,
        sex=to_sex(sex),
        birth=to_birth(birth_date, precision),
        nationality=nationality,
        phone_tail=_tail(phones),
        last_visit=visits.last,
        last_counter=visits.counter,
        visits=visits.number,
        open_since=visits.open_since,
        score=score,
    )
