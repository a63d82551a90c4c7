"""Trainings planned: what, where, on which days, with which hubs; closed, cancelled and opened again."""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from typing import Any, Final
from uuid import UUID

from app.clock import day_of
from app.domain.accounts import PERMISSIONS, Permission
from app.domain.coaching import clean_note
from app.domain.codes import is_code
from app.domain.ids import HubId, PersonId, TrainingId, shared_id
from app.domain.people import clean_name
from app.domain.training_rules import waiting_order
from app.domain.trainings import (
    KEPT_STATES,
    EnrolmentState,
    NewTraining,
    Training,
    TrainingState,
    TrainingView,
)
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import training_days
from app.services import training_rules as rules
from app.services.access import put, require
from app.services.coaching_rules import refuse_elsewhere
from app.services.enrolments import fill_places
from app.services.merging import records_of
from app.storage import places, schema
from app.storage import trainings as rows
from app.storage.schema_trainings import training, training_hub
from app.storage.unit_of_work import UnitOfWork

_LABELS: Final = {"title_fr": "label_fr", "title_en": "label_en", "title_ar": "label_ar"}
_TEXTS: Final = tuple(f"{what}_{language}" for what in ("objectives", "skills") for language in ("fr", "en", "ar"))
_LINES: Final = ("trainer", "place")
_MOST: Final = {"minutes": 60_000, "places": 1000, "least_share": 100, "pass_mark": 10_000, "best_mark": 10_000}
_FIELDS: Final = frozenset(item.name for item in fields_of(NewTraining)) - {"days"}


def add(new: NewTraining, uow: UnitOfWork) -> Outcome[Training]:
    """Plan a training of this hub, with its days where they are known. Raises UserError for what does not fit."""
    require(uow, Permission.RUN_TRAININGS)
    given = {name: getattr(new, name) for name in _FIELDS}
    cells = _cells_of(given, uow)
    _check_whole(cells, {})
    made = TrainingId(uow.insert(training, hub_id=uow.actor.hub_id, state=str(TrainingState.PLANNED), **cells))
    _write_hubs(made, new.hubs, uow)
    training_days.lay(made, (), new.days, uow)
    return _outcome(made, uow)


def edit(training_id: TrainingId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Training]:
    """Correct fields of a training of this hub, named as in `NewTraining`. More places move up who waits."""
    require(uow, Permission.RUN_TRAININGS)
    before = _load_own(training_id, uow)
    cells = _cells_of(fields, uow)
    _check_whole(cells, _kept(before))
    if cells:
        uow.update(training, training_id, **cells)
    if "hubs" in fields:
        _write_hubs(training_id, fields["hubs"], uow)
    moved = fill_places(rules.load(training_id, uow), uow) if "places" in fields else ()
    return _outcome(training_id, uow, *(item.person_id for item in moved))


def set_state(training_id: TrainingId, state: TrainingState, uow: UnitOfWork) -> Outcome[Training]:
    """Close a training (FINISHED), cancel it, or open it again (PLANNED). Raises UserError where it can't be so yet.

    One that has taken place is closed, not cancelled: what was noted of it stays and counts.
    """
    require(uow, Permission.RUN_TRAININGS)
    before = _load_own(training_id, uow)
    today = day_of(uow.now)
    if state not in KEPT_STATES:
        raise UserError(_("A training is planned, closed or cancelled. Nothing was changed."))
    if state is TrainingState.FINISHED and (before.last_day is None or before.last_day > today):
        raise UserError(_("This training has days to come. Nothing was changed. Close it after the last one."))
    if state is TrainingState.CANCELLED and any(day.marked for day in before.days):
        raise UserError(_("Attendance was noted of this training. Nothing was changed. Close it instead."))
    uow.update(training, training_id, state=str(state))
    return _outcome(training_id, uow)


def list_trainings(
    uow: UnitOfWork, *, person_id: PersonId | None = None, ended: bool = False, all_hubs: bool = False
) -> tuple[Training, ...]:
    """Trainings: those with days to come first, the nearest before; then the others, the latest before.

    They are those that this hub plans or takes part in, or with `all_hubs` of every hub, or a person's; with `ended`
    those that were closed or cancelled too, as always of a person.
    """
    require(uow, Permission.READ_TRAININGS)
    where = [] if all_hubs or person_id is not None else [rows.at_hub(uow.actor.hub_id)]
    if person_id is not None:
        where.append(training.c.id.in_(rows.trainings_of(uow.connection, records_of(person_id, uow))))
        ended = True
    today = day_of(uow.now)
    found = [item for item in rows.trainings(uow.connection, today, *where) if ended or _goes_on(item)]
    coming = [item for item in found if _goes_on(item) and (not item.days or item.next_day(today))]
    past = [item for item in found if item not in coming]
    coming.sort(key=lambda item: (item.next_day(today) is None, getattr(item.next_day(today), "day", today), item.id))
    past.sort(key=lambda item: (item.last_day or today, item.id), reverse=True)
    return (*coming, *past)


