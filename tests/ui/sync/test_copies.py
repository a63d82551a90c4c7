"""Two computers that write as one office: the page says so, and what can be done is asked about first."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.bootstrap import open_hub
from app.domain.people import NewPerson
from app.paths import HubPaths
from app.services import people
from app.services.exchange import trust
from tests.factories import CHEAP, MANAGER, PASSWORD
from tests.services.exchange.network import Site
from tests.ui.sync.conftest import Office, OpenOffice


def _copy_rabat(sites: list[Site]) -> None:
    """What the window shows was copied from a computer that went on, and of which Tanger heard first."""
    rabat, tanger = sites[:2]
    rabat.hub.close()
    original = HubPaths(Path(f"{rabat.paths.folder}-original"))
    shutil.copytree(rabat.paths.folder, original.folder)
    other = Site("RBT", original, rabat.clock, open_hub(original, MANAGER, PASSWORD, rabat.clock, CHEAP))
    other.hub.write(lambda uow: people.add(NewPerson("Original"), uow))
    tanger.take_in(other.export())
    other.hub.close()
    rabat.hub = open_hub(rabat.paths, MANAGER, PASSWORD, rabat.clock, CHEAP)
    rabat.hub.write(lambda uow: people.add(NewPerson("Copie"), uow))
    with pytest.raises(Exception, match="Two computers"):
        tanger.take_in(rabat.export())


@pytest.fixture
def copied(open_office: OpenOffice) -> Office:
    office = open_office(before=_copy_rabat)
    office.page.look_at((office.bring(office.tanger),))
    office.settle()
    office.page.go_back()
    office.settle()
    return office


def _agree(office: Office) -> None:
    box = office.page.findChild(QMessageBox)
    assert box is not None
    assert box.defaultButton().text() == "Cancel"
    agree = next(button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole)
    QTest.mouseClick(agree, Qt.MouseButton.LeftButton)
    office.qtbot.waitUntil(lambda: office.program.hub is None)


def test_nothing_is_said_while_all_is_in_order(open_office: OpenOffice) -> None:
    assert not open_office().page.copies.isVisible()


def test_the_copy_becomes_an_office_of_its_own(copied: Office) -> None:
    card = copied.page.copies
    assert card.isVisible()
    assert "Nothing is lost" in card.words.text()
    card.separate_button.click()
    _agree(copied)
    paths = copied.program.gate.paths
    hub = open_hub(paths, MANAGER, PASSWORD, cost=CHEAP)
    assert hub.actor.desk == "B"
    assert hub.check() == []
    content, words = hub.write(trust.identity_file)
    copied.tanger.hub.write(lambda uow: trust.enroll(content, uow, words))
    hub.take_in(copied.tanger.export("RBT-B"))
    assert {row.name for row in hub.read(lambda uow: people.search("original copie", uow))} >= {"Original"}
    hub.close()


def test_records_that_were_put_back_go_on(copied: Office) -> None:
    copied.page.copies.resume_button.click()
    _agree(copied)
    hub = open_hub(copied.program.gate.paths, MANAGER, PASSWORD, cost=CHEAP)
    assert hub.actor.desk == "A"
    assert hub.take_in(copied.tanger.export("RBT")).value.ops_new > 0
    assert hub.check() == []
    hub.close()


def test_asking_changes_nothing(copied: Office) -> None:
    before = copied.digest()
    copied.page.copies.separate_button.click()
    box = copied.page.findChild(QMessageBox)
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_Escape)
    copied.settle()
    assert copied.digest() == before
    assert copied.page.copies.isVisible()
