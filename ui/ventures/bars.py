"""Amounts as lengths of one bar. Each part has its own pattern, so that colour is never alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.people.painting import is_mirrored
from ui.theme.appearance import appearance, colours
from ui.theme.tokens import CORNER_SMALL, Gap
from ui.widgets.words import Words, no_words

SOLID: Final = "solid"
STRIPED: Final = "striped"
DOTTED: Final = "dotted"
HOLLOW: Final = "hollow"
_HEIGHT: Final = 20
_SWATCH: Final = 14
_STRIPE: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: how much, a colour of the tokens, and how it is filled."""

    amount: Decimal
    tone: str
    fill: str


class Bar(QWidget):
    """Parts one after the other on the way to `whole`; `mark` is a line across. Grows from where reading begins."""

    def __init__(self, words: Words = no_words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._parts: tuple[Part, ...] = ()
        self._whole = Decimal(0)
        self._mark: Decimal | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance().changed.connect(self.update)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is shown."""
        return self._parts

    def show_parts(self, parts: Sequence[Part], whole: Decimal, mark: Decimal | None = None) -> None:
        """Show amounts of one currency. What goes beyond `whole` makes the bar's end move, and a line shows it."""
        self._parts, self._whole, self._mark = tuple(parts), whole, mark
        self.setAccessibleName(self.words())
        self.update()

    def sizeHint(self) -> QSize:
        """A bar with room for the mark above and below it."""
        return QSize(8 * Gap.PAGE, _HEIGHT + 2 * Gap.HAIR)

    def minimumSizeHint(self) -> QSize:
        """It may be as narrow as a column."""
        return QSize(3 * Gap.PAGE, _HEIGHT + 2 * Gap.HAIR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The ground, the parts, the edge, the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(0.5, Gap.HAIR + 0.5, self.width() - 1, _HEIGHT - 1)
        path = QPainterPath()
        path.addRoundedRect(frame, CORNER_SMALL, CORNER_SMALL)
        painter.fillPath(path, QColor(colours().sunken))
        painter.setClipPath(path)
        longest = max(self._whole, sum((part.amount for part in self._parts), Decimal(0)))
        at = Decimal(0)
        for part in self._parts:
            if longest > 0 and part.amount > 0:
                self._fill(painter, self._span(at, at + part.amount, longest, frame), part)
            at += part.amount
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours().control), 1))
        painter.drawPath(path)
        if longest > self._whole > 0:
            self._line(painter, self._whole, longest, "danger")
        if self._mark is not None and longest > 0:
            self._line(painter, self._mark, longest, "ink")
        painter.end()

    def _span(self, first: Decimal, last: Decimal, longest: Decimal, frame: QRectF) -> QRectF:
        left = float(first / longest) * frame.width()
        width = float((last - first) / longest) * frame.width()
        x = frame.right() - left - width if is_mirrored() else frame.x() + left
        return QRectF(x, frame.y(), width, frame.height())

    def _fill(self, painter: QPainter, box: QRectF, part: Part) -> None:
        fill_part(painter, box, part.tone, part.fill)

    def _line(self, painter: QPainter, amount: Decimal, longest: Decimal, tone: str) -> None:
        at = float(amount / longest) * (self.width() - 1)
        x = self.width() - 1 - at if is_mirrored() else at
        x = min(max(x, 1.0), self.width() - 1.0)
        painter.setPen(QPen(QColor(getattr(colours(), tone)), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))


class Swatch(QWidget):
    """A piece of a bar beside its name."""

    def __init__(self, tone: str, fill: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._fill = tone, fill
        self.setFixedSize(_SWATCH, _SWATCH)
        appearance().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """A small square filled like the part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, 3, 3)
        painter.setClipPath(path)
        painter.fillRect(box, QColor(colours().sunken))
        fill_part(painter, box, self._tone, self._fill)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(colours().control), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.end()


def fill_part(painter: QPainter, box: QRectF, tone: str, fill: str) -> None:
    """Fill a box solidly, with stripes, with dots, or only along its edge."""
    colour = QColor(getattr(colours(), tone))
    if fill == SOLID:
        painter.fillRect(box, colour)
    elif fill == STRIPED:
        soft = QColor(colour)
        soft.setAlphaF(0.22)
        painter.fillRect(box, soft)
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(colour, 2))
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += _STRIPE
        painter.restore()
    elif fill == DOTTED:
        painter.fillRect(box, QBrush(colour, Qt.BrushStyle.Dense6Pattern))
