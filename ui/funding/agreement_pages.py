"""An agreement and its forms as one piece, for each page that leads to agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.i18n import _
from app.services import funding, payments
from ui.funding.agreement_panel import AgreementPanel
from ui.funding.money_forms import AskForm, Statement, StatementForm, TrancheForm
from ui.funding.pay_form import PayForm
from ui.funding.wording import word_move, word_moved
from ui.people.papers import Papers
from ui.people.timeline_attach import PaperOwner
from ui.ventures.amounts import word_amount

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from app.bootstrap import UnitOfWork
    from app.domain.agreements import Agreement, PaymentRow, TrancheRow
    from app.domain.funding import Move
    from app.domain.ids import AgreementId, PersonId, VentureId
    from app.outcome import Outcome
    from ui.page import PageContext
    from ui.reception.panel import Panel
    from ui.widgets.words import Words


class AgreementPages(QObject):
    """The page that owns it shows the panels: `fronted` carries one, `finished` says that a form is done."""

    fronted = Signal(object)
    finished = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.agreement = AgreementPanel(context)
        self.ask = AskForm(context)
        self.tranche = TrancheForm(context)
        self.pay = PayForm(context)
        self.statement = StatementForm(context)
        self.papers = Papers(context, self)
        self.papers.fronted.connect(self.fronted)
        self.papers.done.connect(self.finished)
        self.agreement.papers_requested.connect(self._on_papers_requested)
        for form in (self.tranche, self.pay, self.statement):
            form.kept.connect(self.finished)
        self.ask.kept.connect(self._on_ask_kept)
        self.agreement.tranche_requested.connect(self._on_tranche_requested)
        self.agreement.payment_requested.connect(self._on_payment_requested)
        self.agreement.meeting_requested.connect(self._on_meeting_requested)
        self.agreement.justification_requested.connect(self._on_justification_requested)
        self.agreement.recovery_requested.connect(self._on_recovery_requested)
        self.agreement.reason_requested.connect(self._on_reason_requested)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What the page puts into its stack."""
        return (self.agreement, self.ask, self.tranche, self.pay, self.statement, self.papers.form)

    def open_agreement(self, agreement_id: AgreementId) -> None:
        """Show an agreement."""
        self.agreement.begin(agreement_id)
        self.fronted.emit(self.agreement)

    def ask_for_venture(self, venture_id: VentureId) -> None:
        """Ask for money for a venture."""
        self.ask.begin(venture_id=venture_id)
        self.fronted.emit(self.ask)

    def ask_for_person(self, person_id: PersonId) -> None:
        """Ask for money for a person."""
        self.ask.begin(person_id=person_id)
        self.fronted.emit(self.ask)

    def _on_papers_requested(self, money_id: UUID, about: Words) -> None:
        self.papers.begin(PaperOwner("money_id", money_id), about)

    def _on_ask_kept(self, agreement: Agreement) -> None:
        self.finished.emit()
        self.open_agreement(agreement.id)

    def _on_tranche_requested(self, agreement: Agreement, tranche: TrancheRow | None) -> None:
        self.tranche.begin(agreement, tranche)
        self.fronted.emit(self.tranche)

    def _on_payment_requested(self, agreement: Agreement, tranche: TrancheRow) -> None:
        self.pay.begin(agreement, tranche)
        self.fronted.emit(self.pay)

    def _on_meeting_requested(self, agreement: Agreement, tranche: TrancheRow) -> None:
        def carry_out(text: str, day: date | None, _amount: Decimal | None, uow: UnitOfWork) -> Outcome[object]:
            return funding.meet(tranche.id, text, uow, on=day)

        self._state(
            Statement(
                lambda: _("The condition is met"),
                lambda: _("{holder}, tranche {number}: {condition}").format(
                    holder=agreement.holder, number=tranche.position, condition=tranche.condition
                ),
                lambda: _("What shows it"),
                lambda: _("A document, a visit, a call: what somebody can look up later"),
                lambda: _("Keep that it is met"),
                lambda: _("The condition is met; the tranche can be paid."),
                carry_out,
            )
        )

    def _on_justification_requested(self, agreement: Agreement, tranche: TrancheRow) -> None:
        def carry_out(text: str, day: date | None, amount: Decimal | None, uow: UnitOfWork) -> Outcome[object]:
            return payments.justify(tranche.id, text, uow, amount=amount, on=day)

        self._state(
            Statement(
                lambda: _("Account for a tranche"),
                lambda: _("{holder}, tranche {number}: {amount} paid").format(
                    holder=agreement.holder,
                    number=tranche.position,
                    amount=word_amount(tranche.paid, agreement.currency),
                ),
                lambda: _("What shows how it was spent"),
                lambda: _("Invoices, receipts, a visit"),
                lambda: _("Keep the evidence"),
                lambda: _("The evidence is on record."),
                carry_out,
                tranche.paid - tranche.justified,
            )
        )

    def _on_recovery_requested(self, agreement: Agreement, payment: PaymentRow) -> None:
        def carry_out(text: str, day: date | None, amount: Decimal | None, uow: UnitOfWork) -> Outcome[object]:
            return payments.recover(payment.id, text, uow, amount=amount, on=day)

        self._state(
            Statement(
                lambda: _("Recover money"),
                lambda: _("{holder}: {amount} paid, receipt {number}. A payment is never deleted; this adds one "
                          "with a minus.").format(
                    holder=agreement.holder, amount=word_amount(payment.amount, payment.currency),
                    number=payment.receipt,
                ),
                lambda: _("Why"),
                lambda: _("It stays on record"),
                lambda: _("Keep the recovery"),
                lambda: _("The recovery is on record."),
                carry_out,
                payment.amount,
            )
        )  # fmt: skip

    def _on_reason_requested(self, agreement: Agreement, move: Move) -> None:
        def carry_out(text: str, day: date | None, _amount: Decimal | None, uow: UnitOfWork) -> Outcome[object]:
            return funding.move(agreement.id, move, uow, on=day, reason=text)

        self._state(
            Statement(
                lambda: word_move(move),
                lambda: agreement.holder,
                lambda: _("Why"),
                lambda: _("It stays on record"),
                lambda: word_move(move).removesuffix(" …"),
                lambda: word_moved(move),
                carry_out,
                dated=False,
            )
        )

    def _state(self, statement: Statement) -> None:
        self.statement.begin(statement)
        self.fronted.emit(self.statement)
