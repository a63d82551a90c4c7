"""What becomes of a line of the timeline: each kind leads where it can be looked at or gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from app.domain.accounts import Permission
from app.domain.ids import AppointmentId, AttachmentId, CaseId, ReferralId, SessionId, StepId
from app.domain.sheets import CertificateKind
from app.domain.timeline import EntryKind
from app.services import appointments, sessions
from ui.coaching.session_form import SessionStart
from ui.people.papers import open_paper

if TYPE_CHECKING:
    from uuid import UUID

    from app.domain.calendar import Appointment
    from app.domain.coaching import Session
    from ui.page import PageContext
    from ui.people.person_timeline import PersonTimeline

_SOON_MS: Final = 15 * 60_000
_ELSEWHERE: Final = {
    EntryKind.PLACEMENT: ("placements", Permission.READ_CASES),
    EntryKind.AGREEMENT: ("funding", Permission.READ_FUNDING),
    EntryKind.PAYMENT: ("funding", Permission.READ_FUNDING),
    EntryKind.MEMBER: ("ventures", Permission.READ_VENTURES),
    EntryKind.TRAINING: ("trainings", Permission.READ_TRAININGS),
    EntryKind.PAPER: ("papers", Permission.READ_PAPERS),
}
"""What has a page of its own, and who may see that page."""


class TimelineTaking(QObject):
    """Works for the page of a person."""

    def __init__(self, context: PageContext, page: PersonTimeline) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def take(self, key: tuple[str, UUID]) -> None:
        """Act on a line: its kind, and the id of what it is about."""
        kind, what = key
        page, query = self._page, self._context.operations.query
        if kind in set(_ELSEWHERE):
            self._lead(EntryKind(kind), what)
        elif kind == EntryKind.ATTACHMENT:
            open_paper(page, self._context, AttachmentId(what))
        elif kind == EntryKind.REFERRAL:
            page.referring.open(ReferralId(what))
        elif not self._context.actor.may(Permission.ACCOMPANY):
            return
        elif kind == "step":
            page.actions_run.finish_step(StepId(what))
        elif kind == EntryKind.SESSION:
            query(page, lambda uow: sessions.show_session(SessionId(what), uow), self._begin_correction)
        elif kind == EntryKind.APPOINTMENT:
            query(page, lambda uow: appointments.show_appointment(AppointmentId(what), uow), self._begin_appointment)
        elif kind == EntryKind.CASE_OPENED:
            page.ask_exit(what)
        elif kind == EntryKind.CASE_CLOSED:
            page.actions_run.reopen_case(CaseId(what))

    def _lead(self, kind: EntryKind, what: UUID) -> None:
        key, permission = _ELSEWHERE[kind]
        entries = self._page.record.entries if self._page.record is not None else ()
        entry = next((each for each in entries if each.kind is kind and each.id == what), None)
        if entry is None or not self._context.actor.may(permission):
            return
        # receipts of visits are papers too, and have no page
        if kind is EntryKind.PAPER and entry.code not in set(CertificateKind):
            return
        # a payment is shown with its agreement, a membership with its venture, a place with its training
        owned = kind in {EntryKind.PAYMENT, EntryKind.MEMBER, EntryKind.TRAINING}
        self._page.record_requested.emit(key, entry.subject_id if owned else what)

    def _begin_correction(self, session: Session) -> None:
        self._page.session.begin_correction(session)
        self._page.enter_form(self._page.session)

    def _begin_appointment(self, item: Appointment) -> None:
        page, record = self._page, self._page.record
        if item.session_id is not None or record is None:
            return
        if item.starts_at > record.now + _SOON_MS:
            page.appointment.begin_moving(item)
            page.enter_form(page.appointment)
        elif (person := page.named()) is not None:
            page.session.begin(SessionStart((person,), item.starts_at, item.minutes, item.id, usual=record.usual))
            page.enter_form(page.session)