def show(training_id: TrainingId, uow: UnitOfWork) -> TrainingView:
    """A training with everybody in it; that it was looked at goes on the audit trail. Raises NotFoundError."""
    require(uow, Permission.READ_TRAININGS)
    found = rules.load(training_id, uow)
    people = rules.everybody(training_id, uow)
    uow.note("read", "training", training_id)
    return TrainingView(
        found,
        tuple(item for item in people if item.state is EnrolmentState.ENROLLED),
        waiting_order(people),
        tuple(item for item in people if item.state is EnrolmentState.WITHDRAWN),
    )


def trainers(uow: UnitOfWork) -> tuple[tuple[UUID, str], ...]:
    """The colleagues of this hub who may give a training, as (id, name)."""
    require(uow, Permission.READ_TRAININGS)
    known = places.accounts_of(uow.connection, uow.actor.hub_id)
    may = Permission.RUN_TRAININGS
    return tuple((item.id, item.name) for item in known if item.active and may in PERMISSIONS.get(item.role, ()))


def other_hubs(uow: UnitOfWork) -> tuple[tuple[HubId, str, Mapping[str, str]], ...]:
    """The hubs known here beside the own one, as (id, code, names by language)."""
    require(uow, Permission.READ_TRAININGS)
    hub = schema.hub
    query = hub.select().where(~hub.c.deleted, hub.c.id != uow.actor.hub_id).order_by(hub.c.code)
    return tuple(
        (row.id, row.code, {"fr": row.label_fr, "en": row.label_en, "ar": row.label_ar})
        for row in uow.connection.execute(query)
    )


def _goes_on(item: Training) -> bool:
    return item.kept is TrainingState.PLANNED


def _load_own(training_id: TrainingId, uow: UnitOfWork) -> Training:
    found = rules.load(training_id, uow)
    refuse_elsewhere(found.hub_id, uow)
    return found


def _kept(found: Training) -> dict[str, object]:
    kept: dict[str, object] = {label: getattr(found, title) for title, label in _LABELS.items()}
    return {**kept, "pass_mark": found.pass_mark, "best_mark": found.best_mark}


def _cells_of(fields: Mapping[str, object], uow: UnitOfWork) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _LABELS and isinstance(value, str):
            cells[_LABELS[name]] = clean_name(value)
        elif name in _LINES and isinstance(value, str):
            cells[name] = clean_name(value)
        elif (name in _TEXTS or name == "note") and isinstance(value, str):
            cells[name] = clean_note(value)
        elif (name in _MOST and type(value) is int and 0 <= value <= _MOST[name]) or (
            name == "kind" and isinstance(value, str) and is_code("training_kinds", value)
        ):
            cells[name] = value
        elif name == "trainer_id" and (value is None or isinstance(value, UUID)):
            cells[name] = _check_trainer(value, uow)
        elif name != "hubs":
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name)
            )
    return cells


def _check_whole(cells: Mapping[str, object], before: Mapping[str, object]) -> None:
    whole = {**before, **cells}
    if not any(whole.get(label) for label in _LABELS.values()):
        raise UserError(_("A training needs its title in one language at least. Nothing was kept."))
    if int(str(whole.get("pass_mark") or 0)) > int(str(whole.get("best_mark") or 0)):
        raise UserError(_("The mark to pass is no higher than the best mark. Nothing was kept. Check the marks."))


def _check_trainer(account_id: UUID | None, uow: UnitOfWork) -> UUID | None:
    if account_id is not None:
        known = schema.account
        query = known.select().where(known.c.id == account_id, ~known.c.deleted)
        if uow.connection.execute(query).first() is None:
            raise NotFoundError(_("There is no such account. Nothing was kept. Choose a colleague, or write the name."))
    return account_id


def _write_hubs(training_id: TrainingId, wanted: object, uow: UnitOfWork) -> None:
    """Say which hubs take part beside the own one."""
    hubs = set(wanted) if isinstance(wanted, (tuple, list, set, frozenset)) else set()
    hubs.discard(uow.actor.hub_id)
    known = {hub for hub, _code, _names in other_hubs(uow)}
    if hubs - known:
        raise NotFoundError(_("One of these hubs is not known here. Nothing was kept. Exchange with it first."))
    before = set(rules.load(training_id, uow).hubs) - {uow.actor.hub_id}
    for hub in sorted(hubs - before):
        row = shared_id("training_hub", training_id.hex, hub.hex)
        put(training_hub, row, {"training_id": training_id, "hub_id": hub}, uow)
    for hub in sorted(before - hubs):
        uow.update(training_hub, shared_id("training_hub", training_id.hex, hub.hex), deleted=True)


def _outcome(training_id: TrainingId, uow: UnitOfWork, *people: PersonId) -> Outcome[Training]:
    return Outcome(rules.load(training_id, uow), rules.changed(training_id, people), uow.undo_token)
