"""Panels in place of a page's overview; the way back leads to the one before."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.reception.panel import Panel


class Trail(QStackedWidget):
    """`came_home` says that the overview is in front again, `came_back` carries the panel that is."""

    came_home = Signal()
    came_back = Signal(object)

    def __init__(self, home: QWidget, panels: Sequence[Panel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._walked: list[Panel] = []
        self.addWidget(home)
        for panel in panels:
            self.addWidget(panel)
            panel.left.connect(self.go_back)

    @property
    def is_home(self) -> bool:
        """Whether no panel is in front."""
        return not self._walked

    def front(self, panel: Panel) -> None:
        """Bring a panel to the front; one that was passed already ends what came after it."""
        if panel in self._walked:
            del self._walked[self._walked.index(panel) :]
        self._walked.append(panel)
        self.setCurrentWidget(panel)
        panel.enter()

    def forget(self) -> None:
        """From here the way back leads home."""
        self._walked.clear()

    def go_back(self) -> None:
        """To what was in front before."""
        if self._walked:
            self._walked.pop()
        if self._walked:
            panel = self._walked[-1]
            self.setCurrentWidget(panel)
            self.came_back.emit(panel)
            panel.enter()
        else:
            self.setCurrentWidget(self._home)
            self.came_home.emit()
