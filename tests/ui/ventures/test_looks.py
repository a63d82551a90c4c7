"""What can be operated has a name, in each language; nothing of the board is cut on a small screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QWidget

from tests.ui.ventures.conftest import Desk, OpenDesk


def _nameless(desk: Desk) -> list[str]:
    found = []
    for widget in desk.program.window.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        inner = isinstance(widget.parent(), QComboBox | QAbstractScrollArea)
        if takes and widget.isVisible() and not inner:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_everything_that_can_be_operated_has_a_name(open_desk: OpenDesk, language: str) -> None:
    desk = open_desk(language=language)
    assert _nameless(desk) == []
    page = desk.ventures
    page.open_venture(desk.find("Sahel"))
    desk.settle()
    assert _nameless(desk) == []
    assert page.venture.sheet is not None
    assert page.venture.sheet.agreements
    page.agreements.open_agreement(page.venture.sheet.agreements[0].id)
    desk.settle()
    assert _nameless(desk) == []
    for form in (page.form, page.member, page.figure, page.planned, page.agreements.pay, page.agreements.ask):
        page.trail.front(form)
        desk.settle()
        assert _nameless(desk) == []
    desk.go_to("funding")
    for section in ("gauge", "agreements", "budget"):
        desk.funding.show_section(section)
        desk.settle()
        assert _nameless(desk) == []


def test_the_heads_of_the_steps_stay_on_a_small_screen(desk: Desk) -> None:
    desk.program.window.resize(911, 512)
    desk.settle()
    board = desk.ventures.board.board
    assert board.verticalScrollBar().maximum() == 0
