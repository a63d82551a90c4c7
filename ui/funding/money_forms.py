"""Forms about money: ask for it, plan a tranche, and say something about a tranche or an agreement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.clock import day_of, system_clock
from app.domain.agreements import Agreement, TrancheRow
from app.domain.funding import NewAgreement, NewTranche
from app.domain.ids import AgreementId, PersonId, VentureId
from app.domain.money import Currency, Money
from app.i18n import _
from app.outcome import Outcome
from app.services import funding
from ui.page import PageContext
from ui.ventures.amounts import write_amount, write_date
from ui.ventures.form import FormPanel, amount_field, code_options, date_field, framed_pick, word_again
from ui.widgets.fields import LineField
from ui.widgets.words import Words, no_words


class AskForm(FormPanel):
    """Money for a venture or a person. `kept` carries the Agreement."""

    kept = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Ask for money"), lambda: _("Keep the request"), parent)
        self._context = context
        self._venture_id: VentureId | None = None
        self._person_id: PersonId | None = None
        self.explain(lambda: _("Tranches with their conditions are planned once the request is kept."))
        self.kind, kind = framed_pick(lambda: _("Kind of funding"), code_options("funding_kinds"))
        self.amount = amount_field(lambda: _("Amount"))
        self.currency, currency = framed_pick(
            lambda: _("Currency"), [("MAD", lambda: _("Dirham (MAD)")), ("EUR", lambda: _("Euro (EUR)"))]
        )
        self.note = LineField(lambda: _("Note"), max_length=500)
        self.add(kind)
        self.beside(self.amount, currency)
        self.add(self.note)

    def begin(self, venture_id: VentureId | None = None, person_id: PersonId | None = None) -> None:
        """An empty form."""
        self._venture_id, self._person_id = venture_id, person_id
        for field in (self.amount, self.note):
            field.set_text("")
            field.clear_error()

    def enter(self) -> None:
        """The kind comes first."""
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        self.demand(self.amount, lambda: _("How much is asked for?"))
        amount = self.read_amount(self.amount)
        if self.is_wrong or amount is None:
            return
        new = NewAgreement(
            self.kind.value,
            Money(amount, Currency(self.currency.value)),
            venture_id=self._venture_id,
            person_id=self._person_id,
            note=self.note.text,
        )

        def act(uow: UnitOfWork) -> Outcome[Agreement]:
            return funding.add(new, uow)

        def word(agreement: Agreement) -> str:
            return _("The request is on record, number {number}.").format(number=agreement.number)

        self._context.operations.run(self, act, self.kept.emit, busy=self.save, said=word)


class TrancheForm(FormPanel):
    """A part of what was agreed, and what has to be met before it is paid. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("A tranche"), lambda: _("Keep the tranche"), parent)
        self._context = context
        self._agreement_id: AgreementId | None = None
        self._tranche: TrancheRow | None = None
        self.amount = amount_field(lambda: _("Amount"))
        self.due = date_field(lambda: _("Planned for"))
        self.condition = LineField(
            lambda: _("Condition"), hint=lambda: _("What has to be shown before it is paid; empty for none"),
            max_length=500,
        )  # fmt: skip
        self.beside(self.amount, self.due)
        self.add(self.condition)

    def begin(self, agreement: Agreement, tranche: TrancheRow | None = None) -> None:
        """A new tranche over what is not planned yet, or one to be changed."""
        self._agreement_id, self._tranche = agreement.id, tranche
        proposed = tranche.amount if tranche else max(agreement.unplanned, Decimal(0))
        self.amount.set_text(write_amount(proposed) if proposed else "")
        self.due.set_text(write_date(tranche.due if tranche else None))
        self.condition.set_text(tranche.condition if tranche else "")
        for field in (self.amount, self.due, self.condition):
            field.clear_error()

    def enter(self) -> None:
        """The amount is proposed; it is what is changed most often."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.line.selectAll()

    def submit(self) -> None:
        """Keep it."""
        self.demand(self.amount, lambda: _("How much is this tranche?"))
        amount, due = self.read_amount(self.amount), self.read_date(self.due)
        agreement_id, tranche = self._agreement_id, self._tranche
        if self.is_wrong or amount is None or agreement_id is None:
            return
        new = NewTranche(amount, self.condition.text, due)

        def act(uow: UnitOfWork) -> Outcome[TrancheRow]:
            if tranche is not None:
                return funding.edit_tranche(tranche.id, new, uow)
            return funding.add_tranche(agreement_id, new, uow)

        self._context.operations.run(
            self, act, lambda _row: self.kept.emit(), busy=self.save, said=lambda _row: _("The tranche is kept.")
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be said and kept: `carry_out` gets the text, the day, and the amount where one is asked for."""

    title: Words
    about: Words
    question: Words
    hint: Words
    save: Words
    said: Words
    carry_out: Callable[[str, date | None, Decimal | None, UnitOfWork], Outcome[object]]
    amount: Decimal | None = None
    dated: bool = True


class StatementForm(FormPanel):
    """Evidence or a reason that stays on record, with its day. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(no_words, lambda: _("Keep"), parent)
        self._context = context
        self._statement: Statement | None = None
        self.amount = amount_field(lambda: _("Amount"))
        self.day = date_field(lambda: _("On"))
        self.text_field = LineField(self._word_question, hint=self._word_hint, max_length=500)
        self.beside(self.amount, self.day)
        self.add(self.text_field)

    def begin(self, statement: Statement) -> None:
        """Ask for it."""
        self._statement = statement
        self.title.say(statement.title)
        self.save.say(statement.save)
        self.explain(statement.about)
        self.amount.setHidden(statement.amount is None)
        self.amount.set_text(write_amount(statement.amount) if statement.amount is not None else "")
        self.day.setHidden(not statement.dated)
        self.day.set_text(write_date(day_of(system_clock())))
        self.text_field.set_text("")
        for field in (self.amount, self.day, self.text_field):
            field.clear_error()
        word_again(self.text_field)

    def enter(self) -> None:
        """What nobody can propose."""
        self.text_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        self.demand(self.text_field, lambda: _("Say it in a few words: it stays on record."))
        amount = self.read_amount(self.amount) if not self.amount.isHidden() else None
        day = self.read_date(self.day) if not self.day.isHidden() else None
        statement, text = self._statement, self.text_field.text
        if self.is_wrong or statement is None:
            return

        def act(uow: UnitOfWork) -> Outcome[object]:
            return statement.carry_out(text, day, amount, uow)

        said = statement.said
        self._context.operations.run(
            self, act, lambda _value: self.kept.emit(), busy=self.save, said=lambda _value: said()
        )

    def _word_question(self) -> str:
        return self._statement.question() if self._statement else ""

    def _word_hint(self) -> str:
        return self._statement.hint() if self._statement else ""
