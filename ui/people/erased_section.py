"""Who was erased, and from which offices the confirmation is still to come."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.services import erasing
from app.services.erasing import Erasure
from ui.page import PageContext
from ui.people.erasure_words import word_erasure, word_stub
from ui.theme.tokens import Gap
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label


class ErasedSection(QWidget):
    """A card for each: what is left of the person, where it is done, whose answer is missing."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.lines: list[Label] = []
        self._cards: list[Card] = []
        self.empty = EmptyState(
            "user-x",
            lambda: _("Nobody was erased"),
            lambda: _("When somebody is erased, this page says which offices have done so and which have not yet."),
        )
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Gap.MEDIUM)
        self._layout.addWidget(self.empty)
        self._layout.addStretch()
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read how far everything has come."""
        self._context.operations.query(self, erasing.list_erased, self._show, lane="people-erased")

    def _show(self, found: tuple[Erasure, ...]) -> None:
        for old in self._cards:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards, self.lines = [], []
        self.empty.setVisible(not found)
        for number, erasure in enumerate(found):
            card = Card(margin=Gap.LARGE, spacing=Gap.HAIR)
            card.body.addWidget(Label(partial(word_stub, erasure), strong=True))
            tone = "attention" if erasure.unanswered else "good"
            line = Label(partial(word_erasure, erasure), tone=tone, wraps=True)
            card.body.addWidget(line)
            self._layout.insertWidget(number, card)
            self._cards.append(card)
            self.lines.append(line)

    def _on_change_bus_changed(self) -> None:
        if self.isVisible():
            self.refresh()
