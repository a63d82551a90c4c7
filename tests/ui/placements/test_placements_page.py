"""Placements by keyboard alone: ask after three months, tick a contract's steps, propose, place, end."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QWidget

from app.clock import day_of, system_clock
from app.domain.placements import CandidacyState, OfferState, PlacementRow, PlacementState, StillThere
from app.services import employers, placements
from tests.ui.conftest import Keys
from tests.ui.placements.conftest import Desk, OpenDesk
from ui.people.page import PeoplePage
from ui.placements.page import EMPLOYERS, OFFERS, PLACEMENTS

Key = Qt.Key


def _placements(desk: Desk) -> dict[str, PlacementRow]:
    return {row.title: row for row in desk.hub.read(placements.list_placements)}


def _press(desk: Desk, keys: Keys, *pressed: Key) -> None:
    for key in pressed:
        keys.press(key)
        desk.settle()


def test_whom_nobody_asked_after_stands_on_top_until_the_answer(desk: Desk, keys: Keys) -> None:
    page = desk.page
    row = _placements(desk)["Vendeuse"]
    assert page.placements.due.keys == [row.id]
    page.placements.due.button(row.id).setFocus()
    _press(desk, keys, Key.Key_Return)
    assert QApplication.focusWidget() is page.pages.check.answer
    _press(desk, keys, Key.Key_Return)
    assert page.trail.is_home
    assert _placements(desk)["Vendeuse"].still_there is StillThere.YES
    assert page.placements.due.keys == []
    desk.undo()
    assert page.placements.due.keys == [row.id]


def test_the_steps_of_a_foreigners_contract_are_ticked_one_by_one(desk: Desk, keys: Keys) -> None:
    page = desk.page
    row = _placements(desk)["Maçon"]
    page.pages.open_placement(row.id)
    desk.settle()
    panel = page.pages.placement
    assert [step.code for step in row.steps] == ["anapec", "contract", "taechir", "registration_card", "cnss"]
    assert QApplication.focusWidget() is panel.steps.boxes[row.steps[0].id]
    _press(desk, keys, Key.Key_Space, Key.Key_Tab, Key.Key_Space)
    done = [step.code for step in _placements(desk)["Maçon"].steps if step.done_at is not None]
    assert done == ["anapec", "contract"]
    assert QApplication.focusWidget() is panel.steps.boxes[row.steps[1].id]
    desk.undo()
    assert not panel.steps.boxes[row.steps[1].id].isChecked()


def test_somebody_is_proposed_taken_and_begins_work(desk: Desk, keys: Keys) -> None:
    page = desk.page
    page.show_section(OFFERS)
    desk.settle()
    page.primary_focus().setFocus()
    _press(desk, keys, Key.Key_Return)
    panel = page.pages.offer
    assert page.trail.currentWidget() is panel
    _press(desk, keys, Key.Key_F2)
    keys.write("awa")
    desk.settle()
    _press(desk, keys, Key.Key_Return)
    keys.write("elle habite tout pres")
    _press(desk, keys, Key.Key_Return)
    assert len(panel.candidates.keys) == 2
    assert panel.offer is not None
    [first, second] = desk.hub.read(lambda uow: employers.list_candidates(panel.offer.id, uow))  # type: ignore[union-attr]
    assert (second.name, second.note) == ("Awa Diop", "elle habite tout pres")
    panel.candidates.button(first.id, 2).click()
    desk.settle()
    assert desk.candidate() is CandidacyState.ACCEPTED
    panel.candidates.button(second.id, 2).click()
    desk.settle()
    assert "All places of this offer are taken" in desk.said
    panel.candidates.button(first.id, 1).setFocus()
    _press(desk, keys, Key.Key_Return)
    assert QApplication.focusWidget() is page.pages.place.starts.line
    _press(desk, keys, Key.Key_Return)
    assert page.trail.currentWidget() is page.pages.placement
    assert _placements(desk)["Commis de cuisine"].name == "Salma Idrissi"
    _press(desk, keys, Key.Key_Escape)
    assert page.trail.currentWidget() is panel
    assert "0 of 1 free" in panel.facts.text().replace("\u2066", "").replace("\u2069", "")


def test_an_offer_is_closed_and_opened_again(desk: Desk, keys: Keys) -> None:
    page = desk.page
    [offer] = desk.hub.read(employers.list_offers)
    page.pages.open_offer(offer.id)
    desk.settle()
    _press(desk, keys, Key.Key_F8)
    assert page.pages.offer.offer is not None
    assert page.pages.offer.offer.state is OfferState.CLOSED
    assert not page.pages.offer.propose_button.isEnabled()
    _press(desk, keys, Key.Key_F8)
    assert page.pages.offer.propose_button.isEnabled()


@pytest.mark.parametrize("paths", ["template"], indirect=True)
def test_each_empty_list_says_how_to_begin_and_f2_does(desk: Desk, keys: Keys) -> None:
    page = desk.page
    for key, form in (
        (PLACEMENTS, page.pages.place),
        (OFFERS, page.pages.offer_form),
        (EMPLOYERS, page.pages.employer),
    ):
        page.show_section(key)
        desk.settle()
        assert page._section().empty.isVisible()
        _press(desk, keys, Key.Key_F2)
        assert page.trail.currentWidget() is form
        _press(desk, keys, Key.Key_Escape)
        assert page.trail.is_home


@pytest.mark.parametrize("paths", ["template"], indirect=True)
def test_a_new_employer_is_named_with_its_first_offer(desk: Desk, keys: Keys) -> None:
    page = desk.page
    page.show_section(OFFERS)
    desk.settle()
    _press(desk, keys, Key.Key_F2, Key.Key_Return)
    assert page.pages.offer_form.employer.name.error
    keys.write("Riad Zitoun")
    _press(desk, keys, Key.Key_Tab)
    keys.write("Femme de chambre")
    _press(desk, keys, Key.Key_Return)
    [offer] = desk.hub.read(employers.list_offers)
    assert (offer.employer, offer.title) == ("Riad Zitoun", "Femme de chambre")
    assert page.trail.currentWidget() is page.pages.offer
    desk.undo()
    assert desk.hub.read(employers.list_offers) == ()
    assert desk.hub.read(employers.list_employers) == ()
    assert page.trail.is_home


def test_a_placement_is_put_right_and_ended_with_its_reason(desk: Desk, keys: Keys) -> None:
    page = desk.page
    page.pages.open_placement(_placements(desk)["Vendeuse"].id)
    desk.settle()
    _press(desk, keys, Key.Key_F4)
    page.pages.change.post.line.selectAll()
    keys.write("Vendeuse au comptoir")
    _press(desk, keys, Key.Key_Return)
    assert page.trail.currentWidget() is page.pages.placement
    _press(desk, keys, Key.Key_F8)
    page.pages.end.reason.choose("resigned")
    page.pages.end.day.set_text("demain")
    _press(desk, keys, Key.Key_Return)
    assert page.pages.end.day.error
    day = day_of(system_clock()) - timedelta(days=3)
    page.pages.end.day.set_text(f"{day:%d/%m/%Y}")
    _press(desk, keys, Key.Key_Return)
    ended = _placements(desk)["Vendeuse au comptoir"]
    assert (ended.state, ended.ends) == (PlacementState.RESIGNED, day)
    assert not page.pages.placement.end_button.isVisible()


def test_an_employer_is_found_by_letters_and_taken_out_of_use(desk: Desk, keys: Keys) -> None:
    page = desk.page
    page.show_section(EMPLOYERS)
    desk.settle()
    page.employers.search.setFocus()
    keys.write("patiss")
    [shop] = page.employers.rows.keys
    page.employers.rows.button(shop, 2).click()
    desk.settle()
    assert page.employers.rows.keys == []
    assert [one.name for one in desk.hub.read(employers.list_employers)] == ["Atlas Bâtiment"]
    desk.undo()
    assert page.employers.rows.keys == [shop]


def test_a_person_is_looked_at_from_a_placement(desk: Desk, keys: Keys) -> None:
    desk.page.pages.open_placement(_placements(desk)["Maçon"].id)
    desk.settle()
    _press(desk, keys, Key.Key_F9)
    assert desk.program.workplace is not None
    assert desk.program.workplace.front == "people"


def _nameless(desk: Desk) -> list[str]:
    found = []
    for widget in desk.page.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        inner = isinstance(widget.parent(), QComboBox | QAbstractScrollArea)
        if takes and widget.isVisible() and not inner:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_everything_that_can_be_operated_has_a_name(open_desk: OpenDesk, language: str) -> None:
    desk = open_desk(language)
    for section in (PLACEMENTS, OFFERS, EMPLOYERS):
        desk.page.show_section(section)
        desk.settle()
        assert _nameless(desk) == []
    for panel in desk.page.pages.panels:
        desk.page.trail.front(panel)
        desk.settle()
        assert _nameless(desk) == []


def test_a_placement_is_opened_from_the_timeline_of_a_person(desk: Desk, keys: Keys) -> None:
    row = _placements(desk)["Maçon"]
    assert desk.program.workplace is not None
    people = desk.program.workplace.page("people")
    assert isinstance(people, PeoplePage)
    desk.program.workplace.open_person(row.person_id)
    desk.settle()
    assert people.timeline.view.list.mark(("placement", row.id))
    _press(desk, keys, Key.Key_Return)
    assert desk.program.workplace.front == "placements"
    assert desk.page.pages.placement.placement is not None
    assert desk.page.pages.placement.placement.id == row.id
    _press(desk, keys, Key.Key_Escape)
    assert desk.page.trail.is_home
