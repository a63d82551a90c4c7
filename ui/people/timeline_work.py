"""Work and funding of somebody, beside the timeline: ventures, money, offers, and what can be begun from here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.accounts import Permission
from app.i18n import _
from app.services import employers
from ui.funding.money_forms import AskForm
from ui.people.wording import full_name, isolate, join_facts
from ui.placements.wording import word_offer, word_who
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_amount
from ui.ventures.form import FormPanel, framed_pick
from ui.ventures.rows import Action, Row, Rows
from ui.ventures.wording import word_code
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.domain.agreements import Agreement
    from app.domain.ids import PersonId
    from app.domain.placements import CandidacyRow, OfferRow
    from app.domain.ventures import Venture
    from app.outcome import Outcome
    from ui.coaching.who_field import Named
    from ui.page import PageContext
    from ui.people.timeline_reading import PersonRecord
    from ui.widgets.words import Words


class WorkCard(Card):
    """`record_requested` carries the key of a page and what it shall show; the buttons are wishes."""

    record_requested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.MEDIUM, spacing=Gap.SMALL)
        self.rows = Rows(lambda: _("Nothing so far."))
        self.propose_button = Button(lambda: _("Propose for an offer"), PLAIN, icon="placement", dense=True)
        self.ask_button = Button(lambda: _("Ask for money"), PLAIN, icon="funding", dense=True)
        self.body.addWidget(Label(lambda: _("Work and funding"), strong=True, wraps=True))
        self.body.addWidget(self.rows)
        for button in (self.propose_button, self.ask_button):
            self.body.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeading)

    def show_record(self, record: PersonRecord) -> None:
        """Show what somebody has, what they were proposed for, and the money that is theirs alone."""
        rows = [*map(self._venture, record.ventures), *map(self._agreement, record.agreements)]
        self.rows.show_rows([*rows, *map(_candidacy, record.candidacies)])

    def _venture(self, one: Venture) -> Row:
        def words() -> str:
            return full_name(one.name, one.name_ar)

        return self._row("ventures", one.id, words, lambda: join_facts(word_code("stages", one.stage), one.number))

    def _agreement(self, one: Agreement) -> Row:
        def facts() -> str:
            paid = _("{paid} of {agreed}").format(
                paid=word_amount(one.paid, one.currency), agreed=word_amount(one.amount, one.currency)
            )
            return join_facts(word_code("funding_states", one.state), paid, one.number)

        return self._row("funding", one.id, lambda: word_code("funding_kinds", one.kind), facts)

    def _row(self, key: str, one: UUID, words: Words, facts: Words) -> Row:
        action = Action(lambda: _("Look"), partial(self.record_requested.emit, key, one), words)
        return Row(one, words, facts, icon=key, actions=(action,))


def _candidacy(one: CandidacyRow) -> Row:
    return Row(
        one.id,
        lambda: one.title,
        lambda: join_facts(one.employer, word_code("candidacy_states", one.state)),
        icon="placement",
    )


class OfferPick(FormPanel):
    """For which of the open offers somebody is proposed, and why. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Propose for an offer"), lambda: _("Propose"), parent)
        self._context = context
        self._person: Named | None = None
        self._offers: tuple[OfferRow, ...] = ()
        self.offer, frame = framed_pick(lambda: _("Offer"), ())
        self.note = LineField(lambda: _("Why this person fits"), hint=lambda: _("It may stay empty"), max_length=500)
        self.add(frame, self.note)

    def begin(self, person: Named, offers: tuple[OfferRow, ...]) -> None:
        """For somebody; the offers that take candidates."""
        self._person, self._offers = person, offers
        self.explain(lambda: person.shown)
        self.offer.offer([(str(one.id), partial(_word_offer, one)) for one in offers])
        self.note.set_text("")

    def enter(self) -> None:
        """The offers come first."""
        self.offer.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Propose."""
        person, note = self._person, self.note.text
        offer = next((one for one in self._offers if str(one.id) == self.offer.value), None)
        if person is None or offer is None:
            return

        def act(uow: UnitOfWork) -> Outcome[CandidacyRow]:
            return employers.propose(offer.id, person.id, note, uow)

        def word(row: CandidacyRow) -> str:
            return _("{name} is proposed for {post}.").format(name=isolate(word_who(row)), post=isolate(row.title))

        self._context.operations.run(self, act, lambda _row: self.kept.emit(), busy=self.save, said=word)


class Working(QObject):
    """Works for the page of a person. `fronted` carries the panel that the page shows, `done` follows a form."""

    fronted = Signal(object)
    done = Signal()

    def __init__(self, context: PageContext, card: WorkCard, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.pick = OfferPick(context)
        self.ask = AskForm(context)
        self.pick.kept.connect(self.done)
        self.ask.kept.connect(lambda _agreement: self.done.emit())
        card.propose_button.setVisible(context.actor.may(Permission.ACCOMPANY))
        card.ask_button.setVisible(context.actor.may(Permission.REQUEST_FUNDING))

    def propose(self, person: Named | None) -> None:
        """Ask for which offer."""
        if person is None:
            return
        wanted = person

        def show(offers: tuple[OfferRow, ...]) -> None:
            if offers:
                self.pick.begin(wanted, offers)
                self.fronted.emit(self.pick)
            else:
                self._context.notices.say(
                    _("No offer takes candidates now. Offers are noted on the page of placements.")
                )

        self._context.operations.query(self.pick, employers.list_offers, show, lane="person-offers")

    def ask_for(self, person_id: PersonId | None) -> None:
        """Ask for money for somebody."""
        if person_id is not None:
            self.ask.begin(person_id=person_id)
            self.fronted.emit(self.ask)


def _word_offer(one: OfferRow) -> str:
    return join_facts(one.title, word_offer(one))
