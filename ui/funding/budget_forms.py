"""Note the rate of a day, and spending that does not reach beneficiaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.clock import day_of, system_clock
from app.domain.budget import NewSpending, SpendingRow
from app.domain.money import Currency, Money, Rate, parse_rate
from app.i18n import _
from app.services import budget
from ui.ventures.amounts import write_date
from ui.ventures.form import FormPanel, amount_field, date_field, framed_pick
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.outcome import Outcome
    from ui.page import PageContext


class RateForm(FormPanel):
    """The rate of a day, with where it is from. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A rate"), lambda: _("Keep the rate"), parent)
        self._context = context
        self.explain(lambda: _("What is paid from that day on is stated in euros at this rate."))
        self.day = date_field(lambda: _("Day"))
        self.rate = LineField(lambda: _("Dirhams for 1 euro"), left_to_right=True, max_length=10)
        self.source = LineField(lambda: _("Source"), hint=lambda: _("Such as Bank Al-Maghrib"), max_length=120)
        self.beside(self.day, self.rate)
        self.add(self.source)

    def begin(self) -> None:
        """Today's."""
        self.day.set_text(write_date(day_of(system_clock())))
        for field in (self.rate, self.source):
            field.set_text("")
        for field in (self.day, self.rate, self.source):
            field.clear_error()

    def enter(self) -> None:
        """The rate itself."""
        self.rate.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        self.demand(self.day, lambda: _("Of which day is it?"))
        self.demand(self.rate, lambda: _("How many dirhams are a euro?"))
        day = self.read_date(self.day)
        rate = self.read(self.rate, parse_rate, lambda: _("Not understood. Write a rate such as 10,85."))
        source = self.source.text
        if self.is_wrong or day is None or rate is None:
            return

        def act(uow: UnitOfWork) -> Outcome[Rate]:
            return budget.set_rate(day, rate, source, uow)

        self._context.operations.run(
            self, act, lambda _rate: self.kept.emit(), busy=self.save, said=lambda _rate: _("The rate is on record.")
        )


class SpendingForm(FormPanel):
    """Money that went to anything but beneficiaries. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Other spending"), lambda: _("Keep the spending"), parent)
        self._context = context
        self.words = LineField(lambda: _("What for"), max_length=200)
        self.amount = amount_field(lambda: _("Amount"))
        self.currency, currency = framed_pick(
            lambda: _("Currency"), [("EUR", lambda: _("Euro (EUR)")), ("MAD", lambda: _("Dirham (MAD)"))]
        )
        self.day = date_field(lambda: _("Day"))
        self.add(self.words)
        self.beside(self.amount, currency, self.day)

    def begin(self) -> None:
        """An empty form."""
        self.day.set_text(write_date(day_of(system_clock())))
        for field in (self.words, self.amount):
            field.set_text("")
        for field in (self.words, self.amount, self.day):
            field.clear_error()

    def enter(self) -> None:
        """What it was for."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        label = self.demand(self.words, lambda: _("What was it spent on?"))
        self.demand(self.amount, lambda: _("How much was it?"))
        amount, day = self.read_amount(self.amount), self.read_date(self.day)
        if self.is_wrong or amount is None:
            return
        new = NewSpending(label, Money(amount, Currency(self.currency.value)), day)

        def act(uow: UnitOfWork) -> Outcome[SpendingRow]:
            return budget.add_spending(new, uow)

        self._context.operations.run(
            self, act, lambda _row: self.kept.emit(), busy=self.save, said=lambda _row: _("The spending is on record.")
        )
