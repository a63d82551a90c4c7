"""Putting a visit right afterwards: what the entry said before stays in its history."""

from typing import Any
from uuid import UUID

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.visits import OPEN_STATES, CorrectVisit, VisitRow, VisitState
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import counters, days, people
from app.services import visit_rules as rules
from app.services.access import require
from app.storage import schema
from app.storage import visits as visit_rows
from app.storage.people import reindex
from app.storage.unit_of_work import UnitOfWork


def correct(command: CorrectVisit, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Put an entry right. What it said before stays in its history; nothing else about the visit is altered."""
    require(uow, Permission.CORRECT_VISITS)
    before = rules.load_own(command.visit_id, uow)
    cells: dict[str, Any] = {}
    if command.person_id is not None and command.person_id != before.person_id:
        people.resolve(str(command.person_id), uow)
        if before.state in OPEN_STATES:
            rules.refuse_second_visit(command.person_id, uow)
        cells["person_id"] = command.person_id
    if command.counter_id is not None:
        counters.load_counter(command.counter_id, uow)
        cells["counter_id"] = command.counter_id
        if place := rules.open_place(before.id, uow):
            uow.update(schema.place, place.id, counter_id=command.counter_id)
    if command.reason is not None:
        cells["reason"] = rules.check_reason(command.reason)
    if command.arrived_at is not None:
        cells |= _arrival(command.arrived_at, before, uow)
    if command.void is not None:
        cells |= _voiding(before, void=command.void, uow=uow)
    uow.update(schema.visit, before.id, **cells)
    after = rules.load(before.id, uow)
    concerned = frozenset[UUID](who for who in (before.person_id, after.person_id) if who is not None)
    reindex(uow.connection, concerned)
    changes = rules.changed(before, uow, after.person_id) | rules.changed(after, uow)
    return Outcome(after, changes, uow.undo_token)


def _arrival(arrived: int, before: VisitRow, uow: UnitOfWork) -> dict[str, Any]:
    rules.check_moment(arrived, uow)
    if any(later is not None and arrived > later for later in (before.called_at, before.left_at)):
        raise UserError(_("That is after the visitor was called or left. The entry was not changed. Check the time."))
    day = day_of(arrived)
    days.open_day(day, uow, visit_rows.installation_of(uow.connection, before.id), again=before.state in OPEN_STATES)
    place = rules.open_place(before.id, uow)
    if place is not None and place.queued_at == before.arrived_at:
        # still in the first queue: it was joined on arrival
        uow.update(schema.place, place.id, queued_at=arrived)
    return {"arrived_at": arrived, "day": day.isoformat()}


def _voiding(before: VisitRow, *, void: bool, uow: UnitOfWork) -> dict[str, Any]:
    if void == (before.state is VisitState.VOID):
        return {}
    if void:
        rules.end_place(before.id, "void", uow)
        return {"state": str(VisitState.VOID)}
    left = VisitState.CHECKED_OUT if before.left_at is not None else VisitState.CLOSED_WITH_DAY
    return {"state": str(left)}
