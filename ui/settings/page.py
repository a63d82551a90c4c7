"""The settings page: sections side by side, only those that the role may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.i18n import _
from ui.page import PageContext, PageWidget
from ui.settings.accounts_section import AccountsSection
from ui.settings.backup_section import BackupSection
from ui.settings.counters_section import CountersSection
from ui.settings.look_section import LookSection
from ui.settings.password_section import PasswordSection
from ui.settings.reasons_section import ReasonsSection
from ui.settings.recovery_section import RecoverySection
from ui.settings.templates_section import TemplatesSection
from ui.theme.tokens import SETTINGS_WIDTH, Gap
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from ui.preferences import Preferences
    from ui.settings.section import Section
    from ui.widgets.words import Words

_LOW = 500
"""Pixels of height: 768 at 150 % leaves 400."""


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    title: Words
    make: Callable[[], Section]
    permission: Permission | None = None


class SettingsPage(PageWidget):
    """A section is built when somebody goes there."""

    def __init__(self, context: PageContext, preferences: Preferences) -> None:
        super().__init__()
        entries = (
            _Entry("look", lambda: _("Language and look"), lambda: LookSection(context, preferences)),
            _Entry("password", lambda: _("My password"), lambda: PasswordSection(context)),
            _Entry("accounts", lambda: _("Accounts"), lambda: AccountsSection(context), Permission.EDIT_ACCOUNTS),
            _Entry("counters", lambda: _("Counters"), lambda: CountersSection(context), Permission.EDIT_COUNTERS),
            _Entry("reasons", lambda: _("Reasons"), lambda: ReasonsSection(context), Permission.EDIT_CODES),
            _Entry("steps", lambda: _("Usual steps"), lambda: TemplatesSection(context), Permission.EDIT_TEMPLATES),
            _Entry("backup", lambda: _("Backup"), lambda: BackupSection(context), Permission.BACK_UP),
            _Entry("recovery", lambda: _("Recovery sheet"), lambda: RecoverySection(context), Permission.EDIT_ACCOUNTS),
        )
        self._entries = {
            entry.key: entry for entry in entries if not entry.permission or context.actor.may(entry.permission)
        }
        self._sections: dict[str, Section] = {}
        self.choice = OneOf(lambda: _("Section"), [(entry.key, entry.title) for entry in self._entries.values()])
        self._holder = QWidget()
        self._holder.setMaximumWidth(SETTINGS_WIDTH)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.WIDE, Gap.WIDE, Gap.WIDE, 0)
        layout.setSpacing(Gap.LARGE)
        self._title = Label(lambda: _("Settings"), step="display")
        self._margins = layout
        layout.addWidget(self._title)
        layout.addWidget(self.choice)
        layout.addWidget(Scroller(self._holder), 1)
        self.choice.chosen.connect(self.show_section)
        self.show_section("look")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._title.setVisible(not low)
        edge = Gap.SMALL if low else Gap.WIDE
        self._margins.setContentsMargins(Gap.WIDE, edge, Gap.WIDE, 0)
        self._margins.setSpacing(Gap.SMALL if low else Gap.LARGE)

    def activate(self) -> None:
        """Read again what the section in front shows."""
        self._sections[self.choice.value].refresh()

    def primary_focus(self) -> QWidget:
        """The chosen section."""
        return self.choice.focusProxy() or self.choice

    def section(self, key: str) -> Section:
        """A section, built if nobody has been there yet. Raises KeyError for one that the role may not use."""
        if key not in self._sections:
            section = self._entries[key].make()
            section.hide()
            self._sections[key] = section
            self._column.addWidget(section, alignment=Qt.AlignmentFlag.AlignTop)
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        wanted = self.section(key)
        for section in self._sections.values():
            section.setVisible(section is wanted)
        self.choice.choose(key)
        wanted.refresh()
