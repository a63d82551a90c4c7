"""What came from another office: dropped or chosen, read as a letter, taken in or left."""

from pathlib import Path
from shutil import copytree
from threading import Event

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.bootstrap import open_hub
from app.domain.people import NewPerson
from app.paths import HubPaths
from app.services import people
from app.services.exchange import revoking
from app.storage import schema
from tests.factories import CHEAP, MANAGER, MINUTE, PASSWORD, YEAR
from tests.services.exchange.network import Site
from tests.ui.conftest import Keys
from tests.ui.sync.conftest import Office, OpenOffice
from tests.ui.sync.scene import add_people, disagree


def _drop(office: Office, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(300, 300).toPoint(), Qt.DropAction.CopyAction, mime, buttons, modifiers)
    QApplication.sendEvent(office.page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(
        office.page, QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, buttons, modifiers)
    )
    office.settle()


def _letters(office: Office) -> list[str]:
    assert office.page.stack.currentWidget() is office.page.letters
    return [view.text for view in office.page.letters.letters]


def _lines(office: Office) -> list[str]:
    assert office.page.stack.currentWidget() is office.page.account
    return [office.page.account.headline.text(), *(line.text() for line in office.page.account.lines)]


def _found(office: Office, name: str) -> bool:
    assert office.program.hub is not None
    return any(row.name == name for row in office.program.hub.read(lambda uow: people.search(name, uow)))


def test_a_dropped_file_is_a_letter_first(office: Office) -> None:
    add_people(office.tanger, 3, 5)
    before = office.digest()
    _drop(office, office.bring(office.tanger))
    [text] = _letters(office)
    assert text.startswith("From Tangier\nWritten on ")
    assert "2 new people" in text
    assert "Ibrahim Keita and \u2068Clarisse" in text.replace("\u2069", "")
    assert "4 visits" in text
    assert office.digest() == before


def test_it_is_taken_in_by_keyboard_alone(office: Office, keys: Keys) -> None:
    add_people(office.tanger, 3, 5)
    path = office.bring(office.tanger)
    keys.press(Qt.Key.Key_F2)
    dialog = next(iter(office.page.findChildren(QFileDialog)))
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(str(path))
    QTest.keyClick(line, Qt.Key.Key_Return)
    office.program.window.activateWindow()
    office.settle()
    assert len(_letters(office)) == 1
    keys.press(Qt.Key.Key_Return)
    office.settle()
    headline, line_text, *_more = _lines(office)
    assert headline == "All is taken in."
    assert line_text.startswith("From Tangier: 2 new people")
    assert _found(office, "Ibrahim Keita")
    keys.press(Qt.Key.Key_Escape)
    office.settle()
    assert office.page.stack.currentWidget() is office.page.overview
    assert "today" in next(card for card in office.page.map.cards if card.office.hub == "TNG").accessibleName()
    assert office.is_sound()


def test_leaving_leaves_everything(office: Office, keys: Keys) -> None:
    add_people(office.tanger, 3, 5)
    before = office.digest()
    _drop(office, office.bring(office.tanger))
    keys.press(Qt.Key.Key_Escape)
    office.settle()
    assert office.page.stack.currentWidget() is office.page.overview
    assert office.digest() == before


def test_stopping_before_the_end_leaves_everything(office: Office, keys: Keys) -> None:
    add_people(office.tanger, 3, 5)
    before = office.digest()
    _drop(office, office.bring(office.tanger))
    gate = Event()
    office.program.runner.submit(gate.wait, lambda _value: None, lambda _error: None)
    keys.press(Qt.Key.Key_Return)
    assert office.page.stack.currentWidget() is office.page.progress
    keys.press(Qt.Key.Key_Escape)
    gate.set()
    office.settle()
    assert _lines(office) == ["Stopped. Everything is as it was before."]
    assert office.digest() == before
    assert office.is_sound()


