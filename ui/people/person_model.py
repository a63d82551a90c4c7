"""People as a list: search results, possible duplicates, members of a group."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.people import PersonRow
from ui.people.wording import full_name, join_facts, word_facts, word_open_visit

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


class PersonModel(QAbstractListModel):
    """Rows of people as they were answered. `query` is the text that they answer, to mark it in their names.

    `notes` are further words for a row, such as why it may be the same person.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = ""
        self.today = date.min
        self.positions: dict[str, int] = {}
        self._rows: tuple[PersonRow, ...] = ()
        self._notes: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        """The people in the order in which they are shown."""
        return self._rows

    def show_rows(self, rows: Sequence[PersonRow], query: str = "", notes: Sequence[str] = ()) -> None:
        """Put other people in place of the ones before."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._notes = tuple(notes)
        self.query = query
        self.endResetModel()

    def note(self, row: int) -> str:
        """The further words for a row, empty when there are none."""
        return self._notes[row] if row < len(self._notes) else ""

    def find(self, row: int) -> PersonRow | None:
        """The person in a row, None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def retranslate(self) -> None:
        """The words of every row changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many people are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name to show, the row itself, or all of it in words for a screen reader."""
        row = self.find(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return full_name(row.name, row.name_ar)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            facts = word_facts(row, self.today, self.positions)
            here = word_open_visit(row, self.today)
            return join_facts(row.name, row.name_ar, row.number, facts, here, self.note(index.row()))
        return row if role == ROW_ROLE else None
