"""Files let go of anywhere in the window lead to where they are read."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.services.exchange import revoking, trust
from app.storage.exchange_tables import peer
from tests.services.exchange.network import Site
from tests.ui.sync.conftest import Office, OpenOffice
from tests.ui.sync.scene import add_people
from ui.program import Program

_HOW = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def taker(program: Program, at: QWidget) -> QWidget:
    """Who gets what is let go of over a widget: Qt asks it, then what it lies in."""
    wanted: QWidget | None = at
    while wanted is not None and not wanted.acceptDrops():
        wanted = wanted.parentWidget()
    assert wanted is not None
    assert program.window.isAncestorOf(wanted)
    return wanted


def carry(program: Program, at: QWidget, *paths: Path) -> tuple[QWidget, QMimeData]:
    """Hold files over a widget."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))  # as the file managers of Linux do
    target = taker(program, at)
    action, buttons, modifiers = _HOW
    entering = QDragEnterEvent(QPoint(5, 5), action, mime, buttons, modifiers)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    return target, mime


def let_go(program: Program, at: QWidget, *paths: Path) -> None:
    """Drop files on a widget."""
    target, mime = carry(program, at, *paths)
    action, buttons, modifiers = _HOW
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), action, mime, buttons, modifiers))


@pytest.mark.parametrize("key", ["desk", "settings"])
def test_a_bundle_on_any_page_is_a_letter(office: Office, key: str) -> None:
    workplace = office.program.workplace
    assert workplace is not None
    add_people(office.tanger, 3, 5)
    before = office.digest()
    workplace.show_page(key)
    let_go(office.program, workplace.page(key), office.bring(office.tanger))
    office.settle()
    assert workplace.front == "exchange"
    assert office.page.stack.currentWidget() is office.page.letters
    assert office.page.letters.letters[0].text.startswith("From Tangier")
    assert office.digest() == before


def test_a_bundle_over_the_search_is_no_text(office: Office) -> None:
    workplace = office.program.workplace
    assert workplace is not None
    workplace.show_page("desk")
    line = workplace.page("desk").primary_focus()
    assert isinstance(line, QLineEdit)
    let_go(office.program, line, office.bring(office.tanger))
    office.settle()
    assert line.text() == ""
    assert workplace.front == "exchange"


def test_several_files_and_a_folder(office: Office) -> None:
    workplace = office.program.workplace
    assert workplace is not None
    workplace.show_page("settings")
    first = office.bring(office.tanger, "one.wasl")
    stick = office.stick / "more"
    stick.mkdir()
    office.bring(office.beni).rename(stick / "two.wasl")
    let_go(office.program, workplace.page("settings"), first, stick)
    office.settle()
    assert len(office.page.letters.letters) == 2


def test_what_is_held_over_the_window_is_told_what_will_be(office: Office) -> None:
    workplace = office.program.workplace
    assert workplace is not None
    workplace.show_page("settings")
    target, _mime = carry(office.program, workplace.page("settings"), office.stick)
    assert workplace.veil.isVisible()
    assert "Let go" in workplace.veil.words.text()
    QApplication.sendEvent(target, QDragLeaveEvent())
    assert not workplace.veil.isVisible()


def _forget_oujda(sites: list[Site]) -> None:
    rabat = sites[0]
    with rabat.hub._store._begin() as connection:
        connection.execute(peer.delete().where(peer.c.hub == "OUJ"))


def test_a_stick_with_a_stranger_and_a_letter_asks_about_the_stranger_first(open_office: OpenOffice) -> None:
    office = open_office(before=_forget_oujda)
    workplace = office.program.workplace
    assert workplace is not None
    for site in (office.oujda, office.tanger):
        content, _words = site.hub.write(trust.identity_file)
        (office.stick / f"{site.code}-A.wasl-id").write_bytes(content)
    (office.stick / "torn.wasl-id").write_bytes(b"{")
    add_people(office.oujda, 5, 7)
    office.bring(office.oujda)
    workplace.show_page("desk")
    let_go(office.program, workplace.page("desk"), office.stick)
    office.settle()
    panel = office.page.add
    assert office.page.stack.currentWidget() is panel
    assert panel.who.text() == "Oujda"
    panel.same.click()
    panel.add_button.click()
    office.settle()
    assert office.page.stack.currentWidget() is office.page.letters
    assert [view.text.split("\n")[0] for view in office.page.letters.letters] == ["From Oujda"]


def test_an_identity_file_that_is_none_does_not_hold_up_the_letter(office: Office) -> None:
    workplace = office.program.workplace
    assert workplace is not None
    bad = office.stick / "bad.wasl-id"
    bad.write_bytes(b"{")
    let_go(office.program, workplace.page("settings"), bad, office.bring(office.tanger))
    office.settle()
    assert "identity file" in office.said
    assert office.page.stack.currentWidget() is office.page.letters


def test_a_revoked_office_is_not_offered_again_by_its_file_on_a_stick(office: Office) -> None:
    program = office.program
    assert program.hub is not None
    program.hub.write(lambda uow: revoking.revoke("OUJ", uow))
    content, _words = office.oujda.hub.write(trust.identity_file)
    (office.stick / "OUJ-A.wasl-id").write_bytes(content)
    office.bring(office.tanger)
    let_go(program, office.page, office.stick)
    office.settle()
    assert office.page.stack.currentWidget() is office.page.letters


def test_a_drop_while_others_are_taken_in_is_asked_to_wait(office: Office) -> None:
    workplace = office.program.workplace
    assert workplace is not None
    office.page.stack.setCurrentWidget(office.page.progress)
    let_go(office.program, workplace.page("settings"), office.stick)
    office.settle()
    assert office.page.stack.currentWidget() is office.page.progress
    assert "Wait until" in office.said
