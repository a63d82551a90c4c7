"""Notices that nobody has used the window for a while."""

from collections.abc import Callable
from time import monotonic, time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_ACTIVE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
        QEvent.Type.TabletPress,
    }
)
_CHECK_MS: Final = 5_000


class IdleWatch(QObject):
    """`idled` once when no key, button or pointer was used for the minutes set.

    It listens to windows, not to every widget, so that typing costs nothing. A computer that slept counts as idle:
    the longer of the two clocks decides, since a monotonic one may stop during sleep and the other may be set back.
    """

    idled = Signal()

    def __init__(
        self,
        minutes: int,
        parent: QObject | None = None,
        *,
        clocks: tuple[Callable[[], float], Callable[[], float]] = (monotonic, time),
    ) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._clocks = clocks
        self._since = self._now()
        self._timer = QTimer(self, interval=_CHECK_MS)
        self._timer.timeout.connect(self.check)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_focus_window_changed)
            self._on_focus_window_changed(application.focusWindow())

    def set_minutes(self, minutes: int) -> None:
        """Another length of time, counted from now."""
        self._minutes = minutes
        self.note_activity()

    def start(self) -> None:
        """Count from now."""
        self.note_activity()
        self._timer.start()

    def stop(self) -> None:
        """Do not count."""
        self._timer.stop()

    def note_activity(self) -> None:
        """Somebody is there."""
        self._since = self._now()

    def check(self) -> None:
        """Compare the clocks with the last use."""
        idle = max(now - then for now, then in zip(self._now(), self._since, strict=True))
        if idle >= self._minutes * 60:
            self.stop()
            self.idled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice use; takes no event away."""
        if event.type() in _ACTIVE:
            self.note_activity()
        return super().eventFilter(watched, event)

    def _now(self) -> tuple[float, float]:
        return self._clocks[0](), self._clocks[1]()

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        self.note_activity()
        if window is not None:
            window.removeEventFilter(self)  # a window that comes back must not be heard twice
            window.installEventFilter(self)
