"""An agreement: what was agreed, paid and accounted for, its tranches one by one, and what can be done now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.funding import FundingState, Move
from app.domain.funding_rules import open_moves, warnings_of
from app.i18n import _
from app.services import funding
from ui.funding.money_rows import justification_row, payment_row, tranche_row
from ui.funding.wording import word_move, word_moved, word_warning
from ui.languages import follow_language
from ui.people.wording import join_facts
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date, word_number
from ui.ventures.money_card import MoneyBar
from ui.ventures.rows import Action, Row, Rows, Section
from ui.ventures.wording import word_code
from ui.widgets.buttons import PLAIN, QUIET, Button
from ui.widgets.cards import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import IconLabel, Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.agreements import Agreement, TrancheRow
    from app.domain.ids import AgreementId
    from app.outcome import Outcome
    from ui.page import PageContext

WITH_REASON = frozenset({Move.REOPEN, Move.CANCEL})
_ADVISORS = frozenset({Move.PRESELECT, Move.SEND_TO_COMMITTEE})
_ENDED = frozenset({FundingState.SETTLED, FundingState.CANCELLED})
_ASKED = frozenset({FundingState.REQUESTED, FundingState.PRESELECTED, FundingState.IN_COMMITTEE})


class AgreementPanel(Panel):
    """Wishes lead to forms; those that need no word are carried out here."""

    tranche_requested = Signal(object, object)
    payment_requested = Signal(object, object)
    meeting_requested = Signal(object, object)
    justification_requested = Signal(object, object)
    recovery_requested = Signal(object, object)
    reason_requested = Signal(object, object)
    papers_requested = Signal(object, object)
    agreement: Agreement | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._wanted: AgreementId | None = None
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.bars = {currency: MoneyBar(currency) for currency in ("MAD", "EUR")}
        self.move_buttons: dict[Move, Button] = {}
        self._moves = QWidget()
        self._move_row = FlowLayout(self._moves)
        self._move_row.setSpacing(Gap.SMALL)
        self.warnings = QWidget()
        self._warnings = Label(self._word_warnings, tone="attention", wraps=True)
        self.add_button = Button(lambda: _("Add a tranche"), PLAIN, dense=True, key="F2", icon="plus")
        self.tranches = Rows(lambda: _("No tranche yet. F2 plans the first: how much, on which condition, when."))
        self.payments = Rows(lambda: _("Nothing paid yet."))
        self._lay_out()
        self.add_button.clicked.connect(lambda: self.tranche_requested.emit(self.agreement, None))
        context.change_bus.changed.connect(self._on_change_bus_changed)
        follow_language(self, self._retranslate)

    def begin(self, agreement_id: AgreementId) -> None:
        """Show an agreement."""
        if agreement_id != self._wanted:
            self.agreement = None
            self._wanted = agreement_id
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted = self._wanted
        if wanted is not None:
            self._context.operations.query(self, lambda uow: funding.show(wanted, uow), self._show, lane="agreement")

    def enter(self) -> None:
        """The first thing that can be done."""
        if self.tranches.keys:
            self.tranches.button(self.tranches.keys[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            first = next(iter(self.move_buttons.values()), None)
            (first or self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        top = Card(margin=Gap.LARGE, spacing=Gap.SMALL)
        for bar in self.bars.values():
            top.body.addWidget(bar)
        row = QHBoxLayout(self.warnings)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(IconLabel("warning", "attention"), alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._warnings, 1)
        top.body.addWidget(self.warnings)
        top.body.addWidget(self._moves)
        plan = Section(lambda: _("Tranches"), self.add_button)
        plan.body.addWidget(self.tranches)
        paid = Section(lambda: _("Payments and evidence"))
        paid.body.addWidget(self.payments)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        layout.setSpacing(Gap.MEDIUM)
        for part in (top, plan, paid):
            layout.addWidget(part)
        layout.addStretch()
        self.body.setSpacing(Gap.SMALL)
        self.body.addWidget(self.facts)
        self.body.addWidget(Scroller(content), 1)

    def _may(self, permission: Permission) -> bool:
        return self._context.actor.may(permission)

    def _show(self, agreement: Agreement) -> None:
        first = self.agreement is None
        self.agreement = agreement
        for currency, bar in self.bars.items():
            bar.setVisible(currency == agreement.currency)
        self.bars[agreement.currency].show_amounts(agreement.amount, agreement.paid, agreement.justified)
        planner = Permission.REQUEST_FUNDING if agreement.kept in _ASKED else Permission.PAY
        self.add_button.setVisible(self._may(planner) and agreement.kept not in _ENDED)
        self._offer_moves(agreement)
        self.warnings.setVisible(bool(warnings_of(agreement)))
        tranches = [(self._tranche_row(one), one.attachments) for one in agreement.tranches if not one.removed]
        money = [found for tranche in agreement.tranches for found in self._money_rows(tranche)]
        self.tranches.show_rows([self._with_papers(row, count) for row, count in tranches])
        self.payments.show_rows([self._with_papers(row, count) for row, count in money])
        self._retranslate()
        if first and self.isVisible():
            self.enter()

    def _offer_moves(self, agreement: Agreement) -> None:
        focus = next((move for move, button in self.move_buttons.items() if button.hasFocus()), None)
        for old in self.move_buttons.values():
            self._move_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.move_buttons = {}
        for move in open_moves(agreement):
            if self._may(Permission.REQUEST_FUNDING if move in _ADVISORS else Permission.PAY):
                button = Button(partial(word_move, move), PLAIN if move in WITH_REASON else QUIET, dense=True)
                button.clicked.connect(partial(self._on_move_clicked, move))
                self._move_row.addWidget(button)
                self.move_buttons[move] = button
        self._moves.setVisible(bool(self.move_buttons))
        if focus is not None and self.move_buttons:
            self.move_buttons.get(focus, next(iter(self.move_buttons.values()))).setFocus()

    def _tranche_row(self, tranche: TrancheRow) -> Row:
        agreement = self.agreement
        assert agreement is not None  # noqa: S101 - shown only with one
        return tranche_row(tranche, agreement.currency, self._tranche_actions(agreement, tranche))

    def _tranche_actions(self, agreement: Agreement, tranche: TrancheRow) -> tuple[Action, ...]:
        if agreement.kept in _ENDED:
            return ()
        found = []
        may_pay = self._may(Permission.PAY)
        if may_pay and tranche.condition and tranche.met_on is None:
            found.append(Action(lambda: _("Condition met …"), partial(self.meeting_requested.emit, agreement, tranche)))
        if may_pay and tranche.left > 0 and agreement.kept not in _ASKED:
            found.append(Action(lambda: _("Pay …"), partial(self.payment_requested.emit, agreement, tranche)))
        if may_pay and tranche.paid > tranche.justified:
            found.append(
                Action(lambda: _("Account for …"), partial(self.justification_requested.emit, agreement, tranche))
            )
        planner = Permission.REQUEST_FUNDING if agreement.kept in _ASKED else Permission.PAY
        if self._may(planner) and not tranche.payments:
            found.append(Action(lambda: _("Change"), partial(self.tranche_requested.emit, agreement, tranche)))
        return tuple(found)

    def _with_papers(self, row: Row, count: int) -> Row:
        """What shows it: the condition of a tranche, a receipt, an invoice."""
        if not (self._may(Permission.READ_CASES) and (count or self._may(Permission.REQUEST_FUNDING))):
            return row

        def words() -> str:
            return _("Papers ({count})").format(count=word_number(count)) if count else _("Papers …")

        def about() -> str:
            holder = self.agreement.holder if self.agreement else ""
            return join_facts(holder, row.title(), row.figure())

        ask = partial(self.papers_requested.emit, row.key, about)
        return replace(row, actions=(*row.actions, Action(words, ask, row.title)))

    def _money_rows(self, tranche: TrancheRow) -> list[tuple[Row, int]]:
        agreement = self.agreement
        assert agreement is not None  # noqa: S101 - shown only with one
        rows = []
        for payment in tranche.payments:
            action = Action(lambda: _("Recover …"), partial(self.recovery_requested.emit, agreement, payment))
            can_recover = not payment.recovered and tranche.paid > 0 and self._may(Permission.PAY)
            rows.append((payment_row(tranche, payment, (action,) if can_recover else ()), payment.attachments))
        return rows + [
            (justification_row(tranche, item, agreement.currency), item.attachments) for item in tranche.justifications
        ]

    def _retranslate(self) -> None:
        for label in (self.title, self.facts, self._warnings):
            label.retranslate()

    def _word_title(self) -> str:
        return self.agreement.holder if self.agreement else _("Agreement")

    def _word_facts(self) -> str:
        item = self.agreement
        if item is None:
            return ""
        return join_facts(
            word_code("funding_kinds", item.kind),
            item.number,
            word_code("funding_states", item.state),
            _("signed on {day}").format(day=word_date(item.signed_on)) if item.signed_on else "",
            item.note,
        )

    def _word_warnings(self) -> str:
        item = self.agreement
        return "\n".join(word_warning(found, item.currency) for found in warnings_of(item)) if item else ""

    def _on_move_clicked(self, move: Move) -> None:
        item = self.agreement
        if item is None:
            return
        if move in WITH_REASON:
            self.reason_requested.emit(item, move)
            return

        def act(uow: UnitOfWork) -> Outcome[Agreement]:
            return funding.move(item.id, move, uow)

        self._context.operations.run(self, act, busy=self.move_buttons.get(move), said=lambda _item: word_moved(move))

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.funding or changes.attachments):
            self.refresh()
