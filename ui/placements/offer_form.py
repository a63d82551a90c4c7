"""Work that an employer offers: put on record, or put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.domain.placements import NewOffer
from app.i18n import _, pgettext
from app.outcome import Outcome
from app.services import employers
from ui.placements.employer_field import EmployerField, resolve_employer
from ui.ventures.amounts import write_date
from ui.ventures.form import FormPanel, code_options, count_field, date_field, framed_pick
from ui.widgets.fields import LineField
from ui.widgets.words import no_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.domain.ids import EmployerId
    from app.domain.placements import Employer, OfferRow
    from ui.page import PageContext

_EDITED = ("title", "kind", "places", "closes", "note")


class OfferForm(FormPanel):
    """A post, its contract, how many places. `kept` carries the OfferRow."""

    kept = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("An offer"), lambda: _("Keep the offer"), parent)
        self._context = context
        self._offer: OfferRow | None = None
        self.employer = EmployerField()
        self.post = LineField(lambda: _("Post"), max_length=200)
        self.kind, kind = framed_pick(lambda: _("Kind of contract"), code_options("placements"))
        self.places = count_field(lambda: pgettext("offer", "Places"))
        self.closes = date_field(lambda: _("Last day to propose somebody"), hint=lambda: _("Empty where there is none"))
        self.note = LineField(lambda: _("Remark"), max_length=500)
        self.add(self.employer)
        self.beside(self.post, kind)
        self.beside(self.places, self.closes)
        self.add(self.note)

    def begin(self, offer: OfferRow | None = None, employer_id: EmployerId | None = None) -> None:
        """An empty form, for an employer perhaps, or what is known of an offer."""
        self._offer = offer
        self.post.set_text(offer.title if offer else "")
        self.kind.choose(offer.kind if offer else "fixed_term")
        self.places.set_text(str(offer.places) if offer else "1")
        self.closes.set_text(write_date(offer.closes if offer else None))
        self.note.set_text(offer.note if offer else "")
        for field in (self.post, self.places, self.closes):
            field.clear_error()
        self.employer.setHidden(offer is not None)
        employer = offer.employer if offer else ""
        self.explain((lambda: employer) if offer else no_words)
        self.employer.begin(())
        if offer is None:

            def read(uow: UnitOfWork) -> tuple[Employer, ...]:
                return employers.list_employers(uow)

            self._context.operations.query(self, read, lambda known: self._offer_employers(known, employer_id))

    def enter(self) -> None:
        """Whose offer it is, or what it is called."""
        part = self.post if self._offer is not None else self.employer
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        known, employer_id, name = self._offer, self.employer.employer_id, self.employer.name.text
        if known is None and employer_id is None:
            self.demand(self.employer.name, lambda: _("An employer needs a name."))
        post = self.demand(self.post, lambda: _("What is the post called?"))
        places, closes = self.read_count(self.places), self.read_date(self.closes)
        if self.is_wrong:
            return
        kind, note = self.kind.value, self.note.text

        def act(uow: UnitOfWork) -> Outcome[OfferRow]:
            if known is not None:
                fields = dict(zip(_EDITED, (post, kind, places or known.places, closes, note), strict=True))
                return employers.edit_offer(known.id, fields, uow)
            employer, changes = resolve_employer(employer_id, name, uow)
            made = employers.add_offer(NewOffer(employer, post, kind, places or 1, closes=closes, note=note), uow)
            return Outcome(made.value, changes | made.changes, made.undo)

        self._context.operations.run(
            self, act, self.kept.emit, busy=self.save, said=lambda _row: _("The offer is kept.")
        )

    def _offer_employers(self, known: tuple[Employer, ...], chosen: EmployerId | None) -> None:
        typed = self.employer.name.text
        self.employer.begin(known, chosen)
        self.employer.name.set_text(typed)
        if chosen is not None and known and self.isVisible():
            self.post.setFocus(Qt.FocusReason.OtherFocusReason)
