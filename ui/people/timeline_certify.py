"""Certificates of somebody, from the page of the person: what can be certified, and what was issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.i18n import _
from ui.papers.issue_panel import IssuePanel, Occasion
from ui.papers.issued_panel import IssuedPanel

if TYPE_CHECKING:
    from app.services.certificates.issuing import Batch
    from ui.coaching.who_field import Named
    from ui.page import PageContext
    from ui.people.timeline_reading import PersonRecord


class Certifying(QObject):
    """`fronted` carries the panel that the page shows."""

    fronted = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.issue = IssuePanel(context)
        self.issued = IssuedPanel(context)
        self.issue.issued.connect(self._on_issued)

    def begin(self, record: PersonRecord, person: Named) -> None:
        """Accompaniment is certified from the case that is open, else from the newest."""
        case = record.open_case or max(record.cases, key=lambda each: each.opened_at, default=None)
        if case is None:
            self._context.notices.say(
                _("Accompaniment is certified from a case, and there is none: F5 opens one. Of a training, open it.")
            )
        else:
            self.issue.begin(Occasion(lambda: person.shown, case_id=case.id))
            self.fronted.emit(self.issue)

    def _on_issued(self, batch: Batch, occasion: Occasion) -> None:
        self.issued.begin(batch, occasion)
        self.fronted.emit(self.issued)
