"""The use cases of the desk: somebody comes, is called, is handed over, leaves; and entries are put right."""

from typing import Any, Final
from uuid import UUID

from app.changes import Changes
from app.clock import day_of, to_local
from app.domain.accounts import Permission
from app.domain.codes import is_code
from app.domain.ids import CounterId, PersonId, VisitId, day_id
from app.domain.visits import (
    OPEN_STATES,
    CorrectVisit,
    CounterQueue,
    FieldChange,
    LogGroup,
    LogVisit,
    QueueRow,
    VisitRow,
    VisitState,
)
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import counters, days, people
from app.services.access import require
from app.storage import history as histories
from app.storage import schema
from app.storage import visits as visit_rows
from app.storage.people import reindex
from app.storage.search import touch_person
from app.storage.types import AnyRow
from app.storage.unit_of_work import UnitOfWork

_MINUTE_MS: Final = 60_000
_AHEAD_MS: Final = 60 * _MINUTE_MS
_LARGEST_GROUP: Final = 200


class AlreadyHereError(UserError):
    """The person has an open visit at this hub: `visit_id`, since `since` (epoch ms)."""

    def __init__(self, message: str, visit_id: VisitId, since: int) -> None:
        super().__init__(message)
        self.visit_id = visit_id
        self.since = since


def log(command: LogVisit, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Log that somebody came and put them into the counter's queue, in one go.

    Raises AlreadyHereError when the person's last visit here is still open.
    """
    require(uow, Permission.LOG_VISITS)
    counters.load_counter(command.counter_id, uow)
    made = _log_one(command, None, uow)
    return Outcome(_load(made, uow), _changed(made, command.person_id, uow), uow.undo_token)


def log_group(command: LogGroup, uow: UnitOfWork) -> Outcome[tuple[VisitRow, ...]]:
    """Log people who came together: one visit each, linked; all or none."""
    require(uow, Permission.LOG_VISITS)
    counters.load_counter(command.counter_id, uow)
    known = tuple(dict.fromkeys(command.people))
    if not 1 <= len(known) + command.anonymous <= _LARGEST_GROUP or command.anonymous < 0:
        raise UserError(
            _("A group has from 1 to {most} people. Nothing was kept. Check the number.").format(most=_LARGEST_GROUP)
        )
    group = uow.new_id()
    everybody: list[PersonId | None] = [*known, *[None] * command.anonymous]
    made = [_log_one(LogVisit(who, command.counter_id, command.reason), group, uow) for who in everybody]
    changes = Changes(visits=frozenset(made), people=frozenset(known), days=frozenset({_today(uow)}))
    rows = tuple(_load(visit_id, uow) for visit_id in made)
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
    _load_open(visit_id, uow)
    place = _open_place(visit_id, uow)
    if place is not None and place.called_at is None:
        uow.update(schema.place, place.id, called_at=uow.now)
    uow.update(schema.visit, visit_id, state=str(VisitState.WITH_COUNTER))
    return Outcome(_load(visit_id, uow), Changes(visits=frozenset({visit_id})), uow.undo_token)


def hand_over(visit_id: VisitId, counter: CounterId, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Send somebody on to another counter: the first place ends, and they wait at the end of the other queue."""
    require(uow, Permission.LOG_VISITS)
    visit = _load_open(visit_id, uow)
    counters.load_counter(counter, uow)
    if visit.counter_id == counter:
        raise UserError(_("This visitor is at that counter already. Nothing was changed."))
    _end_place(visit_id, "handed_over", uow)
    _queue(visit_id, counter, uow.now, uow)
    uow.update(schema.visit, visit_id, counter_id=counter, state=str(VisitState.WAITING))
    return Outcome(_load(visit_id, uow), Changes(visits=frozenset({visit_id})), uow.undo_token)


def check_out(visit_id: VisitId, uow: UnitOfWork) -> Outcome[VisitRow]:
    """End a visit, now. The place in the queue ends with it."""
    require(uow, Permission.LOG_VISITS)
    visit = _load_open(visit_id, uow)
    _end_place(visit_id, "served" if visit.state is VisitState.WITH_COUNTER else "left", uow)
    uow.update(schema.visit, visit_id, state=str(VisitState.CHECKED_OUT), left_at=uow.now)
    return Outcome(_load(visit_id, uow), _changed(visit_id, visit.person_id, uow), uow.undo_token)


def correct(command: CorrectVisit, uow: UnitOfWork) -> Outcome[VisitRow]:
    """Put an entry right. What it said before stays in its history; nothing else about the visit is altered."""
    require(uow, Permission.CORRECT_VISITS)
    before = _load(command.visit_id, uow)
    cells: dict[str, Any] = {}
    if command.person_id is not None and command.person_id != before.person_id:
        people.resolve(str(command.person_id), uow)
        if before.state in OPEN_STATES:
            _refuse_second_visit(command.person_id, uow)
        cells["person_id"] = command.person_id
    if command.counter_id is not None:
        counters.load_counter(command.counter_id, uow)
        cells["counter_id"] = command.counter_id
        _move_place(before, command.counter_id, uow)
    if command.reason is not None:
        cells["reason"] = _reason(command.reason)
    if command.arrived_at is not None:
        cells |= _arrival(command.arrived_at, before, uow)
    if command.void is not None:
        cells |= _voiding(before, void=command.void, uow=uow)
    uow.update(schema.visit, before.id, **cells)
    people_concerned = {who for who in (before.person_id, command.person_id) if who is not None}
    reindex(uow.connection, people_concerned)
    changes = Changes(
        visits=frozenset({before.id}),
        people=frozenset(people_concerned),
        days=frozenset({day_id(uow.actor.installation_id, before.day.isoformat())}),
    )
    return Outcome(_load(before.id, uow), changes, uow.undo_token)


def history(visit_id: VisitId, uow: UnitOfWork) -> tuple[FieldChange, ...]:
    """What was written about a visit, by whom and when, oldest first; ids are bytes."""
    require(uow, Permission.LOG_VISITS)
    _load(visit_id, uow)
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
    arrived = uow.now if command.at is None else command.at
    _refuse_future(arrived, uow)
    if command.person_id is not None:
        people.resolve(str(command.person_id), uow)
        _refuse_second_visit(command.person_id, uow)
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
            reason=_reason(command.reason),
            state=str(VisitState.WAITING),
            day=day.isoformat(),
            arrived_at=arrived,
            group_id=group,
        )
    )
    _queue(visit_id, command.counter_id, arrived, uow)
    if command.person_id is not None:
        touch_person(uow.connection, command.person_id, arrived)
    return visit_id


