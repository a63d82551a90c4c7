"""What holds for every step of a training, whichever use case takes it."""

from collections.abc import Iterable
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.ids import EnrolmentId, PersonId, TrainingDayId, TrainingId
from app.domain.trainings import Day, Enrolment, Training, TrainingState
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.storage import trainings as rows
from app.storage.schema_trainings import enrolment, training
from app.storage.unit_of_work import UnitOfWork


def load(training_id: TrainingId, uow: UnitOfWork) -> Training:
    """A training. Raises NotFoundError."""
    for found in rows.trainings(uow.connection, day_of(uow.now), training.c.id == training_id):
        return found
    raise NotFoundError(_("There is no such training on record here. Nothing was changed. Look in the list."))


def load_open(training_id: TrainingId, uow: UnitOfWork) -> Training:
    """A training that still goes on. Raises UserError for one that was closed or cancelled."""
    found = load(training_id, uow)
    if found.kept is not TrainingState.PLANNED:
        raise UserError(_("This training was closed or cancelled. Nothing was changed. Reopen it first."))
    return found


def load_day(day_id: TrainingDayId, uow: UnitOfWork) -> tuple[Training, Day]:
    """A day and its training. Raises NotFoundError."""
    owner = rows.training_of_day(uow.connection, day_id)
    if owner is not None:
        found = load(TrainingId(owner), uow)
        for day in found.days:
            if day.id == day_id:
                return found, day
    raise NotFoundError(_("There is no such day of a training; it may have been taken back. Nothing was changed."))


def everybody(training_id: TrainingId, uow: UnitOfWork) -> list[Enrolment]:
    """Everybody in a training by name, also who waits or withdrew; nobody who was erased."""
    return rows.enrolments(uow.connection, enrolment.c.training_id == training_id)


def load_enrolment(enrolment_id: EnrolmentId, uow: UnitOfWork) -> Enrolment:
    """Somebody in a training. Raises NotFoundError."""
    for found in rows.enrolments(uow.connection, enrolment.c.id == enrolment_id):
        return found
    raise NotFoundError(_("There is no such enrolment; it may have been taken back. Nothing was changed."))


def changed(training_id: TrainingId, people: Iterable[PersonId] = (), rows_: Iterable[UUID] = ()) -> Changes:
    """What a step concerns: the training, rows of it, and the people on whose page it stands."""
    return Changes(trainings=frozenset({training_id, *rows_}), people=frozenset(people))
