"""What is to be done next: typed, or one of the usual steps by its digit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.fields import LineField
from ui.widgets.flow import FlowLayout
from ui.widgets.scroller import reveal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.words import Words

_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Usual:
    """A step that is often next."""

    words: Words


class NextField(QWidget):
    """`chosen`: one of the usual steps was taken. A digit takes it while nothing is typed.

    `row` holds the usual steps: below the line, or without `with_row` wherever the form puts it.
    """

    chosen = Signal()
    edited = Signal()

    def __init__(self, name: Words, parent: QWidget | None = None, *, with_row: bool = True) -> None:
        super().__init__(parent)
        self._usual: tuple[Usual, ...] = ()
        self._buttons: list[Button] = []
        self.field = LineField(name, placeholder=lambda: _("type it, or take one of these by its digit"))
        self.row = QWidget()
        self._flow = FlowLayout(self.row)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(Gap.HAIR)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.HAIR)
        layout.addWidget(self.field)
        if with_row:
            layout.addWidget(self.row)
        self.setFocusProxy(self.field)
        self.field.line.installEventFilter(self)
        self.field.edited.connect(self.edited)

    @property
    def text(self) -> str:
        """What is to be done."""
        return self.field.text

    def offer(self, usual: Sequence[Usual]) -> None:
        """Offer other usual steps."""
        self._usual = tuple(usual)[:_MOST]
        for old in self._buttons:
            self._flow.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._buttons = []
        for number, item in enumerate(self._usual):
            button = Button(item.words, PLAIN, shown_key=str(number + 1), dense=True)
            button.clicked.connect(lambda _checked=False, number=number: self.take(number))
            # the line takes them by digit: Tab need not go through all
            button.setFocusPolicy(button.focusPolicy().ClickFocus)
            self._flow.addWidget(button)
            self._buttons.append(button)
        self.row.setVisible(bool(self._usual))
        self.row.updateGeometry()

    def take(self, number: int) -> None:
        """Write one of the usual steps into the line."""
        self.field.set_text(self._usual[number].words())
        self.field.clear_error()
        self.field.line.setFocus()
        self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit on the empty line takes a usual step; they are in view while the line has the caret."""
        if watched is self.field.line and event.type() == QEvent.Type.FocusIn:
            reveal(self.row)
        if (
            watched is self.field.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not self.field.line.text()
            and event.text().isdigit()
            and 1 <= int(event.text()) <= len(self._usual)
        ):
            self.take(int(event.text()) - 1)
            return True
        return super().eventFilter(watched, event)
