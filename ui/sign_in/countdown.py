"""Counts down the seconds until the next password may be tried."""

from math import ceil
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal


class Countdown(QObject):
    """`ticked` each second with what is left, `ended` once."""

    ticked = Signal(int)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._until = 0.0
        self._timer = QTimer(self, interval=250)
        self._timer.timeout.connect(self.check)

    @property
    def left(self) -> int:
        """Whole seconds, 0 when nothing is counted."""
        return max(0, ceil(self._until - monotonic()))

    def start(self, seconds: float) -> None:
        """Count from here; nothing for no time."""
        if seconds <= 0:
            return
        self._until = monotonic() + seconds
        self._timer.start()
        self.ticked.emit(self.left)

    def stop(self) -> None:
        """Nothing is counted any more, and nobody is told."""
        self._timer.stop()
        self._until = 0.0

    def check(self) -> None:
        """Tell what is left."""
        if self.left:
            self.ticked.emit(self.left)
        else:
            self.stop()
            self.ended.emit()
