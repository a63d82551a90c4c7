"""The page of a person: the timeline, and in its place the form of what is being added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.bonds import BondKind
from app.i18n import _
from ui.coaching.actions import CoachingActions
from ui.coaching.appointment_form import AppointmentForm
from ui.coaching.referring import Referring
from ui.coaching.session_form import SessionForm, SessionStart
from ui.coaching.small_forms import BondForm, CaseForm, ExitForm, StepForm
from ui.coaching.who_field import Named
from ui.people.papers import Papers, SessionPapers
from ui.people.timeline_attach import PaperOwner
from ui.people.timeline_case import CaseEditing
from ui.people.timeline_certify import Certifying
from ui.people.timeline_consent import ConsentForm
from ui.people.timeline_reading import read_record
from ui.people.timeline_taking import TimelineTaking
from ui.people.timeline_view import TimelineView
from ui.people.timeline_work import Working

if TYPE_CHECKING:
    from uuid import UUID

    from app.changes import Changes
    from app.domain.coaching import OpenCase
    from app.domain.ids import PersonId
    from ui.page import PageContext
    from ui.people.timeline_reading import PersonRecord
    from ui.reception.panel import Panel


class PersonTimeline(QWidget):
    """`left`: back to the search; `person_requested`: somebody of the household.

    `record_requested` carries the key of another page, and the id of what it shall show.
    """

    left = Signal()
    person_requested = Signal(object)
    record_requested = Signal(str, object)
    record_read = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person_id: PersonId | None = None
        self._is_stale = False
        self.record: PersonRecord | None = None
        self.actions_run = CoachingActions(context, self)
        self.view = TimelineView()
        self.session = SessionForm(context, lane="timeline-who")
        self.appointment = AppointmentForm(context, lane="timeline-appointment")
        self.step = StepForm()
        self.case = CaseForm()
        self.exit = ExitForm()
        self.bond = BondForm(context)
        self.papers = Papers(context, self)
        self.attach = self.papers.form
        self.session_papers = SessionPapers(context, self.session, self.enter_form)
        self.consent = ConsentForm()
        self.referring = Referring(context, self)
        self.certifying = Certifying(context, self)
        self.editing = CaseEditing(context, self)
        self.working = Working(context, self.view.facts.work, self)
        self.taking = TimelineTaking(context, self)
        self.stack = QStackedWidget()
        for part in (self.view, *self._forms, self.session_papers.form):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        may = context.actor.may(Permission.ACCOMPANY)
        for button in (*self.view.adding, *self.view.urgent.buttons):
            button.setEnabled(may)
        self.view.certificate_button.setEnabled(context.actor.may(Permission.ISSUE_PAPERS))
        self.view.facts.may_end = may
        self._connect_view()
        self._connect_forms()
        context.change_bus.changed.connect(self._on_changed)

    @property
    def _forms(self) -> tuple[Panel, ...]:
        return (
            self.session, self.appointment, self.step, self.case, self.exit, self.bond, self.attach, self.consent,
            *self.referring.panels, self.certifying.issue, self.certifying.issued, self.editing.form,
            self.working.pick, self.working.ask,
        )  # fmt: skip

    def open(self, person_id: PersonId) -> None:
        """Show somebody."""
        self._person_id = person_id
        self.stack.setCurrentWidget(self.view)
        self.refresh()

    def refresh(self) -> None:
        """Read the person again."""
        person_id = self._person_id
        self._is_stale = False
        if person_id is not None:
            self._context.operations.query(
                self, lambda uow: read_record(person_id, uow), self._follow, self._on_failed, lane="timeline"
            )

    def activate(self) -> None:
        """Read again what changed while another page stood in front."""
        if self._is_stale:
            self.refresh()

    def primary_focus(self) -> QWidget:
        """The timeline."""
        front = self.stack.currentWidget()
        if front is None or front is self.view:
            return self.view.primary_focus()
        return front.focusWidget() or front

    def fit(self, *, narrow: bool, low: bool) -> None:
        """Take less room on a small screen."""
        self.view.fit(narrow=narrow, low=low)
        self.session.fit(narrow=narrow)

    def show_timeline(self) -> None:
        """Back to the timeline."""
        self.stack.setCurrentWidget(self.view)
        self.view.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect_view(self) -> None:
        view = self.view
        view.left.connect(self.left)
        view.taken.connect(self.taking.take)
        view.session_button.clicked.connect(self._on_session_clicked)
        view.appointment_button.clicked.connect(self._on_appointment_clicked)
        view.step_button.clicked.connect(self._on_step_clicked)
        view.case_button.clicked.connect(self._on_case_clicked)
        view.attach_button.clicked.connect(self._on_attach_clicked)
        view.bond_button.clicked.connect(self._on_bond_clicked)
        view.consent_button.clicked.connect(self._on_consent_clicked)
        view.refer_button.clicked.connect(self._on_refer_clicked)
        view.certificate_button.clicked.connect(self._on_certificate_clicked)
        view.urgent.step_done.connect(self.actions_run.finish_step)
        view.urgent.close_requested.connect(self.ask_exit)
        view.urgent.change_requested.connect(self.editing.begin)
        view.facts.person_requested.connect(self.person_requested)
        work = view.facts.work
        work.record_requested.connect(self.record_requested)
        work.propose_button.clicked.connect(lambda: self.working.propose(self.named()))
        work.ask_button.clicked.connect(lambda: self.working.ask_for(self._person_id))
        view.facts.bond_ended.connect(self.actions_run.end_bond)

    def _connect_forms(self) -> None:
        run = self.actions_run
        for form in self._forms:
            form.left.connect(self.show_timeline)
        self.certifying.issued.certificate_requested.connect(
            lambda wanted: self.record_requested.emit("papers", wanted)
        )
        self.session.logged.connect(run.log_session)
        self.session.corrected.connect(run.correct_session)
        self.appointment.planned.connect(run.plan)
        self.appointment.moved.connect(run.move)
        self.appointment.called_off.connect(run.cancel)
        self.step.made.connect(run.add_step)
        self.case.opened.connect(run.open_case)
        self.exit.closed.connect(run.close_case)
        self.papers.done.connect(self.show_timeline)
        self.papers.fronted.connect(self.enter_form)
        self.consent.given.connect(run.note_consent)
        self.bond.bound.connect(self._on_bond_bound)
        run.done.connect(self.show_timeline)
        self.referring.done.connect(self.show_timeline)
        self.referring.fronted.connect(self.enter_form)
        self.referring.person_requested.connect(self.person_requested)
        for part in (self.certifying, self.editing, self.working):
            part.fronted.connect(self.enter_form)
        for going in (self.editing.done, self.working.done):
            going.connect(self.show_timeline)
        run.second_case.connect(self._on_second_case)

    def enter_form(self, form: Panel) -> None:
        """Bring a form to the front in place of the timeline."""
        self.stack.setCurrentWidget(form)
        form.enter()

    def _follow(self, record: PersonRecord) -> None:
        self.record = record
        self.view.show_record(record)
        self.record_read.emit(record)

    def _on_failed(self, error: Exception) -> None:
        self._context.messages.report(error)
        self.left.emit()

    def _on_changed(self, changes: Changes) -> None:
        record = self.record
        if record is None or self._person_id is None:
            return
        known: set[UUID] = {self._person_id, *(each.id for each in record.entries), *(each.id for each in record.steps)}
        known |= {case.id for case in record.cases}
        touched = changes.people | changes.steps | changes.cases | changes.appointments | changes.sessions
        touched |= (
            changes.papers
            | changes.referrals
            | changes.attachments
            | changes.placements
            | changes.consents
            | changes.visits
        )
        if not (changes.everything or touched & known or changes.ventures or changes.funding or changes.visits):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def named(self) -> Named | None:
        """Whom the page is about."""
        if self.record is None:
            return None
        person = self.record.view.person
        return Named(person.id, person.name, person.name_ar)

    def _on_session_clicked(self) -> None:
        person, record = self.named(), self.record
        if person is not None and record is not None:
            self.session.begin(SessionStart((person,), usual=record.usual))
            self.enter_form(self.session)

    def _on_appointment_clicked(self) -> None:
        case = self.record.open_case if self.record is not None else None
        self.appointment.begin(self.named(), None, None, case.id if case is not None else None)
        self.enter_form(self.appointment)

    def _on_step_clicked(self) -> None:
        if self.record is not None:
            case = self.record.open_case
            self.step.begin(self._person_id, case.id if case is not None else None, self.record.usual)
            self.enter_form(self.step)

    def _on_case_clicked(self) -> None:
        if self.record is not None and self._person_id is not None:
            self.case.begin(self._person_id, self.record.counters)
            self.enter_form(self.case)

    def _on_attach_clicked(self) -> None:
        if (person := self.named()) is not None:
            self.papers.begin(PaperOwner("person_id", person.id), lambda: person.shown)

    def _on_bond_clicked(self) -> None:
        if (person := self.named()) is not None:
            self.bond.begin(person)
            self.enter_form(self.bond)

    def _on_consent_clicked(self) -> None:
        if self._person_id is not None:
            self.consent.begin(self._person_id)
            self.enter_form(self.consent)

    def _on_refer_clicked(self) -> None:
        if self.record is not None and (person := self.named()) is not None:
            case = self.record.open_case
            self.referring.begin(person, case.id if case is not None else None)

    def _on_certificate_clicked(self) -> None:
        if self.record is not None and (person := self.named()) is not None:
            self.certifying.begin(self.record, person)

    def _on_bond_bound(self, other_id: PersonId, kind: object, label: str) -> None:
        if self._person_id is not None and isinstance(kind, BondKind):
            self.actions_run.bind(self._person_id, other_id, kind, label)

    def ask_exit(self, case_id: object) -> None:
        """Ask what came of the case that is open."""
        case = self.record.open_case if self.record is not None else None
        if case is not None and case.id == case_id:
            self.exit.begin(case.id)
            self.enter_form(self.exit)

    def _on_second_case(self, command: OpenCase) -> None:
        self._context.messages.ask(
            self,
            _("Open a second case?"),
            _("This person has an open case of this kind already. Sessions and steps would be kept in two places."),
            _("Open a second case"),
            lambda: self.actions_run.open_case(replace(command, anyway=True)),
        )
