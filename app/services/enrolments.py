"""Who takes part in a training: enrolled, on the waiting list, moved up when a place is freed, withdrawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.accounts import Permission
from app.domain.ids import EnrolmentId, PersonId, TrainingId, shared_id
from app.domain.people import clean_name
from app.domain.training_rules import who_moves_up
from app.domain.trainings import Enrolment, EnrolmentState, Training
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import people
from app.services import training_rules as rules
from app.services.access import put, require
from app.services.merging import records_of
from app.storage.schema_trainings import enrolment
from app.storage.unit_of_work import UnitOfWork

_TAKING_PART = frozenset({EnrolmentState.ENROLLED, EnrolmentState.WAITING})


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Who withdrew, and who has moved up from the waiting list for it."""

    enrolment: Enrolment
    moved_up: tuple[Enrolment, ...]


def enrol(
    training_id: TrainingId, chosen: Sequence[PersonId], uow: UnitOfWork, *, beyond: bool = False
) -> Outcome[tuple[Enrolment, ...]]:
    """Enrol people in a training; once its places are taken they are put on the waiting list, in this order.

    With `beyond` they get a place even so. Who takes part already is left as they are. Raises UserError where that is
    all of them, or the training is closed.
    """
    require(uow, Permission.RUN_TRAININGS)
    found = rules.load_open(training_id, uow)
    known = {item.person_id for item in rules.everybody(training_id, uow) if item.state in _TAKING_PART}
    enrolled, waiting = found.enrolled, found.waiting
    made = []
    for position, person_id in enumerate(dict.fromkeys(chosen)):
        people.resolve(str(person_id), uow)
        if records_of(person_id, uow) & known:
            continue
        full = bool(found.places) and (enrolled >= found.places or waiting > 0)
        state = EnrolmentState.WAITING if full and not beyond else EnrolmentState.ENROLLED
        made.append(_write(found, person_id, state, uow.now + position, uow))
        known.add(person_id)
        enrolled += state is EnrolmentState.ENROLLED
        waiting += state is EnrolmentState.WAITING
    if not made:
        raise UserError(_("Whom you chose is enrolled already, or on the waiting list. Nothing was changed."))
    return _outcome(training_id, made, uow)


def withdraw(enrolment_id: EnrolmentId, reason: str, uow: UnitOfWork) -> Outcome[Withdrawn]:
    """Keep that somebody does not take part (any more). A place that is freed goes to who waits longest."""
    require(uow, Permission.RUN_TRAININGS)
    before = rules.load_enrolment(enrolment_id, uow)
    rules.load_open(before.training_id, uow)
    if before.state is EnrolmentState.WITHDRAWN:
        raise UserError(_("This person has withdrawn already. Nothing was changed."))
    uow.update(enrolment, enrolment_id, state=str(EnrolmentState.WITHDRAWN), reason=clean_name(reason))
    moved = fill_places(rules.load(before.training_id, uow), uow)
    done = Withdrawn(rules.load_enrolment(enrolment_id, uow), moved)
    concerned = (before.person_id, *(item.person_id for item in moved))
    return Outcome(done, rules.changed(before.training_id, concerned), uow.undo_token)


def move_up(training_id: TrainingId, uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
    """Give free places to those who wait, in their order: two hubs may have freed one each. Raises UserError."""
    require(uow, Permission.RUN_TRAININGS)
    moved = fill_places(rules.load_open(training_id, uow), uow)
    if not moved:
        raise UserError(_("Nobody waits, or no place is free. Nothing was changed."))
    return _outcome(training_id, [item.id for item in moved], uow)


def give_place(enrolment_id: EnrolmentId, uow: UnitOfWork) -> Outcome[Enrolment]:
    """Give somebody who waits a place out of order, even one more than there are: somebody decides so."""
    require(uow, Permission.RUN_TRAININGS)
    before = rules.load_enrolment(enrolment_id, uow)
    rules.load_open(before.training_id, uow)
    if before.state is not EnrolmentState.WAITING:
        raise UserError(_("This person is not on the waiting list. Nothing was changed."))
    uow.update(enrolment, enrolment_id, state=str(EnrolmentState.ENROLLED))
    found = rules.load_enrolment(enrolment_id, uow)
    return Outcome(found, rules.changed(before.training_id, [before.person_id]), uow.undo_token)


def fill_places(found: Training, uow: UnitOfWork) -> tuple[Enrolment, ...]:
    """Move up who waits as far as places are free, as part of another step; who has moved."""
    moving = who_moves_up(rules.everybody(found.id, uow), found.places)
    for item in moving:
        uow.update(enrolment, item.id, state=str(EnrolmentState.ENROLLED))
    return tuple(rules.load_enrolment(item.id, uow) for item in moving)


def _write(found: Training, person_id: PersonId, state: EnrolmentState, asked_at: int, uow: UnitOfWork) -> EnrolmentId:
    made = EnrolmentId(shared_id("enrolment", found.id.hex, person_id.hex))
    cells: dict[str, object] = {
        "training_id": found.id,
        "person_id": person_id,
        "hub_id": uow.actor.hub_id,
        "state": str(state),
        "asked_at": asked_at,
        "reason": "",
    }
    put(enrolment, made, cells, uow)
    return made


def _outcome(training_id: TrainingId, ids: Iterable[EnrolmentId], uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
    done = tuple(rules.load_enrolment(item, uow) for item in ids)
    changes = rules.changed(training_id, [item.person_id for item in done], [item.id for item in done])
    return Outcome(done, changes, uow.undo_token)
