"""The page of a person: found by keyboard, all in one scroll, each thing added with one key."""

import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.clock import day_of, system_clock
from app.domain.bonds import BondKind
from app.domain.calendar import MINUTE_MS, NewAppointment
from app.domain.coaching import Attendee, LogSession, NewStep, OpenCase
from app.services import appointments, attachments, bonds, cases, counters, people, sessions, steps
from tests.ui.coaching.conftest import Office, nameless
from ui.people.page import PeoplePage
from ui.people.person_timeline import PersonTimeline
from ui.people.timeline_picture import PictureDialog

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def open_awa(office: Office, page: PeoplePage) -> PersonTimeline:
    office.typist.type("kone aw").press(Key.Key_Return)
    assert page.stack.currentWidget() is page.timeline
    assert page.timeline.view.primary_focus().hasFocus()
    return page.timeline


def titles(timeline: PersonTimeline) -> list[str]:
    return [entry.title for entry in timeline.view.list.model_of_entries.entries if entry.key is not None]


def open_case(office: Office) -> None:
    counter = office.hub.read(counters.list_counters)[1]
    office.do(lambda uow: cases.open_case(OpenCase(office.person("KONE Awa").id, counter.id, goal="couture"), uow))


def test_a_person_is_opened_from_the_search_and_left_again(office: Office, people_page: PeoplePage) -> None:
    timeline = open_awa(office, people_page)
    assert timeline.view.name.text() == "KONE Awa"
    office.typist.press(Key.Key_Escape)
    assert people_page.primary_focus().hasFocus()


def test_what_is_urgent_stands_on_top(office: Office, people_page: PeoplePage) -> None:
    timeline = open_awa(office, people_page)
    assert "agrees to be on record" in timeline.view.urgent.said
    assert "No case is open" in timeline.view.urgent.said
    open_case(office)
    awa = office.person("KONE Awa").id
    late = NewStep("call the town hall", day_of(system_clock()) - timedelta(days=2), awa)
    office.do(lambda uow: steps.add_step(late, uow))
    office.do(lambda uow: appointments.add_appointment(NewAppointment(system_clock() + 60 * MINUTE_MS, 45, awa), uow))
    said = timeline.view.urgent.said
    assert "Case open: Self-employment" in said
    assert "Next step: call the town hall" in said
    assert "2 days late" in said
    assert "Next appointment" in said
    timeline.view.urgent.done_button.click()
    office.typist.settle()
    assert "call the town hall" not in timeline.view.urgent.said.splitlines()[1]


def test_a_session_a_step_and_a_case_are_added_with_one_key_each(office: Office, people_page: PeoplePage) -> None:
    timeline, typist = open_awa(office, people_page), office.typist
    typist.press(Key.Key_F5).press(Key.Key_2).press(Key.Key_Tab).type("couture").press(Key.Key_Return)
    assert timeline.record is not None
    assert timeline.record.open_case is not None
    assert timeline.record.open_case.kind == "auto_entrepreneur"
    typist.press(Key.Key_F2).type("Vue.").press(Key.Key_Return, CTRL)
    assert [entry for entry in titles(timeline) if entry == "Intake and assessment"]
    typist.press(Key.Key_F4).type("rappeler").press(Key.Key_Tab).type("0").press(Key.Key_Return)
    assert titles(timeline)[0] == "rappeler"
    assert timeline.view.list.hasFocus()
    timeline.view.list.mark(timeline.view.list.model_of_entries.entries[1].key)
    typist.press(Key.Key_Return)
    assert "Done: " in office.said
    office.undo()
    assert titles(timeline)[0] == "rappeler"


def test_a_second_case_of_a_kind_is_asked_about(office: Office, people_page: PeoplePage) -> None:
    timeline, typist = open_awa(office, people_page), office.typist
    open_case(office)
    typist.press(Key.Key_F5).press(Key.Key_2).press(Key.Key_Return)
    box = QApplication.activeModalWidget()
    assert box is not None
    box.close()
    typist.settle()
    assert timeline.record is not None
    assert len(timeline.record.cases) == 1


def test_a_case_is_closed_with_what_came_of_it(office: Office, people_page: PeoplePage) -> None:
    timeline = open_awa(office, people_page)
    open_case(office)
    timeline.view.urgent.close_button.click()
    office.typist.press(Key.Key_Return)
    assert timeline.record is not None
    assert timeline.record.open_case is None
    assert titles(timeline)[0] == "Case closed: Self-employment"


