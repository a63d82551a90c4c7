"""The rates that euros are stated at, and what the project spent on anything but beneficiaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.i18n import _
from app.services import budget
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_amount, word_date, word_rate
from ui.ventures.rows import Row, Rows, Section
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.budget import SpendingRow
    from app.domain.money import Rate
    from ui.page import PageContext


class BudgetSection(QWidget):
    """The rates on record, and what the project spent on anything else."""

    rate_requested = Signal()
    spending_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        may_pay = context.actor.may(Permission.PAY)
        self.rate_button = Button(lambda: _("Note a rate"), PLAIN, dense=True, key="F2", icon="plus")
        self.spend_button = Button(lambda: _("Note other spending"), PLAIN, dense=True, key="F4", icon="plus")
        self.rates = Rows(lambda: _("No rate yet. Without one nothing can be paid in dirhams: note it with F2."))
        self.spending = Rows(lambda: _("None yet. Salaries, rent and travel count against the two thirds."))
        rates = Section(lambda: _("Rates, dirhams for a euro"), self.rate_button)
        rates.body.addWidget(self.rates)
        spent = Section(lambda: _("Other spending of the project"), self.spend_button)
        spent.body.addWidget(self.spending)
        for button in (self.rate_button, self.spend_button):
            button.setHidden(not may_pay)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.setSpacing(Gap.MEDIUM)
        for part in (rates, spent):
            column.addWidget(part)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scroller(content))
        self.rate_button.clicked.connect(self.rate_requested)
        self.spend_button.clicked.connect(self.spending_requested)
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read both lists again."""

        def read(uow: UnitOfWork) -> tuple[tuple[Rate, ...], tuple[SpendingRow, ...]]:
            return budget.list_rates(uow), budget.list_spending(uow)

        self._context.operations.query(self, read, self._show, lane="budget")

    def primary_focus(self) -> QWidget:
        """Noting a rate."""
        return self.rate_button

    def _show(self, found: tuple[tuple[Rate, ...], tuple[SpendingRow, ...]]) -> None:
        self.rates.show_rows([_rate_row(rate) for rate in found[0]])
        self.spending.show_rows([_spending_row(item) for item in found[1]])

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.funding):
            self.refresh()


def _rate_row(rate: Rate) -> Row:
    return Row(rate.day, lambda: word_rate(rate.mad_per_eur), lambda: rate.source, lambda: word_date(rate.day))


def _spending_row(item: SpendingRow) -> Row:
    return Row(
        item.id, lambda: item.label, lambda: word_date(item.day), lambda: word_amount(item.amount, item.currency)
    )
