"""A class whose training is over: three of four were there, one of them passed and is accompanied besides."""

from datetime import timedelta

from app.bootstrap import Hub
from app.clock import day_of, system_clock
from app.domain.coaching import Attendee, LogSession, OpenCase
from app.domain.ids import TrainingId
from app.domain.people import NewPerson
from app.domain.sheets import CertificateKind
from app.domain.trainings import Mark, NewDay, NewTraining, Result
from app.services import assessments, cases, enrolments, people, presences, sessions, trainings

NAMES = (("Awa Ndiaye", "أوا نداي"), ("Bakary Diop", ""), ("Fatou Sow", "فاتو سو"), ("Moussa Traoré", ""))
PARTICIPATION, TRAINING = CertificateKind.PARTICIPATION, CertificateKind.TRAINING
_DAY_MS = 86_400_000


def set_up(hub: Hub) -> TrainingId:
    """Moussa was never there; Awa passed, and has a case with three sessions."""
    today = day_of(system_clock())
    days = tuple(NewDay(today - timedelta(offset)) for offset in (3, 2, 1))
    new = NewTraining(
        "Vendre en ligne", title_ar="البيع عبر الإنترنت", days=days, trainer="Salma Idrissi", place="Salle 2",
        objectives_fr="Vendre", skills_fr="Tenir une boutique en ligne",
    )  # fmt: skip
    made = hub.write(lambda uow: trainings.add(new, uow)).value.id
    ids = [row.id for row in hub.write(lambda uow: people.add_many([NewPerson(*name) for name in NAMES], uow)).value]
    enrolled = hub.write(lambda uow: enrolments.enrol(made, ids, uow)).value
    marks = {row.id: Mark.PRESENT for row in enrolled[:3]}
    for day in hub.read(lambda uow: trainings.show(made, uow)).training.days:
        hub.write(lambda uow, day=day: presences.mark(day.id, marks, uow))  # type: ignore[misc]
    hub.write(lambda uow: assessments.assess(enrolled[0].id, uow, result=Result.PASSED))
    case = hub.write(lambda uow: cases.open_case(OpenCase(ids[0], kind="startup"), uow)).value
    for back in (3, 2, 1):
        command = LogSession(
            (Attendee(ids[0], case_id=case.id),), minutes=60, starts_at=system_clock() - back * _DAY_MS
        )
        hub.write(lambda uow, command=command: sessions.log_session(command, uow))  # type: ignore[misc]
    return made
