"""What advisors do: each wish of a page becomes one action of the services, worded in the notice strip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.clock import day_of
from app.domain.codes import code_label
from app.i18n import _, current_language, ngettext
from app.services import appointments, bonds, cases, consents, sessions, steps
from app.services import my_day as days
from ui.people.wording import full_name, isolate, join_facts, word_time, word_week_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.bootstrap import UnitOfWork
    from app.domain.bonds import Bond, BondKind
    from app.domain.calendar import Appointment, NewAppointment
    from app.domain.coaching import Case, CorrectSession, LogSession, NewStep, OpenCase, Session, Step
    from app.domain.consent import Consent
    from app.domain.ids import AppointmentId, CaseId, PersonId, StepId, VisitId
    from app.domain.my_day import Taken
    from app.outcome import Outcome
    from app.services.consents import GiveConsent
    from ui.coaching.appointment_form import Moved
    from ui.page import PageContext

T = TypeVar("T")


class CoachingActions(QObject):
    """`done` follows what a form asked for, so that the page leaves the form; `taken` carries a Taken.

    `second_case` carries the OpenCase of somebody who has an open case of that kind.
    """

    done = Signal()
    taken = Signal(object)
    second_case = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def log_session(self, command: LogSession) -> None:
        """Write a session down."""
        self._run(lambda uow: sessions.log_session(command, uow), _word_logged)

    def correct_session(self, command: CorrectSession) -> None:
        """Put a session right."""
        self._run(lambda uow: sessions.correct_session(command, uow), lambda _row: _("The session is corrected."))

    def plan(self, command: NewAppointment) -> None:
        """Plan an appointment."""
        self._run(lambda uow: appointments.add_appointment(command, uow), _word_planned)

    def move(self, moved: Moved) -> None:
        """Give an appointment another time."""

        def action(uow: UnitOfWork) -> Outcome[Appointment]:
            appointments.edit_appointment(moved.appointment_id, uow, purpose=moved.purpose)
            return appointments.move_appointment(moved.appointment_id, moved.starts_at, uow, moved.minutes)

        self._run(action, _word_planned)

    def cancel(self, appointment_id: AppointmentId) -> None:
        """An appointment does not take place."""
        self._run(
            lambda uow: appointments.cancel_appointment(appointment_id, uow), lambda _row: _("Appointment called off.")
        )

    def miss(self, appointment_id: AppointmentId) -> None:
        """The person did not come."""
        self._run(
            lambda uow: appointments.miss_appointment(appointment_id, uow),
            lambda row: _("Noted: {name} did not come.").format(name=_name(row)),
        )

    def add_step(self, command: NewStep) -> None:
        """Note what is to be done."""
        self._run(lambda uow: steps.add_step(command, uow), lambda step: _word_step(_("Noted: {step}."), step))

    def finish_step(self, step_id: StepId) -> None:
        """A step is done."""
        self._run(lambda uow: steps.mark_done(step_id, uow), lambda step: _word_step(_("Done: {step}."), step))

    def drop_step(self, step_id: StepId) -> None:
        """A step is not needed."""
        self._run(lambda uow: steps.drop_step(step_id, uow), lambda step: _word_step(_("Dropped: {step}."), step))

    def put_off(self, step_id: StepId, due: date) -> None:
        """Give a step another day."""
        self._run(
            lambda uow: steps.move_step(step_id, due, uow),
            lambda step: _("{step}: now by {day}.").format(
                step=isolate(step.label(current_language())), day=word_week_day(due)
            ),
        )

    def take(self, visit_id: VisitId) -> None:
        """Take a visitor over from the desk's queue."""

        def said(value: Taken) -> str:
            name = isolate(full_name(value.visit.name, value.visit.name_ar))
            return _("{name} is with you. The session is ready to be written down.").format(name=name)

        self._context.operations.run(self, lambda uow: days.take(visit_id, uow), self.taken.emit, said=said)

    def open_case(self, command: OpenCase) -> None:
        """Begin to accompany somebody."""

        def said(case: Case) -> str:
            return ngettext(
                "A case is open for {name}, with {count} step.", "A case is open for {name}, with {count} steps.",
                case.open_steps,
            ).format(name=_name(case), count=case.open_steps)  # fmt: skip

        def refused(error: Exception) -> None:
            if isinstance(error, cases.SecondCaseError):
                self.second_case.emit(command)
            else:
                self._context.messages.report(error)

        self._context.operations.run(
            self, lambda uow: cases.open_case(command, uow), lambda _case: self.done.emit(), refused, said=said
        )

    def close_case(self, case_id: CaseId, exit_code: str) -> None:
        """End the accompaniment."""
        self._run(
            lambda uow: cases.close_case(case_id, exit_code, uow),
            lambda case: _("The case of {name} is closed.").format(name=_name(case)),
        )

    def reopen_case(self, case_id: CaseId) -> None:
        """Go on with a case that was closed."""
        self._run(
            lambda uow: cases.reopen_case(case_id, uow),
            lambda case: _("The case of {name} is open again. Steps that were dropped stay dropped.").format(
                name=_name(case)
            ),
        )

    def end_bond(self, bond: Bond) -> None:
        """A link between two people is no longer so."""
        name = isolate(full_name(bond.name, bond.name_ar))
        self._run(
            lambda uow: bonds.end_bond(bond.id, uow), lambda _none: _("{name} is no longer linked.").format(name=name)
        )

    def bind(self, person_id: PersonId, other_id: PersonId, kind: BondKind, label: str) -> None:
        """Say who belongs to whom."""

        def said(bond: Bond) -> str:
            return _("{name} is linked.").format(name=isolate(full_name(bond.name, bond.name_ar)))

        self._run(lambda uow: bonds.add_bond(person_id, other_id, kind, uow, label), said)

    def note_consent(self, new: GiveConsent) -> None:
        """Note what somebody answered."""

        def said(consent: Consent) -> str:
            kind = code_label("consents", consent.kind, current_language())
            way = code_label("consent_ways", str(consent.way), current_language())
            return _("Noted: {answer}.").format(answer=join_facts(kind, way))

        self._run(lambda uow: consents.give(new, uow), said)

    def _run(self, action: Callable[[UnitOfWork], Outcome[T]], said: Callable[[T], str]) -> None:
        self._context.operations.run(self, action, lambda _value: self.done.emit(), said=said)


def _name(row: Any) -> str:  # noqa: ANN401 - whatever has both names
    return isolate(full_name(row.name, row.name_ar))


def _word_step(words: str, step: Step) -> str:
    return words.format(step=isolate(step.label(current_language())))


def _word_logged(session: Session) -> str:
    if len(session.attendees) == 1:
        only = session.attendees[0]
        return _("Session with {name} is written down.").format(name=isolate(full_name(only.name, only.name_ar)))
    return ngettext(
        "Session with {count} person is written down.",
        "Session with {count} people is written down.",
        len(session.attendees),
    ).format(count=len(session.attendees))


def _word_planned(row: Appointment) -> str:
    name = full_name(row.name, row.name_ar) if row.person_id is not None else ""
    when = join_facts(name, word_week_day(day_of(row.starts_at)), word_time(row.starts_at))
    if row.clashes:
        return _("Appointment: {when}. Something else is planned at that time.").format(when=when)
    return _("Appointment: {when}.").format(when=when)
