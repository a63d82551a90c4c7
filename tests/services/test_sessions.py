"""Sessions: one entry for whoever was there, defaults that spare typing, notes that few may read."""

from collections.abc import Iterator

import pytest

from app.domain import accounts as domain
from app.domain.accounts import Role
from app.domain.attachments import NewAttachment
from app.domain.calendar import AppointmentState, NewAppointment
from app.domain.coaching import Attendee, CorrectSession, LogSession, NextStep
from app.domain.ids import CaseId, SessionId
from app.domain.visits import VisitState
from app.errors import NotAllowedError, NotFoundError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import appointments, attachments, cases, merging, sessions, steps, visits
from tests.factories import DAY, LOGINS, MINUTE, SettableClock, open_as
from tests.services.coaching import add, come, log, open_case, plan, token

SECRET = "sleeps in the station"


@pytest.fixture
def blind(paths: HubPaths, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """An account that sees cases and not what was noted of a session."""
    allowed = {**domain.PERMISSIONS, Role.RECEPTIONIST: frozenset({
        domain.Permission.FIND_PEOPLE, domain.Permission.READ_CASES, domain.Permission.ACCOMPANY,
    })}  # fmt: skip
    monkeypatch.setattr(domain, "PERMISSIONS", allowed)
    opened = open_as(paths, LOGINS[Role.RECEPTIONIST], clock)
    yield opened
    opened.close()


def test_a_session_is_logged_with_nothing_but_who_was_there(hub: Hub, clock: SettableClock) -> None:
    clock.moment += 7 * MINUTE
    person = add(hub)
    case = open_case(hub, person).value
    first = log(hub, person)
    made = first.value
    assert (made.kind, made.minutes, made.starts_at, made.advisor) == (
        "intake", 45, clock.moment - 2 * MINUTE, "Amina Gérante",
    )  # fmt: skip
    assert [(item.person_id, item.case_id, item.present, item.note) for item in made.attendees] == [
        (person, case.id, True, "")
    ]
    assert first.changes.sessions == {made.id}
    assert first.changes.cases == {case.id}
    assert first.changes.people == {person}
    assert log(hub, person).value.kind == "individual_coaching"
    shown = hub.read(lambda uow: cases.show_case(case.id, uow))
    assert (shown.sessions, shown.last_session) == (2, made.starts_at)
    hub.undo(token(first.undo))
    assert hub.read(lambda uow: cases.show_case(case.id, uow)).sessions == 1


def test_one_entry_for_a_group_with_a_note_on_one_of_them(hub: Hub) -> None:
    here, late, absent = (add(hub, name) for name in ("Awa", "Ben", "Chloé"))
    case = open_case(hub, here).value
    command = LogSession(
        (Attendee(here, note=SECRET), Attendee(late), Attendee(absent, present=False), Attendee(late)),
        note="All of them\nlisten", title="Prices", next=NextStep("Write prices down"),
    )  # fmt: skip
    made = hub.write(lambda uow: sessions.log_session(command, uow))
    found = made.value
    assert (found.kind, found.title, found.note, len(found.attendees)) == (
        "group_workshop", "Prices", "All of them\nlisten", 3,
    )  # fmt: skip
    assert [(item.name, item.present, item.note) for item in found.attendees] == [
        ("Awa", True, SECRET), ("Ben", True, ""), ("Chloé", False, ""),
    ]  # fmt: skip
    # who was not there has nothing to do
    for person, count in ((here, 1), (late, 1), (absent, 0)):
        todo = hub.read(lambda uow, person=person: steps.list_steps(uow, person_id=person))  # type: ignore[misc]
        assert sum(item.title == "Write prices down" for item in todo) == count
        assert len(hub.read(lambda uow, person=person: sessions.list_sessions(uow, person_id=person))) == 1  # type: ignore[misc]
    assert hub.read(lambda uow: sessions.list_sessions(uow, case_id=case.id)) == (found,)
    assert len(made.changes.steps) == 2
    assert hub.undo(token(made.undo)).people == {here, late, absent}
    assert hub.read(sessions.list_sessions) == ()


def test_notes_are_for_those_who_may_read_them(hub: Hub, blind: Hub) -> None:
    person = add(hub)
    made = log(hub, person, note=SECRET).value
    private = LogSession((Attendee(person, note=SECRET),))
    hub.write(lambda uow: sessions.log_session(private, uow))
    found = blind.read(lambda uow: sessions.list_sessions(uow, person_id=person))
    assert len(found) == 2
    assert all(item.restricted and item.note is None and item.noted for item in found)
    assert all(one.note is None for item in found for one in item.attendees)
    assert SECRET not in repr(found)
    assert SECRET not in repr(blind.read(lambda uow: sessions.show_session(made.id, uow)))
    assert SECRET not in repr(blind.read(lambda uow: sessions.session_history(made.id, uow)))
    assert SECRET in repr(hub.read(lambda uow: sessions.session_history(made.id, uow)))
    with pytest.raises(NotAllowedError):
        blind.write(lambda uow: sessions.correct_session(CorrectSession(made.id, note=""), uow))
    # correcting who was there leaves the notes that one can't read
    again = CorrectSession(found[0].id, attendees=(Attendee(person, present=False),))
    blind.write(lambda uow: sessions.correct_session(again, uow))
    kept = hub.read(lambda uow: sessions.show_session(found[0].id, uow))
    assert (kept.attendees[0].present, SECRET in repr(kept)) == (False, True)


def test_a_session_of_an_appointment_keeps_it(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    planned = plan(hub, clock.moment + MINUTE, person).value
    made = log(hub, appointment_id=planned.id)
    assert [item.person_id for item in made.value.attendees] == [person]
    assert made.changes.appointments == {planned.id}
    kept = hub.read(lambda uow: appointments.show_appointment(planned.id, uow))
    assert (kept.state, kept.session_id) == (AppointmentState.KEPT, made.value.id)
    with pytest.raises(UserError, match="logged of this appointment already"):
        log(hub, appointment_id=planned.id)
    hub.undo(token(made.undo))
    back = hub.read(lambda uow: appointments.show_appointment(planned.id, uow))
    assert (back.state, back.session_id) == (AppointmentState.PLANNED, None)


@pytest.mark.parametrize("called", [True, False])
def test_a_session_of_a_visit_checks_it_out(hub: Hub, clock: SettableClock, called: bool) -> None:
    person = add(hub)
    visit = come(hub, person)
    if called:
        hub.write(lambda uow: visits.call(visit.id, uow))
    clock.moment += 40 * MINUTE
    made = log(hub, visit_id=visit.id)
    assert (made.value.visit_id, made.value.attendees[0].person_id) == (visit.id, person)
    assert made.changes.visits == {visit.id}
    (left,) = hub.read(lambda uow: visits.list_day(None, uow))
    assert (left.state, left.left_at) == (VisitState.CHECKED_OUT, clock.moment)
    assert left.called_at is not None
    # a visit that has ended is no obstacle
    assert log(hub, visit_id=visit.id).value.visit_id == visit.id
    assert hub.check() == []


def test_an_anonymous_visit_needs_somebody_named(hub: Hub) -> None:
    visit = come(hub, None)
    with pytest.raises(UserError, match="at least one person"):
        log(hub, visit_id=visit.id)
    assert log(hub, add(hub), visit_id=visit.id).value.visit_id == visit.id


def test_what_comes_next_is_a_step_an_appointment_or_both(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    case = open_case(hub, person).value
    made = log(hub, person, next=NextStep("Bring papers", starts_at=clock.moment + DAY, minutes=30))
    (planned,) = hub.read(lambda uow: appointments.list_of_person(person, uow))
    assert (planned.id in made.changes.appointments, planned.minutes, planned.case_id, planned.purpose) == (
        True, 30, case.id, "Bring papers",
    )  # fmt: skip
    step = next(item for item in hub.read(lambda uow: steps.list_steps(uow, case_id=case.id)) if item.title)
    assert (step.session_id, step.person_id) == (made.value.id, person)
    log(hub, person, next=NextStep(starts_at=clock.moment + 2 * DAY))
    assert len(hub.read(lambda uow: appointments.list_of_person(person, uow))) == 2
    with pytest.raises(UserError, match="next step needs"):
        log(hub, person, next=NextStep())
    # the next appointment of a group is with nobody in particular
    log(hub, person, add(hub, "Ben"), next=NextStep(starts_at=clock.moment + 3 * DAY))
    assert len(hub.read(lambda uow: appointments.list_of_person(person, uow))) == 2


def test_a_correction_keeps_what_was_said_before(hub: Hub, clock: SettableClock) -> None:
    person, other = add(hub), add(hub, "Ben")
    made = log(hub, person, note="first").value
    corrected = hub.write(
        lambda uow: sessions.correct_session(
            CorrectSession(
                made.id, kind="jury", minutes=90, starts_at=clock.moment - DAY, title="Jury", result="goal_reached",
                note="second", attendees=(Attendee(other, note="mine"),),
            ),
            uow,
        )
    )  # fmt: skip
    found = corrected.value
    assert (found.kind, found.minutes, found.title, found.result, found.note) == (
        "jury", 90, "Jury", "goal_reached", "second",
    )  # fmt: skip
    assert [(item.person_id, item.note) for item in found.attendees] == [(other, "mine")]
    assert corrected.changes.people == {person, other}
    told = [
        (item.field, item.before, item.after) for item in hub.read(lambda uow: sessions.session_history(made.id, uow))
    ]
    assert ("note", "first", "second") in told
    hub.undo(token(corrected.undo))
    assert hub.read(lambda uow: sessions.show_session(made.id, uow)) == made


def test_a_session_is_taken_out_and_brought_back(hub: Hub) -> None:
    person = add(hub)
    made = log(hub, person, next=NextStep("Bring papers"))
    gone = hub.write(lambda uow: sessions.delete_session(made.value.id, uow))
    assert gone.changes.people == {person}
    assert hub.read(lambda uow: sessions.list_sessions(uow, person_id=person)) == ()
    assert len(hub.read(lambda uow: steps.list_steps(uow, person_id=person))) == 1
    with pytest.raises(NotFoundError):
        hub.read(lambda uow: sessions.show_session(made.value.id, uow))
    hub.undo(token(gone.undo))
    assert hub.read(lambda uow: sessions.show_session(made.value.id, uow)) == made.value
    paper = NewAttachment("a.pdf", b"%PDF-1.7", session_id=made.value.id)
    hub.write(lambda uow: attachments.add_attachment(paper, uow))
    with pytest.raises(UserError, match="Papers are attached"):
        hub.write(lambda uow: sessions.delete_session(made.value.id, uow))


BAD = [
    {"kind": "nonsense"}, {"result": "nonsense"}, {"minutes": 0}, {"minutes": 1441}, {"minutes": -5},
    {"starts_at": -1}, {"starts_at": 10**14},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_what_makes_no_sense_is_refused_whole(hub: Hub, bad: dict[str, object]) -> None:
    person = add(hub)
    before = hub.digest()
    with pytest.raises(UserError):
        log(hub, person, **bad)  # type: ignore[arg-type]
    with pytest.raises(UserError):
        log(hub)
    with pytest.raises(NotFoundError):
        log(hub, person, SessionId(hub.actor.hub_id))  # type: ignore[arg-type]
    assert hub.digest() == before


def test_a_case_of_somebody_else_is_refused_and_a_linked_record_is_nobody_else(hub: Hub) -> None:
    person, twin, other = add(hub), add(hub), add(hub, "Ben")
    case = open_case(hub, person).value
    wrong = LogSession((Attendee(other, case_id=case.id),))
    with pytest.raises(UserError, match="another person"):
        hub.write(lambda uow: sessions.log_session(wrong, uow))
    hub.write(lambda uow: merging.merge(person, twin, uow))
    assert log(hub, twin).value.attendees[0].case_id == case.id
    assert len(hub.read(lambda uow: sessions.list_sessions(uow, person_id=person))) == 1
    absent = LogSession((Attendee(other, case_id=CaseId(hub.actor.hub_id)),))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: sessions.log_session(absent, uow))


def test_an_appointment_of_a_case_gives_the_session_its_case(hub: Hub, clock: SettableClock) -> None:
    person = add(hub)
    first, second = open_case(hub, person).value, open_case(hub, person, "marketing").value
    for case in (first, second):
        command = NewAppointment(clock.moment, person_id=person, case_id=case.id)
        made = hub.write(lambda uow, command=command: appointments.add_appointment(command, uow)).value  # type: ignore[misc]
        assert log(hub, appointment_id=made.id).value.attendees[0].case_id == case.id
