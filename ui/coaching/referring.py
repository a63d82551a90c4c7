"""Referrals for a page that has room for their two panels: sending somebody on, and following it round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.domain.referrals import ReferralState
from app.i18n import _
from app.outcome import Outcome
from app.services import consents, referrals
from ui.coaching.referral_panel import ReferralPanel
from ui.coaching.referral_words import word_towards
from ui.coaching.send_form import SendForm
from ui.people.wording import full_name, isolate

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.ids import CaseId, ReferralId
    from app.domain.referrals import Destinations, ReferralRow
    from ui.coaching.send_form import Sending
    from ui.coaching.who_field import Named
    from ui.page import PageContext
    from ui.reception.panel import Panel


class Referring(QObject):
    """`fronted` carries the panel that the page shows; `done` leaves it; `person_requested` carries an id."""

    fronted = Signal(object)
    done = Signal()
    person_requested = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.form = SendForm()
        self.panel = ReferralPanel(context.actor)
        self.form.wished.connect(self._on_form_wished)
        self.panel.moved.connect(self._on_panel_moved)
        self.panel.person_requested.connect(self.person_requested)
        context.change_bus.changed.connect(self._on_changed)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What the page puts into its stack."""
        return self.form, self.panel

    def begin(self, person: Named, case_id: CaseId | None) -> None:
        """Send somebody on, once it is read where to."""

        def show(known: Destinations) -> None:
            self.form.begin(person, case_id, known)
            self.fronted.emit(self.form)

        self._context.operations.query(self, lambda uow: referrals.destinations(person.id, uow), show)

    def open(self, referral_id: ReferralId) -> None:
        """Show how a referral stands."""

        def show(row: ReferralRow) -> None:
            self.panel.show_referral(row)
            self.fronted.emit(self.panel)

        self._context.operations.query(self, lambda uow: referrals.show(referral_id, uow), show)

    def _on_form_wished(self, sending: Sending) -> None:
        def act(uow: UnitOfWork) -> Outcome[ReferralRow]:
            new, changes = sending.referral, Changes()
            if sending.consent is not None:
                changes = consents.give(sending.consent, uow).changes
            partner_id = new.partner_id
            if sending.partner is not None:
                made = referrals.add_partner(sending.partner, uow)
                partner_id, changes = made.value.id, changes | made.changes
            sent = referrals.send(replace(new, partner_id=partner_id), uow)
            return Outcome(sent.value, changes | sent.changes, sent.undo)

        def word(row: ReferralRow) -> str:
            return _("{name} is referred: {place}.").format(name=_name(row), place=isolate(word_towards(row)))

        self._context.operations.run(self, act, lambda _row: self.done.emit(), busy=self.form.save, said=word)

    def _on_panel_moved(self, row: ReferralRow, state: ReferralState, text: str) -> None:
        def act(uow: UnitOfWork) -> Outcome[ReferralRow]:
            if state is ReferralState.DONE:
                return referrals.finish(row.id, text, uow)
            if state is ReferralState.CANCELLED:
                return referrals.cancel(row.id, text, uow)
            return referrals.answer(row.id, text, uow, accepted=state is ReferralState.ACCEPTED)

        def word(after: ReferralRow) -> str:
            words = {
                ReferralState.ACCEPTED: _("{name} is accepted; the answer travels with the next bundle."),
                ReferralState.DECLINED: _("{name} is declined; the answer travels with the next bundle."),
                ReferralState.DONE: _("Done for {name}: the loop is closed."),
            }
            return words.get(after.state, _("The referral of {name} is called off.")).format(name=_name(after))

        self._context.operations.run(self, act, lambda _row: self.done.emit(), said=word)

    def _on_changed(self, changes: Changes) -> None:
        """While it is looked at, an answer may come with a bundle."""
        shown = self.panel.referral
        if shown is not None and self.panel.isVisible() and (changes.everything or shown.id in changes.referrals):
            self._context.operations.query(self, lambda uow: referrals.show(shown.id, uow), self.panel.show_referral)


def _name(row: ReferralRow) -> str:
    return isolate(full_name(row.name, row.name_ar))
