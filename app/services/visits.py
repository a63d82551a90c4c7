"""The use cases of the desk: somebody comes, is called, is handed over, leaves; and entries are put right."""

from typing import Any, Final
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import CounterId, PersonId, VisitId
from app.domain.visits import (
    CounterQueue,
    FieldChange,
    LogGroup,
    LogVisit,
    QueueRow,
    VisitRow,
    VisitState,
)
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import counters, days, people
from app.services import visit_rules as rules
from app.services.access import require
from app.services.corrections import correct
from app.services.visit_rules import AlreadyHereError
from app.storage import history as histories
from app.storage import schema
from app.storage import visits as visit_rows
from app.storage.people import last_arrival
from app.storage.search import touch_person
from app.storage.unit_of_work import UnitOfWork

__all__ = [
    "AlreadyHereError",
    "call",
    "call_next",
    "check_out",
    "correct",
    "hand_over",
    "history",
    "list_day",
    "log",
    "log_group",
    "queues",
]

_MINUTE_MS: Final = 60_000
_LARGEST_GROUP: Final = 200


def log(command: LogVisit, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Log that somebody came and put them into the counter's queue, in one go.

    Raises AlreadyHereError when the person's last visit here is still open.
    """
    require(uow, Permission.LOG_VISITS)
    counters.load_in_use(command.counter_id, uow)
    made = rules.load(_log_one(command, None, uow), uow)
    return Outcome(made, rules.changed(made, uow), uow.undo_token)


def log_group(command: LogGroup, uow: UnitOfWork) -> Outcome[tuple[VisitRow, ...]]:
    """Log people who came together: one visit each, linked; all or none."""
    require(uow, Permission.LOG_VISITS)
    counters.load_in_use(command.counter_id, uow)
    known = tuple(dict.fromkeys(command.people))
    if not 1 <= len(known) + command.anonymous <= _LARGEST_GROUP or command.anonymous < 0:
        raise UserError(
            _("A group has from 1 to {most} people. Nothing was kept. Check the number.").format(most=_LARGEST_GROUP)
        )
    group = uow.new_id()
    everybody: list[PersonId | None] = [*known, *[None] * command.anonymous]
    made = [_log_one(LogVisit(who, command.counter_id, command.reason), group, uow) for who in everybody]
    rows = tuple(rules.load(visit_id, uow) for visit_id in made)
    changes = Changes(visits=frozenset(made), people=frozenset(known), days=rules.changed(rows[0], uow).days)
    return Outcome(rows, changes, uow.undo_token)


def call_next(counter: CounterId, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Call who has waited longest at a counter. Raises UserError when nobody waits there."""
    require(uow, Permission.LOG_VISITS)
    for place in visit_rows.open_places(uow.connection, None, uow.actor.hub_id):
        if place.counter_id == counter and place.called_at is None:
            return call(VisitId(place.visit_id), uow)
    raise UserError(_("Nobody is waiting at this counter."))


def call(visit_id: VisitId, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Call somebody to the counter; whoever is called twice keeps the first time."""
    require(uow, Permission.LOG_VISITS)
    visit = rules.load_open(visit_id, uow)
    place = rules.open_place(visit_id, uow)
    if place is None:
        rules.queue(visit_id, visit.counter_id, visit.arrived_at, uow, called_at=uow.now)
    elif place.called_at is None:
        uow.update(schema.place, place.id, called_at=uow.now)
    uow.update(schema.visit, visit_id, state=str(VisitState.WITH_COUNTER))
    return Outcome(rules.load(visit_id, uow), Changes(visits=frozenset({visit_id})), uow.undo_token)


def hand_over(visit_id: VisitId, counter: CounterId, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Send somebody on to another counter: the first place ends, and they wait at the end of the other queue."""
    require(uow, Permission.LOG_VISITS)
    visit = rules.load_open(visit_id, uow)
    counters.load_in_use(counter, uow)
    if visit.counter_id == counter:
        raise UserError(_("This visitor is at that counter already. Nothing was changed."))
    rules.end_place(visit_id, "handed_over", uow)
    rules.queue(visit_id, counter, uow.now, uow)
    uow.update(schema.visit, visit_id, counter_id=counter, state=str(VisitState.WAITING))
    return Outcome(rules.load(visit_id, uow), rules.changed(visit, uow), uow.undo_token)


def check_out(visit_id: VisitId, uow: UnitOfWork) -> Outcome[VisitRow]:
    """End a visit, now. The place in the queue ends with it."""
    require(uow, Permission.LOG_VISITS)
    visit = rules.load_open(visit_id, uow)
    rules.end_place(visit_id, "served" if visit.state is VisitState.WITH_COUNTER else "left", uow)
    uow.update(schema.visit, visit_id, state=str(VisitState.CHECKED_OUT), left_at=uow.now)
    return Outcome(rules.load(visit_id, uow), rules.changed(visit, uow), uow.undo_token)


def history(visit_id: VisitId, uow: UnitOfWork) -> tuple[FieldChange, ...]:
    """What was written about a visit, by whom and when, oldest first; ids are bytes."""
    require(uow, Permission.LOG_VISITS)
    rules.load(visit_id, uow)
    return tuple(histories.row_history(uow.connection, visit_id))


def list_day(day: Any, uow: UnitOfWork) -> tuple[VisitRow, ...]:  # noqa: ANN401 - date or None
    """What this desk logged on a day (`datetime.date`), today if None, in that order; void entries included."""
    require(uow, Permission.LOG_VISITS)
    wanted = day or day_of(uow.now)
    return tuple(visit_rows.day_rows(uow.connection, uow.actor.installation_id, wanted))


def queues(uow: UnitOfWork) -> tuple[CounterQueue, ...]:
    """Each counter in use with who waits there, first come first, and who is being served."""
    require(uow, Permission.LOG_VISITS)
    hub = uow.actor.hub_id
    visits = {visit.id: visit for visit in visit_rows.open_rows(uow.connection, hub)}
    rows: dict[UUID, list[QueueRow]] = {}
    for place in visit_rows.open_places(uow.connection, None, hub):
        if place.visit_id in visits:
            end = uow.now if place.called_at is None else place.called_at
            waited = max(0, (end - place.queued_at) // _MINUTE_MS)
            called = place.called_at is not None
            row = QueueRow(visits[place.visit_id], place.id, place.queued_at, waited, called)
            rows.setdefault(place.counter_id, []).append(row)
    shown = [item for item in counters.list_counters(uow, hidden=True) if not item.hidden or item.id in rows]
    found = []
    for counter in shown:
        here = sorted(rows.get(counter.id, []), key=lambda row: row.called)
        waiting = [row.waited for row in here if not row.called]
        found.append(CounterQueue(counter, tuple(here), len(waiting), max(waiting, default=0)))
    return tuple(found)


def _log_one(command: LogVisit, group: UUID | None, uow: UnitOfWork) -> VisitId:
    arrived = uow.now if command.at is None else rules.check_moment(command.at, uow)
    if command.person_id is not None:
        people.resolve(str(command.person_id), uow)
        rules.refuse_second_visit(command.person_id, uow)
    day = day_of(arrived)
    days.open_day(day, uow)
    actor = uow.actor
    visit_id = VisitId(
        uow.insert(
            schema.visit,
            hub_id=actor.hub_id,
            installation_id=actor.installation_id,
            person_id=command.person_id,
            counter_id=command.counter_id,
            reason=rules.check_reason(command.reason),
            state=str(VisitState.WAITING),
            day=day.isoformat(),
            arrived_at=arrived,
            group_id=group,
        )
    )
    rules.queue(visit_id, command.counter_id, arrived, uow)
    if command.person_id is not None:
        touch_person(uow.connection, command.person_id, last_arrival(uow.connection, command.person_id))
    return visit_id
