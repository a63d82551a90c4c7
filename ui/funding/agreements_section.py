"""All agreements, by where they stand; and the rates and the spending that the gauge counts with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.funding import FundingState
from app.domain.funding_rules import is_out_of_order
from app.i18n import _
from app.services import funding
from ui.people.wording import join_facts
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_amount
from ui.ventures.rows import Action, Row, Rows
from ui.ventures.wording import word_code
from ui.widgets.cards import Card
from ui.widgets.choices import OneOf
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.agreements import Agreement
    from ui.page import PageContext

_S = FundingState
_GROUPS = {
    "open": frozenset({_S.REQUESTED, _S.PRESELECTED, _S.IN_COMMITTEE, _S.GRANTED}),
    "running": frozenset({_S.SIGNED, _S.PAID, _S.JUSTIFIED}),
    "ended": frozenset({_S.SETTLED, _S.CANCELLED, _S.RECOVERED}),
}


class AgreementsSection(QWidget):
    """`opened` carries the id of an agreement."""

    opened = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.which = OneOf(
            lambda: _("Which agreements"),
            [
                ("running", lambda: _("Running")),
                ("open", lambda: _("To be decided")),
                ("ended", lambda: _("Ended")),
            ],
        )
        self.rows = Rows(lambda: _("None here. Money is asked for on the page of a venture."))
        card = Card()
        card.body.addWidget(self.rows)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.addWidget(card)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(self.which)
        layout.addWidget(Scroller(content), 1)
        self.which.chosen.connect(lambda _key: self.refresh())
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read the list again."""
        states = _GROUPS[self.which.value]
        self._context.operations.query(
            self, lambda uow: funding.list_agreements(uow, states=states), self._show, lane="agreements"
        )

    def primary_focus(self) -> QWidget:
        """The first agreement."""
        return self.rows.button(self.rows.keys[0]) if self.rows.keys else self.which.focusProxy() or self.which

    def _show(self, found: tuple[Agreement, ...]) -> None:
        self.rows.show_rows([self._row(item) for item in found])

    def _row(self, item: Agreement) -> Row:
        def words() -> str:
            return item.holder

        def facts() -> str:
            paid = _("{paid} paid").format(paid=word_amount(item.paid, item.currency)) if item.paid else ""
            return join_facts(
                item.number, word_code("funding_kinds", item.kind), word_code("funding_states", item.state), paid
            )

        doubtful = is_out_of_order(item)
        look = Action(lambda: _("Look"), partial(self.opened.emit, item.id), words)
        return Row(
            item.id, words, facts, lambda: word_amount(item.amount, item.currency),
            "warning" if doubtful else "letter", "attention" if doubtful else "quiet_ink", (look,),
        )  # fmt: skip

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.funding):
            self.refresh()
