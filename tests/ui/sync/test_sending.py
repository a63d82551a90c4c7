"""A bundle goes out; a stick that fails is a sentence, and nothing is noted as sent."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office
from tests.ui.sync.scene import add_people
from ui.sync.sticks import Stick


def _begin(office: Office, count: int = 3) -> None:
    stick = Stick("KINGSTON", office.stick, 7_800_000_000)
    office.page.prepare.begin(office.page.map.cards[:count], [stick])
    office.page._front(office.page.prepare)
    office.settle()


def _texts(office: Office) -> str:
    panel = office.page.prepare
    parts = (panel.headline, panel.details, panel.next_step)
    return " ".join(part.text() for part in parts if not part.isHidden())


def test_a_bundle_for_one_by_keyboard_alone(office: Office, keys: Keys) -> None:
    _begin(office, 1)
    assert "KINGSTON" in office.page.prepare.stick_buttons[0].text()
    keys.press(Qt.Key.Key_Return)
    office.settle()
    [path] = office.stick.iterdir()
    assert path.name.startswith("RBT-A-to-TNG-A-")
    said = _texts(office)
    assert said.startswith("The bundle for Tangier is written.")
    assert str(path) in said
    assert "give it to Tangier" in said
    keys.press(Qt.Key.Key_Return)
    office.settle()
    assert office.page.stack.currentWidget() is office.page.overview


def test_one_file_for_several_that_each_can_take_in(office: Office) -> None:
    _begin(office)
    office.page.prepare.stick_buttons[0].click()
    office.settle()
    [path] = office.stick.iterdir()
    assert "Tangier, Oujda and Beni Mellal" in _texts(office)
    for site in (office.tanger, office.oujda, office.beni):
        assert not site.take_in(path.read_bytes()).known


def test_what_did_not_fit_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _begin(office)
    monkeypatch.setattr("app.services.exchange.sending.MOST_OPS", 5)
    office.page.prepare.stick_buttons[0].click()
    office.settle()
    panel = office.page.prepare
    assert panel.rest.isVisible()
    assert "did not fit" in panel.rest.text()
    monkeypatch.undo()
    _begin(office, 1)
    office.page.prepare.stick_buttons[0].click()
    office.settle()
    assert not panel.rest.isVisible()


def test_f3_prepares_for_whom_is_chosen(office: Office, keys: Keys) -> None:
    office.page.map.cards[1].click()
    keys.press(Qt.Key.Key_F3)
    assert office.page.stack.currentWidget() is office.page.prepare
    assert office.page.prepare.title.text() == "A bundle for Oujda"


def test_an_answer_goes_to_who_wrote(office: Office) -> None:
    add_people(office.tanger, 3, 4)
    office.page.look_at((office.bring(office.tanger),))
    office.settle()
    office.page.letters.take_button.click()
    office.settle()
    office.page.account.answer_button.click()
    assert office.page.prepare.title.text() == "A bundle for Tangier"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_stick_that_fails(office: Office, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [card.office.sent_at for card in office.page.map.cards]
    _begin(office)

    def fail(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("app.storage.files.os.fsync", fail)
    office.page.prepare.stick_buttons[0].click()
    office.settle()
    monkeypatch.undo()
    said = _texts(office)
    assert said.startswith("The bundle was not written.")
    assert "records" in said
    assert list(office.stick.iterdir()) == []
    office.page.refresh()
    office.settle()
    assert [card.office.sent_at for card in office.page.map.cards] == sent
    assert office.is_sound()
    office.page.prepare.again_button.click()
    office.page.prepare.stick_buttons[0].click()
    office.settle()
    assert _texts(office).startswith("The bundle for")


def test_a_stick_that_is_gone(office: Office, tmp_path: Path) -> None:
    _begin(office)
    office.page.prepare.put(tmp_path / "gone")
    office.settle()
    assert "plugged in" in _texts(office)
