"""The People page: duplicates are looked for while the desk goes on; erasures, and who has not answered."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.ids import PersonId
from app.domain.people import Birth, NewPerson, Precision
from app.domain.visits import LogVisit
from app.services import counters, merging, people, visits
from app.services.duplicates import duplicates
from tests.services.exchange.network import Site
from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from ui.people.erased_section import ErasedSection
from ui.people.page import PeoplePage
from ui.people.twice_section import TwiceSection

BORN = Birth(date(1990, 5, 17), Precision.DAY)
PHONE = "+212661234567"
PAIRS = (("Wendkuni Ahouansou", "AHOUANSOU Wendkuni"), ("Mohamed Alaoui", "Mohammed El Alaoui"))


def _write_twice(sites: list[Site]) -> None:
    for number, names in enumerate(PAIRS):
        for name in names:
            person = NewPerson(name, birth=BORN, phones=(f"{PHONE[:-1]}{number}",))
            sites[0].hub.write(lambda uow, person=person: people.add(person, uow))  # type: ignore[misc]


@pytest.fixture
def people_office(open_office: OpenOffice) -> Office:
    office = open_office(before=_write_twice)
    assert office.program.workplace is not None
    office.program.workplace.show_page("people")
    page = _page(office)
    if "twice" in page._entries:
        page.show_section("twice")
    page.primary_focus().setFocus()
    office.settle()
    return office


def _page(office: Office) -> PeoplePage:
    assert office.program.workplace is not None
    page = office.program.workplace.page("people")
    assert isinstance(page, PeoplePage)
    return page


def _twice(office: Office) -> TwiceSection:
    section = _page(office).section("twice")
    assert isinstance(section, TwiceSection)
    return section


def _left(office: Office) -> int:
    assert office.program.hub is not None
    return len(office.program.hub.read(duplicates))


def test_pairs_are_decided_with_one_key_each_and_taken_back(people_office: Office, keys: Keys) -> None:
    office, section = people_office, _twice(people_office)
    assert _left(office) == 2
    assert QApplication.focusWidget() is section.start_button
    keys.press(Qt.Key.Key_Return)
    office.settle()
    assert section.stack.currentWidget() is section._pair
    assert section.position.text() == "Pair 1 of 2"
    assert "same phone" in section.because.text()
    assert section.sides[0].name.text()
    keys.press(Qt.Key.Key_1)
    office.settle()
    assert "Joined" in office.said
    assert section.position.text() == "Pair 2 of 2"
    keys.press(Qt.Key.Key_2)
    office.settle()
    assert "two people" in office.said
    assert section.stack.currentWidget() is section.idle
    assert _left(office) == 0
    office.program.workplace.foot.strip.undo_button.click()  # type: ignore[union-attr]
    office.settle()
    assert _left(office) == 1
    assert office.is_sound()


def test_a_pair_that_is_put_off_comes_again(people_office: Office, keys: Keys) -> None:
    office, section = people_office, _twice(people_office)
    section.begin()
    office.settle()
    before = office.digest()
    keys.press(Qt.Key.Key_F8)
    keys.press(Qt.Key.Key_F8)
    assert section.stack.currentWidget() is section.idle
    assert office.digest() == before
    section.begin()
    office.settle()
    assert section.position.text() == "Pair 1 of 2"


def test_the_search_is_stopped_and_changes_nothing(people_office: Office) -> None:
    office, section = people_office, _twice(people_office)
    before = office.digest()
    gate = Event()
    office.program.runner.submit(gate.wait, lambda _value: None, lambda _error: None)
    section.begin()
    assert section.stack.currentWidget() is section._searching
    section.stop_button.click()
    gate.set()
    office.settle()
    assert section.stack.currentWidget() is section.idle
    assert "Stopped" in office.said
    assert office.digest() == before


def test_the_desk_goes_on_while_the_register_is_looked_through(
    people_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search stands still until a visit, asked for after it began, is logged: it is, or this never ends."""
    office, section = people_office, _twice(people_office)
    assert office.program.hub is not None
    counter = office.program.hub.read(counters.list_counters)[0].id
    logged: list[object] = []
    begun = Event()

    def long(uow, pace):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        begun.set()
        while not logged:
            pace(0.5)
        return duplicates(uow, pace=pace)

    monkeypatch.setattr("ui.people.twice_section.duplicates", long)
    section.begin()
    assert begun.wait(10)
    office.qtbot.waitUntil(lambda: section.bar.value() == 500, timeout=10_000)
    context = office.page.context
    context.operations.run(section, lambda uow: visits.log(LogVisit(None, counter), uow), logged.append)
    office.qtbot.waitUntil(lambda: bool(logged), timeout=10_000)
    office.settle()
    assert section.stack.currentWidget() is section._pair


