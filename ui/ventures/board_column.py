"""A step of the path with the ventures that are there."""

from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.ids import VentureId
from app.domain.path import Card, Column
from app.i18n import _, ngettext
from ui.languages import follow_language
from ui.reception.panel import ENTER
from ui.theme.appearance import colours
from ui.theme.icons import repolish
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_number
from ui.ventures.board_model import MIME, ColumnModel
from ui.ventures.card_delegate import CardDelegate
from ui.ventures.wording import word_stage
from ui.widgets.labels import Label

COLUMN_WIDTH: Final = 232
EMPTY_WIDTH: Final = 136
_ROOM: Final = 36
"""Beside a step's name: how many are there, and the gaps."""


class CardList(QListView):
    """Cards one below the other. Left and right go to the neighbours; with Alt they move the card itself."""

    stepped = Signal(int)
    moved = Signal(int)
    opened = Signal(object)
    current_changed = Signal()
    dropped = Signal(object)
    drag_over = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("cards", "true")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.doubleClicked.connect(self._on_activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows up and down are the list's own."""
        mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0) * (-1 if mirrored else 1)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif step:
            self.stepped.emit(step)
        elif event.key() in ENTER:
            self._on_activated(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape or event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cards lie on a ground that is darker than they are."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(colours().sunken))
        painter.end()
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A card is always marked where the keyboard is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()
        self.current_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes with the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Another card."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self.current_changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A card of another step is welcome."""
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Still above."""
        self._welcome(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Carried on."""
        self.drag_over.emit(False)  # noqa: FBT003 - Qt's way of emitting
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """The card is let go of here."""
        self.drag_over.emit(False)  # noqa: FBT003 - Qt's way of emitting
        data = event.mimeData().data(MIME)
        if len(data.data()) != len(UUID(int=0).bytes):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(VentureId(UUID(bytes=bytes(data.data()))))

    def _welcome(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.drag_over.emit(True)  # noqa: FBT003 - Qt's way of emitting
        else:
            event.ignore()

    def _on_activated(self, index: QModelIndex) -> None:
        model = self.model()
        card = model.find(index.row()) if isinstance(model, ColumnModel) else None
        if card is not None:
            self.opened.emit(card.id)


class BoardColumn(QFrame):
    """The step's name, how many are there, the cards. Narrow where nobody is."""

    def __init__(self, stage: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setProperty("card", "false")
        self.model = ColumnModel(self)
        self.list = CardList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(CardDelegate(self.list))
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.list.setMinimumHeight(Gap.HAIR)
        self.title = Label(lambda: word_stage(stage), strong=True, wraps=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.count = Label(tone="quiet", strong=True)
        self.count.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.count.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(Gap.HAIR, 0, Gap.HAIR, 0)
        row.setSpacing(Gap.HAIR)
        row.addWidget(self.title, 1)
        row.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.HAIR, Gap.SMALL, Gap.HAIR, Gap.HAIR)
        layout.setSpacing(Gap.HAIR)
        layout.addWidget(self._head)
        layout.addWidget(self.list, 1)
        self.list.drag_over.connect(self._on_list_drag_over)
        self._fit()
        follow_language(self, self.retranslate)

    @property
    def current(self) -> Card | None:
        """The card that is marked."""
        return self.model.find(self.list.currentIndex().row())

    def show_column(self, column: Column) -> None:
        """Show the ventures as they are now; the mark stays on its card."""
        former, row = self.current, max(self.list.currentIndex().row(), 0)
        self.model.show_cards(column.cards)
        if column.cards and former is not None:
            at = self.model.row_of(former.id)
            self.list.setCurrentIndex(self.model.index(at if at >= 0 else min(row, len(column.cards) - 1)))
        self._fit()
        self.retranslate()

    def mark(self, venture_id: UUID) -> bool:
        """Put the keyboard on a venture; False where it is not here."""
        row = self.model.row_of(venture_id)
        if row < 0:
            return False
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setCurrentIndex(self.model.index(row))
        return True

    def measure_head(self, strong: QFont) -> int:
        """How high the name of the step is where nobody is, the narrowest that the column gets."""
        room = QRect(0, 0, EMPTY_WIDTH - _ROOM, 0)
        return QFontMetrics(strong).boundingRect(room, Qt.TextFlag.TextWordWrap, word_stage(self.stage)).height()

    def fit_head(self, height: int) -> None:
        """All steps begin their cards on one line."""
        self._head.setFixedHeight(height)

    def retranslate(self) -> None:
        """Word the cards again."""
        count = len(self.model.cards)
        self.count.show_text(word_number(count))
        self.list.setAccessibleName(
            ngettext("{stage}: {number} venture", "{stage}: {number} ventures", count).format(
                stage=word_stage(self.stage), number=word_number(count)
            )
        )
        self.list.setAccessibleDescription(_("Alt with an arrow moves the venture along the path"))
        self.model.retranslate()

    def _fit(self) -> None:
        empty = not self.model.cards
        self.setFixedWidth(EMPTY_WIDTH if empty else COLUMN_WIDTH)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus if empty else Qt.FocusPolicy.StrongFocus)

    def _on_list_drag_over(self, over: bool) -> None:
        self.setProperty("card", "true" if over else "false")
        repolish(self)
