"""What can wait until a page is on screen, so that the page does not wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


_MOMENT_MS: Final = 100
"""Long enough for the whole page to be painted and for a key that was pressed early to be heard."""


class _PaintWatch(QObject):
    def __init__(self, widget: QWidget, work: Callable[[], object]) -> None:
        super().__init__(widget)
        self._work = work
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the paint coming."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(_MOMENT_MS, self, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self._work()
        self.deleteLater()


def after_paint(widget: QWidget, work: Callable[[], object]) -> None:
    """Call `work` once, a moment after `widget` was painted for the first time from now; never if it is gone before."""
    _PaintWatch(widget, work)
