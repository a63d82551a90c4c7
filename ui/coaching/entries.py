"""Lines of a list that paints itself: headings, and below each what belongs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.people.wording import join_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A line. `key` says what it is about, None for a heading or a word of comfort below an empty one.

    `lead` stands before the icon (a time, a day); `detail` below the title, over as many as three lines; `chip` at the
    end in the colour `chip_tone`; `key_shown` is the key that acts on a heading.
    """

    title: str
    key: object = None
    is_heading: bool = False
    lead: str = ""
    icon: str = ""
    icon_tone: str = "quiet_ink"
    detail: str = ""
    chip: str = ""
    chip_tone: str = "quiet_ink"
    key_shown: str = ""
    is_quiet: bool = False

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return join_facts(self.lead, self.title, self.detail, self.chip)


class EntryModel(QAbstractListModel):
    """Entries as they were given; words are made by who gives them, again at each change of language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines as they stand."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other lines. While the same things stand in the same places only their words change."""
        same = [entry.key for entry in entries] == [entry.key for entry in self._entries]
        if same and self._entries:
            self._entries = tuple(entries)
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))
            return
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, number: int) -> Entry | None:
        """A line, None outside the list."""
        return self._entries[number] if 0 <= number < len(self._entries) else None

    def row_of(self, key: object) -> int:
        """The line that is about something, -1 when none is."""
        lines = (number for number, entry in enumerate(self._entries) if entry.key is not None and entry.key == key)
        return next(lines, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be chosen."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return Qt.ItemFlag.NoItemFlags
        if entry.key is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for a screen reader, the line itself for who paints it."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return entry.spoken
        return entry if role == ENTRY_ROLE else None
