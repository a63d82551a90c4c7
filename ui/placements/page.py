"""The Placements page: who is in post and whom to ask, the offers with their candidates, the employers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import PlacementId
from app.i18n import _
from ui.page import PageContext, PageWidget
from ui.placements.placement_pages import PlacementPages
from ui.placements.sections import EmployersSection, OffersSection, PlacementsSection
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.trail import Trail
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from ui.placements.list_section import ListSection

PLACEMENTS, OFFERS, EMPLOYERS = "placements", "offers", "employers"
_LOW: Final = 500


class PlacementsPage(PageWidget):
    """Three lists; a placement, an offer and the forms are panels in their place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.placements = PlacementsSection(context)
        self.offers = OffersSection(context)
        self.employers = EmployersSection(context)
        self.pages = PlacementPages(context)
        self._sections: dict[str, ListSection] = {
            PLACEMENTS: self.placements, OFFERS: self.offers, EMPLOYERS: self.employers,
        }  # fmt: skip
        self.choice = OneOf(
            lambda: _("Section"),
            [
                (PLACEMENTS, lambda: _("Placements")),
                (OFFERS, lambda: _("Offers")),
                (EMPLOYERS, lambda: _("Employers")),
            ],
        )
        self._title = Label(lambda: _("Placements"), step="large")
        overview = QWidget()
        head = QHBoxLayout()
        head.setSpacing(Gap.LARGE)
        head.addWidget(self._title)
        head.addWidget(self.choice, 1)
        self._stack = QStackedWidget()
        for section in self._sections.values():
            self._stack.addWidget(section)
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.SMALL)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.trail = Trail(overview, self.pages.panels)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.trail)
        self._connect()

    def activate(self) -> None:
        """Read again what is in front."""
        front = self.trail.currentWidget()
        if self.trail.is_home:
            self._section().refresh()
        elif front is self.pages.placement:
            self.pages.placement.refresh()
        elif front is self.pages.offer:
            self.pages.offer.refresh()

    def primary_focus(self) -> QWidget:
        """Where the section's work begins, unless a panel is in front."""
        front = self.trail.currentWidget()
        return front if isinstance(front, Panel) else self._section().primary_focus()

    def open_record(self, record_id: UUID) -> None:
        """Show a placement; from there the way leads back to what was in front."""
        self.pages.open_placement(PlacementId(record_id))

    def show_section(self, key: str) -> None:
        """One of the three."""
        self.choice.choose(key)
        self._stack.setCurrentWidget(self._section())
        self._section().refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._title.setVisible(not low)
        self._layout.setContentsMargins(Gap.WIDE, Gap.SMALL if low else Gap.LARGE, Gap.WIDE, Gap.SMALL)

    def _section(self) -> ListSection:
        return self._sections[self.choice.value]

    def _connect(self) -> None:
        pages = self.pages
        self.choice.chosen.connect(self.show_section)
        self.placements.opened.connect(pages.open_placement)
        self.placements.check_requested.connect(pages.ask_after)
        self.placements.add.clicked.connect(pages.begin_placement)
        self.offers.opened.connect(pages.open_offer)
        self.offers.add.clicked.connect(self._on_offers_add_clicked)
        self.employers.add.clicked.connect(self._on_employers_add_clicked)
        self.employers.change_requested.connect(pages.keep_employer)
        self.employers.offer_requested.connect(pages.add_offer)
        pages.fronted.connect(self.trail.front)
        pages.finished.connect(self.trail.go_back)
        pages.person_requested.connect(self.person_requested)
        self.trail.came_home.connect(self._on_trail_came_home)
        self.trail.came_back.connect(self._on_trail_came_back)

    def _on_offers_add_clicked(self) -> None:
        self.pages.add_offer()

    def _on_employers_add_clicked(self) -> None:
        self.pages.keep_employer()

    def _on_trail_came_home(self) -> None:
        self._section().refresh()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_trail_came_back(self, panel: Panel) -> None:
        if panel is self.pages.placement:
            self.pages.placement.refresh()
        elif panel is self.pages.offer:
            self.pages.offer.refresh()
