"""The queues as one list: each counter, then who waits there and who is being served."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.clock import Clock, system_clock
from app.domain.visits import Counter, CounterQueue, QueueRow
from app.i18n import _, current_language, ngettext
from ui.people.wording import full_name, join_facts, word_time

ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_MINUTE_MS: Final = 60_000
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A line of the list: a counter's heading (`row` is None), or somebody at that counter."""

    counter: Counter
    row: QueueRow | None = None
    waiting: int = 0


class QueueModel(QAbstractListModel):
    """Lines for each counter. Waiting times run on between two readings of the register: call `tick`."""

    def __init__(self, parent: QObject | None = None, clock: Clock = system_clock) -> None:
        super().__init__(parent)
        self._clock = clock
        self._entries: tuple[QueueEntry, ...] = ()

    @property
    def entries(self) -> tuple[QueueEntry, ...]:
        """The lines as they stand."""
        return self._entries

    def show_queues(self, queues: tuple[CounterQueue, ...]) -> None:
        """Show other queues. While the same people stand in the same places, only their words change."""
        entries: list[QueueEntry] = []
        for queue in queues:
            entries.append(QueueEntry(queue.counter, None, queue.waiting))
            entries += [QueueEntry(queue.counter, row) for row in queue.rows]
        if [_identity(entry) for entry in entries] == [_identity(entry) for entry in self._entries]:
            self._entries = tuple(entries)
            self.tick()
        else:
            self.beginResetModel()
            self._entries = tuple(entries)
            self.endResetModel()

    def tick(self) -> None:
        """Time went by, or the language changed: paint the words again, leave the lines."""
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def entry(self, number: int) -> QueueEntry | None:
        """A line, None outside the list."""
        return self._entries[number] if 0 <= number < len(self._entries) else None

    def row_of(self, visit_id: UUID) -> int:
        """The line on which a visit stands, -1 when it is not there."""
        lines = (number for number, entry in enumerate(self._entries) if entry.row and entry.row.visit.id == visit_id)
        return next(lines, -1)

    def minutes(self, row: QueueRow) -> int:
        """Whole minutes that somebody has waited until now, or waited until called; never below zero."""
        if row.called:
            return row.waited
        return max(0, (self._clock() - row.queued_at) // _MINUTE_MS)

    def longest_wait(self, counter: Counter) -> int:
        """The longest wait at a counter in minutes, of those who still wait."""
        rows = (entry.row for entry in self._entries if entry.row and entry.counter.id == counter.id)
        return max((self.minutes(row) for row in rows if not row.called), default=0)

    def word_wait(self, row: QueueRow) -> str:
        """How long somebody has waited, or that they are being served."""
        if row.called:
            return _("at the counter")
        return word_minutes(self.minutes(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be chosen."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return Qt.ItemFlag.NoItemFlags
        if entry.row is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for a screen reader, the line itself for who paints it."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._word(entry)
        return entry if role == ENTRY_ROLE else None

    def _word(self, entry: QueueEntry) -> str:
        if entry.row is None:
            label = f"{entry.counter.position} {entry.counter.label(current_language())}"
            return join_facts(label, word_waiting(entry.waiting))
        visit = entry.row.visit
        return join_facts(word_time(visit.arrived_at), full_name(visit.name, visit.name_ar), self.word_wait(entry.row))


def word_minutes(minutes: int) -> str:
    """A wait, short: 12 min, 1 h 05."""
    hours, rest = divmod(minutes, 60)
    if hours:
        return _("{hours} h {minutes:02}").format(hours=hours, minutes=rest)
    return _("{minutes} min").format(minutes=rest)


def word_waiting(count: int) -> str:
    """How many wait."""
    return ngettext("{count} waits", "{count} wait", count).format(count=count)


def _identity(entry: QueueEntry) -> tuple[UUID, UUID | None, bool]:
    return entry.counter.id, entry.row.visit.id if entry.row else None, entry.row is not None and entry.row.called