def test_a_folder_of_several_in_any_order_is_one_account(office: Office) -> None:
    add_people(office.tanger, 3, 5)
    office.bring(office.tanger, "zz.wasl")
    office.oujda.clock.moment += MINUTE
    add_people(office.oujda, 5, 7)
    office.bring(office.oujda, "aa.wasl")
    (office.stick / "mm.wasl").write_bytes(b"\0" * 5000)
    (office.stick / "letter.txt").write_text("nothing")
    _drop(office, office.stick)
    texts = _letters(office)
    assert [text.split("\n")[0] for text in texts] == ["From Tangier", "From Oujda", "mm.wasl"]
    assert office.page.letters.take_button.text() == "Take all 2 in"
    office.page.letters.take_button.click()
    office.settle()
    lines = _lines(office)
    assert lines[0] == "All is taken in."
    assert len(lines) == 3
    assert _found(office, "Ibrahim Keita")
    assert _found(office, "Mariam Coulibaly")


def test_the_same_bundle_twice_is_read_once_and_a_known_one_is_said(office: Office) -> None:
    add_people(office.tanger, 3, 5)
    path = office.bring(office.tanger)
    (office.stick / "copy.wasl").write_bytes(path.read_bytes())
    _drop(office, office.stick)
    assert len(_letters(office)) == 1
    office.page.letters.take_button.click()
    office.settle()
    _drop(office, path)
    [text] = _letters(office)
    assert "taken in before" in text
    assert office.page.letters.take_button.isHidden()


def test_a_file_that_changed_after_it_was_read_is_left_alone(office: Office) -> None:
    add_people(office.tanger, 3, 4)
    path = office.bring(office.tanger)
    _drop(office, path)
    add_people(office.tanger, 4, 5)
    path.write_bytes(office.bring(office.tanger, "new.wasl").read_bytes())
    before = office.digest()
    office.page.letters.take_button.click()
    office.settle()
    assert "has changed since it was shown" in _lines(office)[1]
    assert office.digest() == before


def test_a_stick_pulled_out_after_reading_is_a_sentence(office: Office) -> None:
    add_people(office.tanger, 3, 4)
    path = office.bring(office.tanger)
    _drop(office, path)
    path.unlink()
    before = office.digest()
    office.page.letters.take_button.click()
    office.settle()
    assert _lines(office)[0] == "Nothing was taken in. Everything is as it was before."
    assert "is not there" in _lines(office)[1]
    assert office.digest() == before


def test_two_gigabytes_of_zeros(office: Office) -> None:
    path = office.stick / "big.wasl"
    with path.open("wb") as stream:
        stream.truncate(2 * 2**30)
    _drop(office, path)
    [text] = _letters(office)
    assert "not a bundle" in text
    assert office.page.letters.take_button.isHidden()


def test_a_wrong_clock_is_said_and_stops_nothing(office: Office) -> None:
    office.oujda.clock.moment += 2 * YEAR
    add_people(office.oujda, 5, 7)
    _drop(office, office.bring(office.oujda))
    [text] = _letters(office)
    assert "2 years" in text
    assert "Nothing gets lost" in text
    office.page.letters.take_button.click()
    office.settle()
    assert _lines(office)[0] == "All is taken in."
    assert _found(office, "Mariam Coulibaly")


def test_a_trusted_office_no_more(open_office: OpenOffice) -> None:
    def revoke(sites: list[Site]) -> None:
        sites[0].hub.write(lambda uow: revoking.revoke("TNG", uow))

    office = open_office(before=revoke)
    _drop(office, office.bring(office.tanger))
    [text] = _letters(office)
    assert "Tanger" in text or "Tangier" in text
    assert "no longer trusted" in text


