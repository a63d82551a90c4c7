"""Work that takes longer than anybody waits: how far it is, and a way to stop it."""

from __future__ import annotations

from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.errors import Cancelled

if TYPE_CHECKING:
    from ui.task_runner import TaskRunner

_TOLD_EVERY: Final = 0.1
"""Seconds between two words on how far it is: a bar that moves more often tells no more."""


class LongWork(QObject):
    """One piece of long reading. `moved` comes on the GUI thread with the share that is done, 0 to 1."""

    moved = Signal(float)

    def __init__(self, runner: TaskRunner, owner: QObject) -> None:
        super().__init__()  # no child of its owner: the database thread may speak to it after the owner has gone
        self._runner = runner
        self._stop = Event()
        owner.destroyed.connect(self._stop.set)
        self._told_at = 0.0
        self._furthest = 0.0

    def stop(self) -> None:
        """Stop as soon as possible."""
        self._stop.set()

    def pace(self, share: float) -> None:
        """On the database thread, often: raise Cancelled if it is to stop, let others go first, tell how far it is."""
        if self._stop.is_set():
            raise Cancelled
        self._runner.let_others_go_first()
        now = monotonic()
        if now - self._told_at >= _TOLD_EVERY:
            self._told_at = now
            self._furthest = max(self._furthest, share)
            self.moved.emit(self._furthest)
