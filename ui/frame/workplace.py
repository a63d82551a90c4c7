"""What one signed-in account works in: rail, top bar, the pages, the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.clock import Clock, system_clock
from app.i18n import _, current_language
from ui.frame.drops import TAKING, DropVeil, awaits_drop, word_not_allowed
from ui.frame.foot import Foot
from ui.frame.rail import Rail
from ui.frame.top_bar import TopBar
from ui.languages import follow_language
from ui.notices import Tone
from ui.theme.tokens import Gap
from ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from app.domain.ids import PersonId
    from ui.page import PageContext, PageEntry, PageWidget

SEARCHING: Final = "desk"
"""The page where visitors are searched for."""
PEOPLE: Final = "people"
"""The page where people are looked at."""
PAPERS: Final = "papers"
"""The page where papers are checked, with F12 from anywhere."""


class Workplace(QWidget):
    """Pages are built at their first visit and kept until sign-out. Only those that the role may use are listed."""

    lock_requested = Signal()
    sign_out_requested = Signal()
    look_requested = Signal(str)

    def __init__(
        self,
        context: PageContext,
        entries: Iterable[PageEntry],
        switch_language: Callable[[str], None],
        *,
        is_demo: bool = False,
        clock: Clock = system_clock,
    ) -> None:
        super().__init__()
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._entries = {
            entry.key: entry for entry in entries if entry.permission is None or context.actor.may(entry.permission)
        }
        self._pages: dict[str, PageWidget] = {}
        self._front = ""
        self.rail = Rail(self._entries.values())
        self.top_bar = TopBar(context.actor, lambda: context.hub.label(current_language()), clock, switch_language)
        self.foot = Foot(context.notices, context.hub.paths.backups, clock)
        self.top_bar.search_button.setVisible(bool({SEARCHING, PEOPLE} & self._entries.keys()))
        self._stack = QStackedWidget()
        self.veil = DropVeil(self._stack, may_take=TAKING in self._entries)
        self.setAcceptDrops(True)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.top_bar)
        if is_demo:
            middle.addWidget(_demo_strip())
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(middle, 1)
        self.rail.page_requested.connect(self.show_page)
        self.top_bar.search_requested.connect(self.start_search)
        self.top_bar.lock_requested.connect(self.lock_requested)
        self.top_bar.sign_out_requested.connect(self.sign_out_requested)
        self.top_bar.look_requested.connect(self.look_requested)
        context.change_bus.told.connect(self.foot.show_exchange)
        QShortcut(QKeySequence(Qt.Key.Key_F12), self).activated.connect(self.start_check)
        follow_language(self, self._retranslate_pages)

    @property
    def front(self) -> str:
        """The key of the page in front."""
        return self._front

    def page(self, key: str) -> PageWidget:
        """A page, built if nobody has been there yet. Raises KeyError for one that is not listed."""
        if key not in self._pages:
            page = self._entries[key].factory(self._context)
            page.retranslate()
            page.person_requested.connect(self.open_person)
            page.record_requested.connect(self.open_record)
            page.page_requested.connect(self._on_page_requested)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def show_first_page(self) -> None:
        """Begin where the day begins."""
        self.show_page(next(iter(self._entries)))

    def show_page(self, key: str) -> None:
        """Bring a page to the front and the caret to where its work starts."""
        page = self.page(key)
        self._front = key
        self.rail.mark(key)
        self._stack.setCurrentWidget(page)
        page.activate()
        page.primary_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def start_search(self) -> None:
        """Search for a person's page from anywhere; at the desk, and for whoever has no other, for a visitor."""
        at_desk = self._front == SEARCHING or PEOPLE not in self._entries
        if at_desk and SEARCHING in self._entries:
            self.show_page(SEARCHING)
        elif PEOPLE in self._entries:
            self.page(PEOPLE).start_search()
            self.show_page(PEOPLE)

    def start_check(self) -> None:
        """Check a paper that somebody brings, from anywhere."""
        if PAPERS in self._entries:
            self.show_page(PAPERS)
            self.page(PAPERS).start_check()

    def open_person(self, person_id: PersonId) -> None:
        """Show the page of a person, for whoever may read it."""
        if PEOPLE in self._entries:
            self.page(PEOPLE).open_person(person_id)
            self.show_page(PEOPLE)

    def open_record(self, key: str, record_id: UUID) -> None:
        """Show a record on its own page, for whoever has that page."""
        if key in self._entries:
            self.show_page(key)
            self.page(key).open_record(record_id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer may be let go of on any page."""
        if awaits_drop(event.mimeData()):
            event.acceptProposedAction()
            self.veil.spread()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They were carried away again, or over a page that takes them itself."""
        self.veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring the page to the front that reads them, or say who may."""
        self.veil.hide()
        event.acceptProposedAction()
        if TAKING not in self._entries:
            self._context.notices.say(word_not_allowed(), Tone.ATTENTION)
            return
        paths = awaits_drop(event.mimeData())
        self.show_page(TAKING)
        self.page(TAKING).receive_files(paths)

    def _on_page_requested(self, key: str) -> None:
        if key in self._entries:
            self.show_page(key)

    def _retranslate_pages(self) -> None:
        for page in self._pages.values():
            page.retranslate()


def _demo_strip() -> QFrame:
    strip = QFrame()
    strip.setProperty("bar", "demo")
    row = QHBoxLayout(strip)
    row.setContentsMargins(Gap.LARGE, Gap.HAIR, Gap.LARGE, Gap.HAIR)
    row.setSpacing(Gap.SMALL)
    row.addWidget(IconLabel("info", "attention"))
    row.addWidget(
        Label(lambda: _("Demonstration: nobody here exists. Write nothing real."), tone="attention", strong=True), 1
    )
    return strip
