"""The narrow rail: an icon and a word for each page that the account may use."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.languages import follow_language
from ui.page import PageEntry
from ui.theme.appearance import colours
from ui.theme.icons import wear_icon
from ui.theme.tokens import RAIL_WIDTH, Gap
from ui.widgets.buttons import Button
from ui.widgets.words import Words

_RAIL: Final = "rail"
_ICON: Final = 22
_DIGITS: Final = 10
LAST_KEY: Final = "settings"
"""The page that stands at the foot of the rail."""


class RailButton(Button):
    """A page on the rail; checked while it is the one in front."""

    def __init__(self, words: Words, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(words, _RAIL, parent, key=key, hint=lambda: " ".join(filter(None, (words(), key))))
        self._key = ""  # the key works but is not drawn: the tool tip says it
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        wear_icon(self, icon, "quiet_ink", checked="primary", size=_ICON)

    def sizeHint(self) -> QSize:
        """The same for all, however long the word."""
        self.ensurePolished()
        return QSize(RAIL_WIDTH - 2 * Gap.SMALL, _ICON + QFontMetrics(self.font()).height() + 2 * Gap.MEDIUM)

    def minimumSizeHint(self) -> QSize:
        """On a low screen all come closer together, and at last show their icons alone; the tool tip has the word."""
        return QSize(self.sizeHint().width(), _ICON + 2 * Gap.HAIR)

    def ink(self) -> QColor:
        """The page in front is in the colour of what counts."""
        return QColor(colours().primary if self.isChecked() else colours().quiet_ink)

    def _paint_face(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        words_height = Gap.HAIR + metrics.height()
        if self.height() < _ICON + words_height:
            words_height = 0
        top = (self.height() - _ICON - words_height) // 2
        state = QIcon.State.On if self.isChecked() else QIcon.State.Off
        box = QRect(0, top, self.width(), _ICON)
        self.icon().paint(painter, box, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal, state)
        if not words_height:
            return
        painter.setPen(self.ink())
        painter.setFont(self.font())
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - Gap.HAIR)
        box = QRect(0, top + _ICON + Gap.HAIR, self.width(), metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QFrame):
    """The pages one below the other, settings at the foot. Ctrl+1, Ctrl+2 … lead to them."""

    page_requested = Signal(str)

    def __init__(self, entries: Iterable[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(RAIL_WIDTH)
        self._buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.SMALL, Gap.SMALL, Gap.SMALL, Gap.SMALL)
        layout.setSpacing(Gap.HAIR)
        listed = sorted(entries, key=lambda entry: entry.key == LAST_KEY)
        for number, entry in enumerate(listed, start=1):
            # ten digits there are: the tenth page has the zero, those after it none
            key = f"Ctrl+{number % _DIGITS}" if number <= _DIGITS else ""
            button = RailButton(entry.title, entry.icon, key)
            button.clicked.connect(lambda _checked=False, key=entry.key: self._on_button_clicked(key))
            self._buttons[entry.key] = button
            if entry.key == LAST_KEY:
                layout.addStretch()
            layout.addWidget(button)
        if LAST_KEY not in self._buttons:
            layout.addStretch()
        follow_language(self, self.retranslate)

    def button(self, key: str) -> RailButton:
        """The button of a page. Raises KeyError for a page that is not listed."""
        return self._buttons[key]

    def mark(self, key: str) -> None:
        """Show which page is in front."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def retranslate(self) -> None:
        """The dividing line is always on the side of the page."""
        self.setProperty("bar", "rail-mirrored" if self.isRightToLeft() else "rail")
        self.style().unpolish(self)
        self.style().polish(self)

    def _on_button_clicked(self, key: str) -> None:
        self.mark(key)
        self.page_requested.emit(key)
