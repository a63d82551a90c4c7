"""The ranking: nothing until all jurors have finished; equal totals share a rank and say so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.selection import DECISIONS, ApplicationState, Ranked, Results
from app.i18n import _, current_language
from app.services import selection
from ui.languages import follow_language
from ui.people.wording import full_name, join_facts
from ui.reception.panel import Panel
from ui.sync.wording import word_and
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_number
from ui.ventures.call_words import word_conflict, word_total
from ui.ventures.rows import Action, Row, Rows
from ui.ventures.wording import word_code
from ui.widgets.cards import Card, EmptyState
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.ids import ApplicationId, CallId
    from app.domain.selection import Application
    from app.outcome import Outcome
    from ui.page import PageContext


class RankingPanel(Panel):
    """With the right to, each application is decided on, with a reason."""

    results: Results | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Ranking"), parent)
        self._context = context
        self._call_id: CallId | None = None
        self._wanted: tuple[ApplicationId, ApplicationState] | None = None
        self._decides = context.actor.may(Permission.RUN_CALLS)
        self.about = Label(self._word_about, tone="quiet", wraps=True)
        self.ties = Label(self._word_ties, tone="attention", wraps=True)
        self.reason = LineField(lambda: _("Reason, kept on record"), max_length=500)
        self.rows = Rows(lambda: _("No application was shortlisted."))
        self.table = Card()
        self.table.body.addWidget(self.rows)
        self.blind = Card(margin=0)
        self.blind.body.addWidget(
            EmptyState("eye-off", lambda: _("Hidden until all jurors have finished"), self._word_waiting)
        )
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        column.setSpacing(Gap.SMALL)
        for part in (self.ties, self.reason, self.table, self.blind):
            column.addWidget(part)
        column.addStretch()
        self.body.addWidget(self.about)
        self.body.addWidget(Scroller(content), 1)
        self.reason.entered.connect(self._on_reason_entered)
        context.change_bus.changed.connect(self._on_change_bus_changed)
        follow_language(self, self._retranslate)

    def begin(self, call_id: CallId) -> None:
        """Show the ranking of a call."""
        self._call_id, self._wanted = call_id, None
        self.reason.hide()
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted = self._call_id
        if wanted is not None:
            self._context.operations.query(self, lambda uow: selection.results(wanted, uow), self._show, lane="ranking")

    def enter(self) -> None:
        """The first that can be decided on."""
        first = self.rows.button(self.rows.keys[0]) if self.rows.keys else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, results: Results) -> None:
        self.results = results
        self.table.setVisible(results.open)
        self.blind.setVisible(not results.open)
        self.rows.show_rows([self._row(one) for one in results.rows] if results.open else [])
        self._retranslate()

    def _row(self, one: Ranked) -> Row:
        application = one.application

        def words() -> str:
            rank = word_number(one.rank) if one.rank is not None else "–"
            return _("{rank}. {name}").format(rank=rank, name=full_name(application.name, application.name_ar))

        def facts() -> str:
            tied = _("tied") if one.tied else ""
            jurors = ", ".join(f"{juror.name} {word_total(juror.total)}" for juror in one.jurors)
            excluded = ", ".join(f"{item.name}: {word_conflict(item.conflict)}" for item in one.excluded)
            return join_facts(word_code("application_states", application.state), tied, jurors, excluded)

        actions = tuple(
            Action(partial(_word_decision, state), partial(self._ask, application.id, state), words)
            for state in DECISIONS
            if self._decides and application.state is not state
        )
        return Row(application.id, words, facts, lambda: word_total(one.total), "warning" if one.tied else "",
                   "attention", actions, strong=True)  # fmt: skip

    def _ask(self, application_id: ApplicationId, state: ApplicationState) -> None:
        self._wanted = (application_id, state)
        self.reason.set_text("")
        self.reason.clear_error()
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reason_entered(self) -> None:
        wanted, text = self._wanted, self.reason.text
        if wanted is None or not text:
            self.reason.show_error(lambda: _("A reason is needed. It stays on record."))
            return

        def act(uow: UnitOfWork) -> Outcome[Application]:
            return selection.decide(wanted[0], wanted[1], text, uow)

        def finish(_one: Application) -> None:
            self.reason.hide()
            self.enter()

        def word(one: Application) -> str:
            return join_facts(full_name(one.name, one.name_ar), word_code("application_states", one.state))

        self._context.operations.run(self, act, finish, said=word)

    def _retranslate(self) -> None:
        for label in (self.about, self.ties):
            label.retranslate()
        self.ties.setVisible(bool(self._word_ties()))
        for state in self.blind.findChildren(Label):
            state.retranslate()

    def _word_about(self) -> str:
        call = self.results.call if self.results else None
        if call is None:
            return ""
        places = _("{number} places").format(number=word_number(call.places)) if call.places else ""
        return join_facts(call.label(current_language()), places, _("out of 100 points"))

    def _word_waiting(self) -> str:
        waiting = self.results.waiting if self.results else ()
        return _("Waiting for {names}. Nobody sees the points of the others before.").format(
            names=word_and(list(waiting))
        )

    def _word_ties(self) -> str:
        if self.results is None or not self.results.open or not any(one.tied for one in self.results.rows):
            return ""
        return _("Some share a rank. Where they share the last place, somebody has to choose and say why.")

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.calls):
            self.refresh()


def _word_decision(state: ApplicationState) -> str:
    return {
        ApplicationState.ACCEPTED: _("Accept …"),
        ApplicationState.RESERVE: _("Reserve list …"),
        ApplicationState.REJECTED: _("Reject …"),
    }[state]
