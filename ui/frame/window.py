"""The one window: it shows a cover or the workplace, never both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from ui.frame.cover import Cover
    from ui.frame.workplace import Workplace

_PREFERRED: Final = QSize(1366, 768)
_SMALLEST: Final = QSize(880, 480)
"""A screen of 1366 by 768 at 150 %."""


class MainWindow(QMainWindow):
    """What is not shown is taken out of the window altogether, so that nothing can read it there."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Wasl")
        self.resize(_PREFERRED)
        self.setMinimumSize(_SMALLEST)
        ground = QWidget()
        self._layout = QVBoxLayout(ground)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setCentralWidget(ground)
        self._shown: Cover | Workplace | None = None

    @property
    def shown(self) -> Cover | Workplace | None:
        """What the window shows."""
        return self._shown

    def show_only(self, content: Cover | Workplace) -> Cover | Workplace | None:
        """Show this and take out what was shown, which is handed back hidden and whole."""
        former = self._shown
        if former is content:
            return None
        if former is not None:
            former.hide()
            self._layout.removeWidget(former)
            former.setParent(None)
        self._shown = content
        self._layout.addWidget(content)
        content.show()
        return former

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window ends the program; what was being written is finished first."""
        event.accept()
        self.closed.emit()
