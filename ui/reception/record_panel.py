"""What is on record about the visitor, in place of the search."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.ids import PersonId
from app.i18n import _
from app.services import people
from app.services.people import PersonView
from ui.page import PageContext
from ui.people.person_card import PersonCard
from ui.reception.panel import Panel
from ui.reception.snapshot import DeskSnapshot


class RecordPanel(Panel):
    """Reads a person and shows the card; that it was read goes on the audit trail."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("On record"), parent)
        self._context = context
        self.card = PersonCard()
        self.body.addWidget(self.card, 1)

    def begin(self, person_id: PersonId, snapshot: DeskSnapshot) -> None:
        """Read somebody."""

        def read(uow: UnitOfWork) -> PersonView:
            return people.show_even_erased(person_id, uow)

        def show(view: PersonView) -> None:
            self.card.show_view(view, snapshot.today)

        self._context.operations.query(self, read, show, lane="desk-record")

    def enter(self) -> None:
        """Arrows scroll the card."""
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)
