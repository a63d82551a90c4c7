"""My day by keyboard: what is planned, what waits, and a session written down in a few keys."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.clock import day_of, system_clock
from app.domain.calendar import MINUTE_MS, AppointmentState, NewAppointment, round_to_five
from app.domain.coaching import Attendee, LogSession, NewStep, OpenCase, Session
from app.domain.visits import LogVisit, VisitState
from app.services import appointments, cases, counters, sessions, steps, visits
from tests.ui.coaching.conftest import Office, nameless
from ui.coaching.page import MyDayPage
from ui.coaching.snapshot import LIST, WEEK
from ui.coaching.time_grid import TimeGrid

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
HOUR = 60 * MINUTE_MS


def today() -> date:
    return day_of(system_clock())


def logged(office: Office) -> tuple[Session, ...]:
    return office.hub.read(sessions.list_sessions)


def case_of(office: Office, name: str) -> None:
    counter = office.hub.read(counters.list_counters)[0]
    office.do(lambda uow: cases.open_case(OpenCase(office.person(name).id, counter.id), uow))


def headings(page: MyDayPage) -> list[str]:
    return [entry.title for entry in page.todo.list.model_of_entries.entries if entry.is_heading]


def titles(page: MyDayPage) -> list[str]:
    return [entry.title for entry in page.todo.list.model_of_entries.entries if entry.key is not None]


def test_a_session_with_next_step_and_date_takes_at_most_fifteen_keys(office: Office, my_day: MyDayPage) -> None:
    case_of(office, "KONE Awa")
    typist = office.typist
    typist.press(Key.Key_F2).type("kon aw").press(Key.Key_Return)
    assert [person.name for person in my_day.session.who.people] == ["KONE Awa"]
    typist.strokes = 0
    typist.press(Key.Key_Return)
    assert my_day.session.note.lines.hasFocus()
    note = "Devis relu."
    typist.type(note).press(Key.Key_Tab).press(Key.Key_3).press(Key.Key_Tab).press(Key.Key_1).press(Key.Key_Tab)
    typist.type("10").press(Key.Key_Return, CTRL)
    assert typist.strokes - len(note) <= 15
    (session,) = logged(office)
    assert (session.note, session.result, session.attendees[0].name) == (note, "papers_missing", "KONE Awa")
    found = office.hub.read(lambda uow: steps.list_steps(uow, person_id=office.person("KONE Awa").id))
    (step,) = [each for each in found if each.session_id == session.id]
    assert step.due == today() + timedelta(days=10)
    assert "KONE Awa" in office.said
    assert my_day.stack.currentWidget() is not my_day.session
    office.undo()
    assert logged(office) == ()


def test_the_session_of_the_appointment_that_is_now_takes_one_key_to_begin(office: Office, my_day: MyDayPage) -> None:
    awa = office.person("KONE Awa")
    planned = office.do(
        lambda uow: appointments.add_appointment(
            NewAppointment(system_clock() - 10 * MINUTE_MS, 30, awa.id, purpose="devis"), uow
        )
    )
    office.typist.press(Key.Key_F2)
    assert my_day.session.note.lines.hasFocus()
    office.typist.type("Fait.").press(Key.Key_Return, CTRL)
    (session,) = logged(office)
    assert session.appointment_id == planned.id
    assert session.minutes == 30
    kept = office.hub.read(lambda uow: appointments.show_appointment(planned.id, uow))
    assert kept.state is AppointmentState.KEPT


def test_a_group_is_one_entry_and_whoever_is_not_ticked_was_not_there(office: Office, my_day: MyDayPage) -> None:
    typist = office.typist
    typist.press(Key.Key_F5)
    for name in ("kone awa", "kone adama", "aminata"):
        typist.type(name).press(Key.Key_Return)
    typist.press(Key.Key_Return)
    assert my_day.session.note.lines.hasFocus()
    my_day.session.who._checks[1].setChecked(False)
    typist.press(Key.Key_Tab).press(Key.Key_Tab).type("enquete").press(Key.Key_Return)
    (session,) = logged(office)
    assert {each.name: each.present for each in session.attendees} == {
        "KONE Awa": True, "KONE Adama": False, "Aminata Sow": True,
    }  # fmt: skip
    assert session.kind == "group_workshop"
    adama = office.person("KONE Adama").id
    assert not office.hub.read(lambda uow: steps.list_steps(uow, person_id=adama))


def test_who_waits_is_taken_with_one_key_and_leaves_with_the_session(office: Office, my_day: MyDayPage) -> None:
    counter = office.hub.read(counters.list_counters)[0]
    visit = office.do(lambda uow: visits.log(LogVisit(office.person("KONE Awa").id, counter.id), uow))
    assert titles(my_day) == ["KONE Awa"]
    office.typist.press(Key.Key_F4)
    assert my_day.session.note.lines.hasFocus()
    (row,) = office.hub.read(lambda uow: visits.list_day(None, uow))
    assert row.state is VisitState.WITH_COUNTER
    office.typist.type("ok").press(Key.Key_Return, CTRL)
    assert logged(office)[0].visit_id == visit.id
    (row,) = office.hub.read(lambda uow: visits.list_day(None, uow))
    assert row.state is VisitState.CHECKED_OUT


def test_what_is_late_comes_first_and_is_done_put_off_or_dropped(office: Office, my_day: MyDayPage) -> None:
    for title, days in (("due today", 0), ("late", -3), ("very late", -30)):
        new = NewStep(title, today() + timedelta(days=days), office.person("KONE Awa").id)
        office.do(lambda uow, new=new: steps.add_step(new, uow))  # type: ignore[misc]
    assert titles(my_day) == ["very late", "late", "due today"]
    my_day.todo.list.setFocus()
    office.typist.press(Key.Key_Home).press(Key.Key_Return)
    assert titles(my_day) == ["late", "due today"]
    office.undo()
    assert titles(my_day) == ["very late", "late", "due today"]
    office.typist.press(Key.Key_Home).press(Key.Key_F7)
    assert titles(my_day) == ["late", "due today"]
    office.typist.press(Key.Key_Down).press(Key.Key_Up).press(Key.Key_F8)
    assert titles(my_day) == ["due today"]
    office.typist.press(Key.Key_F9)
    assert office.requested == [office.person("KONE Awa").id]


def test_a_session_without_a_note_gets_one_from_the_list(office: Office, my_day: MyDayPage) -> None:
    office.do(
        lambda uow: sessions.log_session(
            LogSession((Attendee(office.person("Aminata Sow").id),), result="referred"), uow
        )
    )
    assert headings(my_day)[-1] == "To be written down"
    my_day.todo.list.setFocus()
    office.typist.press(Key.Key_Return)
    assert my_day.session.note.lines.hasFocus()
    office.typist.type("Vue.").press(Key.Key_Return, CTRL)
    (session,) = logged(office)
    assert (session.note, session.result) == ("Vue.", "referred")
    assert titles(my_day) == []


def test_an_appointment_that_nobody_logged_can_be_missed(office: Office, my_day: MyDayPage) -> None:
    planned = office.do(
        lambda uow: appointments.add_appointment(
            NewAppointment(system_clock() - 30 * HOUR, 30, office.person("KONE Awa").id), uow
        )
    )
    my_day.todo.list.setFocus()
    office.typist.press(Key.Key_F8)
    missed = office.hub.read(lambda uow: appointments.show_appointment(planned.id, uow))
    assert missed.state is AppointmentState.MISSED


def test_an_appointment_is_planned_and_moved_by_keyboard(office: Office, my_day: MyDayPage) -> None:
    typist = office.typist
    typist.press(Key.Key_F3).type("awa").press(Key.Key_Return)
    typist.type("3").press(Key.Key_Tab).type("14h").press(Key.Key_Return)
    ahead = today() + timedelta(days=3)
    (planned,) = office.hub.read(lambda uow: appointments.list_day(uow, ahead))
    assert planned.name == "KONE Awa"
    my_day.calendar.day_chosen.emit(ahead)
    typist.settle()
    (block,) = my_day.calendar.grid.buttons
    block.setFocus()
    typist.press(Key.Key_Return)
    assert my_day.stack.currentWidget() is my_day.appointment
    typist.type("4").press(Key.Key_Return)
    (moved,) = office.hub.read(lambda uow: appointments.list_day(uow, ahead + timedelta(days=1)))
    assert moved.id == planned.id


def test_an_appointment_is_called_off_from_my_day_and_that_can_be_taken_back(office: Office, my_day: MyDayPage) -> None:
    ahead = NewAppointment(system_clock() + 3 * 24 * HOUR, 45, office.person("KONE Awa").id)
    planned = office.do(lambda uow: appointments.add_appointment(ahead, uow))
    my_day.calendar.day_chosen.emit(day_of(planned.starts_at))
    office.typist.settle()
    (block,) = my_day.calendar.grid.buttons
    block.setFocus()
    office.typist.press(Key.Key_Return).press(Key.Key_F8)
    assert my_day.stack.currentWidget() is not my_day.appointment

    def state() -> AppointmentState:
        return office.hub.read(lambda uow: appointments.show_appointment(planned.id, uow)).state

    assert state() is AppointmentState.CANCELLED
    office.undo()
    assert state() is AppointmentState.PLANNED


def test_week_and_list_show_the_same_appointments(office: Office, my_day: MyDayPage) -> None:
    start = system_clock()
    for hours in (1, 2):
        new = NewAppointment(start + hours * MINUTE_MS, 15, office.person("KONE Awa").id)
        office.do(lambda uow, new=new: appointments.add_appointment(new, uow))  # type: ignore[misc]
    for number, view in ((1, WEEK), (2, LIST)):
        my_day.calendar.views.buttons[number].click()
        office.typist.settle()
        assert my_day.snapshot is not None
        assert my_day.snapshot.view == view
        assert len(my_day.snapshot.shown) == 2
    assert sum(1 for entry in my_day.calendar.list.model_of_entries.entries if entry.key is not None) == 2


def test_overlapping_appointments_stand_side_by_side(office: Office, my_day: MyDayPage) -> None:
    for _number in range(3):
        new = NewAppointment(system_clock(), 45, purpose="x")
        office.do(lambda uow, new=new: appointments.add_appointment(new, uow))  # type: ignore[misc]
    grid = my_day.calendar.grid
    assert isinstance(grid, TimeGrid)
    boxes = [button.geometry() for button in grid.buttons]
    assert len(boxes) == 3
    assert all(not one.intersects(other) for one in boxes for other in boxes if one is not other)


def test_a_calendar_file_goes_out_and_comes_in_without_names(office: Office, my_day: MyDayPage, tmp_path: Path) -> None:
    new = NewAppointment(round_to_five(system_clock()), 45, office.person("KONE Awa").id, purpose="devis")
    office.do(lambda uow: appointments.add_appointment(new, uow))
    path = tmp_path / "week.ics"
    my_day.files.write(path, names=False)
    office.typist.settle()
    content = path.read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in content
    assert "KONE" not in content
    my_day.files.take_in(path)
    office.typist.settle()
    assert "Nothing new" in office.said
    path.write_text("no calendar", encoding="utf-8")
    my_day.files.take_in(path)
    office.typist.settle()
    assert "not a calendar file" in office.said


def test_an_empty_day_says_what_to_do_next(my_day: MyDayPage) -> None:
    assert my_day.todo._stack.currentIndex() == 1
    assert my_day.calendar._empty_line.isVisible()
    assert "F3" in my_day.calendar._empty_line.text()
    assert not my_day.take_button.isEnabled()


def test_only_what_concerns_the_day_is_read_again(office: Office, my_day: MyDayPage, qtbot: QtBot) -> None:
    bus = office.context.change_bus
    with qtbot.assertNotEmitted(my_day.snapshot_read):
        bus.changed.emit(Changes(funding=frozenset({office.person("KONE Awa").id})))
        office.typist.settle()
    with qtbot.waitSignal(my_day.snapshot_read):
        bus.changed.emit(Changes(steps=frozenset({office.person("KONE Awa").id})))


@pytest.mark.parametrize("office", [("karim", "fr"), ("karim", "en"), ("karim", "ar")], indirect=True)
def test_every_button_has_a_name_in_each_language(office: Office, my_day: MyDayPage) -> None:
    assert nameless(my_day) == []
    for key in (Key.Key_F2, Key.Key_F3):
        office.typist.press(key)
        assert nameless(my_day) == []
        office.typist.press(Key.Key_Escape)


def test_escape_leaves_the_form_and_nothing_is_kept(office: Office, my_day: MyDayPage) -> None:
    office.typist.press(Key.Key_F2).type("awa").press(Key.Key_Return).press(Key.Key_Return).type("x")
    office.typist.press(Key.Key_Escape)
    assert my_day.stack.currentWidget() is not my_day.session
    assert logged(office) == ()


def test_a_day_that_is_not_understood_is_said_and_nothing_is_kept(office: Office, my_day: MyDayPage) -> None:
    office.typist.press(Key.Key_F2).type("awa").press(Key.Key_Return).press(Key.Key_Return).press(Key.Key_Tab)
    office.typist.press(Key.Key_Tab).type("voir").press(Key.Key_Tab).type("xyz").press(Key.Key_Return, CTRL)
    assert my_day.session.due.error
    assert my_day.session.due.line.hasFocus()
    assert logged(office) == ()


def test_control_enter_saves_from_the_results_too(office: Office, my_day: MyDayPage) -> None:
    office.typist.press(Key.Key_F2).type("awa").press(Key.Key_Return).press(Key.Key_Return).press(Key.Key_Tab)
    office.typist.press(Key.Key_2).press(Key.Key_Return, CTRL)
    assert [session.result for session in logged(office)] == ["goal_reached"]
    assert my_day.stack.currentWidget() is not my_day.session
