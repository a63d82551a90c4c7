"""The Funding page: the two-thirds gauge, the agreements, rates and other spending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import AgreementId
from app.i18n import _
from ui.funding.agreement_pages import AgreementPages
from ui.funding.agreements_section import AgreementsSection
from ui.funding.budget_forms import RateForm, SpendingForm
from ui.funding.budget_section import BudgetSection
from ui.funding.entries import EntriesPanel
from ui.funding.gauge_section import GaugeSection
from ui.page import PageContext, PageWidget
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.trail import Trail
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from ui.funding.entries import Asked

GAUGE, AGREEMENTS, BUDGET = "gauge", "agreements", "budget"
_LOW: Final = 500


class FundingPage(PageWidget):
    """Three sections; an agreement and the forms are panels in their place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.gauge = GaugeSection(context)
        self.list = AgreementsSection(context)
        self.budget = BudgetSection(context)
        self.entries = EntriesPanel()
        self.rate = RateForm(context)
        self.spending = SpendingForm(context)
        self.agreements = AgreementPages(context)
        self.choice = OneOf(
            lambda: _("Section"),
            [
                (GAUGE, lambda: _("Two-thirds rule")),
                (AGREEMENTS, lambda: _("Agreements")),
                (BUDGET, lambda: _("Rates and spending")),
            ],
        )
        self._title = Label(lambda: _("Funding"), step="large")
        overview = QWidget()
        head = QHBoxLayout()
        head.setSpacing(Gap.LARGE)
        head.addWidget(self._title)
        head.addWidget(self.choice, 1)
        self._sections = QStackedWidget()
        for section in (self.gauge, self.list, self.budget):
            self._sections.addWidget(section)
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.SMALL)
        column.addLayout(head)
        column.addWidget(self._sections, 1)
        panels = (self.entries, self.rate, self.spending, *self.agreements.panels)
        self.trail = Trail(overview, panels)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.trail)
        self._connect()

    def activate(self) -> None:
        """Read again what is in front."""
        self._section().refresh()

    def primary_focus(self) -> QWidget:
        """Where the section's work begins, unless a panel is in front."""
        front = self.trail.currentWidget()
        return front if isinstance(front, Panel) else self._section().primary_focus()

    def open_record(self, record_id: UUID) -> None:
        """Show an agreement; from there the way leads back to what was in front."""
        self.agreements.open_agreement(AgreementId(record_id))

    def show_section(self, key: str) -> None:
        """One of the three."""
        self.choice.choose(key)
        self._sections.setCurrentWidget(self._section())
        self._section().refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._title.setVisible(not low)
        self._layout.setContentsMargins(Gap.WIDE, Gap.SMALL if low else Gap.LARGE, Gap.WIDE, Gap.SMALL)

    def _section(self) -> GaugeSection | AgreementsSection | BudgetSection:
        if self.choice.value == AGREEMENTS:
            return self.list
        return self.budget if self.choice.value == BUDGET else self.gauge

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_section)
        self.gauge.asked.connect(self._on_gauge_asked)
        self.entries.opened.connect(self.agreements.open_agreement)
        self.list.opened.connect(self.agreements.open_agreement)
        self.agreements.fronted.connect(self.trail.front)
        self.agreements.finished.connect(self.trail.go_back)
        self.budget.rate_requested.connect(self._on_rate_requested)
        self.budget.spending_requested.connect(self._on_spending_requested)
        self.rate.kept.connect(self.trail.go_back)
        self.spending.kept.connect(self.trail.go_back)
        self.trail.came_home.connect(self._on_trail_came_home)
        self.trail.came_back.connect(self._on_trail_came_back)

    def _on_gauge_asked(self, asked: Asked) -> None:
        if self.gauge.gauge is not None:
            self.entries.begin(self.gauge.gauge, asked)
            self.trail.front(self.entries)

    def _on_rate_requested(self) -> None:
        self.rate.begin()
        self.trail.front(self.rate)

    def _on_spending_requested(self) -> None:
        self.spending.begin()
        self.trail.front(self.spending)

    def _on_trail_came_home(self) -> None:
        self._section().refresh()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_trail_came_back(self, panel: Panel) -> None:
        if panel is self.agreements.agreement:
            self.agreements.agreement.refresh()