def test_signing_out_ends_the_search(people_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office, section = people_office, _twice(people_office)
    begun = Event()

    def endless(_uow, pace):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        begun.set()
        while True:
            pace(0.5)

    monkeypatch.setattr("ui.people.twice_section.duplicates", endless)
    section.begin()
    assert begun.wait(10)
    office.program.sign_out()
    office.qtbot.waitUntil(lambda: office.program.runner.is_idle, timeout=10_000)
    assert not office.program.is_signed_in


def test_two_who_are_both_here_are_joined_to_one_visit(people_office: Office) -> None:
    office, section = people_office, _twice(people_office)
    hub = office.program.hub
    assert hub is not None
    counter = hub.read(counters.list_counters)[0].id
    [first, second] = [row.id for row in hub.read(lambda uow: people.search("Ahouansou", uow))]
    for who in (first, second):
        hub.write(lambda uow, who=who: visits.log(LogVisit(PersonId(who), counter), uow))  # type: ignore[misc]
    section.begin()
    office.settle()
    while "Ahouansou".casefold() not in section.sides[0].name.text().casefold():
        section.later_button.click()
    section.same_button.click()
    office.settle()
    assert "one visit stays open" in office.said
    assert hub.read(lambda uow: merging.records_of(PersonId(first), uow)) == {first, second}


def test_an_erased_person_says_where_it_is_done_and_who_has_not_answered(people_office: Office) -> None:
    office = people_office
    hub = office.program.hub
    assert hub is not None
    page = _page(office)
    section = page.section("erased")
    assert isinstance(section, ErasedSection)
    page.show_section("erased")
    office.settle()
    assert section.empty.isVisible()
    who = hub.read(lambda uow: people.search("Awa Diop", uow))[0].id
    hub.erase(who, "asked for it")
    page.show_section("erased")
    office.settle()
    [line] = section.lines
    assert "Erased at 1 of 4 offices." in line.text()
    assert "Beni Mellal, Oujda, Tangier" in line.text()
    assert "Awa" not in "".join(label.text() for label in section.findChildren(type(line)))


def test_the_card_of_an_erased_person_is_reached_from_the_visits(people_office: Office, keys: Keys) -> None:
    office = people_office
    hub, workplace = office.program.hub, office.program.workplace
    assert hub is not None
    assert workplace is not None
    counter = hub.read(counters.list_counters)[0].id
    who = hub.read(lambda uow: people.search("Awa Diop", uow))[0].id
    hub.write(lambda uow: visits.log(LogVisit(who, counter), uow))
    hub.erase(who, "asked for it")
    workplace.show_page("desk")
    office.settle()
    keys.press(Qt.Key.Key_F6)
    office.settle()
    keys.press(Qt.Key.Key_F9)
    office.settle()
    card = workplace.page("desk").record.card  # type: ignore[attr-defined]
    assert card.erased.isVisible()
    assert "Erased at 1 of 4 offices." in card.erased.text()
    assert "Awa" not in card.name_label.text()
