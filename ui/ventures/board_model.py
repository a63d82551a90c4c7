"""The ventures of one step, for a list that paints itself."""

from typing import Final
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.path import Card
from ui.people.wording import join_facts
from ui.ventures.wording import (
    word_card_facts,
    word_card_lacks,
    word_card_money,
    word_card_name,
    word_days,
)

CARD_ROLE: Final = Qt.ItemDataRole.UserRole
MIME: Final = "application/x-wasl-venture"
_NO_PARENT: Final = QModelIndex()


class ColumnModel(QAbstractListModel):
    """Cards, longest in the step first. A card that is carried away takes its id along."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """What is shown."""
        return self._cards

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Show these; those who look at the list find their place again by the id."""
        if cards == self._cards:
            return
        self.beginResetModel()
        self._cards = cards
        self.endResetModel()

    def find(self, row: int) -> Card | None:
        """The card in a row, None where there is none."""
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def row_of(self, venture_id: UUID) -> int:
        """The row of a venture, -1 where it is not here."""
        return next((row for row, card in enumerate(self._cards) if card.id == venture_id), -1)

    def retranslate(self) -> None:
        """Word the cards again."""
        if self._cards:
            self.dataChanged.emit(self.index(0), self.index(len(self._cards) - 1))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The card itself, its name, and all that it says for a screen reader."""
        card = self.find(index.row()) if index.isValid() else None
        if card is None:
            return None
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return word_card_name(card)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return join_facts(
                word_card_name(card),
                card.number,
                word_card_facts(card),
                word_card_money(card),
                *word_card_lacks(card),
                word_days(card.days),
            )
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """A card can be carried; a list takes cards anywhere."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def supportedDragActions(self) -> Qt.DropAction:
        """The card goes once the service has moved it, not before."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """A venture, of this window only."""
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The id of the card that is carried."""
        data = QMimeData()
        for index in indexes:
            card = self.find(index.row())
            if card is not None:
                data.setData(MIME, card.id.bytes)
        return data
