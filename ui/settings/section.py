"""One section of the settings."""

from PySide6.QtWidgets import QWidget

from ui.page import PageContext
from ui.theme.tokens import Gap
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.words import Words


class Section(Card):
    """A title, a sentence, and what can be set below."""

    def __init__(self, context: PageContext, title: Words, sentence: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.WIDE, spacing=Gap.LARGE)
        self.context = context
        self.body.addWidget(Label(title, step="large"))
        self.body.addWidget(Label(sentence, tone="quiet", wraps=True))

    def refresh(self) -> None:
        """Read again what is shown."""
