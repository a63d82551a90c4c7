"""The money of a venture: agreed, paid, accounted for; one bar a currency, the agreements below."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements import Agreement, TrancheRow
from app.domain.funding import FundingState
from app.i18n import _
from ui.funding.money_rows import tranche_row
from ui.languages import follow_language
from ui.people.wording import join_facts
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_amount, word_date
from ui.ventures.bars import HOLLOW, SOLID, STRIPED, Bar, Part, Swatch
from ui.ventures.rows import Action, Row, Rows, Section
from ui.ventures.wording import word_code
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.labels import Label
from ui.widgets.words import Words

_COUNTED = frozenset(FundingState) - {FundingState.CANCELLED}


class MoneyBar(QWidget):
    """What was accounted for, what is out besides, and what is still to come of what was agreed."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self._agreed = self._paid = self._justified = Decimal(0)
        self.bar = Bar(self._word)
        self._legend = [
            (Swatch("control", HOLLOW), Label(self._word_agreed, step="small")),
            (Swatch("primary", STRIPED), Label(self._word_paid, step="small")),
            (Swatch("primary", SOLID), Label(self._word_justified, step="small")),
        ]
        row = QHBoxLayout()
        row.setSpacing(Gap.HAIR)
        for swatch, label in self._legend:
            row.addWidget(swatch)
            row.addWidget(label)
            row.addSpacing(Gap.MEDIUM)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.HAIR)
        layout.addWidget(self.bar)
        layout.addLayout(row)
        follow_language(self, self.retranslate)

    def show_amounts(self, agreed: Decimal, paid: Decimal, justified: Decimal) -> None:
        """Show three amounts of the bar's currency."""
        self._agreed, self._paid, self._justified = agreed, paid, justified
        solid = max(min(justified, paid), Decimal(0))
        self.bar.show_parts(
            [Part(solid, "primary", SOLID), Part(max(paid - solid, Decimal(0)), "primary", STRIPED)], agreed
        )
        self.retranslate()

    def retranslate(self) -> None:
        """Word the amounts again."""
        for _swatch, label in self._legend:
            label.retranslate()
        self.bar.setAccessibleName(self._word())

    def _word(self) -> str:
        return join_facts(self._word_agreed(), self._word_paid(), self._word_justified())

    def _word_agreed(self) -> str:
        return _("agreed {amount}").format(amount=word_amount(self._agreed, self._currency))

    def _word_paid(self) -> str:
        return _("paid {amount}").format(amount=word_amount(self._paid, self._currency))

    def _word_justified(self) -> str:
        return _("accounted for {amount}").format(amount=word_amount(self._justified, self._currency))


class MoneyCard(Section):
    """`opened` carries the id of an agreement; `asked` that money is to be asked for."""

    opened = Signal(object)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, may_ask: bool) -> None:
        self.ask_button = Button(lambda: _("Ask for money"), PLAIN, dense=True, icon="plus")
        super().__init__(lambda: _("Money"), self.ask_button, parent=parent)
        self.ask_button.setVisible(may_ask)
        self.bars = {currency: MoneyBar(currency) for currency in ("MAD", "EUR")}
        for bar in self.bars.values():
            bar.hide()
            self.body.addWidget(bar)
        self.rows = Rows(lambda: _("No money asked for yet."))
        self.body.addWidget(self.rows)
        self.ask_button.clicked.connect(self.asked)

    def show_agreements(self, agreements: Sequence[Agreement]) -> None:
        """Show what was agreed, and the agreements one by one with their tranches."""
        for currency, bar in self.bars.items():
            found = [item for item in agreements if item.currency == currency and item.state in _COUNTED]
            bar.setVisible(bool(found))
            signed = [item for item in found if item.is_signed or item.kept is FundingState.GRANTED or item.payments]
            bar.show_amounts(
                sum((item.amount for item in signed), Decimal(0)),
                sum((item.paid for item in found), Decimal(0)),
                sum((item.justified for item in found), Decimal(0)),
            )
        self.rows.show_rows([row for item in agreements for row in (self._row(item), *_tranches(item))])

    def _row(self, agreement: Agreement) -> Row:
        def words() -> str:
            return word_code("funding_kinds", agreement.kind)

        def facts() -> str:
            return join_facts(agreement.number, word_code("funding_states", agreement.state))

        return Row(
            agreement.id,
            words,
            facts,
            lambda: word_amount(agreement.amount, agreement.currency),
            strong=True,
            actions=(Action(lambda: _("Look"), partial(self.opened.emit, agreement.id), words),),
        )


def _tranches(agreement: Agreement) -> list[Row]:
    """Each tranche with its condition and its days, so that the next one is seen without opening anything."""
    return [
        replace(row, facts=partial(_word_paid, item, row.facts))
        for item in agreement.tranches
        if not item.removed
        for row in (tranche_row(item, agreement.currency, ()),)
    ]


def _word_paid(tranche: TrancheRow, facts: Words) -> str:
    days = [payment.paid_on for payment in tranche.payments if payment.paid_on and not payment.recovered]
    paid = _("paid on {day}").format(day=word_date(max(days))) if days else ""
    return join_facts(paid, facts())