def test_a_case_gets_another_goal_and_goes_on_with_a_colleague_and_both_are_told(
    office: Office, people_page: PeoplePage
) -> None:
    timeline = open_awa(office, people_page)
    open_case(office)
    timeline.view.urgent.change_button.setFocus()
    office.typist.press(Key.Key_Return)
    form = timeline.editing.form
    assert form.goal.line.hasFocus()
    assert [form.advisor.itemText(row) for row in range(form.advisor.count())] == ["Amina Alami", "Karim"]
    form.goal.line.selectAll()
    office.typist.type("un atelier").press(Key.Key_Return)
    assert "un atelier" in timeline.view.urgent.said
    timeline.view.urgent.change_button.click()
    office.typist.settle()
    amina = next(str(one) for one, name in office.hub.read(cases.advisors) if name == "Amina Alami")
    form.advisor.choose(amina)
    office.typist.press(Key.Key_Return)
    assert "Amina Alami goes on with the case of KONE Awa" in nosigns(office.said)
    case = office.hub.read(lambda uow: cases.list_cases(uow, person_id=office.person("KONE Awa").id))[0]
    laid = office.hub.read(lambda uow: steps.list_steps(uow, case_id=case.id))
    assert {str(step.assigned_to) for step in laid} == {amina}
    office.undo()
    assert office.hub.read(lambda uow: cases.show_case(case.id, uow)).advisor == "Karim"
    timeline.view.urgent.change_button.click()
    office.typist.settle()
    assert "goal: un atelier (was couture)" in nosigns(form.told.text())
    assert "advisor: Amina Alami (was Karim)" in nosigns(form.told.text())


