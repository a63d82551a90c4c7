"""A venture: its path, who it is, its money, its figures, what is planned, what was talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.accounts import Permission
from app.domain.path import next_stage, stages
from app.errors import NotFoundError
from app.i18n import _
from app.services import venture_steps
from ui.languages import follow_language
from ui.people.wording import full_name, join_facts
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date
from ui.ventures.figures_card import FiguresCard
from ui.ventures.money_card import MoneyCard
from ui.ventures.move_strip import MoveStrip, Standing
from ui.ventures.moving import Mover
from ui.ventures.path_strip import PathStep, PathStrip
from ui.ventures.people_cards import MembersCard, SessionsCard, StepsCard
from ui.ventures.reading import VentureSheet, read_sheet
from ui.ventures.wording import code_words, word_code, word_stage
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card
from ui.widgets.choices import PickList
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.ids import VentureId
    from app.domain.ventures import VentureStep
    from app.outcome import Outcome
    from ui.page import PageContext

_NARROW: Final = 900


class VenturePanel(Panel):
    """Everything in one scroll. Wishes lead to forms: the page shows them."""

    edit_requested = Signal(object)
    member_requested = Signal(object, object)
    figures_requested = Signal(object, object, object)
    planned_requested = Signal(object, object)
    agreement_requested = Signal(object)
    money_requested = Signal(object)
    person_requested = Signal(object)
    papers_requested = Signal(object)
    sheet: VentureSheet | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._venture_id: VentureId | None = None
        may_edit = context.actor.may(Permission.EDIT_VENTURES)
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.edit_button = Button(lambda: _("Correct"), PLAIN, dense=True, icon="edit")
        self.papers_button = Button(lambda: _("Papers"), PLAIN, dense=True, key="F9", icon="attachment")
        if not may_edit:
            self.edit_button.hide()
        if not context.actor.may(Permission.READ_CASES):
            self.papers_button.hide()
        self.path = PathStrip()
        self.strip = MoveStrip(may_move=may_edit, alone=True)
        self.mover = Mover(context, self.strip)
        self.elsewhere = PickList(lambda: _("Move to another step"), dense=True)
        if not may_edit:
            self.elsewhere.hide()
        self.reason = Label(self._word_reason, step="small", tone="quiet", wraps=True)
        self.members = MembersCard(may_edit=may_edit)
        self.money = MoneyCard(may_ask=context.actor.may(Permission.REQUEST_FUNDING))
        self.figures = FiguresCard(may_note=may_edit)
        self.steps = StepsCard(may_edit=may_edit)
        self.sessions = SessionsCard()
        self._lay_out()
        self._connect()
        follow_language(self, self._retranslate)

    def begin(self, venture_id: VentureId) -> None:
        """Show a venture."""
        if venture_id != self._venture_id:
            self.strip.finish()
            self.sheet = None
            self._venture_id = venture_id
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted = self._venture_id
        if wanted is not None:
            self._context.operations.query(
                self, lambda uow: read_sheet(wanted, uow), self._show, self._on_failed, lane="venture"
            )

    def enter(self) -> None:
        """What is done most often: moving it along, or noting a month."""
        first = self.strip.move_button if self.strip.move_button.isVisible() else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen the two columns stand below each other."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        narrow = self.width() < _NARROW
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.facts, 1)
        head.addWidget(self.papers_button)
        head.addWidget(self.edit_button)
        top = Card(margin=Gap.LARGE, spacing=Gap.SMALL)
        top.body.addWidget(self.path)
        moving = QHBoxLayout()
        moving.setSpacing(Gap.SMALL)
        moving.addWidget(self.strip, 1)
        moving.addWidget(self.elsewhere, alignment=Qt.AlignmentFlag.AlignVCenter)
        top.body.addLayout(moving)
        top.body.addWidget(self.reason)
        near, far = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (near, (self.money, self.figures, self.sessions)),
            (far, (self.members, self.steps)),
        ):
            column.setSpacing(Gap.MEDIUM)
            for card in cards:
                column.addWidget(card)
            column.addStretch()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(Gap.MEDIUM)
        self._columns.addLayout(near, 1)
        self._columns.addLayout(far, 1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        layout.setSpacing(Gap.MEDIUM)
        layout.addWidget(top)
        layout.addLayout(self._columns)
        layout.addStretch()
        self.body.setSpacing(Gap.SMALL)
        self.body.addLayout(head)
        self.body.addWidget(Scroller(content), 1)

    def _connect(self) -> None:
        self.edit_button.clicked.connect(self._on_edit_button_clicked)
        self.elsewhere.picked.connect(self._on_elsewhere_picked)
        self.mover.ended.connect(lambda _wish: self.enter())
        self.members.added.connect(lambda: self.member_requested.emit(self._venture_id, None))
        self.members.looked.connect(self.person_requested)
        self.papers_button.clicked.connect(self._on_papers_button_clicked)
        self.members.changed.connect(lambda member: self.member_requested.emit(self._venture_id, member))
        self.figures.noted.connect(self._on_figures_noted)
        self.steps.added.connect(lambda: self.planned_requested.emit(self._venture_id, None))
        self.steps.changed.connect(lambda step: self.planned_requested.emit(self._venture_id, step))
        self.steps.laid.connect(self._on_steps_laid)
        self.steps.marked.connect(self._on_steps_marked)
        self.money.opened.connect(self.agreement_requested)
        self.money.asked.connect(lambda: self.money_requested.emit(self._venture_id))
        self._context.change_bus.changed.connect(self._on_change_bus_changed)

    def _show(self, sheet: VentureSheet) -> None:
        first = self.sheet is None
        self.sheet = sheet
        view, today = sheet.view, day_of(system_clock())
        venture = view.venture
        self.path.show_path([self._step(stage) for stage in stages()], venture.stage)
        self.mover.show(Standing(venture.id, venture.name, venture.name_ar, venture.stage, lambda: ""))
        self.strip.show_missing(view.missing)
        self.members.show_view(view, today)
        self.steps.show_view(view, today)
        self.figures.show_series(sheet.series)
        self.money.setVisible(sheet.agreements is not None)
        self.money.show_agreements(sheet.agreements or ())
        self.sessions.setVisible(sheet.sessions is not None)
        self.sessions.show_sessions(sheet.sessions or ())
        self._retranslate()
        if first and self.isVisible():
            self.enter()

    def _step(self, stage: str) -> PathStep:
        moves = self.sheet.view.moves if self.sheet else ()
        at = next((move.at for move in reversed(moves) if move.stage == stage), None)
        venture = self.sheet.view.venture if self.sheet else None
        if at is None and venture is not None and stage == (moves[0].former if moves else venture.stage):
            at = venture.created_at  # where it began nobody moved it to
        return PathStep(stage, code_words("stages", stage), word_date(day_of(at)) if at is not None else "")

    def _retranslate(self) -> None:
        venture = self.sheet.view.venture if self.sheet else None
        self.elsewhere.offer(
            [
                ("", lambda: _("Another step …")),
                *((one, code_words("stages", one)) for one in stages()
                  if venture is not None and one not in {venture.stage, next_stage(venture.stage)}),
            ]
        )  # fmt: skip
        self.elsewhere.choose("")
        if venture is not None:
            self.path.show_path([self._step(stage) for stage in stages()], venture.stage)
        for label in (self.title, self.facts, self.reason):
            label.retranslate()
        self.reason.setVisible(bool(self._word_reason()))

    def _word_title(self) -> str:
        venture = self.sheet.view.venture if self.sheet else None
        return full_name(venture.name, venture.name_ar) if venture else _("Venture")

    def _word_facts(self) -> str:
        if self.sheet is None:
            return ""
        venture = self.sheet.view.venture
        return join_facts(
            venture.number,
            word_code("venture_kinds", venture.kind),
            word_code("sectors", venture.sector),
            venture.activity,
            venture.city,
            venture.advisor,
            word_code("exits", venture.exit),
        )

    def _word_reason(self) -> str:
        last = self.sheet.view.moves[-1] if self.sheet and self.sheet.view.moves else None
        if last is None or not last.reason:
            return ""
        return _("Moved to {stage} on {day} by {who}, because: {reason}").format(
            stage=word_stage(last.stage), day=word_date(day_of(last.at)), who=last.by, reason=last.reason
        )

    def _on_failed(self, error: Exception) -> None:
        self._context.messages.report(error)
        if isinstance(error, NotFoundError):
            self.left.emit()

    def _on_edit_button_clicked(self) -> None:
        if self.sheet is not None:
            self.edit_requested.emit(self.sheet.view.venture)

    def _on_papers_button_clicked(self) -> None:
        if self.sheet is not None:
            self.papers_requested.emit(self.sheet.view.venture)

    def _on_elsewhere_picked(self, stage: str) -> None:
        if stage and self.sheet is not None:
            venture = self.sheet.view.venture
            self.elsewhere.choose("")
            self.mover.move(Standing(venture.id, venture.name, venture.name_ar, venture.stage, lambda: ""), stage)

    def _on_figures_noted(self, month: object) -> None:
        if self.sheet is not None:
            self.figures_requested.emit(self._venture_id, self.sheet.figures, month)

    def _on_steps_laid(self) -> None:
        wanted = self._venture_id
        if wanted is None:
            return

        def act(uow: UnitOfWork) -> Outcome[tuple[VentureStep, ...]]:
            return venture_steps.lay_registration(wanted, uow)

        self._context.operations.run(
            self, act, busy=self.steps.lay_button, said=lambda _steps: _("The steps of the registration are laid out.")
        )

    def _on_steps_marked(self, step: VentureStep, done: bool) -> None:
        wanted = self._venture_id
        if wanted is None:
            return

        def act(uow: UnitOfWork) -> Outcome[VentureStep]:
            return venture_steps.mark_step(step.id, wanted, uow, done=done)

        def word(_step: VentureStep) -> str:
            return _("Marked as done.") if done else _("Marked as not done.")

        self._context.operations.run(self, act, said=word)

    def _on_change_bus_changed(self, changes: Changes) -> None:
        concerned = changes.ventures or changes.funding or changes.sessions or changes.steps
        if self.isVisible() and (changes.everything or concerned):
            self.refresh()
