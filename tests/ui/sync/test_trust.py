"""Offices get to know each other by a file and five words, and cease to."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox

from app.services.exchange import revoking, sending, trust
from tests.services.exchange.network import Site
from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from ui.widgets.fields import LineField


def _revoke_oujda(sites: list[Site]) -> None:
    sites[0].hub.write(lambda uow: revoking.revoke("OUJ", uow))


def _is_trusted(office: Office, hub: str) -> bool:
    return not next(card.office.revoked for card in office.page.map.cards if card.office.hub == hub)


@pytest.fixture
def stranger(open_office: OpenOffice) -> tuple[Office, Path, str]:
    """Oujda is trusted no longer; its file lies on the stick, its words are known."""
    office = open_office(before=_revoke_oujda)
    content, words = office.oujda.hub.write(trust.identity_file)
    path = office.stick / "OUJ-A.wasl-id"
    path.write_bytes(content)
    return office, path, words


def test_this_office_presents_itself(office: Office, keys: Keys) -> None:
    office.page.side.present_button.click()
    office.settle()
    panel = office.page.present
    assert len(panel.spoken.words.split("-")) == 5
    keys.press(Qt.Key.Key_Return)
    dialog = next(iter(panel.findChildren(QFileDialog)))
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    assert line.text() == "RBT-A.wasl-id"
    line.setText(str(office.stick / "RBT-A.wasl-id"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    office.settle()
    content = (office.stick / "RBT-A.wasl-id").read_bytes()
    assert "RBT-A.wasl-id" in panel.done.text()
    _identity, words = office.tanger.hub.read(lambda uow: trust.examine(content, uow))
    assert words == panel.spoken.words


def test_words_are_compared_before_anybody_is_added(stranger: tuple[Office, Path, str], keys: Keys) -> None:
    office, path, words = stranger
    assert not _is_trusted(office, "OUJ")
    office.page.look_at((path,))
    office.settle()
    panel = office.page.add
    assert office.page.stack.currentWidget() is panel
    assert (panel.who.text(), panel.spoken.words) == ("Oujda", words)
    assert not panel.add_button.isEnabled()
    keys.press(Qt.Key.Key_Space)
    assert panel.add_button.isEnabled()
    keys.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.add_button
    keys.press(Qt.Key.Key_Return)
    office.settle()
    assert _is_trusted(office, "OUJ")
    assert "Oujda is added" in office.said


def test_words_that_differ_add_nobody(stranger: tuple[Office, Path, str]) -> None:
    office, path, _words = stranger
    office.page.begin_adding(path)
    office.settle()
    office.page.add.differ_button.click()
    office.settle()
    assert not _is_trusted(office, "OUJ")
    assert "Nobody was added" in office.said


def test_a_file_that_is_no_office_is_a_sentence(office: Office) -> None:
    path = office.stick / "bad.wasl-id"
    path.write_text("{}")
    office.page.begin_adding(path)
    office.settle()
    assert office.page.stack.currentWidget() is office.page.overview
    assert "identity file" in office.said


def test_an_office_that_another_no_longer_trusts_is_added_only_after_a_warning(open_office: OpenOffice) -> None:
    def revoke_and_tell(sites: list[Site]) -> None:
        rabat, tanger, *_others = sites
        tanger.hub.write(lambda uow: revoking.revoke("OUJ", uow, "volé le 3 mars"))
        rabat.take_in(tanger.export())

    office = open_office(before=revoke_and_tell)
    path = office.stick / "OUJ-A.wasl-id"
    path.write_bytes(office.oujda.hub.write(trust.identity_file)[0])
    office.page.begin_adding(path)
    office.settle()
    panel = office.page.add
    assert panel.warning.isVisible()
    assert "Tangier no longer trusts the computer of Oujda" in panel.warning.text()
    assert "volé le 3 mars" in panel.warning.text()
    path.write_bytes(office.beni.hub.write(trust.identity_file)[0])
    office.page.begin_adding(path)
    office.settle()
    assert not panel.warning.isVisible()


def test_the_reason_is_what_the_others_read(office: Office) -> None:
    office.page.map.cards[0].click()
    office.page.side.revoke_button.click()
    box = office.page.findChild(QMessageBox)
    assert box is not None
    reason = box.findChild(LineField)
    assert reason is not None
    office.settle()
    assert reason.isVisible()
    assert reason.geometry().bottom() < min(button.mapTo(box, button.rect().topLeft()).y() for button in box.buttons())
    reason.line.setText(" volé le 3 mars ")
    agree = next(button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole)
    QTest.mouseClick(agree, Qt.MouseButton.LeftButton)
    office.settle()
    assert office.program.hub is not None
    content = office.program.hub.write(lambda uow: sending.make_bundle("BML", uow)).content
    (told,) = office.beni.take_in(content).revocations
    assert (told.who.label, told.reason) == ("TNG-A", "volé le 3 mars")


def test_trusting_no_longer_is_asked_and_shown(office: Office) -> None:
    office.page.map.cards[0].click()
    office.page.side.revoke_button.click()
    box = office.page.findChild(QMessageBox)
    assert box is not None
    assert box.defaultButton().text() == "Cancel"
    agree = next(button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole)
    QTest.mouseClick(agree, Qt.MouseButton.LeftButton)
    office.settle()
    assert not _is_trusted(office, "TNG")
    assert "no longer trusted" in office.said
    card = next(card for card in office.page.map.cards if card.office.hub == "TNG")
    assert not card.isCheckable()
    assert card.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_new_keys_are_taken_after_asking_and_their_words_shown(office: Office) -> None:
    office.page.side.present_button.click()
    office.settle()
    panel = office.page.present
    before = panel.spoken.words
    panel.renew_button.click()
    box = next(iter(panel.findChildren(QMessageBox)))
    agree = next(button for button in box.buttons() if box.buttonRole(button) == QMessageBox.ButtonRole.AcceptRole)
    agree.click()
    office.settle()
    assert office.program.hub is not None
    words = office.program.hub.write(trust.identity_file)[1]
    assert panel.spoken.words == words != before
