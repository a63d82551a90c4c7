"""Offers and placements with their forms as one piece, for each page that leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.placements.answer_forms import ChangeForm, CheckForm, EndForm
from ui.placements.employer_form import EmployerForm
from ui.placements.offer_form import OfferForm
from ui.placements.offer_panel import OfferPanel
from ui.placements.people_forms import PlaceForm, ProposeForm
from ui.placements.placement_panel import PlacementPanel

if TYPE_CHECKING:
    from app.domain.ids import EmployerId, OfferId, PlacementId
    from app.domain.placements import CandidacyRow, Employer, OfferRow, PlacementRow
    from ui.page import PageContext
    from ui.reception.panel import Panel


class PlacementPages(QObject):
    """The page that owns it shows the panels: `fronted` carries one, `finished` says that a form is done."""

    fronted = Signal(object)
    finished = Signal()
    person_requested = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.placement = PlacementPanel(context)
        self.offer = OfferPanel(context)
        self.employer = EmployerForm(context)
        self.offer_form = OfferForm(context)
        self.propose = ProposeForm(context)
        self.place = PlaceForm(context)
        self.check = CheckForm(context)
        self.change = ChangeForm(context)
        self.end = EndForm(context)
        for form in (self.employer, self.propose, self.check, self.change, self.end):
            form.kept.connect(self.finished)
        self.offer_form.kept.connect(self._on_offer_kept)
        self.place.kept.connect(self._on_place_kept)
        self.offer.propose_requested.connect(self._on_propose_requested)
        self.offer.change_requested.connect(self._on_offer_change_requested)
        self.offer.place_requested.connect(self._on_place_requested)
        self.offer.person_requested.connect(self.person_requested)
        self.placement.person_requested.connect(self.person_requested)
        self.placement.check_requested.connect(self.ask_after)
        self.placement.change_requested.connect(self._on_change_requested)
        self.placement.end_requested.connect(self._on_end_requested)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What the page puts into its stack."""
        return (
            self.placement, self.offer, self.employer, self.offer_form, self.propose, self.place, self.check,
            self.change, self.end,
        )  # fmt: skip

    def open_placement(self, placement_id: PlacementId) -> None:
        """Show a placement."""
        self.placement.begin(placement_id)
        self.fronted.emit(self.placement)

    def open_offer(self, offer_id: OfferId) -> None:
        """Show an offer."""
        self.offer.begin(offer_id)
        self.fronted.emit(self.offer)

    def begin_placement(self) -> None:
        """Somebody begins work."""
        self.place.begin()
        self.fronted.emit(self.place)

    def add_offer(self, employer_id: EmployerId | None = None) -> None:
        """Note an offer, of an employer perhaps."""
        self.offer_form.begin(employer_id=employer_id)
        self.fronted.emit(self.offer_form)

    def keep_employer(self, employer: Employer | None = None) -> None:
        """Put an employer on record, or right."""
        self.employer.begin(employer)
        self.fronted.emit(self.employer)

    def ask_after(self, row: PlacementRow) -> None:
        """Note whether somebody is still there."""
        self.check.begin(row)
        self.fronted.emit(self.check)

    def _on_offer_kept(self, row: OfferRow) -> None:
        self.finished.emit()
        self.open_offer(row.id)

    def _on_place_kept(self, row: PlacementRow) -> None:
        self.finished.emit()
        self.open_placement(row.id)

    def _on_propose_requested(self, offer: OfferRow) -> None:
        self.propose.begin(offer)
        self.fronted.emit(self.propose)

    def _on_offer_change_requested(self, offer: OfferRow) -> None:
        self.offer_form.begin(offer)
        self.fronted.emit(self.offer_form)

    def _on_place_requested(self, row: CandidacyRow, offer: OfferRow) -> None:
        self.place.begin((row, offer))
        self.fronted.emit(self.place)

    def _on_change_requested(self, row: PlacementRow) -> None:
        self.change.begin(row)
        self.fronted.emit(self.change)

    def _on_end_requested(self, row: PlacementRow) -> None:
        self.end.begin(row)
        self.fronted.emit(self.end)
