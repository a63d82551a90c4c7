"""An appointment as it lies in the day: a button as high as it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QPushButton

from ui.people.painting import make_look, near_side, paint_words, place
from ui.people.wording import join_facts, word_time
from ui.theme.appearance import colours
from ui.theme.icons import draw_icon
from ui.theme.tokens import CORNER_SMALL, FOCUS_RING, Gap

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

_EDGE: Final = 4
_LINE: Final = 19
_SIGN: Final = 14
_NARROW: Final = 150
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Block:
    """Something at a time of a day. `is_over`: it was kept, missed or called off, as `icon` and `state` say."""

    key: object
    starts_at: int
    minutes: int
    title: str
    detail: str = ""
    state: str = ""
    icon: str = ""
    is_over: bool = False


class BlockButton(QPushButton):
    """`entered`: it got the keyboard or was pointed at; `stepped`: an arrow goes to the one before or after."""

    entered = Signal(object)
    stepped = Signal(int)

    def __init__(self, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.block = block
        self.setAutoDefault(False)
        self.setFlat(True)
        self.setAccessibleName(join_facts(word_time(block.starts_at), block.title, block.detail, block.state))
        self.setToolTip(self.accessibleName())

    def minimumSizeHint(self) -> QSize:
        """Its place decides."""
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does; arrows go on."""
        if event.key() in _ENTER:
            self.click()
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell what the next key is about."""
        super().focusInEvent(event)
        self.entered.emit(self.block.key)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Time and title, and as much of the rest as there is room for."""
        look, now, block = make_look(), colours(), self.block
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(now.control if block.is_over else now.primary), 1))
        painter.setBrush(QColor(now.sunken if block.is_over else now.selection))
        painter.drawRoundedRect(frame, CORNER_SMALL, CORNER_SMALL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.control if block.is_over else now.primary))
        edge = place(look, self.rect(), QRect(1, 3, _EDGE, self.height() - 6))
        painter.drawRoundedRect(edge, 2, 2)
        self._paint_words(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(now.primary), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER_SMALL, CORNER_SMALL)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        """Narrow ones leave out the time, which their place tells, and the sign."""
        look, now, block = make_look(), colours(), self.block
        narrow = self.width() < _NARROW
        inner = place(look, self.rect(), self.rect().adjusted(_EDGE + Gap.HAIR, 0, -Gap.HAIR, 0))
        lines = max(1, (self.height() - 4) // _LINE)
        top = 2 if lines > 1 else (self.height() - _LINE) // 2
        end = inner.width()
        if block.icon and not narrow:
            end -= _SIGN
            sign = place(look, inner, QRect(inner.x() + end, top + 2, _SIGN, _SIGN))
            painter.drawPixmap(sign.topLeft(), draw_icon(block.icon, "quiet_ink", _SIGN, self.devicePixelRatioF()))
            end -= Gap.HAIR
        rest = join_facts(block.detail, block.state)
        quiet = QColor(now.quiet_ink)
        ink = quiet if block.is_over else QColor(now.ink)
        head = [(block.title, look.strong, ink)]
        if not narrow:
            head = [(word_time(block.starts_at), look.base, ink), *head]
            head += [(rest, look.base, quiet if block.is_over else ink)] if lines == 1 else []
        start = 0
        for words, font, colour in head:
            painter.setFont(font)
            painter.setPen(colour)
            box = QRect(inner.x() + start, top, max(0, end - start), _LINE)
            paint_words(painter, place(look, inner, box), near_side(look), words)
            start += painter.fontMetrics().horizontalAdvance(words) + Gap.SMALL
        if lines > 1:
            painter.setFont(look.small)
            painter.setPen(ink)
            below = join_facts(word_time(block.starts_at), rest) if narrow else rest
            box = QRect(inner.x(), top + _LINE, inner.width(), _LINE)
            paint_words(painter, box, near_side(look), below)
