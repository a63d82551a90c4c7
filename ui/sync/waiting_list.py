"""Bundles that are kept until an earlier one comes, and what is missing, below the map."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.exchange.letter import Desk
from app.services.exchange.missing_words import word_waiting
from ui.theme.tokens import Gap
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label

_MOST = 2


class WaitingList(Card):
    """Not there while nothing waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.MEDIUM, spacing=Gap.SMALL)
        self.lines: list[Label] = []
        self._rows: list[QWidget] = []
        self.hide()

    def show_desk(self, desk: Desk) -> None:
        """Show what waits: the oldest first, the first few of them."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.lines = [], []
        for item in desk.waiting[:_MOST]:
            row = QWidget()
            words = Label(partial(word_waiting, item), wraps=True)
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(Gap.SMALL)
            layout.addWidget(IconLabel("hourglass", "attention"), alignment=Qt.AlignmentFlag.AlignTop)
            layout.addWidget(words, 1)
            self.body.addWidget(row)
            self._rows.append(row)
            self.lines.append(words)
        self.setVisible(bool(desk.waiting))
