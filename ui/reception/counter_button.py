"""A counter to choose: its number on its colour, and its name. Colour never stands alone."""

from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from app.domain.visits import Counter
from app.i18n import current_language
from ui.languages import follow_language
from ui.people.painting import SIGN, LookFollower, near_side, paint_sign, paint_words, place
from ui.theme.tokens import ROW, Gap

_NARROWEST: Final = 84


class CounterButton(QPushButton):
    """One of the counters. The digit on it is its key."""

    def __init__(self, counter: Counter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counter = counter
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "segment")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._follower = LookFollower(self, self.update)
        follow_language(self, self.retranslate)

    def retranslate(self) -> None:
        """Word again."""
        label = self.counter.label(current_language())
        self.setAccessibleName(f"{self.counter.position} {label}")
        self.setToolTip(label)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the sign and the whole name."""
        words = QFontMetrics(self._follower.look.strong).horizontalAdvance(self.counter.label(current_language()))
        return QSize(SIGN + words + Gap.SMALL + 2 * Gap.MEDIUM, ROW)

    def minimumSizeHint(self) -> QSize:
        """The name may be shortened, the number never."""
        return QSize(_NARROWEST, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The ground as styled, then the sign and the name in the order of reading."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._follower.look
        painter.setOpacity(1.0 if self.isEnabled() else 0.55)
        whole = self.rect()
        sign = place(look, whole, QRect(Gap.SMALL, (self.height() - SIGN) // 2, SIGN, SIGN))
        paint_sign(painter, look, sign, self.counter.position, self.counter.colour)
        start = SIGN + 2 * Gap.SMALL
        painter.setFont(look.strong if self.isChecked() else look.base)
        painter.setPen(look.primary if self.isChecked() else look.ink)
        words = place(look, whole, QRect(start, 0, self.width() - start - Gap.SMALL, self.height()))
        paint_words(painter, words, near_side(look), self.counter.label(current_language()))
        painter.end()
