"""Pay a tranche. What stands in the way is said while the amount is typed; a reason makes it possible all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.accounts import Permission
from app.domain.funding import NewPayment
from app.domain.funding_rules import OVERRIDABLE
from app.domain.ids import PersonId
from app.domain.money import AmountNotUnderstoodError, Currency, parse_amount, parse_rate
from app.errors import AppError
from app.i18n import _
from app.services import payments, ventures
from ui.people.wording import full_name, join_facts
from ui.theme.tokens import Gap
from ui.ventures.amounts import NotUnderstoodError, read_date, word_amount, write_amount, write_date
from ui.ventures.form import FormPanel, amount_field, code_options, date_field, framed_pick
from ui.widgets.fields import LineField
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.agreements import Agreement, PaymentRow, TrancheRow
    from app.domain.funding_rules import Obstacle
    from app.domain.ventures import Member
    from app.outcome import Outcome
    from ui.page import PageContext

Obstacles = tuple[tuple["Obstacle", str], ...]


class PayForm(FormPanel):
    """`kept` follows a payment."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Pay a tranche"), lambda: _("Keep the payment"), parent)
        self._context = context
        self._agreement: Agreement | None = None
        self._tranche: TrancheRow | None = None
        self._obstacles: Obstacles = ()
        self._sentence = ""
        self.explain(self._word_about)
        self.amount = amount_field(lambda: _("Amount"))
        self.currency, currency = framed_pick(
            lambda: _("Paid in"), [("MAD", lambda: _("Dirham (MAD)")), ("EUR", lambda: _("Euro (EUR)"))]
        )
        self.day = date_field(lambda: _("Paid on"))
        self.way, way = framed_pick(lambda: _("How"), code_options("payment_ways"))
        self.receiver, receiver = framed_pick(lambda: _("Received by"), [])
        self._receiver_frame = receiver
        self.receipt = LineField(
            lambda: _("Receipt number"), hint=lambda: _("Empty: the program gives one"), left_to_right=True,
            max_length=40,
        )  # fmt: skip
        self.rate = LineField(
            lambda: _("Rate: dirhams for 1 euro"), hint=lambda: _("Empty: the newest rate on record of that day"),
            left_to_right=True, max_length=10,
        )  # fmt: skip
        self.warning = QWidget()
        self.sentences = Label(self._word_obstacles, tone="attention", wraps=True)
        self.reason = LineField(lambda: _("Reason to pay all the same, kept on record"), max_length=500)
        self._lay_out_warning()
        self.beside(self.amount, currency)
        self.add(self.warning)
        self.add(self.reason)
        self.beside(self.day, way)
        self.beside(receiver, self.receipt)
        self.add(self.rate)
        for field in (self.amount, self.day, self.rate):
            field.edited.connect(lambda _text: self._check())
        self.currency.picked.connect(lambda _key: self._check())

    def begin(self, agreement: Agreement, tranche: TrancheRow) -> None:
        """Propose what the tranche still lacks, today."""
        self._agreement, self._tranche = agreement, tranche
        self.explain(self._word_about)
        self.amount.set_text(write_amount(min(tranche.left, agreement.left)))
        self.currency.choose(agreement.currency)
        self.day.set_text(write_date(day_of(system_clock())))
        for field in (self.receipt, self.rate, self.reason):
            field.set_text("")
        for field in (self.amount, self.day, self.receipt, self.rate, self.reason):
            field.clear_error()
        self._show_obstacles(())
        self._ask_receivers(agreement)
        self._check()

    def enter(self) -> None:
        """The amount is proposed."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.line.selectAll()

    def submit(self) -> None:
        """Pay."""
        self.demand(self.amount, lambda: _("How much is paid?"))
        amount = self.read_amount(self.amount)
        day = self.read_date(self.day)
        rate = self.read(self.rate, parse_rate, lambda: _("Not understood. Write a rate such as 10,85."))
        if self._needs_reason and not self.reason.text:
            self.blame(self.reason, lambda: _("Without a reason this can't be paid. Nothing was kept."))
        tranche = self._tranche
        if self.is_wrong or tranche is None or amount is None:
            return
        new = NewPayment(
            tranche.id,
            amount,
            Currency(self.currency.value),
            day,
            self.way.value,
            PersonId(UUID(self.receiver.value)) if self.receiver.value else None,
            self.receipt.text,
            rate,
            day if rate is not None else None,
            self.reason.text,
        )

        def act(uow: UnitOfWork) -> Outcome[PaymentRow]:
            return payments.pay(new, uow)

        def word(payment: PaymentRow) -> str:
            return _("{amount} paid, receipt {number}.").format(
                amount=word_amount(payment.amount, payment.currency), number=payment.receipt
            )

        self._context.operations.run(
            self, act, lambda _payment: self.kept.emit(), self._on_refused, busy=self.save, said=word
        )

    @property
    def _needs_reason(self) -> bool:
        return bool(self._obstacles) and all(obstacle in OVERRIDABLE for obstacle, _text in self._obstacles)

    def _lay_out_warning(self) -> None:
        row = QHBoxLayout(self.warning)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Gap.SMALL)
        row.addWidget(IconLabel("warning", "attention"), alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(self.sentences)
        row.addLayout(words, 1)
        self.warning.hide()
        self.reason.hide()

    def _check(self) -> None:
        """Ask what stands in the way of what is typed so far."""
        tranche = self._tranche
        if tranche is None:
            return
        try:
            amount = parse_amount(self.amount.text)
            day = read_date(self.day.text) if self.day.text else None
            rate = parse_rate(self.rate.text) if self.rate.text else None
        except (AmountNotUnderstoodError, NotUnderstoodError):
            return
        new = NewPayment(
            tranche.id, amount, Currency(self.currency.value), day, rate=rate, rate_day=day if rate else None
        )
        self._context.operations.query(
            self,
            lambda uow: payments.check_payment(new, uow),
            self._show_obstacles,
            self._on_check_failed,
            lane="payment-check",
        )

    def _show_obstacles(self, obstacles: Obstacles) -> None:
        self._obstacles, self._sentence = obstacles, ""
        self._adapt()

    def _on_check_failed(self, error: Exception) -> None:
        """A refusal of another kind: no rate for the day, a day to come."""
        self._obstacles, self._sentence = (), str(error) if isinstance(error, AppError) else ""
        self._adapt()

    def _adapt(self) -> None:
        self.warning.setVisible(bool(self._word_obstacles()))
        self.reason.setVisible(self._needs_reason)
        self.sentences.retranslate()

    def _word_obstacles(self) -> str:
        return self._sentence or "\n".join(text for _obstacle, text in self._obstacles)

    def _word_about(self) -> str:
        agreement, tranche = self._agreement, self._tranche
        if agreement is None or tranche is None:
            return ""
        return join_facts(
            agreement.holder,
            agreement.number,
            _("tranche {number}: {amount}").format(
                number=tranche.position, amount=word_amount(tranche.amount, agreement.currency)
            ),
            tranche.condition,
        )

    def _ask_receivers(self, agreement: Agreement) -> None:
        self.receiver.offer([("", lambda: _("Choose who received it"))])
        self._receiver_frame.setVisible(agreement.venture_id is not None)
        venture_id = agreement.venture_id
        if venture_id is None or not self._context.actor.may(Permission.READ_VENTURES):
            return
        wanted = venture_id
        today = day_of(system_clock())

        def read(uow: UnitOfWork) -> tuple[Member, ...]:
            return tuple(member for member in ventures.show(wanted, uow).members if member.holds_on(today))

        def show(members: tuple[Member, ...]) -> None:
            self.receiver.offer(
                [(str(member.person_id), as_is(full_name(member.name, member.name_ar))) for member in members]
            )

        self._context.operations.query(self, read, show)

    def _on_refused(self, error: Exception) -> None:
        """The refusal stands where it is read; nothing was kept."""
        if isinstance(error, AppError):
            self._sentence = str(error)
            self._adapt()
        else:
            self._context.messages.report(error)
