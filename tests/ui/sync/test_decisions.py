"""Values that two offices wrote differently: one key settles, the next one comes, and all offices hear of it."""

import pytest
from PySide6.QtCore import Qt

from app.domain.people import Person
from app.services import people
from app.services.exchange import folder
from app.services.exchange.files import read_bundle_file
from app.services.exchange.settling import list_open
from tests.services.exchange.network import Site
from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from tests.ui.sync.scene import disagree, person_id


def _three(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    disagree(rabat, tanger, "Awa Diop", "contact", "appeler le matin", "appeler le soir")
    disagree(rabat, tanger, "Moussa Traoré", "nationality", "ML", "CI")
    disagree(rabat, tanger, "Fatou Ndiaye", "phones", "0612345678", "0698765432")
    rabat.take_in(tanger.export("RBT"))


@pytest.fixture
def undecided(open_office: OpenOffice) -> Office:
    office = open_office(before=_three)
    office.page.side.decide_button.click()
    office.settle()
    assert office.page.stack.currentWidget() is office.page.decisions
    return office


def _shown(office: Office) -> tuple[str, str, list[str]]:
    panel = office.page.decisions
    return panel.subject.text(), panel.field.text(), [side.value.text() for side in panel.sides]


def _person(office: Office, name: str) -> Person:
    hub = office.program.hub
    assert hub is not None
    row = next(row for row in hub.read(lambda uow: people.search(name, uow)) if row.name == name)
    return hub.read(lambda uow: people.show(row.id, uow)).person


def _left(office: Office) -> int:
    assert office.program.hub is not None
    return len(office.program.hub.read(list_open))


def test_the_page_says_how_many_wait(open_office: OpenOffice) -> None:
    office = open_office(before=_three)
    assert office.page.side.decide_button.text() == "3 values wait for your decision"


def test_both_values_say_who_where_and_when(undecided: Office) -> None:
    texts = {}
    for side in undecided.page.decisions.sides:
        labels = [label.text() for label in side.findChildren(type(side.value))]
        texts[side.value.text()] = " ".join(labels)
    assert len(texts) == 2
    assert sum("Rabat, here" in text and "Responsable RBT" in text for text in texts.values()) == 1
    assert sum("Tangier" in text and "Responsable TNG" in text for text in texts.values()) == 1
    assert all(" at " in text for text in texts.values())
    assert sum("until you decide" in text for text in texts.values()) == 1


def test_one_key_keeps_one_and_the_next_one_comes(undecided: Office, keys: Keys) -> None:
    office = undecided
    seen = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1):
        subject, field, values = _shown(office)
        seen.append((field, values[1 if key == Qt.Key.Key_2 else 0]))
        assert subject.startswith("Person: ")
        keys.press(key)
        office.settle()
    assert _left(office) == 0
    kept = dict(seen)
    assert _person(office, "Awa Diop").contact == kept["How to reach the person"]
    country = {"Mali": "ML", "Côte d’Ivoire": "CI"}[kept["Nationality"]]
    assert _person(office, "Moussa Traoré").nationality == country
    assert _person(office, "Fatou Ndiaye").phones[0] in kept["Phone numbers"]
    assert office.page.decisions.empty.isVisible()
    assert "Nothing waits" in office.page.decisions.empty.sentence.text()


def test_another_value_may_be_typed_where_that_makes_sense(undecided: Office, keys: Keys) -> None:
    office = undecided
    while _shown(office)[1] != "How to reach the person":
        keys.press(Qt.Key.Key_F8)
    panel = office.page.decisions
    panel.other.line.setFocus()
    keys.write("1 rue des 2 Mers")
    assert _left(office) == 3
    keys.press(Qt.Key.Key_Return)
    office.settle()
    assert not panel.other.error
    assert _left(office) == 2
    assert _person(office, "Awa Diop").contact == "1 rue des 2 Mers"
    assert "1 rue des 2 Mers" in office.said
    while _shown(office)[1] != "Nationality":
        keys.press(Qt.Key.Key_F8)
    assert panel.other.isHidden()


def test_what_can_not_be_kept_is_said_below_the_field(undecided: Office, keys: Keys) -> None:
    office = undecided
    while _shown(office)[1] != "Phone numbers":
        keys.press(Qt.Key.Key_F8)
    panel = office.page.decisions
    panel.other.line.setFocus()
    keys.write(";")
    keys.press(Qt.Key.Key_Return)
    office.settle()
    assert panel.other.error
    assert _left(office) == 3


def test_a_decision_can_be_taken_back(undecided: Office, keys: Keys) -> None:
    keys.press(Qt.Key.Key_1)
    undecided.settle()
    assert _left(undecided) == 2
    keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undecided.settle()
    assert undecided.said == "Undone."


def test_the_other_office_hears_of_it(undecided: Office, keys: Keys) -> None:
    office = undecided
    for _time in range(3):
        keys.press(Qt.Key.Key_1)
        office.settle()
    office.page.prepare.begin(office.page.map.cards[:1], [])
    office.page.prepare.put(office.stick)
    office.settle()
    [path] = office.stick.iterdir()
    office.tanger.take_in(read_bundle_file(path))
    assert office.tanger.disputes() == ()
    who = person_id(office.tanger, "Awa Diop")
    there = office.tanger.hub.read(lambda uow: people.show(who, uow)).person
    assert there.contact == _person(office, "Awa Diop").contact
    assert office.tanger.hub.read(lambda uow: folder.scan(office.stick, uow)) == ()


def test_codes_and_countries_are_in_the_language_of_the_window(open_office: OpenOffice) -> None:
    office = open_office("ar", before=_three)
    office.page.side.decide_button.click()
    office.settle()
    panel = office.page.decisions
    texts = []
    for _time in range(3):
        texts += [side.value.text() for side in panel.sides]
        panel.later_button.click()
    assert any("مالي" in text for text in texts)
    assert any("\u2066+212612345678\u2069" in text for text in texts)
