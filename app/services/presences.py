"""Who was there on a day of a training: one by one, all at once and then the exceptions, or by card as they come in."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import EnrolmentId, PersonId, TrainingDayId, shared_id
from app.domain.trainings import WAS_THERE, Day, Enrolment, EnrolmentState, Mark, Presence, Training
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import people
from app.services import training_rules as rules
from app.services.access import put, require
from app.services.merging import records_of
from app.storage.schema_trainings import presence
from app.storage.unit_of_work import UnitOfWork


class NotEnrolledError(UserError):
    """Whose card was read has no place in the training: `person_id` may be enrolled, or given a place."""

    def __init__(self, message: str, person_id: PersonId) -> None:
        super().__init__(message)
        self.person_id = person_id


@dataclass(frozen=True, slots=True)
class Scanned:
    """Whose card was read; `before` is what was noted already, None where this is the first."""

    enrolment: Enrolment
    before: Presence | None


def mark(
    day_id: TrainingDayId, marks: Mapping[EnrolmentId, Mark | None], uow: UnitOfWork, *, minutes: int | None = None
) -> Outcome[tuple[Enrolment, ...]]:
    """Note who was there on a day; None takes a mark back. `minutes` where they were not there all the time.

    Raises UserError for a day to come (but for who is excused beforehand), for who has no place, and for more
    minutes than the day has.
    """
    require(uow, Permission.RUN_TRAININGS)
    found, day = rules.load_day(day_id, uow)
    rules.load_open(found.id, uow)
    placed = _placed(found, uow)
    for enrolment_id, chosen in marks.items():
        if enrolment_id not in placed:
            raise UserError(_("Only who has a place is marked. Nothing was changed. Give the person a place first."))
        _write(day, enrolment_id, chosen, minutes, uow)
    return _outcome(found, tuple(marks), uow)


def mark_others(day_id: TrainingDayId, uow: UnitOfWork, chosen: Mark = Mark.PRESENT) -> Outcome[tuple[Enrolment, ...]]:
    """Give all who have no mark on a day yet the same one. Raises UserError where everybody has one."""
    require(uow, Permission.RUN_TRAININGS)
    found, day = rules.load_day(day_id, uow)
    rules.load_open(found.id, uow)
    without = [item.id for item in _placed(found, uow).values() if item.on(day_id) is None]
    if not without:
        raise UserError(_("Everybody has a mark on this day. Nothing was changed."))
    for enrolment_id in without:
        _write(day, enrolment_id, chosen, None, uow)
    return _outcome(found, tuple(without), uow)


def scan(day_id: TrainingDayId, read: str, uow: UnitOfWork) -> Outcome[Scanned]:
    """Note that somebody came, from a card or a person's number. Read twice it stays as it is.

    Raises NotFoundError for a number that nobody has, NotEnrolledError for who has no place.
    """
    require(uow, Permission.RUN_TRAININGS)
    found, day = rules.load_day(day_id, uow)
    rules.load_open(found.id, uow)
    person_id = people.resolve(read, uow)
    records = records_of(person_id, uow)
    known = [item for item in rules.everybody(found.id, uow) if item.person_id in records]
    placed = next((item for item in known if item.state is EnrolmentState.ENROLLED), None)
    if placed is None:
        waits = any(item.state is EnrolmentState.WAITING for item in known)
        raise NotEnrolledError(
            _("This person is on the waiting list. No attendance was noted. Give the person a place first.")
            if waits
            else _("This person is not enrolled in this training. No attendance was noted. Enrol the person first."),
            person_id,
        )
    before = placed.on(day_id)
    if before is None or before.mark not in WAS_THERE:
        _write(day, placed.id, Mark.PRESENT, None, uow)
    scanned = Scanned(rules.load_enrolment(placed.id, uow), before)
    return Outcome(scanned, rules.changed(found.id, [placed.person_id], [placed.id]), uow.undo_token)


def _placed(found: Training, uow: UnitOfWork) -> dict[EnrolmentId, Enrolment]:
    people_in = rules.everybody(found.id, uow)
    return {item.id: item for item in people_in if item.state is EnrolmentState.ENROLLED}


def _write(day: Day, enrolment_id: EnrolmentId, chosen: Mark | None, minutes: int | None, uow: UnitOfWork) -> None:
    if chosen not in {None, Mark.EXCUSED} and day.day > day_of(uow.now):
        raise UserError(_("This day is still to come. Nothing was changed. Note who was there when it has begun."))
    if chosen not in WAS_THERE:
        minutes = None
    if minutes is not None and not 0 <= minutes <= day.minutes:
        raise UserError(
            _("This day has {minutes} minutes. Nothing was changed. Check how long the person was there.").format(
                minutes=day.minutes
            )
        )
    # two hubs that mark the same person on the same day write the same row: what differs is shown to be settled
    row_id = shared_id("presence", enrolment_id.hex, day.id.hex)
    cells: dict[str, object] = {"enrolment_id": enrolment_id, "day_id": day.id, "mark": str(chosen or "")}
    put(presence, row_id, {**cells, "minutes": minutes}, uow)


def _outcome(found: Training, ids: tuple[EnrolmentId, ...], uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
    done = tuple(rules.load_enrolment(item, uow) for item in ids)
    changes = rules.changed(found.id, [item.person_id for item in done], ids)
    return Outcome(done, changes, uow.undo_token)
