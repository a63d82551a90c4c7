"""A list of entries that the keyboard walks through: arrows, Home and End, Enter takes, Escape steps back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.coaching.entries import Entry, EntryModel
from ui.coaching.entry_delegate import EntryDelegate
from ui.languages import follow_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

    from ui.widgets.words import Words

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_FAR: Final = 1_000_000
_STEPS: Final = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Home: -_FAR,
    Qt.Key.Key_End: _FAR,
}
"""How many lines that can be marked a key goes on or back."""


class EntryList(QListView):
    """`taken` carries the key of the line that Enter or a click acts on; `moved` follows every change of the mark.

    What is marked stays marked when other lines come, as long as it is among them.
    """

    taken = Signal(object)
    moved = Signal()
    stepped_back = Signal()

    def __init__(self, name: Words, parent: QWidget | None = None, *, lead: str = "00:00", key: str = "Enter") -> None:
        super().__init__(parent)
        self._name = name
        self.model_of_entries = EntryModel(self)
        self.setModel(self.model_of_entries)
        self.setItemDelegate(EntryDelegate(self, lead, key))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        follow_language(self, self.retranslate)

    @property
    def current(self) -> object:
        """What the marked line is about, None when none is marked."""
        entry = self.model_of_entries.entry(self.currentIndex().row())
        return entry.key if entry is not None else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other lines."""
        kept, row = self.current, self.currentIndex().row()
        self.model_of_entries.show_entries(entries)
        again = self.model_of_entries.row_of(kept)
        if again >= 0:
            self._mark_row(again)
        elif kept is not None:
            # what was marked is done: the next one stands in its place
            self._mark_row(self._near(row))

    def mark(self, key: object) -> bool:
        """Mark the line about something; whether there is one."""
        row = self.model_of_entries.row_of(key)
        if row >= 0:
            self._mark_row(row)
        return row >= 0

    def mark_first(self) -> None:
        """Mark the first line that can be, unless one is marked."""
        if self.current is None:
            self._mark_row(self._near(0))

    def retranslate(self) -> None:
        """Tell a screen reader what the list is."""
        self.setAccessibleName(self._name())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keyboard finds a line marked."""
        super().focusInEvent(event)
        self.mark_first()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are left to the page; Enter and Escape speak to it."""
        if event.key() in _ENTER:
            if self.current is not None:
                self.taken.emit(self.current)
        elif event.key() == Qt.Key.Key_Escape:
            self.stepped_back.emit()
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self._step(step)
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Details break differently in another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _step(self, step: int) -> None:
        lines = [row for row, entry in enumerate(self.model_of_entries.entries) if entry.key is not None]
        if not lines:
            return
        row = self.currentIndex().row()
        before_the_first = -1 if step > 0 else 0
        at = (lines.index(row) if row in lines else before_the_first) + step
        at = min(max(at, 0), len(lines) - 1)
        self._mark_row(lines[at])
        if at == 0:
            # the heading above the first line comes into view with it
            self.scrollToTop()

    def _near(self, row: int) -> int:
        """The line at or after a row that can be marked, else the one before, else -1."""
        entries = self.model_of_entries.entries
        onward = (number for number in range(max(row, 0), len(entries)) if entries[number].key is not None)
        backward = (number for number in range(min(row, len(entries)) - 1, -1, -1) if entries[number].key is not None)
        return next(onward, next(backward, -1))

    def _mark_row(self, row: int) -> None:
        self.setCurrentIndex(self.model_of_entries.index(row) if row >= 0 else QModelIndex())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        entry = self.model_of_entries.entry(index.row())
        if entry is not None and entry.key is not None:
            self.taken.emit(entry.key)

    def _on_current_changed(self) -> None:
        entry = self.model_of_entries.entry(self.currentIndex().row())
        self.setAccessibleDescription(entry.spoken if entry is not None else "")
        self.moved.emit()
