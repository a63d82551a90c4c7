"""A panel that stands in place of the search for a while: a title, the way back, and what it is about."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.labels import Label
from ui.widgets.words import Words

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Panel(QWidget):
    """Fill `body`. Escape or the button beside the title go back: `left`."""

    left = Signal()

    def __init__(self, title: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, step="large")
        self.back = Button(lambda: _("Back"), PLAIN, shown_key="Esc", dense=True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Gap.MEDIUM)
        self.body.addLayout(head)
        self.back.clicked.connect(self.left)

    def enter(self) -> None:
        """Put the caret where the work of this panel starts."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