def test_a_copied_folder_is_explained(open_office: OpenOffice, tmp_path: Path) -> None:
    """Two computers write as Tanger; what both have written can't be told apart by anybody."""
    office = open_office()
    first = office.tanger
    first.hub.close()
    copytree(first.paths.folder, tmp_path / "copy")
    first.hub = open_hub(first.paths, MANAGER, PASSWORD, first.clock, CHEAP)
    add_people(first, 3, 4)
    _drop(office, office.bring(first))
    office.page.letters.take_button.click()
    office.settle()
    paths = HubPaths(tmp_path / "copy")
    clone = Site("TNG", paths, first.clock, open_hub(paths, MANAGER, PASSWORD, first.clock, CHEAP))
    add_people(clone, 5, 6, seen=4)
    before = office.digest()
    _drop(office, office.bring(clone, "clone.wasl"))
    clone.hub.close()
    [text] = _letters(office)
    assert "Two computers" in text
    assert office.digest() == before
    assert office.is_sound()


def test_many_deletions_need_a_tick_of_their_own(open_office: OpenOffice) -> None:
    def many(sites: list[Site]) -> None:
        rabat, tanger = sites[:2]
        new = [NewPerson(f"Personne {number} Test") for number in range(30)]
        rows = tanger.hub.write(lambda uow: people.add_many(new, uow)).value
        rabat.take_in(tanger.export("RBT"))
        for row in rows:
            tanger.hub.write(lambda uow, row=row: uow.update(schema.person, row.id, deleted=True))  # type: ignore[misc]

    office = open_office(before=many)
    _drop(office, office.bring(office.tanger))
    [text] = _letters(office)
    assert "30 records are deleted" in text
    letters = office.page.letters
    assert letters.agree.isVisible()
    assert not letters.take_button.isEnabled()
    letters.agree.click()
    letters.take_button.click()
    office.settle()
    assert _lines(office)[0] == "All is taken in."


def test_what_an_office_wrote_that_is_no_longer_trusted_needs_a_tick_too(open_office: OpenOffice) -> None:
    def lose(sites: list[Site]) -> None:
        rabat, tanger, oujda = sites[:3]
        oujda.hub.write(lambda uow: people.add(NewPerson("Ibrahim Keita"), uow))
        tanger.take_in(oujda.export("TNG"))
        rabat.hub.write(lambda uow: revoking.revoke("OUJ", uow))

    office = open_office(before=lose)
    _drop(office, office.bring(office.tanger))
    [text] = _letters(office)
    assert "of OUJ-A, whose computer is no longer trusted" in text
    letters = office.page.letters
    assert (letters.agree.isVisible(), letters.believe.isVisible()) == (False, True)
    assert not letters.take_button.isEnabled()
    letters.believe.click()
    letters.take_button.click()
    office.settle()
    assert _lines(office)[0] == "All is taken in."


def test_a_letter_says_who_is_no_longer_trusted(open_office: OpenOffice) -> None:
    def lose(sites: list[Site]) -> None:
        sites[1].hub.write(lambda uow: revoking.revoke("OUJ", uow, "volé"))

    office = open_office(before=lose)
    _drop(office, office.bring(office.tanger))
    [text] = _letters(office)
    assert "no longer trusts the computer of Oujda" in text
    assert "volé" in text
    office.page.letters.take_button.click()
    office.settle()
    assert any("no longer trusts" in line for line in _lines(office))
    assert next(card.office.revoked for card in office.page.map.cards if card.office.hub == "OUJ")


def test_what_was_changed_here_too_leads_to_the_decisions(open_office: OpenOffice, keys: Keys) -> None:
    office = open_office(before=lambda sites: disagree(sites[0], sites[1], "Awa Diop", "contact", "matin", "soir"))
    _drop(office, office.bring(office.tanger))
    assert "Awa Diop" in _letters(office)[0]
    keys.press(Qt.Key.Key_Return)
    office.settle()
    assert "1 value waits" in _lines(office)[2]
    keys.press(Qt.Key.Key_Return)
    office.settle()
    assert office.page.stack.currentWidget() is office.page.decisions