def nosigns(text: str) -> str:
    """Without the marks that keep names in their own direction."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def test_a_closed_case_is_opened_again_from_its_line_and_that_can_be_taken_back(
    office: Office, people_page: PeoplePage
) -> None:
    timeline = open_awa(office, people_page)
    open_case(office)
    timeline.view.urgent.close_button.click()
    office.typist.press(Key.Key_Return)
    timeline.view.list.mark(next(e.key for e in timeline.view.list.model_of_entries.entries if e.key is not None))
    office.typist.press(Key.Key_Return)
    assert timeline.record is not None
    assert timeline.record.open_case is not None
    assert "open again" in office.said
    office.undo()
    assert timeline.record.open_case is None


def test_an_appointment_is_planned_with_the_person(office: Office, people_page: PeoplePage) -> None:
    timeline = open_awa(office, people_page)
    office.typist.press(Key.Key_F3).type("2").press(Key.Key_Return)
    assert titles(timeline)[0] == "Appointment"
    assert timeline.view.list.model_of_entries.entries[0].title == "To come"


def test_an_answer_is_noted_with_three_keys_and_a_refusal_still_asks(office: Office, people_page: PeoplePage) -> None:
    timeline, typist = open_awa(office, people_page), office.typist
    typist.press(Key.Key_F8).press(Key.Key_4).press(Key.Key_Return)
    assert "Refused" in office.said
    assert "agrees to be on record" in timeline.view.urgent.said
    typist.press(Key.Key_F8).press(Key.Key_1).press(Key.Key_Return)
    assert "agrees to be on record" not in timeline.view.urgent.said
    office.undo()
    assert "agrees to be on record" in timeline.view.urgent.said


def test_somebody_of_the_household_is_linked_and_leads_there(office: Office, people_page: PeoplePage) -> None:
    timeline, typist = open_awa(office, people_page), office.typist
    typist.press(Key.Key_F7).type("kone ada").press(Key.Key_Return).press(Key.Key_4).press(Key.Key_Return)
    awa, adama = office.person("KONE Awa"), office.person("KONE Adama")
    (bond,) = office.hub.read(lambda uow: bonds.list_bonds(awa.id, uow))
    assert (bond.person_id, bond.kind) == (adama.id, BondKind.SIBLING)
    facts = timeline.view.facts
    next(each for each in facts.findChildren(QPushButton) if each.text() == "End").click()
    typist.settle()
    assert office.hub.read(lambda uow: bonds.list_bonds(awa.id, uow)) == ()
    assert "KONE Adama" in office.said
    office.undo()
    assert len(office.hub.read(lambda uow: bonds.list_bonds(awa.id, uow))) == 1
    button = next(each for each in timeline.view.facts.findChildren(QPushButton) if "KONE Adama" in each.text())
    button.click()
    typist.settle()
    assert timeline.view.name.text() == "KONE Adama"


def test_a_photo_is_kept_in_this_office_and_shown(office: Office, people_page: PeoplePage, tmp_path: Path) -> None:
    timeline, typist = open_awa(office, people_page), office.typist
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.lightGray)
    path = tmp_path / "carte.png"
    assert picture.save(str(path))
    typist.press(Key.Key_F6).press(Key.Key_Tab)
    timeline.attach.take_file(path)
    timeline.attach.local.setChecked(True)
    typist.type("carte recto").press(Key.Key_Return)
    (kept,) = office.hub.read(lambda uow: attachments.list_attachments(uow, person_id=office.person("KONE Awa").id))
    assert (kept.name, kept.local) == ("carte recto", True)
    assert titles(timeline)[0] == "carte recto"
    timeline.view.list.mark(timeline.view.list.model_of_entries.entries[1].key)
    typist.press(Key.Key_Return)
    (shown,) = timeline.findChildren(PictureDialog)
    assert shown.isVisible()
    shown.reject()


def test_a_file_that_cannot_be_kept_is_said_so(office: Office, people_page: PeoplePage, tmp_path: Path) -> None:
    timeline, typist = open_awa(office, people_page), office.typist
    path = tmp_path / "x.pdf"
    path.write_bytes(b"nothing")
    typist.press(Key.Key_F6)
    typist.press(Key.Key_Tab).press(Key.Key_Return)
    assert "Choose the file first" in timeline.attach._file.text()
    timeline.attach.take_file(path)
    typist.press(Key.Key_Return)
    assert "neither a picture nor a PDF" in office.said
    assert timeline.stack.currentWidget() is timeline.attach


def test_each_filter_shows_its_kinds_only(office: Office, people_page: PeoplePage) -> None:
    timeline = open_awa(office, people_page)
    open_case(office)
    awa = office.person("KONE Awa").id
    office.do(lambda uow: sessions.log_session(LogSession((Attendee(awa),), note="Vue."), uow))
    shown: list[set[str]] = []
    for button in timeline.view.filter.buttons:
        button.click()
        shown.append(set(titles(timeline)))
    everything, *parts = shown
    assert everything == set().union(*parts)
    assert "Intake and assessment" in parts[1]
    assert not parts[3]


def test_the_locked_part_is_shut_until_it_is_opened_and_shuts_for_the_next(
    office: Office, people_page: PeoplePage
) -> None:
    awa = office.person("KONE Awa").id
    office.do(lambda uow: people.edit(awa, {"residence": "irregular"}, uow))
    timeline = open_awa(office, people_page)
    facts = timeline.view.facts
    assert "Situation:" not in facts.restricted_text
    office.typist.press(Key.Key_F10)
    assert "Situation:" in facts.restricted_text
    people_page.open_person(office.person("KONE Adama").id)
    office.typist.settle()
    assert "Situation:" not in facts.restricted_text


@pytest.mark.parametrize("office", [("dpo", "en")], indirect=True)
def test_whoever_only_reads_adds_nothing(office: Office, people_page: PeoplePage) -> None:
    timeline = open_awa(office, people_page)
    office.typist.press(Key.Key_F2)
    assert timeline.stack.currentWidget() is timeline.view
    assert not any(button.isEnabled() for button in timeline.view.adding)


@pytest.mark.parametrize("office", [("amina", "en")], indirect=True)
def test_an_erased_person_shows_how_far_it_has_come_and_nothing_else(office: Office, people_page: PeoplePage) -> None:
    timeline = open_awa(office, people_page)
    office.hub.erase(office.person("KONE Awa").id, "asked")
    timeline.refresh()
    office.typist.settle()
    assert timeline.view.name.text() == "Erased person"
    assert not any(button.isVisible() for button in timeline.view.adding)
    assert titles(timeline) == []


@pytest.mark.parametrize("office", [("karim", "fr"), ("karim", "en"), ("karim", "ar")], indirect=True)
def test_every_button_has_a_name_in_each_language(office: Office, people_page: PeoplePage) -> None:
    open_awa(office, people_page)
    assert nameless(people_page) == []
    for key in (Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F6, Key.Key_F7, Key.Key_F8):
        office.typist.press(key)
        assert nameless(people_page) == []
        office.typist.press(Key.Key_Escape)


def test_languages_are_named_not_coded(office: Office, people_page: PeoplePage) -> None:
    awa = office.person("KONE Awa").id
    office.do(lambda uow: people.edit(awa, {"languages": ("fr", "wo")}, uow))
    timeline = open_awa(office, people_page)
    said = [label.text() for label in timeline.view.facts.findChildren(QLabel)]
    assert "French, Wolof" in said