def _queue(visit_id: VisitId, counter: CounterId, at: int, uow: UnitOfWork) -> None:
    uow.insert(schema.place, visit_id=visit_id, counter_id=counter, queued_at=at)


def _open_place(visit_id: VisitId, uow: UnitOfWork) -> AnyRow | None:
    return next(iter(visit_rows.open_places(uow.connection, [visit_id], uow.actor.hub_id)), None)


def _end_place(visit_id: VisitId, outcome: str, uow: UnitOfWork) -> None:
    if place := _open_place(visit_id, uow):
        uow.update(schema.place, place.id, ended_at=uow.now, outcome=outcome)


def _move_place(visit: VisitRow, counter: CounterId, uow: UnitOfWork) -> None:
    if place := _open_place(visit.id, uow):
        uow.update(schema.place, place.id, counter_id=counter)


def _arrival(arrived: int, before: VisitRow, uow: UnitOfWork) -> dict[str, Any]:
    _refuse_future(arrived, uow)
    if before.left_at is not None and arrived > before.left_at:
        raise UserError(_("That is after the visitor left. The entry was not changed. Check the time."))
    day = day_of(arrived)
    days.open_day(day, uow)
    return {"arrived_at": arrived, "day": day.isoformat()}


def _voiding(before: VisitRow, *, void: bool, uow: UnitOfWork) -> dict[str, Any]:
    if void == (before.state is VisitState.VOID):
        return {}
    if void:
        _end_place(before.id, "void", uow)
        return {"state": str(VisitState.VOID)}
    left = VisitState.CHECKED_OUT if before.left_at is not None else VisitState.CLOSED_WITH_DAY
    return {"state": str(left)}


def _reason(code: str) -> str:
    if not is_code("visit_reasons", code):
        raise UserError(
            _("“{reason}” is not on the list of reasons. Nothing was changed. Choose one of the list.").format(
                reason=code
            )
        )
    return code


def _refuse_future(moment: int, uow: UnitOfWork) -> None:
    if moment > uow.now + _AHEAD_MS:
        raise UserError(
            _("That time is still to come. Nothing was changed. Check the time, and this computer's clock.")
        )


def _refuse_second_visit(person_id: PersonId, uow: UnitOfWork) -> None:
    found = visit_rows.open_visit_of(uow.connection, person_id, uow.actor.hub_id)
    if found is not None:
        since = to_local(found.arrived_at)
        raise AlreadyHereError(
            _(
                "{name} is here already, since {time}. No second visit was logged. "
                "Hand over to another counter, or check out first."
            ).format(name=found.name or found.name_ar, time=since.strftime("%H:%M")),
            found.id,
            found.arrived_at,
        )


def _load(visit_id: VisitId, uow: UnitOfWork) -> VisitRow:
    found = visit_rows.load_visit(uow.connection, visit_id)
    if found is None:
        raise NotFoundError(_("There is no such visit; it may have been taken back. Nothing was changed."))
    return found


def _load_open(visit_id: VisitId, uow: UnitOfWork) -> VisitRow:
    found = _load(visit_id, uow)
    if found.state not in OPEN_STATES:
        raise UserError(_("This visit has ended already. Nothing was changed."))
    return found


def _today(uow: UnitOfWork) -> UUID:
    return day_id(uow.actor.installation_id, day_of(uow.now).isoformat())


def _changed(visit_id: VisitId, person_id: PersonId | None, uow: UnitOfWork) -> Changes:
    people_ids = frozenset({person_id}) if person_id is not None else frozenset[UUID]()
    return Changes(visits=frozenset({visit_id}), people=people_ids, days=frozenset({_today(uow)}))
