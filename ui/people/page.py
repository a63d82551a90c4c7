"""The People page: records of one person that were written down twice, and how far erasures have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.i18n import _
from ui.page import PageContext, PageWidget
from ui.people.erased_section import ErasedSection
from ui.people.twice_section import TwiceSection
from ui.theme.tokens import SETTINGS_WIDTH, Gap
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from ui.widgets.words import Words

_LOW: Final = 500
"""Pixels of height: 768 at 150 % leaves 400."""


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    title: Words
    make: Callable[[], TwiceSection | ErasedSection]
    permission: Permission


class PeoplePage(PageWidget):
    """Only the sections that the role may use; each is built when somebody goes there."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        entries = (
            _Entry("twice", lambda: _("Written down twice"), lambda: TwiceSection(context), Permission.MERGE_PEOPLE),
            _Entry("erased", lambda: _("Erased people"), lambda: ErasedSection(context), Permission.ERASE_PEOPLE),
        )
        self._entries = {entry.key: entry for entry in entries if context.actor.may(entry.permission)}
        self._sections: dict[str, TwiceSection | ErasedSection] = {}
        self.choice = OneOf(lambda: _("Section"), [(entry.key, entry.title) for entry in self._entries.values()])
        self._title = Label(lambda: _("People"), step="display")
        holder = QWidget()
        holder.setMaximumWidth(SETTINGS_WIDTH)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, Gap.SMALL)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self.choice)
        self._layout.addWidget(Scroller(holder), 1)
        self.choice.chosen.connect(self.show_section)
        self.show_section(next(iter(self._entries)))

    def activate(self) -> None:
        """Read again what the section in front shows."""
        self._sections[self.choice.value].refresh()

    def primary_focus(self) -> QWidget:
        """Where the work of the section in front begins."""
        section = self._sections[self.choice.value]
        return section.primary_focus() if isinstance(section, TwiceSection) else self.choice.focusProxy() or self.choice

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._title.setVisible(not low)
        self._layout.setContentsMargins(Gap.WIDE, Gap.SMALL if low else Gap.WIDE, Gap.WIDE, 0)
        self._layout.setSpacing(Gap.SMALL if low else Gap.LARGE)

    def section(self, key: str) -> TwiceSection | ErasedSection:
        """A section, built if nobody has been there yet. Raises KeyError for one that the role may not use."""
        if key not in self._sections:
            made = self._entries[key].make()
            made.hide()
            self._sections[key] = made
            self._column.addWidget(made)
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        wanted = self.section(key)
        for section in self._sections.values():
            section.setVisible(section is wanted)
        self.choice.choose(key)
        wanted.refresh()
