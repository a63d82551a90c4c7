"""A placement: the contract, its steps, the question after three months, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.accounts import Permission
from app.domain.placements import PlacementState
from app.i18n import _
from app.services import placements
from ui.languages import follow_language
from ui.people.wording import join_facts
from ui.placements.checklist import Checklist
from ui.placements.wording import word_check, word_placement, word_who
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.rows import Section
from ui.ventures.wording import word_code
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.ids import PlacementId, StepId
    from app.domain.placements import PlacementRow
    from app.outcome import Outcome
    from ui.page import PageContext


class PlacementPanel(Panel):
    """Wishes carry the PlacementRow; `person_requested` the person's id. Steps are ticked here."""

    check_requested = Signal(object)
    change_requested = Signal(object)
    end_requested = Signal(object)
    person_requested = Signal(object)
    placement: PlacementRow | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._wanted: PlacementId | None = None
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.check_button = Button(lambda: _("Note the answer"), key="F2", dense=True, icon="phone")
        self.change_button = Button(lambda: _("Change"), key="F4", dense=True, icon="edit")
        self.end_button = Button(lambda: _("End the placement"), key="F8", dense=True)
        self.person_button = Button(lambda: _("Person"), key="F9", dense=True, icon="user")
        self.checked = Label(self._word_check, wraps=True)
        self.steps = Checklist()
        self._contract = Section(lambda: _("Steps of the foreigner’s work contract"))
        self._lay_out()
        self.check_button.clicked.connect(lambda: self.check_requested.emit(self.placement))
        self.change_button.clicked.connect(lambda: self.change_requested.emit(self.placement))
        self.end_button.clicked.connect(lambda: self.end_requested.emit(self.placement))
        self.person_button.clicked.connect(self._on_person_clicked)
        self.steps.ticked.connect(self._on_steps_ticked)
        context.change_bus.changed.connect(self._on_change_bus_changed)
        follow_language(self, self._retranslate)

    def begin(self, placement_id: PlacementId) -> None:
        """Show a placement."""
        if placement_id != self._wanted:
            self.placement = None
            self._wanted = placement_id
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted = self._wanted
        if wanted is not None:
            self._context.operations.query(
                self, lambda uow: placements.show(wanted, uow), self._show, self._on_failed, lane="placement"
            )

    def enter(self) -> None:
        """The first step that is open, else the question, else the person."""
        row = self.placement
        waiting = [step.id for step in row.steps if step.done_at is None and not step.dropped] if row else []
        boxes = [self.steps.boxes[each] for each in waiting if each in self.steps.boxes]
        first: list[QWidget] = [box for box in boxes if box.isEnabled()]
        if self.check_button.isEnabled() and row is not None and row.is_due(day_of(system_clock())):
            first.insert(0, self.check_button)
        (first or [self.person_button])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(Gap.SMALL)
        for button in (self.person_button, self.change_button, self.end_button):
            flow.addWidget(button)
        self._contract.body.addWidget(self.steps)
        question = Section(lambda: _("After three months"), self.check_button)
        question.body.addWidget(self.checked)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        layout.setSpacing(Gap.MEDIUM)
        layout.addWidget(self._contract)
        layout.addWidget(question)
        layout.addStretch()
        self.body.setSpacing(Gap.SMALL)
        self.body.addWidget(self.facts)
        self.body.addWidget(buttons)
        self.body.addWidget(Scroller(content), 1)

    def _show(self, row: PlacementRow) -> None:
        first = self.placement is None
        self.placement = row
        may = self._context.actor.may(Permission.ACCOMPANY)
        today = day_of(system_clock())
        current = row.state is PlacementState.CURRENT
        self.change_button.setEnabled(may)
        self.end_button.setVisible(current)
        self.end_button.setEnabled(may)
        # an answer can be put right, but not given ahead
        self.check_button.setEnabled(may and row.check_due is not None and row.check_due <= today)
        self._contract.setVisible(bool(row.steps))
        self.steps.show_steps(row.steps, today, may=may and current)
        self._retranslate()
        if first and self.isVisible():
            self.enter()

    def _retranslate(self) -> None:
        for label in (self.title, self.facts, self.checked):
            label.retranslate()

    def _word_title(self) -> str:
        return word_who(self.placement) if self.placement else _("Placement")

    def _word_facts(self) -> str:
        row = self.placement
        if row is None:
            return ""
        state = word_code("placement_states", row.state) if row.state is PlacementState.CURRENT else ""
        return join_facts(row.number, word_placement(row), state, row.note)

    def _word_check(self) -> str:
        return word_check(self.placement, day_of(system_clock())) if self.placement else ""

    def _on_person_clicked(self) -> None:
        if self.placement is not None:
            self.person_requested.emit(self.placement.person_id)

    def _on_steps_ticked(self, step_id: StepId, done: bool) -> None:
        def act(uow: UnitOfWork) -> Outcome[PlacementRow]:
            return placements.set_step(step_id, uow, done=done)

        def word(_row: PlacementRow) -> str:
            return _("The step is done.") if done else _("The step is open again.")

        def refused(error: Exception) -> None:
            self._context.messages.report(error)
            self.refresh()

        self._context.operations.run(self, act, None, refused, said=word)

    def _on_failed(self, error: Exception) -> None:
        """It was taken back: there is nothing to show any more."""
        self._context.messages.report(error)
        if self.isVisible():
            self.left.emit()

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.placements or changes.steps):
            self.refresh()
