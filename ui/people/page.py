"""The People page: a search, the page of a person, records written down twice, and how far erasures have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.i18n import _
from ui.page import PageContext, PageWidget
from ui.people.erased_section import ErasedSection
from ui.people.person_finder import PersonFinder
from ui.people.person_timeline import PersonTimeline
from ui.people.twice_section import TwiceSection
from ui.theme.tokens import SETTINGS_WIDTH, Gap
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from app.changes import Changes
    from app.domain.ids import PersonId
    from ui.widgets.words import Words

_LOW: Final = 500
"""Pixels of height: 768 at 150 % leaves 400."""
_NARROW: Final = 1_000


Section = PersonFinder | TwiceSection | ErasedSection
SEARCH: Final = "search"


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    title: Words
    make: Callable[[], Section]
    permission: Permission


class PeoplePage(PageWidget):
    """The sections that the role may use, each built when somebody goes there; a person stands in their place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        entries = (
            _Entry(SEARCH, lambda: _("Search"), self._make_finder, Permission.FIND_PEOPLE),
            _Entry("twice", lambda: _("Written down twice"), lambda: TwiceSection(context), Permission.MERGE_PEOPLE),
            _Entry("erased", lambda: _("Erased people"), lambda: ErasedSection(context), Permission.ERASE_PEOPLE),
        )
        self._entries = {entry.key: entry for entry in entries if context.actor.may(entry.permission)}
        self._sections: dict[str, Section] = {}
        self._timeline: PersonTimeline | None = None
        self.choice = OneOf(lambda: _("Section"), [(entry.key, entry.title) for entry in self._entries.values()])
        self._title = Label(lambda: _("People"), step="display")
        holder = QWidget()
        holder.setMaximumWidth(SETTINGS_WIDTH)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, Gap.SMALL)
        self._scroller = Scroller(holder)
        self._inner = QStackedWidget()
        self._inner.addWidget(self._scroller)
        self._sections_page = QWidget()
        self._layout = QVBoxLayout(self._sections_page)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self.choice)
        self._layout.addWidget(self._inner, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._sections_page)
        whole = self._whole = QVBoxLayout(self)
        whole.addWidget(self.stack)
        self.choice.chosen.connect(self.show_section)
        self.show_section(next(iter(self._entries)))
        context.change_bus.changed.connect(self._on_changed)

    @property
    def timeline(self) -> PersonTimeline:
        """The page of a person, built when somebody is first looked at."""
        if self._timeline is None:
            self._timeline = PersonTimeline(self._context)
            self._timeline.left.connect(self.show_search)
            self._timeline.person_requested.connect(self.open_person)
            self._timeline.record_requested.connect(self.record_requested)
            self.stack.addWidget(self._timeline)
            self._fit()
        return self._timeline

    def activate(self) -> None:
        """Read again what the section in front shows."""
        if self._timeline is not None and self.stack.currentWidget() is self._timeline:
            self._timeline.activate()
            return
        section = self._sections[self.choice.value]
        if isinstance(section, PersonFinder):
            section.resume()
        else:
            section.refresh()

    def primary_focus(self) -> QWidget:
        """Where the work of what stands in front begins."""
        if self._timeline is not None and self.stack.currentWidget() is self._timeline:
            return self._timeline.primary_focus()
        section = self._sections[self.choice.value]
        if isinstance(section, PersonFinder):
            return section.line
        return section.primary_focus() if isinstance(section, TwiceSection) else self.choice.focusProxy() or self.choice

    def open_person(self, person_id: PersonId) -> None:
        """Show the page of somebody."""
        timeline = self.timeline
        self.stack.setCurrentWidget(timeline)
        timeline.open(person_id)
        timeline.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def start_search(self) -> None:
        """Search for somebody else."""
        self.show_search()

    def show_search(self) -> None:
        """Back to the search, as it was left."""
        self.stack.setCurrentWidget(self._sections_page)
        self.show_section(SEARCH)
        finder = self._sections[SEARCH]
        if isinstance(finder, PersonFinder):
            finder.resume()
            finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        self._fit()

    def section(self, key: str) -> Section:
        """A section, built if nobody has been there yet. Raises KeyError for one that the role may not use."""
        if key not in self._sections:
            made = self._entries[key].make()
            self._sections[key] = made
            if isinstance(made, PersonFinder):
                self._inner.addWidget(made)
            else:
                made.hide()
                self._column.addWidget(made)
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        wanted = self.section(key)
        for section in self._sections.values():
            if not isinstance(section, PersonFinder):
                section.setVisible(section is wanted)
        self.choice.choose(key)
        self._inner.setCurrentWidget(wanted if isinstance(wanted, PersonFinder) else self._scroller)
        if isinstance(wanted, PersonFinder):
            wanted.resume()
        else:
            wanted.refresh()

    def _fit(self) -> None:
        low, narrow = self.height() < _LOW, self.width() < _NARROW
        edge = Gap.MEDIUM if narrow else Gap.WIDE
        self._title.setVisible(not low)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Gap.SMALL if low else Gap.LARGE)
        self._whole.setContentsMargins(edge, Gap.SMALL if low else Gap.LARGE, edge, 0 if low else Gap.SMALL)
        if self._timeline is not None:
            self._timeline.fit(narrow=narrow, low=low)

    def _make_finder(self) -> PersonFinder:
        finder = PersonFinder(self._context, lambda: _("Search for a person"), lane="people-search")
        finder.setMaximumWidth(SETTINGS_WIDTH)
        finder.picked.connect(lambda person: self.open_person(person.id))
        return finder

    def _on_changed(self, changes: Changes) -> None:
        finder = self._sections.get(SEARCH)
        if isinstance(finder, PersonFinder) and (changes.everything or changes.people or changes.visits):
            finder.note_change()
