"""The list of the queues and its keys."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.domain.visits import QueueRow
from app.i18n import _
from ui.languages import follow_language
from ui.people.digits import digit_of
from ui.reception.queue_delegate import QueueDelegate
from ui.reception.queue_model import QueueModel

if TYPE_CHECKING:
    from uuid import UUID

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class QueueView(QListView):
    """Arrows go from person to person over the headings; Enter, a digit and Escape speak to the desk."""

    taken = Signal()
    sent_to = Signal(int)
    stepped_back = Signal()
    moved = Signal()

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kept: UUID | None = None
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        model.modelReset.connect(self._on_model_reset)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self.taken)
        follow_language(self, self._retranslate)

    @property
    def current(self) -> QueueRow | None:
        """Who is marked."""
        entry = self._model.entry(self.currentIndex().row())
        return entry.row if entry else None

    def mark_first(self) -> None:
        """Mark the first person if nobody is marked."""
        if self.current is None:
            self._step(-1, 1)

    def unmark(self) -> None:
        """Mark nobody."""
        self.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the queue."""
        key, digit = Qt.Key(event.key()), digit_of(event)
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in _ENTER:
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.stepped_back.emit()
        elif key == Qt.Key.Key_Down:
            self._step(self.currentIndex().row(), 1)
        elif key == Qt.Key.Key_Up:
            self._step(self.currentIndex().row(), -1)
        elif digit is not None and plain:
            self.sent_to.emit(digit)
        elif event.text().strip() and plain:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _step(self, start: int, by: int) -> None:
        number = start + by
        while (entry := self._model.entry(number)) is not None:
            if entry.row is not None:
                self.setCurrentIndex(self._model.index(number))
                return
            number += by

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Queues of the counters"))
        self._model.tick()

    def _on_model_about_to_be_reset(self) -> None:
        current = self.current
        self._kept = current.visit.id if current else None

    def _on_model_reset(self) -> None:
        row = self._model.row_of(self._kept) if self._kept else -1
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self.moved.emit()

    def _on_current_changed(self) -> None:
        self.moved.emit()
