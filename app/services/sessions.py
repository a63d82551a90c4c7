"""The use cases about sessions: one entry for whoever was there, in twenty seconds; corrected with its history."""

from collections.abc import Sequence
from dataclasses import replace

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.calendar import AppointmentState, round_to_five
from app.domain.coaching import (
    Attendee,
    CorrectSession,
    LogSession,
    Session,
    clean_note,
    usual_session,
)
from app.domain.ids import AccountId, CaseId, PersonId, SessionId, VentureId
from app.domain.people import clean_name
from app.domain.visits import OPEN_STATES, FieldChange
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services import following, visit_rules, visits
from app.services.access import require
from app.services.merging import records_of
from app.storage import history as histories
from app.storage import sessions as rows
from app.storage.schema_accompaniment import appointment, attendance, session
from app.storage.unit_of_work import UnitOfWork

_LARGEST_GROUP = 200


def log_session(command: LogSession, uow: UnitOfWork) -> Outcome[Session]:
    """Log a session, for one person or for many at once.

    The appointment that it was is kept, the visit that was called is checked out, and what comes next is noted: a step
    for each who was there, or an appointment. Raises UserError, NotFoundError.
    """
    require(uow, Permission.ACCOMPANY)
    command = _completed(command, uow)
    session_id = SessionId(
        uow.insert(
            session,
            hub_id=uow.actor.hub_id,
            advisor_id=uow.actor.account_id,
            venture_id=command.venture_id,
            visit_id=command.visit_id,
            appointment_id=command.appointment_id,
            kind=rules.check_code("session_kinds", command.kind),
            starts_at=command.starts_at,
            minutes=rules.check_minutes(command.minutes),
            title=clean_name(command.title),
            result=rules.check_code("session_results", command.result) if command.result else "",
            note=clean_note(command.note),
        )
    )
    for attendee in command.attendees:
        _attend(session_id, attendee, uow)
    changes = _end_what_it_was(command, uow)
    if command.next is not None:
        changes |= following.note_next(command.next, session_id, command, uow)
    return _outcome(session_id, uow, changes)


def correct_session(command: CorrectSession, uow: UnitOfWork) -> Outcome[Session]:
    """Correct a session of this hub; what was said before stays in its history. Raises UserError, NotFoundError."""
    require(uow, Permission.ACCOMPANY)
    before = _load_own(command.session_id, uow)
    cells: dict[str, object] = {}
    if command.kind is not None:
        cells["kind"] = rules.check_code("session_kinds", command.kind)
    if command.minutes is not None:
        cells["minutes"] = rules.check_minutes(command.minutes)
    if command.starts_at is not None:
        cells["starts_at"] = visit_rules.check_moment(command.starts_at, uow)
    if command.title is not None:
        cells["title"] = clean_name(command.title)
    if command.result is not None:
        cells["result"] = rules.check_code("session_results", command.result) if command.result else ""
    if command.note is not None:
        require(uow, Permission.READ_SESSION_NOTES)
        cells["note"] = clean_note(command.note)
    if cells:
        uow.update(session, command.session_id, **cells)
    if command.attendees is not None:
        _correct_attendees(command.session_id, command.attendees, before.venture_id, uow)
    return _outcome(command.session_id, uow, Changes(people=frozenset(item.person_id for item in before.attendees)))


def delete_session(session_id: SessionId, uow: UnitOfWork) -> Outcome[None]:
    """Take an entry out that was made by mistake. What it led to (steps, appointments) stays; undo brings it back."""
    require(uow, Permission.ACCOMPANY)
    before = _load_own(session_id, uow)
    following.let_go(session_id, uow)
    for row in rows.attendances_of(uow.connection, session_id):
        uow.update(attendance, row.id, deleted=True)
    uow.update(session, session_id, deleted=True)
    return Outcome(None, _concerned(before), uow.undo_token)


def show_session(session_id: SessionId, uow: UnitOfWork) -> Session:
    """One session; that its notes were read goes on the audit trail."""
    require(uow, Permission.READ_CASES)
    found = rules.load_session(session_id, uow)
    uow.note("read" if found.restricted else "read_restricted", "session", session_id)
    return found


def list_sessions(
    uow: UnitOfWork,
    *,
    person_id: PersonId | None = None,
    case_id: CaseId | None = None,
    venture_id: VentureId | None = None,
    advisor_id: AccountId | None = None,
    since: int = 0,
    until: int = 1 << 60,
    limit: int = 200,
) -> tuple[Session, ...]:
    """Sessions, the newest first: of a person, a case or a venture; else an advisor's or this hub's in a span (ms)."""
    require(uow, Permission.READ_CASES)
    if person_id is not None:
        where = rows.with_people(records_of(person_id, uow))
    elif case_id is not None:
        where = rows.of_case(case_id)
    elif venture_id is not None:
        where = rows.of_venture(venture_id)
    elif advisor_id is not None:
        where = rows.of_advisor(advisor_id, since, until)
    else:
        where = rows.of_hub(uow.actor.hub_id, since, until)
    notes = uow.actor.may(Permission.READ_SESSION_NOTES)
    found = tuple(rows.find_sessions(uow.connection, where, notes=notes, limit=limit))
    if notes and person_id is not None and found:
        uow.note("read_restricted", "person", person_id, "sessions")
    return found


