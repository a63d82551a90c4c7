"""The Trainings page: the list in front, a training and its forms in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import TrainingId
from app.i18n import _
from ui.page import PageContext, PageWidget
from ui.papers.issue_panel import IssuePanel, Occasion
from ui.papers.issued_panel import IssuedPanel
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.training.forms import AssessForm, DayForm, EnrolForm, TrainingForm
from ui.training.section import TrainingsSection
from ui.training.training_panel import TrainingPanel
from ui.training.wording import word_title
from ui.ventures.trail import Trail
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from app.domain.trainings import Enrolment, Training
    from app.services.certificates.issuing import Batch

_LOW: Final = 500


class TrainingsPage(PageWidget):
    """The list; everything else is a panel."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.section = TrainingsSection(context)
        self.training = TrainingPanel(context)
        self.form = TrainingForm(context)
        self.day = DayForm(context)
        self.enrol = EnrolForm(context)
        self.assess = AssessForm(context)
        self.issue = IssuePanel(context)
        self.issued = IssuedPanel(context)
        self._title = Label(lambda: _("Trainings"), step="large")
        overview = QWidget()
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.SMALL)
        column.addWidget(self._title)
        column.addWidget(self.section, 1)
        panels = (self.training, self.form, self.day, self.enrol, self.assess, self.issue, self.issued)
        self.trail = Trail(overview, panels)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.trail)
        self._connect()

    def activate(self) -> None:
        """Read again what is in front."""
        if self.trail.is_home:
            self.section.refresh()
        elif self.trail.currentWidget() is self.training:
            self.training.refresh()

    def primary_focus(self) -> QWidget:
        """Where the list's work begins, unless a panel is in front."""
        front = self.trail.currentWidget()
        return front if isinstance(front, Panel) else self.section.primary_focus()

    def open_training(self, training_id: TrainingId) -> None:
        """Show a training."""
        self.training.begin(training_id)
        self.trail.front(self.training)

    def open_record(self, record_id: UUID) -> None:
        """Show a training; from there the way leads back to what was in front."""
        self.open_training(TrainingId(record_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._title.setVisible(not low)
        # the grid needs the room; its letters are known to whoever has marked a day
        for words in (self.training.facts, self.training.legend):
            words.setVisible(not low)
        self._layout.setContentsMargins(Gap.WIDE, Gap.SMALL if low else Gap.LARGE, Gap.WIDE, Gap.SMALL)

    def _connect(self) -> None:
        self.section.opened.connect(self.open_training)
        self.section.add.clicked.connect(self._on_section_add_clicked)
        self.form.kept.connect(self._on_form_kept)
        self.training.enrol_requested.connect(self._on_training_enrol_requested)
        self.training.day_requested.connect(self._on_training_day_requested)
        self.training.change_requested.connect(self._on_training_change_requested)
        self.training.assess_requested.connect(self._on_training_assess_requested)
        self.training.certificates_requested.connect(self._on_training_certificates_requested)
        self.issue.issued.connect(self._on_issue_issued)
        self.issued.certificate_requested.connect(lambda wanted: self.record_requested.emit("papers", wanted))
        self.training.person_requested.connect(self.person_requested)
        self.day.kept.connect(self.trail.go_back)
        self.assess.kept.connect(self.trail.go_back)
        self.trail.came_home.connect(self._on_trail_came_home)
        self.trail.came_back.connect(self._on_trail_came_back)

    def _on_section_add_clicked(self) -> None:
        self.form.begin()
        self.trail.front(self.form)

    def _on_form_kept(self, training: Training) -> None:
        self.trail.forget()
        self.open_training(training.id)

    def _on_training_enrol_requested(self, training: Training) -> None:
        self.enrol.begin(training)
        self.trail.front(self.enrol)

    def _on_training_day_requested(self, training: Training) -> None:
        self.day.begin(training)
        self.trail.front(self.day)

    def _on_training_change_requested(self, training: Training) -> None:
        self.form.begin(training)
        self.trail.front(self.form)

    def _on_training_assess_requested(self, training: Training, person: Enrolment) -> None:
        self.assess.begin(training, person)
        self.trail.front(self.assess)

    def _on_training_certificates_requested(self, training: Training) -> None:
        self.issue.begin(Occasion(lambda: word_title(training), training_id=training.id))
        self.trail.front(self.issue)

    def _on_issue_issued(self, batch: Batch, occasion: Occasion) -> None:
        self.issued.begin(batch, occasion)
        self.trail.front(self.issued)

    def _on_trail_came_home(self) -> None:
        self.section.refresh()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_trail_came_back(self, panel: Panel) -> None:
        if panel is self.training:
            self.training.refresh()
        elif panel is self.issue:
            self.issue.refresh()
