"""Widgets that go on in the next line, and work that waits for the first paint."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.after_paint import after_paint
from ui.languages import switch_language
from ui.theme.tokens import Gap
from ui.widgets.choices import OneOf
from ui.widgets.fields import LineField
from ui.widgets.flow import FlowLayout
from ui.widgets.words import as_is

_WORDS = ("Langue et apparence", "Mon mot de passe", "Comptes", "Guichets", "Motifs", "Sauvegarde")


def _boxes(widths: list[int], room: int, *, mirrored: bool = False) -> tuple[list[QRect], int]:
    holder = QWidget()
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    flow = FlowLayout(holder)
    flow.setContentsMargins(0, 0, 0, 0)
    flow.setSpacing(Gap.HAIR)
    parts = []
    for width in widths:
        part = QLabel()
        part.setFixedSize(width, 20)
        flow.addWidget(part)
        parts.append(part)
    height = flow.heightForWidth(room)
    flow.setGeometry(QRect(0, 0, room, height))
    found = [QRect(part.geometry()) for part in parts]
    delete(holder)
    return found, height


@given(st.lists(st.integers(10, 150), min_size=1, max_size=12), st.integers(150, 700), st.booleans())
def test_nothing_overlaps_and_nothing_is_outside(qapp: object, widths: list[int], room: int, mirrored: bool) -> None:
    del qapp
    boxes, height = _boxes(widths, room, mirrored=mirrored)
    whole = QRect(0, 0, room, height)
    for number, box in enumerate(boxes):
        assert whole.contains(box)
        assert not any(box.intersects(other) for other in boxes[:number])
    assert max(box.bottom() for box in boxes) == height - 1


def test_arabic_begins_at_the_right(qapp: object) -> None:
    del qapp
    plain, _height = _boxes([100, 100, 100], 250)
    mirrored, _height = _boxes([100, 100, 100], 250, mirrored=True)
    assert [(box.x(), box.y()) for box in plain] == [(0, 0), (104, 0), (0, 24)]
    assert [(box.x(), box.y()) for box in mirrored] == [(150, 0), (46, 0), (150, 24)]


@pytest.mark.parametrize("width", [300, 500, 1200])
def test_no_word_of_a_choice_is_cut(qtbot: QtBot, width: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    choice = OneOf(as_is("Section"), [(word, as_is(word)) for word in _WORDS])
    column.addWidget(choice)
    column.addStretch()
    holder.resize(width, 400)
    holder.show()
    qtbot.waitExposed(holder)
    for button in choice.buttons:
        assert button.width() >= button.sizeHint().width()
        assert choice.rect().contains(button.geometry())
    choice.offer([("one", as_is("One"))])
    assert [button.text() for button in choice.buttons] == ["One"]


@pytest.mark.parametrize(
    ("language", "side"), [("fr", Qt.AlignmentFlag.AlignLeft), ("ar", Qt.AlignmentFlag.AlignRight)]
)
def test_what_is_typed_begins_where_the_window_does(qtbot: QtBot, language: str, side: Qt.AlignmentFlag) -> None:
    field = LineField(as_is("Name"))
    qtbot.addWidget(field)
    try:
        switch_language(language)
        assert field.line.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask == side | Qt.AlignmentFlag.AlignAbsolute
    finally:
        switch_language("en")


def test_work_waits_for_the_paint_and_comes_once(qtbot: QtBot) -> None:
    done: list[bool] = []
    line = QLineEdit()
    qtbot.addWidget(line)
    after_paint(line, lambda: done.append(line.isVisible()))
    assert not done
    line.show()
    assert not done
    qtbot.waitUntil(lambda: bool(done))
    with qtbot.waitCallback() as second:
        after_paint(line, second)
        line.repaint()
    assert done == [True]
