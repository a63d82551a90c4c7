"""An advisor's day: everything that waits for them, and taking somebody over from the desk."""

from datetime import date

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.calendar import USUAL_MINUTES, Appointment, AppointmentState, round_to_five
from app.domain.coaching import usual_session
from app.domain.ids import CounterId, VisitId
from app.domain.my_day import MyDay, Taken
from app.domain.visits import VisitRow, VisitState
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services import laying, visit_rules, visits
from app.services.access import require
from app.services.appointments import span
from app.services.merging import records_of
from app.storage import appointments as appointment_rows
from app.storage import coaching, referred
from app.storage import sessions as session_rows
from app.storage.unit_of_work import UnitOfWork

_LOOK_BACK_MS = 30 * 24 * 60 * 60 * 1000
"""What was neither logged nor noted in a month is not going to be."""
_MOST_UNNOTED = 50


def my_day(uow: UnitOfWork, day: date | None = None) -> MyDay:
    """What the account that asks has to do on a day, today if None."""
    require(uow, Permission.READ_CASES)
    connection, me = uow.connection, uow.actor.account_id
    chosen = day or day_of(uow.now)
    since, until = span(chosen, chosen)
    notes = uow.actor.may(Permission.READ_SESSION_NOTES)
    to_do = coaching.open_steps_until(connection, me, chosen, laying.words_of_templates(uow))
    unnoted = (session_rows.of_advisor(me, since - _LOOK_BACK_MS, until), session_rows.without_note())
    past = session_rows.unlogged(me, uow.now - _LOOK_BACK_MS, uow.now)
    return MyDay(
        day=chosen,
        appointments=tuple(appointment_rows.appointments_in(connection, me, since, until)),
        overdue=tuple(item for item in to_do if item.due is not None and item.due < chosen),
        due=tuple(item for item in to_do if item.due == chosen),
        referred=tuple(referred.referred_to(connection, me, uow.actor.hub_id)),
        unlogged=tuple(
            item for item in appointment_rows.find_appointments(connection, past) if item.ends_at <= uow.now
        ),
        without_note=tuple(session_rows.find_sessions(connection, *unnoted, notes=notes, limit=_MOST_UNNOTED)),
        sessions=tuple(session_rows.find_sessions(connection, session_rows.of_advisor(me, since, until), notes=notes)),
        queues=visits.queues(uow) if uow.actor.may(Permission.LOG_VISITS) else (),
        counters=frozenset(CounterId(item) for item in coaching.counters_of(connection, me)),
    )


def take(visit_id: VisitId, uow: UnitOfWork) -> Outcome[Taken]:
    """Take a visitor over from the desk's queue: the visit is called, and what the session form needs is answered.

    Raises UserError when the visit has ended, NotFoundError when there is none.
    """
    require(uow, Permission.ACCOMPANY)
    visit = visit_rules.load_open(visit_id, uow)
    changes = Changes()
    if visit.state is not VisitState.WITH_COUNTER:
        called = visits.call(visit_id, uow)
        visit, changes = called.value, called.changes
    case = None if visit.person_id is None else rules.open_case_of(visit.person_id, uow)
    first = case is not None and case.sessions == 0
    taken = Taken(
        visit=visit,
        case=case,
        appointment=_appointment_of(visit, uow),
        kind=usual_session(first=first, people=1),
        starts_at=round_to_five(uow.now),
        minutes=USUAL_MINUTES,
    )
    return Outcome(taken, changes, uow.undo_token)


def _appointment_of(visit: VisitRow, uow: UnitOfWork) -> Appointment | None:
    """The planned appointment of today with whoever came: the account's own before a colleague's."""
    if visit.person_id is None:
        return None
    since, until = span(visit.day, visit.day)
    today = [
        item
        for item in appointment_rows.appointments_of(uow.connection, records_of(visit.person_id, uow))
        if item.state is AppointmentState.PLANNED and since <= item.starts_at < until
        if item.hub_id == uow.actor.hub_id
    ]
    return min(today, key=lambda item: (item.advisor_id != uow.actor.account_id, item.starts_at), default=None)
