"""What tests of accompaniment begin with."""

from app.domain.calendar import Appointment, NewAppointment
from app.domain.coaching import Attendee, Case, LogSession, OpenCase, Session
from app.domain.ids import CounterId, PersonId
from app.domain.people import NewPerson
from app.domain.visits import LogVisit, VisitRow
from app.hub import Hub
from app.outcome import Outcome, UndoToken
from app.services import appointments, cases, counters, people, sessions, visits


def counter(hub: Hub, code: str = "startup") -> CounterId:
    return next(item.id for item in hub.read(counters.list_counters) if item.code == code)


def add(hub: Hub, name: str = "Awa Ndiaye") -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def come(hub: Hub, person: PersonId | None) -> VisitRow:
    return hub.write(lambda uow: visits.log(LogVisit(person, counter(hub)), uow)).value


def open_case(hub: Hub, person: PersonId, code: str = "startup") -> Outcome[Case]:
    return hub.write(lambda uow: cases.open_case(OpenCase(person, counter(hub, code)), uow))


def log(hub: Hub, *there: PersonId, note: str = "", **how: object) -> Outcome[Session]:
    attendees = tuple(Attendee(person) for person in there)
    command = LogSession(attendees, note=note, **how)  # type: ignore[arg-type]
    return hub.write(lambda uow: sessions.log_session(command, uow))


def plan(hub: Hub, at: int, person: PersonId | None = None, minutes: int = 45) -> Outcome[Appointment]:
    return hub.write(lambda uow: appointments.add_appointment(NewAppointment(at, minutes, person_id=person), uow))


def token(undo: UndoToken | None) -> UndoToken:
    assert undo is not None
    return undo
