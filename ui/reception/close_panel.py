"""Closing a day: first what it will do, then the key that does it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.bootstrap import UnitOfWork
from app.domain.visits import OPEN_STATES, DayFigures
from app.i18n import _, ngettext
from app.services import days, visits
from ui.page import PageContext
from ui.people.wording import join_facts, word_full_day
from ui.reception.panel import ENTER, Panel
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.labels import Label


class ClosePanel(Panel):
    """`close_requested` carries the day."""

    close_requested = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Close the day"), parent)
        self._context = context
        self._day: date | None = None
        self._figures: DayFigures | None = None
        self._open = 0
        self._name = Label(self._word_day, strong=True)
        self._numbers = Label(self._word_numbers, wraps=True)
        self.effect = Label(self._word_effect, wraps=True)
        self.close_day = Button(lambda: _("Close the day"), PRIMARY, shown_key="Enter")
        card = Card(spacing=Gap.SMALL)
        for label in (self._name, self._numbers, self.effect):
            card.body.addWidget(label)
        self.body.addWidget(card)
        foot = QHBoxLayout()
        foot.addWidget(self.close_day)
        foot.addStretch()
        self.body.addLayout(foot)
        self.body.addStretch()
        self.close_day.clicked.connect(self._on_close_day_clicked)

    def begin(self, day: date) -> None:
        """Read what closing a day would do."""
        self._day, self._figures = day, None
        self._update()

        def read(uow: UnitOfWork) -> tuple[DayFigures, int]:
            rows = visits.list_day(day, uow)
            return days.today(uow, day), sum(row.state in OPEN_STATES for row in rows)

        def show(found: tuple[DayFigures, int]) -> None:
            self._figures, self._open = found
            self._update()

        self._context.operations.query(self, read, show, lane="desk-close")

    def enter(self) -> None:
        """Enter closes."""
        self.close_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes the day."""
        if event.key() in ENTER:
            self._on_close_day_clicked()
        else:
            super().keyPressEvent(event)

    def _update(self) -> None:
        for label in (self._name, self._numbers, self.effect):
            label.retranslate()
        self.close_day.setEnabled(self._can_close())
        if self.isVisible():
            self.enter()

    def _can_close(self) -> bool:
        return self._figures is not None and not self._figures.closed and bool(self._figures.visits or self._open)

    def _word_day(self) -> str:
        return word_full_day(self._day) if self._day else ""

    def _word_numbers(self) -> str:
        figures = self._figures
        if figures is None:
            return ""
        return join_facts(
            ngettext("{count} visit", "{count} visits", figures.visits).format(count=figures.visits),
            ngettext("{count} woman", "{count} women", figures.women).format(count=figures.women),
            ngettext("{count} new person", "{count} new people", figures.new_people).format(count=figures.new_people),
            ngettext("{count} anonymous", "{count} anonymous", figures.anonymous).format(count=figures.anonymous),
        )

    def _word_effect(self) -> str:
        if self._figures is None:
            return ""
        if self._figures.closed:
            return _("This day is closed. A new visit opens it again.")
        if not self._can_close():
            return _("Nothing to close: a day opens with its first visit.")
        if self._open == 0:
            return _("Everybody has left. Nothing else will change.")
        still = ngettext(
            "{count} person is still marked as here.", "{count} people are still marked as here.", self._open
        ).format(count=self._open)
        return still + " " + _("Their visits will be marked as closed with the day; no time of leaving is made up.")

    def _on_close_day_clicked(self) -> None:
        if self._day is not None and self._can_close():
            self.close_requested.emit(self._day)
