"""What tests of trainings begin with."""

from datetime import date, time
from functools import partial

from app.domain.ids import EnrolmentId, PersonId, TrainingDayId, TrainingId
from app.domain.people import NewPerson
from app.domain.trainings import Enrolment, Mark, NewDay, NewTraining, Training, TrainingView
from app.hub import Hub
from app.services import enrolments, people, presences, trainings

MONDAY, TUESDAY = date(2026, 3, 16), date(2026, 3, 17)
TWO_DAYS = (NewDay(MONDAY, time(9), time(12, 30), 30), NewDay(TUESDAY, time(9), time(12)))


def add_people(hub: Hub, *names: str) -> list[PersonId]:
    return [hub.write(partial(people.add, NewPerson(name))).value.id for name in names]


def plan(hub: Hub, places: int = 0, days: tuple[NewDay, ...] = TWO_DAYS, **how: object) -> Training:
    new = NewTraining("Vendre en ligne", title_ar="البيع عبر الإنترنت", kind="digital", places=places, days=days, **how)  # type: ignore[arg-type]
    return hub.write(lambda uow: trainings.add(new, uow)).value


def enrol(hub: Hub, training: TrainingId, *chosen: PersonId, beyond: bool = False) -> tuple[Enrolment, ...]:
    return hub.write(lambda uow: enrolments.enrol(training, chosen, uow, beyond=beyond)).value


def mark(hub: Hub, day: TrainingDayId, person: EnrolmentId, chosen: Mark | None, minutes: int | None = None) -> None:
    hub.write(lambda uow: presences.mark(day, {person: chosen}, uow, minutes=minutes))


def show(hub: Hub, training: TrainingId) -> TrainingView:
    return hub.read(lambda uow: trainings.show(training, uow))


def names(rows: tuple[Enrolment, ...]) -> list[str]:
    return [row.name for row in rows]
