"""A manager changes what certificates say: seen before it is kept, a version of its own, and old papers keep theirs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.certificates import life, templates
from tests.ui.papers.conftest import Room, issue_all
from tests.ui.papers.scene import PARTICIPATION
from ui.papers.page import TEXTS
from ui.papers.texts_section import TextsSection
from ui.program import Program


def open_texts(room: Room) -> TextsSection:
    room.show("papers")
    room.papers.choice.buttons[list(room.papers._entries).index(TEXTS)].click()
    room.settle()
    section = room.papers.section(TEXTS)
    assert isinstance(section, TextsSection)
    return section


def test_texts_are_seen_before_they_are_kept_as_a_version(room: Room) -> None:
    old = issue_all(room.hub)[0]
    before = room.hub.read(lambda uow: life.frozen_sheet(old.id, uow))
    section = open_texts(room)
    assert "nobody has changed" in section.version.text()
    assert section.view.page_count == 1
    line = section.fields.lines["signatory"].line
    line.setFocus()
    QTest.keyClicks(line, "Karima Alami")
    assert section.is_changed
    assert "Not kept yet" in section.version.text()
    room.qtbot.waitUntil(lambda: not section._pause.isActive())
    room.settle()
    assert not section.problem.isVisible()
    QTest.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    kept = room.hub.read(lambda uow: templates.show_template(PARTICIPATION, uow))
    assert (kept.version, kept.texts["fr"].signatory, kept.texts["ar"].signatory) == (1, "Karima Alami", "")
    assert "Version 1" in section.version.text()
    assert room.hub.read(lambda uow: life.frozen_sheet(old.id, uow)) == before


def test_what_is_wrong_is_said_beside_the_preview(room: Room) -> None:
    section = open_texts(room)
    section.fields.body.lines.setPlainText("a suivi {formation}")
    room.qtbot.waitUntil(lambda: not section._pause.isActive())
    room.settle()
    assert "formation" in section.problem.text()
    section.save_button.click()
    room.settle()
    assert room.hub.read(lambda uow: templates.show_template(PARTICIPATION, uow)).version == 0
    # what is written about one kind waits while another is looked at
    section.kind.setFocus()
    room.press(Qt.Key.Key_Down)
    room.settle()
    assert not section.is_changed
    assert section.kind.value == "AA"
    room.press(Qt.Key.Key_Up)
    room.settle()
    assert section.fields.body.text == "a suivi {formation}"
    section.shipped_button.click()
    room.settle()
    assert not section.is_changed
    assert not section.problem.isVisible()


def test_a_logo_is_put_on_the_paper_and_removed(room: Room, tmp_path: Path) -> None:
    picture = QImage(80, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("#0B6B63"))
    picture.save(str(tmp_path / "partner.png"))
    section = open_texts(room)
    section.logos.add_file(tmp_path / "partner.png")
    room.settle()
    (logo,) = room.hub.read(templates.list_logos)
    assert section.logos.chosen == (logo.id,)
    section.save_button.click()
    room.settle()
    assert room.hub.read(lambda uow: templates.show_template(PARTICIPATION, uow)).logos == (logo.id,)
    section.logos.rows.button(logo.id).click()
    assert not set(section.logos.chosen)
    section.logos.rows.button(logo.id, 1).click()
    room.settle()
    assert room.hub.read(templates.list_logos) == ()


def test_the_desk_has_no_texts(sign_in: Callable[..., Program], receptionist: tuple[str, str], qtbot: QtBot) -> None:
    room = Room(sign_in(receptionist), qtbot)
    with pytest.raises(KeyError):
        room.papers.section(TEXTS)
