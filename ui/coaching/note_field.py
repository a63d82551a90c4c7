"""A field for several lines. Tab goes on to the next field, Ctrl+Enter is left to the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.fields import FieldFrame
from ui.widgets.words import Words, no_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LOWEST = 96


class _Lines(QPlainTextEdit):
    def sizeHint(self) -> QSize:
        """It asks for little, and takes what is left."""
        return QSize(super().sizeHint().width(), _LOWEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves the form, Escape leaves it."""
        saves = event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if saves or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class NoteField(QWidget):
    """A name, and below it as many lines as there is room for."""

    def __init__(self, name: Words, parent: QWidget | None = None, *, hint: Words = no_words) -> None:
        super().__init__(parent)
        self.lines = _Lines()
        self.lines.setTabChangesFocus(True)
        self.lines.setMinimumHeight(_LOWEST)
        self.lines.setAcceptDrops(False)
        self._frame = FieldFrame(name, self.lines, hint=hint)
        self._frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._frame)
        self.setFocusProxy(self.lines)

    @property
    def text(self) -> str:
        """What is written there."""
        return self.lines.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Write something there."""
        self.lines.setPlainText(text)
