"""Says that an earlier day was not closed, and closes it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.i18n import _
from ui.people.wording import word_full_day
from ui.reception import keys
from ui.reception.snapshot import DeskSnapshot
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from datetime import date


class DayBanner(QFrame):
    """Hidden while every earlier day is closed."""

    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._low = False
        self.setProperty("notice", "attention")
        self._text = Label(self._word, tone="attention", wraps=True)
        self.close_day = Button(lambda: _("See what closing does"), PLAIN, shown_key=keys.CLOSE_DAY, dense=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Gap.MEDIUM, Gap.HAIR, Gap.SMALL, Gap.HAIR)
        row.setSpacing(Gap.SMALL)
        row.addWidget(IconLabel("calendar", "attention"))
        row.addWidget(self._text, 1)
        row.addWidget(self.close_day)
        self.close_day.clicked.connect(self.close_requested)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def fit(self, *, low: bool) -> None:
        """One line where there are few."""
        self._low = low
        self._text.retranslate()

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Appear or go away."""
        self._day = snapshot.figures.unclosed
        self._text.retranslate()
        self.setVisible(self._day is not None)

    def _word(self) -> str:
        if self._day is None:
            return ""
        if self._low:
            return _("{day} was not closed.").format(day=word_full_day(self._day))
        return _("{day} was not closed: whoever did not check out then is still marked as here.").format(
            day=word_full_day(self._day)
        )
