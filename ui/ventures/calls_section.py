"""Calls for applications: the list, a call, its jury's sheets, the ranking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.i18n import _, current_language, ngettext
from app.services import calls
from ui.people.wording import join_facts
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date, word_number
from ui.ventures.call_forms import ApplyForm, CallForm, CriterionForm
from ui.ventures.call_panel import CallPanel
from ui.ventures.ranking_panel import RankingPanel
from ui.ventures.rows import Action, Row, Rows
from ui.ventures.score_panel import ScorePanel
from ui.ventures.wording import word_code
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.ids import CallId
    from app.domain.selection import Call
    from ui.page import PageContext
    from ui.reception.panel import Panel


class CallsSection(QWidget):
    """`fronted` carries a panel for the page to show, `finished` that a form is done. The page's head holds `bar`."""

    fronted = Signal(object)
    finished = Signal()
    venture_requested = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.calls: tuple[Call, ...] = ()
        self.call = CallPanel(context)
        self.score = ScorePanel(context)
        self.ranking = RankingPanel(context)
        self.form = CallForm(context)
        self.criterion = CriterionForm(context)
        self.apply = ApplyForm(context)
        self.new_button = Button(lambda: _("New call"), PRIMARY, key="F2", icon="plus")
        if not context.actor.may(Permission.RUN_CALLS):
            self.new_button.hide()
        self.rows = Rows(
            lambda: _("No call yet. A call has criteria, a jury and places; ventures apply to it, the jury ranks them.")
        )
        self.bar = QWidget(self)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self.new_button)
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
        layout.addWidget(Scroller(content), 1)
        self._connect()

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What the page puts into its stack."""
        return (self.call, self.score, self.ranking, self.form, self.criterion, self.apply)

    def refresh(self) -> None:
        """Read the list again."""
        self._context.operations.query(self, calls.list_calls, self._show, lane="calls")

    def primary_focus(self) -> QWidget:
        """The first call, or the way to make one."""
        return self.rows.button(self.rows.keys[0]) if self.rows.keys else self.new_button

    def open_call(self, call_id: CallId) -> None:
        """Show a call."""
        self.call.begin(call_id)
        self.fronted.emit(self.call)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self._on_new_button_clicked)
        self.form.kept.connect(self._on_form_kept)
        self.criterion.kept.connect(self.finished)
        self.apply.kept.connect(self.finished)
        self.call.criterion_requested.connect(self._on_criterion_requested)
        self.call.application_requested.connect(self._on_application_requested)
        self.call.score_requested.connect(self._on_score_requested)
        self.call.ranking_requested.connect(self._on_ranking_requested)
        self.call.venture_requested.connect(self.venture_requested)
        self._context.change_bus.changed.connect(self._on_change_bus_changed)

    def _show(self, found: tuple[Call, ...]) -> None:
        self.calls = found
        self.rows.show_rows([self._row(call) for call in found])

    def _row(self, call: Call) -> Row:
        def words() -> str:
            return call.label(current_language())

        def facts() -> str:
            until = _("until {day}").format(day=word_date(call.closes)) if call.closes else ""
            count = ngettext("{number} application", "{number} applications", call.applications).format(
                number=word_number(call.applications)
            )
            return join_facts(call.code, word_code("call_states", call.state), count, until)

        look = Action(lambda: _("Look"), partial(self.open_call, call.id), words)
        return Row(call.id, words, facts, icon="letter", actions=(look,))

    def _on_new_button_clicked(self) -> None:
        self.form.begin()
        self.fronted.emit(self.form)

    def _on_form_kept(self, call: Call) -> None:
        self.finished.emit()
        self.open_call(call.id)

    def _on_criterion_requested(self, call_id: CallId) -> None:
        self.criterion.begin(call_id)
        self.fronted.emit(self.criterion)

    def _on_application_requested(self, call_id: CallId) -> None:
        self.apply.begin(call_id)
        self.fronted.emit(self.apply)

    def _on_score_requested(self, call_id: CallId) -> None:
        self.score.begin(call_id)
        self.fronted.emit(self.score)

    def _on_ranking_requested(self, call_id: CallId) -> None:
        self.ranking.begin(call_id)
        self.fronted.emit(self.ranking)

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.calls):
            self.refresh()
