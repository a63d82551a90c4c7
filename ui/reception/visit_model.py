"""Today's visits as a table."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.domain.visits import VisitRow, VisitState
from app.i18n import _
from ui.people.wording import full_name, word_time
from ui.reception.snapshot import DeskSnapshot, word_reason
from ui.theme.appearance import colours

VISIT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
ARRIVED, NAME, COUNTER, REASON, STATE = range(5)
Index = QModelIndex | QPersistentModelIndex


def word_state(state: VisitState) -> str:
    """Where a visit stands, in words for people; a state that only a newer version knows as it is."""
    return {
        VisitState.WAITING: _("waiting"),
        VisitState.WITH_COUNTER: _("at the counter"),
        VisitState.CHECKED_OUT: _("left"),
        VisitState.CLOSED_WITH_DAY: _("closed with the day"),
        VisitState.VOID: _("entered by mistake"),
    }.get(state, str(state))


class VisitModel(QAbstractTableModel):
    """Visits in the order in which they were logged, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[VisitRow, ...] = ()
        self._snapshot: DeskSnapshot | None = None

    @property
    def rows(self) -> tuple[VisitRow, ...]:
        """The visits as they are shown."""
        return self._rows

    def show_rows(self, rows: tuple[VisitRow, ...]) -> None:
        """Show the visits of a day, given in the order in which they were logged."""
        self.beginResetModel()
        self._rows = tuple(reversed(rows))
        self.endResetModel()

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Know the names of the counters."""
        self._snapshot = snapshot
        self.retranslate()

    def retranslate(self) -> None:
        """The words of all cells changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, STATE))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, STATE)

    def find(self, row: int) -> VisitRow | None:
        """The visit in a row, None outside the table."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many visits there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Arrived, name, counter, reason, state."""
        return 0 if parent.isValid() else STATE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole or not 0 <= section <= STATE:
            return None
        return (_("Arrived"), _("Name"), _("Counter"), _("Reason"), _("State"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell in words; an entry made by mistake is written in quiet ink."""
        row = self.find(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._word(row, index.column())
        if role == VISIT_ROLE:
            return row
        if role == Qt.ItemDataRole.ForegroundRole and (row.state is VisitState.VOID or row.person_id is None):
            return QColor(colours().quiet_ink)
        return None

    def _word(self, row: VisitRow, column: int) -> str:
        if column == ARRIVED:
            return word_time(row.arrived_at)
        if column == NAME:
            return full_name(row.name, row.name_ar)
        if column == COUNTER:
            return self._snapshot.word_counter(row.counter_id) if self._snapshot else ""
        if column == REASON:
            return word_reason(row.reason)
        if row.state is VisitState.CHECKED_OUT and row.left_at is not None:
            return _("left at {time}").format(time=word_time(row.left_at))
        return word_state(row.state)
