"""The path from left to right (right to left in Arabic), a column a step."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from app.domain.ids import VentureId
from app.domain.path import Card, Column, stages
from ui.people.painting import LookFollower
from ui.theme.tokens import Gap
from ui.ventures.board_column import BoardColumn
from ui.widgets.labels import rule


class BoardView(QScrollArea):
    """Wishes: `move_wanted` (venture, stage), `opened` (venture). `marked` carries the card, None for no card."""

    move_wanted = Signal(object, str)
    opened = Signal(object)
    marked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wanted: UUID | None = None
        self.columns = [BoardColumn(stage) for stage in stages()]
        self._content = QWidget()
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, column in enumerate(self.columns):
            if number:
                line = rule()
                line.setFixedWidth(1)
                line.setMinimumHeight(0)
                line.setMaximumHeight(16_777_215)
                row.addWidget(line)
            row.addWidget(column)
            self._connect(number, column)
        row.addStretch()
        self.setWidget(self._content)
        self._follower = LookFollower(self, self._fit_heads)
        self._fit_heads()

    @property
    def current(self) -> Card | None:
        """The card that has the keyboard, or had it last."""
        return next((column.current for column in self.columns if column.list.hasFocus()), None)

    @property
    def is_empty(self) -> bool:
        """Whether no venture is shown at all."""
        return not any(column.model.cards for column in self.columns)

    def show_board(self, board: Sequence[Column]) -> None:
        """Show the ventures as they are now; a card that went to another step takes the keyboard with it."""
        focused = next((column for column in self.columns if column.list.hasFocus()), None)
        former = self._wanted or (focused.current.id if focused is not None and focused.current else None)
        known = {column.stage: column for column in board}
        for column in self.columns:
            column.show_column(known.get(column.stage, Column(column.stage, ())))
        self._wanted = None
        if former is not None:
            self.mark(former)

    def follow(self, venture_id: UUID) -> None:
        """Once the board is read again, put the keyboard on this venture."""
        self._wanted = venture_id

    def mark(self, venture_id: UUID) -> bool:
        """Put the keyboard on a venture wherever it is; False where it is not shown."""
        return any(column.mark(venture_id) for column in self.columns)

    def enter(self) -> None:
        """Put the keyboard on the first card."""
        filled = [column for column in self.columns if column.model.cards]
        if filled:
            filled[0].list.setFocus(Qt.FocusReason.OtherFocusReason)

    def card(self, venture_id: UUID) -> Card | None:
        """A venture's card, None where it is not shown."""
        return next((card for column in self.columns for card in column.model.cards if card.id == venture_id), None)

    def _fit_heads(self) -> None:
        strong = self._follower.look.strong
        height = max(column.measure_head(strong) for column in self.columns)
        for column in self.columns:
            column.fit_head(height + Gap.HAIR)

    def _connect(self, number: int, column: BoardColumn) -> None:
        column.list.stepped.connect(lambda step: self._on_stepped(number, step))
        column.list.moved.connect(lambda step: self._on_moved(number, step))
        column.list.opened.connect(self.opened)
        column.list.dropped.connect(lambda venture_id: self._on_dropped(venture_id, column.stage))
        column.list.current_changed.connect(lambda: self._on_current_changed(column))

    def _on_stepped(self, number: int, step: int) -> None:
        at = number + step
        while 0 <= at < len(self.columns):
            if self.columns[at].model.cards:
                self.columns[at].list.setFocus(Qt.FocusReason.TabFocusReason)
                return
            at += step

    def _on_moved(self, number: int, step: int) -> None:
        card = self.columns[number].current
        at = number + step
        if card is not None and 0 <= at < len(self.columns):
            self.move_wanted.emit(card.id, self.columns[at].stage)

    def _on_dropped(self, venture_id: VentureId, stage: str) -> None:
        card = self.card(venture_id)
        if card is not None and card.stage != stage:
            # once Qt is through with the drag: asking for a reason moves the focus
            QTimer.singleShot(0, self, lambda: self.move_wanted.emit(venture_id, stage))

    def _on_current_changed(self, column: BoardColumn) -> None:
        self._scroll_to(column)
        self.marked.emit(column.current)

    def _scroll_to(self, column: BoardColumn) -> None:
        """Qt's own way counts from the left also where the bar begins on the right."""
        bar = self.horizontalScrollBar()
        near = self._content.width() - column.geometry().right() if self.isRightToLeft() else column.x()
        first, last = near - Gap.WIDE, near + column.width() + Gap.WIDE - self.viewport().width()
        bar.setValue(min(max(bar.value(), last), first))
