"""The Papers page: found by number or name, opened, duplicated, replaced, revoked; a paper in hand is checked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.paper_code import PREFIX
from app.domain.papers import PaperState, Verdict
from app.services.certificates import life
from tests.ui.papers.conftest import Room, issue_all
from ui.papers.page import CHECKING
from ui.printing.rasters import draw_images
from ui.program import Program


def test_certificates_are_found_by_number_and_name_and_opened(room: Room) -> None:
    found = issue_all(room.hub)
    room.show("papers")
    section = room.papers.certificates
    rows = section.rows
    assert len(rows.keys) == 3
    search = section.search
    assert QApplication.focusWidget() is search
    room.press("fatou")
    assert rows.keys == [next(item.id for item in found if item.name == "Fatou Sow")]
    search.clear()
    room.press(found[1].number, Qt.Key.Key_Return)
    panel = room.papers.certificate
    assert room.papers.trail.currentWidget() is panel
    assert panel.found == found[1]
    assert panel.view.page_count == 1
    assert panel.state.text() == "Issued"
    room.press(Qt.Key.Key_Escape)
    assert room.papers.trail.is_home


def test_an_empty_list_leads_to_the_trainings(room: Room) -> None:
    room.show("papers")
    assert room.papers.certificates.empty.isVisible()
    room.press(Qt.Key.Key_F2)
    assert room.workplace.front == "trainings"


def test_a_duplicate_is_marked_and_counted(room: Room) -> None:
    found = issue_all(room.hub)
    room.show("papers")
    room.papers.open_certificate(found[0].id)
    room.settle()
    room.press(Qt.Key.Key_F4)
    assert len(room.dialogs()) == 1
    room.close_dialogs()
    after = room.hub.read(lambda uow: life.show(found[0].id, uow))
    assert (after.state, after.copies) == (PaperState.REPRINTED, 1)
    assert "duplicate" in room.papers.certificate.state.text()


def test_a_certificate_is_revoked_with_a_reason_and_taken_back(room: Room) -> None:
    found = issue_all(room.hub)[0]
    room.show("papers")
    room.papers.open_certificate(found.id)
    room.settle()
    room.press(Qt.Key.Key_F9)
    form = room.papers.revoke
    assert room.papers.trail.currentWidget() is form
    form.save.click()
    assert "Why" in form._reason_frame.error
    form.reason.choose("fraud")
    form.note.setFocus()
    room.press("shown by phone", Qt.Key.Key_Return)
    after = room.hub.read(lambda uow: life.show(found.id, uow))
    assert (after.state, after.reason, after.note) == (PaperState.REVOKED, "fraud", "shown by phone")
    panel = room.papers.certificate
    assert room.papers.trail.currentWidget() is panel
    assert panel.state.text() == "Revoked"
    assert "Fraud" in panel.ending.text()
    assert not panel.print_button.isEnabled()
    room.workplace.foot.strip.undo_button.click()
    room.settle()
    assert room.hub.read(lambda uow: life.show(found.id, uow)).state is PaperState.ISSUED
    assert panel.print_button.isEnabled()


def test_a_certificate_is_replaced_and_the_new_one_is_in_front(room: Room) -> None:
    found = issue_all(room.hub)[0]
    room.show("papers")
    room.papers.open_certificate(found.id)
    room.settle()
    room.press(Qt.Key.Key_F8)
    form = room.papers.replace
    form.reason.choose("error")
    form.languages.choose("fr")
    form.save.click()
    room.settle()
    after = room.hub.read(lambda uow: life.show(found.id, uow))
    made = room.papers.certificate.found
    assert made is not None
    assert (after.state, after.replaced_by, made.languages) == (PaperState.REPLACED, made.number, "fr")
    room.press(Qt.Key.Key_Escape)
    assert room.papers.trail.is_home


def test_the_signed_file_and_the_badge_are_offered_to_be_saved(room: Room, tmp_path: Path) -> None:
    found = issue_all(room.hub)[0]
    room.show("papers")
    panel = room.papers.certificate
    room.papers.open_certificate(found.id)
    room.settle()
    for button, name in ((panel.signed_button, "signed.pdf"), (panel.badge_button, "badge.jwt")):
        button.click()
        room.settle()
        (dialog,) = panel.findChildren(QFileDialog)
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.close()
        room.settle()
    assert b"ByteRange" in (tmp_path / "signed.pdf").read_bytes()
    assert (tmp_path / "badge.jwt").read_bytes().count(b".") == 2


def test_a_scanned_code_is_checked_from_anywhere(room: Room) -> None:
    found = issue_all(room.hub)
    code = found[0].code
    room.show("desk")
    room.press(Qt.Key.Key_F12)
    assert room.workplace.front == "papers"
    section = room.papers.checking
    assert QApplication.focusWidget() is section.line.line
    # a scanner types the code and Enter
    room.press(code, Qt.Key.Key_Return)
    card = section.verdict
    assert card.isVisible()
    assert card.check is not None
    assert card.check.verdict is Verdict.AUTHENTIC
    assert card.verdict.text() == "Authentic"
    assert found[0].name in card.holder.text()
    assert "photocopy" in card.sentences.text()
    # what is scanned next takes its place: one letter of it changed
    other = code[:60] + ("A" if code[60] != "A" else "B") + code[61:]
    room.press(other, Qt.Key.Key_Return)
    assert section.line.text == other
    assert card.verdict.text() == "Altered"
    room.hub.write(lambda uow: life.revoke(found[0].id, "fraud", uow))
    room.press(code, Qt.Key.Key_Return)
    assert card.verdict.text() == "Revoked"
    assert "Fraud" in card.sentences.text()
    # a number says what is on record, and that this proves nothing
    room.press(found[1].number, Qt.Key.Key_Return)
    assert card.record == found[1]
    assert "doesn't prove" in card.sentences.text()
    room.press("anything else", Qt.Key.Key_Return)
    assert not card.isVisible()
    assert PREFIX in section.line.error


def test_a_picture_that_is_let_go_of_is_checked(room: Room, tmp_path: Path) -> None:
    found = issue_all(room.hub)[0]
    paper = room.hub.read(lambda uow: life.open_paper(found.id, uow))
    picture: QImage = draw_images(paper.pdf, 150)[0]
    picture.save(str(tmp_path / "photo.png"))
    (tmp_path / "blank.png").write_bytes(b"no picture")
    room.press(Qt.Key.Key_F12)
    section = room.papers.checking
    for name, shown in (("photo.png", True), ("blank.png", False)):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        section.dropEvent(
            QDropEvent(
                QPointF(10, 10),
                Qt.DropAction.CopyAction,
                mime,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
        room.settle()
        assert section.verdict.isVisible() is shown
    assert "neither a picture" in section.line.error


def test_the_desk_checks_papers_and_sees_no_list(
    sign_in: Callable[..., Program], receptionist: tuple[str, str], qtbot: QtBot
) -> None:
    room = Room(sign_in(receptionist), qtbot)
    room.press(Qt.Key.Key_F12)
    assert room.workplace.front == "papers"
    assert room.papers.choice.value == CHECKING
    assert list(room.papers._entries) == [CHECKING]
    room.press("RBT-AP-2026-A00001-X", Qt.Key.Key_Return)
    assert PREFIX in room.papers.checking.line.error


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_is_worded_and_mirrored(sign_in: Callable[..., Program], qtbot: QtBot, language: str) -> None:
    room = Room(sign_in(language=language), qtbot)
    found = issue_all(room.hub)[0]
    room.show("papers")
    room.papers.open_certificate(found.id)
    room.settle()
    panel = room.papers.certificate
    assert panel.isRightToLeft() == (language == "ar")
    assert panel.state.text() == {"fr": "Délivré", "ar": "مُسلَّمة"}[language]
    room.press(Qt.Key.Key_F12)
    room.press(found.code, Qt.Key.Key_Return)
    assert room.papers.checking.verdict.verdict.text() == {"fr": "Authentique", "ar": "أصلية"}[language]
