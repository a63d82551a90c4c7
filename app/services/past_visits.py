"""Visits that are over: a day kept on paper while the power was out is entered afterwards, in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import CounterId, PersonId, VisitId, day_id
from app.domain.visits import VisitState
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import counters
from app.services import visit_rules as rules
from app.services.access import require
from app.storage import days as day_rows
from app.storage import people as people_rows
from app.storage import schema
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit as a list on paper has it. Times are epoch milliseconds; None was not noted.

    `person_id` None is an anonymous passage. Entries with the same `group`, other than 0, came together.
    """

    person_id: PersonId | None
    counter_id: CounterId
    reason: str
    arrived_at: int
    called_at: int | None = None
    left_at: int | None = None
    group: int = 0


def log_past(entries: Sequence[PastVisit], uow: UnitOfWork) -> Outcome[tuple[VisitId, ...]]:
    """Log visits that are over, in their order; one bad entry refuses all.

    One without a time of leaving counts as closed with its day: no time is made up. A day on which this desk was not
    opened is opened and closed with them; one that is open stays open. Raises UserError.
    """
    require(uow, Permission.LOG_VISITS)
    require(uow, Permission.CLOSE_DAY)
    _check(entries, uow)
    people = {entry.person_id for entry in entries if entry.person_id is not None}
    groups: dict[int, UUID] = {}
    visits, places = [], []
    for entry in entries:
        visit_id = uow.new_id()
        group = groups.setdefault(entry.group, uow.new_id()) if entry.group else None
        visits.append(_visit_cells(visit_id, entry, group, uow))
        places.append(_place_cells(uow.new_id(), visit_id, entry))
    days = _open_and_close(entries, uow)
    uow.insert_many(schema.visit, visits)
    uow.insert_many(schema.place, places)
    people_rows.reindex(uow.connection, people)
    made = tuple(VisitId(visit["id"]) for visit in visits)
    changes = Changes(visits=frozenset(made), people=frozenset(people), days=days)
    return Outcome(made, changes, uow.undo_token)


def _check(entries: Sequence[PastVisit], uow: UnitOfWork) -> None:
    for counter in {entry.counter_id for entry in entries}:
        counters.load_counter(counter, uow)
    people = {entry.person_id for entry in entries if entry.person_id is not None}
    if len(people_rows.load_people(uow.connection, people)) != len(people):
        raise UserError(_("One of these people is not on record here. Nothing was kept."))
    for entry in entries:
        rules.check_reason(entry.reason)
        rules.check_moment(entry.arrived_at, uow)
        times = [time for time in (entry.arrived_at, entry.called_at, entry.left_at) if time is not None]
        if times != sorted(times) or times[-1] > uow.now:
            raise UserError(_("Somebody was called or left before they came, or is still to leave. Nothing was kept."))


def _visit_cells(visit_id: UUID, entry: PastVisit, group: UUID | None, uow: UnitOfWork) -> Mapping[str, Any]:
    state = VisitState.CLOSED_WITH_DAY if entry.left_at is None else VisitState.CHECKED_OUT
    return {
        "id": visit_id,
        "hub_id": uow.actor.hub_id,
        "installation_id": uow.actor.installation_id,
        "person_id": entry.person_id,
        "counter_id": entry.counter_id,
        "reason": entry.reason,
        "state": str(state),
        "day": day_of(entry.arrived_at).isoformat(),
        "arrived_at": entry.arrived_at,
        "left_at": entry.left_at,
        "group_id": group,
    }


def _place_cells(place_id: UUID, visit_id: UUID, entry: PastVisit) -> Mapping[str, Any]:
    ended = "left" if entry.called_at is None else "served"
    return {
        "id": place_id,
        "visit_id": visit_id,
        "counter_id": entry.counter_id,
        "queued_at": entry.arrived_at,
        "called_at": entry.called_at,
        "ended_at": entry.left_at,
        "outcome": "closed_with_day" if entry.left_at is None else ended,
    }


def _open_and_close(entries: Sequence[PastVisit], uow: UnitOfWork) -> frozenset[UUID]:
    installation = uow.actor.installation_id
    first: dict[str, int] = {}
    for entry in entries:
        day = day_of(entry.arrived_at).isoformat()
        first[day] = min(entry.arrived_at, first.get(day, entry.arrived_at))
    made = [
        {
            "id": day_id(installation, day),
            "installation_id": installation,
            "day": day,
            "opened_at": opened,
            "closed_at": uow.now,
            "closed_by": uow.actor.account_id,
        }
        for day, opened in first.items()
        if day_rows.closed_at(uow.connection, day_id(installation, day)) is None
    ]
    uow.insert_many(schema.day, made)
    return frozenset(day_id(installation, day) for day in first)
