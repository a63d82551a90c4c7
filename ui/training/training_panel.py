"""A training: who is there on which day, who waits, and what can be done; all of it from the keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.trainings import Mark, TrainingState, TrainingView
from app.i18n import _, current_language
from app.services import attendance_sheets, enrolments, presences, trainings
from ui.languages import follow_language
from ui.people.wording import isolate
from ui.printing.paper_dialog import show_paper
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.training.grid import AttendanceGrid
from ui.training.people_lists import PeopleLists
from ui.training.wording import word_facts, word_legend, word_places, word_title, word_who
from ui.ventures.amounts import word_date, word_number
from ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from ui.widgets.fields import SearchField
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from datetime import date

    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from app.domain.ids import EnrolmentId, TrainingDayId, TrainingId
    from app.domain.trainings import Day, Enrolment, Training
    from app.outcome import Outcome
    from app.services.enrolments import Withdrawn
    from app.services.presences import Scanned
    from ui.page import PageContext

_Read = tuple[TrainingView, "date"]


class TrainingPanel(Panel):
    """Wishes lead to forms: `enrol_requested`, `day_requested`, `change_requested` carry the training."""

    enrol_requested = Signal(object)
    day_requested = Signal(object)
    change_requested = Signal(object)
    assess_requested = Signal(object, object)
    certificates_requested = Signal(object)
    person_requested = Signal(object)
    view: TrainingView | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self._word_title, parent)
        self._context = context
        self._wanted: TrainingId | None = None
        self._today: date | None = None
        self._may = context.actor.may(Permission.RUN_TRAININGS)
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.enrol_button = Button(lambda: _("Enrol people"), PRIMARY, key="F2", dense=True, icon="user-plus")
        self.day_button = Button(lambda: _("Add a day"), key="F3", dense=True, icon="calendar-plus")
        self.change_button = Button(lambda: _("Change"), key="F4", dense=True, icon="edit")
        self.all_button = Button(lambda: _("The others are present"), QUIET, key="F6", dense=True, icon="check")
        self.sheet_button = Button(lambda: _("Attendance sheet"), QUIET, key="F7", dense=True, icon="printer")
        self.state_button = Button(self._word_state, PLAIN, key="F8", dense=True)
        self.withdraw_button = Button(lambda: _("Withdraws"), PLAIN, key="F9", dense=True, icon="user-x")
        self.papers_button = Button(lambda: _("Certificates"), QUIET, key="F11", dense=True, icon="papers")
        self.scan = SearchField(lambda: _("Card or number"), lambda: _("Card or number: Enter notes presence"))
        self.day_label = Label(self._word_day, tone="quiet", step="small")
        self.grid = AttendanceGrid()
        self.legend = Label(word_legend, tone="quiet", step="small", wraps=True)
        self.lists = PeopleLists(context)
        self._lay_out()
        self._connect()
        follow_language(self, self._retranslate)

    def begin(self, training_id: TrainingId) -> None:
        """Show a training."""
        if training_id != self._wanted:
            self.view = None
            self._wanted = training_id
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        wanted = self._wanted
        if wanted is None:
            return

        def read(uow: UnitOfWork) -> _Read:
            return trainings.show(wanted, uow), day_of(uow.now)

        self._context.operations.query(self, read, self._show, lane="training")

    def enter(self) -> None:
        """The grid, or enrolling the first."""
        has_people = self.view is not None and self.view.enrolled
        first = self.grid if has_people else self.enrol_button if self.enrol_button.isEnabled() else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def day(self) -> Day | None:
        """The day that scanning and marking all are about: that of the cell in front, else the nearest one past."""
        if self.view is None or not self.view.training.days:
            return None
        chosen = self.grid.attendance.day_at(self.grid.currentIndex().column())
        return chosen or self.view.training.days[self._column()]

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(Gap.SMALL)
        for button in (
            self.enrol_button, self.day_button, self.change_button, self.all_button, self.sheet_button,
            self.withdraw_button, self.papers_button, self.state_button,
        ):  # fmt: skip
            flow.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(Gap.SMALL)
        line.addWidget(self.scan, 1)
        line.addWidget(self.day_label, 1)
        near = QVBoxLayout()
        near.setSpacing(Gap.SMALL)
        near.addLayout(line)
        near.addWidget(self.grid, 1)
        near.addWidget(self.legend)
        columns = QHBoxLayout()
        columns.setSpacing(Gap.MEDIUM)
        columns.addLayout(near, 3)
        columns.addWidget(self.lists, 1)
        self.body.setSpacing(Gap.SMALL)
        self.body.addWidget(self.facts)
        self.body.addWidget(buttons)
        self.body.addLayout(columns, 1)

    def _connect(self) -> None:
        self.enrol_button.clicked.connect(lambda: self._wish(self.enrol_requested))
        self.day_button.clicked.connect(lambda: self._wish(self.day_requested))
        self.change_button.clicked.connect(lambda: self._wish(self.change_requested))
        self.papers_button.clicked.connect(lambda: self._wish(self.certificates_requested))
        self.all_button.clicked.connect(self._on_all_button_clicked)
        self.sheet_button.clicked.connect(self._on_sheet_button_clicked)
        self.state_button.clicked.connect(self._on_state_button_clicked)
        self.withdraw_button.clicked.connect(self._on_withdraw_button_clicked)
        self.scan.returnPressed.connect(self._on_scan_entered)
        self.grid.marked.connect(self._on_grid_marked)
        self.grid.assess_requested.connect(self._on_grid_assess_requested)
        self.grid.selectionModel().currentChanged.connect(lambda _now, _before: self.day_label.retranslate())
        self.lists.person_requested.connect(self.person_requested)
        self._context.change_bus.changed.connect(self._on_change_bus_changed)

    def _show(self, read: _Read) -> None:
        self.view, self._today = read
        first = not self.grid.currentIndex().isValid()
        training = self.view.training
        runs = self._may and training.kept is TrainingState.PLANNED
        for button in (self.enrol_button, self.day_button):
            button.setEnabled(runs)
        self.all_button.setEnabled(runs and bool(self.view.enrolled) and bool(training.days))
        self.withdraw_button.setEnabled(runs and bool(self.view.enrolled))
        self.scan.setEnabled(runs and bool(training.days))
        self.papers_button.setEnabled(self._context.actor.may(Permission.ISSUE_PAPERS))
        own = self._may and training.hub_id == self._context.actor.hub_id
        self.change_button.setEnabled(own)
        self.state_button.setEnabled(own)
        self.grid.show_training(self.view, self._column())
        self.lists.show_people(self.view, may=runs)
        self._retranslate()
        if first and self.isVisible():
            self.enter()

    def _column(self) -> int:
        days = self.view.training.days if self.view is not None else ()
        past = [place for place, day in enumerate(days) if self._today is None or day.day <= self._today]
        return past[-1] if past else 0

    def _wish(self, signal: object) -> None:
        if self.view is not None:
            signal.emit(self.view.training)  # type: ignore[attr-defined]

    def _on_grid_marked(self, day_id: TrainingDayId, enrolment_id: EnrolmentId, mark: Mark | None) -> None:
        if not self._may:
            return

        def act(uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
            return presences.mark(day_id, {enrolment_id: mark}, uow)

        self._context.operations.run(self, act)

    def _on_grid_assess_requested(self, person: Enrolment) -> None:
        if self._may and self.view is not None and self.view.training.kept is TrainingState.PLANNED:
            self.assess_requested.emit(self.view.training, person)

    def _on_all_button_clicked(self) -> None:
        day = self.day
        if day is None:
            return

        def act(uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
            return presences.mark_others(day.id, uow)

        def word(done: tuple[Enrolment, ...]) -> str:
            return _("{number} noted as present on {day}.").format(
                number=word_number(len(done)), day=isolate(word_date(day.day))
            )

        self._context.operations.run(self, act, busy=self.all_button, said=word)

    def _on_scan_entered(self) -> None:
        day, text = self.day, self.scan.text().strip()
        if day is None or not text:
            return

        def act(uow: UnitOfWork) -> Outcome[Scanned]:
            return presences.scan(day.id, text, uow)

        def word(scanned: Scanned) -> str:
            name = isolate(word_who(scanned.enrolment))
            if scanned.before is not None:
                return _("{name} was noted already.").format(name=name)
            return _("{name} is present.").format(name=name)

        self.scan.clear()
        self._context.operations.run(self, act, said=word)

    def _on_withdraw_button_clicked(self) -> None:
        person = self.grid.attendance.person_at(self.grid.currentIndex().row())
        if person is not None:
            self._context.operations.run(self, partial(_withdraw, person.id), said=word_withdrawn)

    def _on_sheet_button_clicked(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        language = "fr+ar" if current_language() != "en" else "en"

        def draw(uow: UnitOfWork) -> attendance_sheets.DrawnSheet:
            return attendance_sheets.draw_attendance_sheet(wanted, language, uow)

        def show(sheet: attendance_sheets.DrawnSheet) -> None:
            runner = self._context.operations.runner
            show_paper(self, runner, sheet.pdf, sheet.file_name, lambda: _("Attendance sheet"))

        self._context.operations.query(self, draw, show, busy=self.sheet_button)

    def _on_state_button_clicked(self) -> None:
        if self.view is None:
            return
        training = self.view.training
        wanted = TrainingState.FINISHED if training.kept is TrainingState.PLANNED else TrainingState.PLANNED

        def act(uow: UnitOfWork) -> Outcome[Training]:
            return trainings.set_state(training.id, wanted, uow)

        def word(after: Training) -> str:
            closed = after.kept is TrainingState.FINISHED
            said = _("{title} is closed.") if closed else _("{title} is open again.")
            return said.format(title=isolate(word_title(after)))

        self._context.operations.run(self, act, busy=self.state_button, said=word)

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.trainings or changes.people):
            self.refresh()

    def _retranslate(self) -> None:
        for part in (self.title, self.facts, self.day_label, self.legend, self.state_button):
            part.retranslate()

    def _word_title(self) -> str:
        return word_title(self.view.training) if self.view else _("Training")

    def _word_facts(self) -> str:
        return f"{word_facts(self.view.training)}\n{word_places(self.view.training)}" if self.view else ""

    def _word_day(self) -> str:
        day = self.day
        return "" if day is None else _("for {day}").format(day=isolate(word_date(day.day)))

    def _word_state(self) -> str:
        ended = self.view is not None and self.view.training.kept is not TrainingState.PLANNED
        return _("Open it again") if ended else _("Close the training")


def _withdraw(enrolment_id: EnrolmentId, uow: UnitOfWork) -> Outcome[Withdrawn]:
    return enrolments.withdraw(enrolment_id, "", uow)


def word_withdrawn(done: Withdrawn) -> str:
    """Who withdrew, and who has moved up for it."""
    gone = _("{name} has withdrawn.").format(name=isolate(word_who(done.enrolment)))
    moved = [_("{name} moves up.").format(name=isolate(word_who(item))) for item in done.moved_up]
    return " ".join((gone, *moved))
