"""An offer with those who were proposed for it, and what can be done with each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.placements import CANDIDACY_MOVES, CandidacyState, OfferState
from app.i18n import _
from app.services import employers
from ui.languages import follow_language
from ui.people.wording import isolate, join_facts
from ui.placements.list_section import may_wrap
from ui.placements.wording import word_offer, word_places, word_who
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date
from ui.ventures.rows import Action, Row, Rows, Section
from ui.ventures.wording import code_words, word_code
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.ids import OfferId
    from app.domain.placements import CandidacyRow, OfferRow
    from app.outcome import Outcome
    from ui.page import PageContext

Read = tuple["OfferRow", tuple["CandidacyRow", ...]]
_ORDER = tuple(CandidacyState)


class OfferPanel(Panel):
    """`propose_requested` and `change_requested` carry the OfferRow, `place_requested` a candidate and the offer."""

    propose_requested = Signal(object)
    change_requested = Signal(object)
    place_requested = Signal(object, object)
    person_requested = Signal(object)
    offer: OfferRow | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._wanted: OfferId | None = None
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.propose_button = Button(lambda: _("Propose somebody"), PRIMARY, key="F2", dense=True, icon="user-plus")
        self.change_button = Button(lambda: _("Change"), key="F4", dense=True, icon="edit")
        self.open_button = Button(self._word_open, PLAIN, key="F8", dense=True)
        self.candidates = Rows(lambda: _("Nobody is proposed yet. F2 proposes somebody."))
        self._lay_out()
        self.propose_button.clicked.connect(lambda: self.propose_requested.emit(self.offer))
        self.change_button.clicked.connect(lambda: self.change_requested.emit(self.offer))
        self.open_button.clicked.connect(self._on_open_clicked)
        context.change_bus.changed.connect(self._on_change_bus_changed)
        follow_language(self, self._retranslate)

    def begin(self, offer_id: OfferId) -> None:
        """Show an offer."""
        if offer_id != self._wanted:
            self.offer = None
            self._wanted = offer_id
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted = self._wanted
        if wanted is None:
            return

        def read(uow: UnitOfWork) -> Read:
            return employers.load_offer(wanted, uow), employers.list_candidates(wanted, uow)

        self._context.operations.query(self, read, self._show, self._on_failed, lane="offer")

    def enter(self) -> None:
        """What can be done with the first candidate, else propose one."""
        first = self.candidates.button(self.candidates.keys[0]) if self.candidates.keys else None
        usable = self.propose_button if self.propose_button.isEnabled() else self.back
        (first or usable).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(Gap.SMALL)
        for button in (self.propose_button, self.change_button, self.open_button):
            flow.addWidget(button)
        section = Section(lambda: _("Candidates"))
        section.body.addWidget(self.candidates)
        may_wrap(section, self.candidates)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        layout.addWidget(section)
        layout.addStretch()
        self.body.setSpacing(Gap.SMALL)
        self.body.addWidget(self.facts)
        self.body.addWidget(buttons)
        self.body.addWidget(Scroller(content), 1)

    def _show(self, read: Read) -> None:
        offer, found = read
        first = self.offer is None
        self.offer = offer
        may = self._context.actor.may(Permission.ACCOMPANY)
        self.propose_button.setEnabled(may and offer.state is OfferState.OPEN)
        self.change_button.setEnabled(may)
        self.open_button.setEnabled(may)
        ordered = sorted(found, key=lambda row: (row.placed, _ORDER.index(row.state), row.proposed_at))
        self.candidates.show_rows([self._row(row, offer, may=may) for row in ordered])
        self._retranslate()
        if first and self.isVisible():
            self.enter()

    def _row(self, row: CandidacyRow, offer: OfferRow, *, may: bool) -> Row:
        def words() -> str:
            return word_who(row)

        def facts() -> str:
            since = word_date(day_of(row.proposed_at))
            state = _("begins work") if row.placed else word_code("candidacy_states", row.state)
            return join_facts(state, since, row.note)

        actions = [Action(lambda: _("Person"), partial(self.person_requested.emit, row.person_id), words)]
        if may and not row.placed:
            if row.state is CandidacyState.ACCEPTED:
                place = partial(self.place_requested.emit, row, offer)
                actions.append(Action(lambda: _("Begins work …"), place, words))
            actions += [
                Action(code_words("candidacy_states", state), partial(self._move, row, state), words)
                for state in _ORDER
                if state in CANDIDACY_MOVES[row.state]
            ]
        over = row.state in {CandidacyState.REFUSED, CandidacyState.WITHDREW}
        tone = "good" if row.placed or row.state is CandidacyState.ACCEPTED else "quiet_ink"
        return Row(row.id, words, facts, icon="user-x" if over else "user", tone=tone, actions=tuple(actions))

    def _move(self, row: CandidacyRow, state: CandidacyState) -> None:
        def act(uow: UnitOfWork) -> Outcome[CandidacyRow]:
            return employers.move_candidate(row.id, state, "", uow)

        def word(after: CandidacyRow) -> str:
            return _("{name}: {state}.").format(
                name=isolate(word_who(after)), state=isolate(word_code("candidacy_states", after.state))
            )

        self._context.operations.run(self, act, said=word)

    def _retranslate(self) -> None:
        self.title.retranslate()
        self.facts.retranslate()
        self.open_button.retranslate()

    def _word_title(self) -> str:
        return self.offer.title if self.offer else _("Offer")

    def _word_facts(self) -> str:
        return join_facts(word_offer(self.offer), word_places(self.offer), self.offer.note) if self.offer else ""

    def _word_open(self) -> str:
        is_open = self.offer is None or self.offer.kept is OfferState.OPEN
        return _("Close the offer") if is_open else _("Open it again")

    def _on_open_clicked(self) -> None:
        offer = self.offer
        if offer is None:
            return
        opens = offer.kept is not OfferState.OPEN

        def act(uow: UnitOfWork) -> Outcome[OfferRow]:
            return employers.set_offer_open(offer.id, uow, is_open=opens)

        def word(after: OfferRow) -> str:
            state = word_code("offer_states", after.state)
            return _("{name}: {state}.").format(name=isolate(after.title), state=isolate(state))

        self._context.operations.run(self, act, busy=self.open_button, said=word)

    def _on_failed(self, error: Exception) -> None:
        """It was taken back: there is nothing to show any more."""
        self._context.messages.report(error)
        if self.isVisible():
            self.left.emit()

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.placements or changes.people):
            self.refresh()
