"""The days of a training: laid, moved, taken out as long as nobody's attendance is noted."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import TrainingDayId, TrainingId, shared_id
from app.domain.trainings import Day, NewDay, Training
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import training_rules as rules
from app.services.access import put, require
from app.storage.schema_trainings import training_day
from app.storage.unit_of_work import UnitOfWork

_FARTHEST = timedelta(days=3660)


def add_days(training_id: TrainingId, days: Sequence[NewDay], uow: UnitOfWork) -> Outcome[Training]:
    """Plan days of a training. Raises UserError for times that make no sense or lie in another day's."""
    require(uow, Permission.RUN_TRAININGS)
    found = rules.load_open(training_id, uow)
    if not days:
        raise UserError(_("Say which day. Nothing was changed."))
    made = lay(training_id, found.days, days, uow)
    return _outcome(training_id, uow, made)


def move_day(day_id: TrainingDayId, new: NewDay, uow: UnitOfWork) -> Outcome[Training]:
    """Give a day another date or other times; what is noted of it stays."""
    require(uow, Permission.RUN_TRAININGS)
    found, _day = rules.load_day(day_id, uow)
    rules.load_open(found.id, uow)
    _check(new, [item for item in found.days if item.id != day_id], uow)
    uow.update(training_day, day_id, **_cells(new))
    return _outcome(found.id, uow, [day_id])


def drop_day(day_id: TrainingDayId, uow: UnitOfWork) -> Outcome[Training]:
    """Take a day out that will not be. Raises UserError where attendance is noted of it."""
    require(uow, Permission.RUN_TRAININGS)
    found, day = rules.load_day(day_id, uow)
    rules.load_open(found.id, uow)
    if day.marked:
        raise UserError(_("Attendance was noted on this day. Nothing was changed. Take the marks back first."))
    uow.update(training_day, day_id, deleted=True)
    return _outcome(found.id, uow, [day_id])


def lay(training_id: TrainingId, before: Iterable[Day], days: Sequence[NewDay], uow: UnitOfWork) -> list[UUID]:
    """Write days beside those that are there. Two hubs that plan the same day write the same row."""
    there: list[Day | NewDay] = list(before)
    made = []
    for new in days:
        _check(new, there, uow)
        row_id = shared_id("training_day", training_id.hex, new.day.isoformat(), f"{new.from_time:%H:%M}")
        if _is_in_use(row_id, uow):
            # that day was planned for then, and moved since
            row_id = uow.new_id()
        put(training_day, row_id, {"training_id": training_id, **_cells(new)}, uow)
        there.append(new)
        made.append(row_id)
    return made


def _is_in_use(row_id: UUID, uow: UnitOfWork) -> bool:
    query = sa.select(training_day.c.id).where(training_day.c.id == row_id, ~training_day.c.deleted)
    return uow.connection.scalar(query) is not None


def _check(new: NewDay, others: Iterable[Day | NewDay], uow: UnitOfWork) -> None:
    if new.break_minutes < 0 or new.minutes <= 0:
        raise UserError(_("A day ends after it begins, and its break is shorter. Nothing was kept. Check the times."))
    if abs(new.day - day_of(uow.now)) > _FARTHEST:
        raise UserError(_("This day is more than ten years away. Nothing was kept. Check the date."))
    for other in others:
        if other.day == new.day and other.from_time < new.to_time and new.from_time < other.to_time:
            raise UserError(
                _("Another day of this training has these hours already: {day}. Nothing was kept.").format(
                    day=f"{other.day:%d/%m/%Y} {other.from_time:%H:%M}"
                )
            )


def _cells(new: NewDay) -> dict[str, object]:
    return {
        "day": new.day.isoformat(),
        "from_time": f"{new.from_time:%H:%M}",
        "to_time": f"{new.to_time:%H:%M}",
        "break_minutes": new.break_minutes,
    }


def _outcome(training_id: TrainingId, uow: UnitOfWork, days: Iterable[UUID]) -> Outcome[Training]:
    return Outcome(rules.load(training_id, uow), rules.changed(training_id, rows_=days), uow.undo_token)
