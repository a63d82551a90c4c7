"""Grounds for content: a card, and what stands where there is nothing yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme.tokens import ICON_LARGE, Gap
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import Words


class Card(QFrame):
    """A surface with a thin edge; fill `body`."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = Gap.LARGE, spacing: int = Gap.MEDIUM) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)


class EmptyState(QWidget):
    """What a list shows when it is empty: an icon, a sentence, and the next step as a button or as words."""

    def __init__(
        self,
        icon: str,
        sentence: Words,
        next_step: Words | None = None,
        parent: QWidget | None = None,
        *,
        action: Button | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.WIDE, Gap.WIDE, Gap.WIDE, Gap.WIDE)
        layout.setSpacing(Gap.SMALL)
        layout.addStretch()
        layout.addWidget(IconLabel(icon, "quiet_ink", ICON_LARGE), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.sentence = Label(sentence, strong=True, wraps=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.sentence)
        if next_step is not None:
            step = Label(next_step, tone="quiet", wraps=True)
            step.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(step)
        if action is not None:
            layout.addWidget(action, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
