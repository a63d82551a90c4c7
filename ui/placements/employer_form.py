"""Somebody who gives work: put on record, or put right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.bootstrap import UnitOfWork
from app.domain.placements import Employer, NewEmployer
from app.i18n import _
from app.outcome import Outcome
from app.services import employers
from ui.page import PageContext
from ui.ventures.form import FormPanel, code_options, framed_pick
from ui.widgets.fields import LineField


class EmployerForm(FormPanel):
    """The name is enough to begin. `kept` follows."""

    kept = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("An employer"), lambda: _("Keep the employer"), parent)
        self._context = context
        self._employer: Employer | None = None
        self.name = LineField(lambda: _("Name"), max_length=200)
        self.sector, sector = framed_pick(lambda: _("Sector"), code_options("sectors"))
        self.city = LineField(lambda: _("City"), max_length=80)
        self.contact = LineField(lambda: _("Who is to be asked for"), max_length=200)
        self.phone = LineField(lambda: _("Phone"), left_to_right=True, max_length=40)
        self.add(self.name)
        self.beside(sector, self.city)
        self.beside(self.contact, self.phone)

    def begin(self, employer: Employer | None = None) -> None:
        """An empty form, or what is known."""
        self._employer = employer
        self.name.set_text(employer.name if employer else "")
        self.sector.choose(employer.sector if employer else "other")
        self.city.set_text(employer.city if employer else "")
        self.contact.set_text(employer.contact if employer else "")
        self.phone.set_text(employer.phone if employer else "")
        self.name.clear_error()

    def enter(self) -> None:
        """Its name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        name = self.demand(self.name, lambda: _("An employer needs a name."))
        if self.is_wrong:
            return
        known = self._employer
        new = NewEmployer(name, self.sector.value, self.city.text, self.contact.text, self.phone.text)

        def act(uow: UnitOfWork) -> Outcome[Employer]:
            if known is None:
                return employers.add_employer(new, uow)
            fields = {cell: getattr(new, cell) for cell in ("name", "sector", "city", "contact", "phone")}
            return employers.edit_employer(known.id, fields, uow)

        self._context.operations.run(
            self, act, lambda _one: self.kept.emit(), busy=self.save, said=lambda _one: _("The employer is kept.")
        )
