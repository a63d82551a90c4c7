"""A call: where it stands, its applications, its criteria, its jury."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.ids import AccountId
from app.domain.selection import Application, ApplicationState, Call, CallState, Criterion, Juror
from app.i18n import _, current_language
from app.services import applications, calls
from ui.languages import follow_language
from ui.people.wording import full_name, join_facts
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date, word_number
from ui.ventures.call_words import word_gap
from ui.ventures.rows import Action, Row, Rows, Section
from ui.ventures.wording import code_words, word_code
from ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from ui.widgets.choices import PickList
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.accounts import Account
    from app.domain.ids import CallId
    from app.outcome import Outcome
    from ui.page import PageContext

_Found = tuple[
    Call, tuple[Criterion, ...], tuple[Juror, ...], tuple[Application, ...], "tuple[Account, ...]"
]  # fmt: skip


class CallPanel(Panel):
    """Wishes lead to forms, sheets and the ranking."""

    criterion_requested = Signal(object)
    application_requested = Signal(object)
    score_requested = Signal(object)
    ranking_requested = Signal(object)
    venture_requested = Signal(object)
    call: Call | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._wanted: CallId | None = None
        self._runs = context.actor.may(Permission.RUN_CALLS)
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        states = [(one.value, code_words("call_states", one.value)) for one in CallState]
        self.state = PickList(lambda: _("Where the call stands"), states, dense=True)
        if not self._runs:
            self.state.hide()
        self.score_button = Button(lambda: _("My score sheets"), PRIMARY, dense=True, key="F3", icon="edit")
        self.ranking_button = Button(lambda: _("Ranking"), QUIET, dense=True, key="F4", icon="figures")
        self.apply_button = Button(lambda: _("Note an application"), PLAIN, dense=True, key="F2", icon="plus")
        self.criterion_button = Button(lambda: _("Add a criterion"), PLAIN, dense=True, key="F6", icon="plus")
        if not context.actor.may(Permission.EDIT_VENTURES):
            self.apply_button.hide()
        if not self._runs:
            self.criterion_button.hide()
        self.juror = PickList(lambda: _("Add to the jury"), dense=True)
        if not self._runs:
            self.juror.hide()
        self.reason = LineField(lambda: _("Reason, kept on record"), max_length=500)
        self.reason.hide()
        self._asked: Callable[[str], None] | None = None
        self.applications = Rows(lambda: _("No application yet. F2 notes the first."))
        self.criteria = Rows(lambda: _("No criterion yet. The jury gives points for each; weights say what counts."))
        self.jury = Rows(lambda: _("Nobody yet. Points stay hidden from the others until all have finished."))
        self._lay_out()
        self.state.picked.connect(self._on_state_picked)
        self.juror.picked.connect(self._on_juror_picked)
        self.reason.entered.connect(self._on_reason_entered)
        self.score_button.clicked.connect(lambda: self.score_requested.emit(self._wanted))
        self.ranking_button.clicked.connect(lambda: self.ranking_requested.emit(self._wanted))
        self.apply_button.clicked.connect(lambda: self.application_requested.emit(self._wanted))
        self.criterion_button.clicked.connect(lambda: self.criterion_requested.emit(self._wanted))
        context.change_bus.changed.connect(self._on_change_bus_changed)
        follow_language(self, self._retranslate)

    def begin(self, call_id: CallId) -> None:
        """Show a call."""
        self._wanted = call_id
        self.reason.hide()
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted, runs = self._wanted, self._runs
        if wanted is None:
            return

        def read(uow: UnitOfWork) -> _Found:
            possible = calls.possible_jurors(uow) if runs else ()
            return (*calls.show_call(wanted, uow), applications.list_applications(wanted, uow), possible)

        self._context.operations.query(self, read, self._show, lane="call")

    def enter(self) -> None:
        """The own sheets, or the ranking."""
        first = self.score_button if self.score_button.isVisible() else self.ranking_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self.facts, 1)
        for part in (self.state, self.score_button, self.ranking_button):
            head.addWidget(part)
        came = Section(lambda: _("Applications"), self.apply_button)
        came.body.addWidget(self.reason)
        came.body.addWidget(self.applications)
        looked = Section(lambda: _("Criteria"), self.criterion_button)
        looked.body.addWidget(self.criteria)
        jury = Section(lambda: _("Jury"))
        jury.body.addWidget(self.juror)
        jury.body.addWidget(self.jury)
        side = QVBoxLayout()
        side.setSpacing(Gap.MEDIUM)
        side.addWidget(looked)
        side.addWidget(jury)
        side.addStretch()
        near = QVBoxLayout()
        near.addWidget(came)
        near.addStretch()
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        columns.setSpacing(Gap.MEDIUM)
        columns.addLayout(near, 3)
        columns.addLayout(side, 2)
        self.body.setSpacing(Gap.SMALL)
        self.body.addLayout(head)
        self.body.addWidget(Scroller(content), 1)

    def _show(self, found: _Found) -> None:
        call, criteria, jurors, applied, possible = found
        self.call = call
        me = self._context.actor.account_id
        active = {one.account_id for one in jurors if one.active}
        self.state.choose(call.state)
        self.score_button.setVisible(me in active)
        self.applications.show_rows([self._application_row(one) for one in applied])
        self.criteria.show_rows([_criterion_row(one) for one in criteria])
        self.jury.show_rows([self._juror_row(one) for one in jurors if one.active])
        self.juror.offer(
            [("", lambda: _("Add to the jury …")),
             *((str(one.id), as_is(one.name)) for one in possible if one.id not in active)]
        )  # fmt: skip
        self.juror.choose("")
        self._retranslate()

    def _application_row(self, one: Application) -> Row:
        def words() -> str:
            return full_name(one.name, one.name_ar)

        def facts() -> str:
            lacks = ", ".join(word_gap(gap) for gap in one.gaps)
            lacks = _("missing: {what}").format(what=lacks) if lacks else ""
            complete = _("complete") if one.complete else ""
            return join_facts(word_code("application_states", one.state), complete, lacks, one.reason)

        found = [Action(lambda: _("Look"), partial(self.venture_requested.emit, one.venture_id), words)]
        if one.state is ApplicationState.RECEIVED:
            if not one.complete and self._context.actor.may(Permission.EDIT_VENTURES):
                found.append(Action(lambda: _("Complete"), partial(self._complete, one), words))
            if self._runs:
                found.append(Action(lambda: _("Shortlist"), partial(self._preselect, one, True), words))  # noqa: FBT003
                found.append(Action(lambda: _("Decline …"), partial(self._preselect, one, False), words))  # noqa: FBT003
        lacking = bool(one.gaps)
        return Row(one.id, words, facts, icon="warning" if lacking else "check" if one.complete else "hourglass",
                   tone="attention" if lacking else "good" if one.complete else "quiet_ink",
                   actions=tuple(found))  # fmt: skip

    def _juror_row(self, one: Juror) -> Row:
        def facts() -> str:
            return _("{done} of {expected} sheets finished").format(
                done=word_number(one.sheets), expected=word_number(one.expected)
            )

        leave = Action(lambda: _("Remove"), partial(self._set_juror, one.account_id, False), as_is(one.name))  # noqa: FBT003
        done = one.has_finished and bool(one.expected)
        return Row(one.account_id, as_is(one.name), facts, icon="check" if done else "hourglass",
                   tone="good" if done else "quiet_ink", actions=(leave,) if self._runs else ())  # fmt: skip

    def _complete(self, one: Application) -> None:
        self._run(lambda uow: applications.set_complete(one.id, uow, complete=True), _("All papers are there."))

    def _preselect(self, one: Application, keep: bool, reason: str = "") -> None:
        if not reason and (not keep or not one.complete):
            self._asked = partial(self._preselect, one, keep)
            self.reason.set_text("")
            self.reason.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = _("Shortlisted.") if keep else _("Declined.")
        self._run(lambda uow: applications.preselect(one.id, uow, keep=keep, reason=reason), said)

    def _set_juror(self, account_id: AccountId, active: bool) -> None:
        wanted = self._wanted
        if wanted is not None:
            self._run(lambda uow: calls.set_juror(wanted, account_id, uow, active=active), _("The jury is changed."))

    def _run(self, act: Callable[[UnitOfWork], Outcome[object]], said: str) -> None:
        self._context.operations.run(self, act, said=lambda _value: said)

    def _retranslate(self) -> None:
        for label in (self.title, self.facts):
            label.retranslate()

    def _word_title(self) -> str:
        return self.call.label(current_language()) if self.call else _("A call")

    def _word_facts(self) -> str:
        call = self.call
        if call is None:
            return ""
        span = _("{first} to {last}").format(first=word_date(call.opens), last=word_date(call.closes))
        places = _("{number} places").format(number=word_number(call.places)) if call.places else ""
        return join_facts(call.code, span if call.opens and call.closes else "", places)

    def _on_state_picked(self, state: str) -> None:
        wanted = self._wanted
        if wanted is not None and self.call is not None and state != self.call.state:
            self._run(lambda uow: calls.edit_call(wanted, {"state": state}, uow), _("The call is changed."))

    def _on_juror_picked(self, account: str) -> None:
        if account:
            self._set_juror(AccountId(UUID(account)), True)  # noqa: FBT003 - joins

    def _on_reason_entered(self) -> None:
        asked, text = self._asked, self.reason.text
        if asked is None or not text:
            self.reason.show_error(lambda: _("A reason is needed. It stays on record."))
            return
        self._asked = None
        self.reason.hide()
        asked(text)

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.calls or changes.ventures):
            self.refresh()


def _criterion_row(one: Criterion) -> Row:
    def facts() -> str:
        return _("weight {weight}, up to {most} points").format(
            weight=word_number(one.weight), most=word_number(one.most)
        )

    return Row(one.id, lambda: one.label(current_language()), facts)
