"""Shows that something is under way, but only when it takes long enough to be noticed."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.languages import follow_language
from ui.theme.tokens import BUSY_AFTER_MS, Gap
from ui.widgets.labels import Label
from ui.widgets.words import Words


class BusyIndicator(QWidget):
    """A thin bar and a sentence; invisible until `set_busy(True)` has lasted 300 ms. Keeps its room in the layout."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self._bar.setFixedWidth(6 * Gap.WIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.MEDIUM)
        layout.addWidget(self._bar)
        layout.addWidget(Label(words, tone="quiet"))
        layout.addStretch()
        self._timer = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._timer.timeout.connect(self.show)
        self.hide()
        follow_language(self, self.retranslate)

    def set_busy(self, busy: bool, /) -> None:
        """Start or stop."""
        if busy:
            self._timer.start()
        else:
            self._timer.stop()
            self.hide()

    def retranslate(self) -> None:
        """Tell a screen reader what the bar is about."""
        self._bar.setAccessibleName(self._words())