def session_history(session_id: SessionId, uow: UnitOfWork) -> tuple[FieldChange, ...]:
    """What was written about a session, by whom and when, oldest first; notes only for those allowed."""
    require(uow, Permission.READ_CASES)
    rules.load_session(session_id, uow)
    allowed = uow.actor.may(Permission.READ_SESSION_NOTES)
    uow.note("read_restricted" if allowed else "read", "session", session_id, "history")
    return tuple(histories.row_history(uow.connection, session_id, frozenset() if allowed else frozenset({"note"})))


def _completed(command: LogSession, uow: UnitOfWork) -> LogSession:
    """The command with what was left out taken from the appointment, the visit and the cases. Raises UserError."""
    attendees = command.attendees
    if command.appointment_id is not None:
        planned = rules.load_appointment(command.appointment_id, uow)
        rules.refuse_elsewhere(planned.hub_id, uow)
        if planned.session_id is not None:
            raise UserError(_("A session was logged of this appointment already. Nothing was kept. Correct that one."))
        if not attendees and planned.person_id is not None:
            attendees = (Attendee(planned.person_id, case_id=planned.case_id),)
        command = replace(command, venture_id=command.venture_id or planned.venture_id)
    if command.visit_id is not None:
        visitor = visit_rules.load_own(command.visit_id, uow).person_id
        if not attendees and visitor is not None:
            attendees = (Attendee(visitor),)
    rules.check_venture(command.venture_id, uow)
    completed = tuple(_with_case(item, uow) for item in _check_attendees(attendees, command.venture_id, uow))
    cases = {item.case_id for item in completed if item.case_id is not None}
    first = len(cases) == 1 and not rows.has_sessions(uow.connection, next(iter(cases)))
    starts_at = round_to_five(uow.now) if command.starts_at is None else command.starts_at
    return replace(
        command,
        attendees=completed,
        kind=command.kind or usual_session(first=first, people=len(completed)),
        starts_at=visit_rules.check_moment(starts_at, uow),
    )


def _check_attendees(
    attendees: Sequence[Attendee], venture_id: VentureId | None, uow: UnitOfWork
) -> tuple[Attendee, ...]:
    """Each person once. A session of a venture may be with nobody named; any other needs somebody."""
    if not attendees and venture_id is None:
        raise UserError(_("A session needs at least one person. Nothing was kept. Choose who was there."))
    if len(attendees) > _LARGEST_GROUP:
        raise UserError(_("A session has at most {most} people. Nothing was kept.").format(most=_LARGEST_GROUP))
    rules.load_people((item.person_id for item in attendees), uow)
    return tuple({item.person_id: item for item in attendees}.values())


def _with_case(attendee: Attendee, uow: UnitOfWork) -> Attendee:
    if attendee.case_id is None:
        found = rules.open_case_of(attendee.person_id, uow)
        return attendee if found is None else replace(attendee, case_id=found.id)
    if rules.load_case(attendee.case_id, uow).person_id not in records_of(attendee.person_id, uow):
        raise UserError(_("This case is another person's. Nothing was kept. Choose a case of the person."))
    return attendee


def _attend(session_id: SessionId, attendee: Attendee, uow: UnitOfWork) -> None:
    uow.insert(
        attendance,
        session_id=session_id,
        person_id=attendee.person_id,
        case_id=attendee.case_id,
        present=attendee.present,
        note=clean_note(attendee.note or ""),
    )


def _correct_attendees(
    session_id: SessionId, attendees: Sequence[Attendee], venture_id: VentureId | None, uow: UnitOfWork
) -> None:
    wanted = {item.person_id: item for item in _check_attendees(attendees, venture_id, uow)}
    allowed = uow.actor.may(Permission.READ_SESSION_NOTES)
    for row in rows.attendances_of(uow.connection, session_id):
        item = wanted.pop(row.person_id, None)
        if item is None:
            uow.update(attendance, row.id, deleted=True)
            continue
        cells: dict[str, object] = {"present": item.present}
        if item.case_id is not None:
            cells["case_id"] = _with_case(item, uow).case_id
        if allowed and item.note is not None:
            cells["note"] = clean_note(item.note)
        uow.update(attendance, row.id, **cells)
    for item in wanted.values():
        _attend(session_id, _with_case(item, uow), uow)


def _end_what_it_was(command: LogSession, uow: UnitOfWork) -> Changes:
    """Keep the appointment and check the visit out that this session was."""
    changes = Changes()
    if command.appointment_id is not None:
        uow.update(appointment, command.appointment_id, state=str(AppointmentState.KEPT))
        changes |= Changes(appointments=frozenset({command.appointment_id}))
    if command.visit_id is not None and visit_rules.load_own(command.visit_id, uow).state in OPEN_STATES:
        if visit_rules.open_place(command.visit_id, uow) is not None:
            # whoever sat with an advisor was served, also where nobody said at the desk that they were called
            visits.call(command.visit_id, uow)
        changes |= visits.check_out(command.visit_id, uow).changes
    return changes


def _load_own(session_id: SessionId, uow: UnitOfWork) -> Session:
    found = rules.load_session(session_id, uow)
    rules.refuse_elsewhere(found.hub_id, uow)
    return found


def _concerned(found: Session) -> Changes:
    return Changes(
        sessions=frozenset({found.id}),
        people=frozenset(item.person_id for item in found.attendees),
        cases=frozenset(item.case_id for item in found.attendees if item.case_id is not None),
        ventures=frozenset({found.venture_id} if found.venture_id else ()),
        appointments=frozenset({found.appointment_id} if found.appointment_id else ()),
    )


def _outcome(session_id: SessionId, uow: UnitOfWork, changes: Changes) -> Outcome[Session]:
    found = rules.load_session(session_id, uow)
    return Outcome(found, changes | _concerned(found), uow.undo_token)
