"""A venture month by month. A month that nobody noted is a gap that can be seen; time runs left to right always."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.ventures import Series
from ui.languages import follow_language
from ui.people.painting import LookFollower
from ui.theme.appearance import colours
from ui.theme.tokens import CORNER_SMALL, FOCUS_RING, Gap
from ui.ventures.amounts import word_month_short, word_number
from ui.ventures.bars import SOLID, STRIPED, fill_part
from ui.widgets.words import Words, no_words

TURNOVER, CLIENTS, JOBS = "turnover", "clients", "jobs"
_HEIGHT: Final = 168
_GRID: Final = 2
_NARROWEST: Final = 30
"""Pixels a month needs for its name; where there is less, only every third is named."""
_WIDEST: Final = 48
_QUARTER: Final = 3
_JANUARY: Final = 1


@dataclass(frozen=True, slots=True)
class _Column:
    """One month: the values that stand on one another; None where nothing was said."""

    values: tuple[Decimal, ...] | None


class FiguresPlot(QWidget):
    """Columns, one a month. Arrows go from month to month; `month_marked` carries its number in the series."""

    month_marked = Signal(int)

    def __init__(self, name: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._said: Words = no_words
        self._series = Series((), (), (), (), (), ())
        self._what = TURNOVER
        self._columns: tuple[_Column, ...] = ()
        self._top = Decimal(1)
        self.marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._follower = LookFollower(self, self.update)
        follow_language(self, self.retranslate)

    def show_series(self, series: Series, what: str, said: Words) -> None:
        """Show turnover, clients or jobs; `said` words the month that is marked, for a screen reader."""
        if self._series.months != series.months or self.marked >= len(series.months):
            self.marked = len(series.months) - 1
        self._series, self._what, self._said = series, what, said
        self._columns = _columns_of(series, what)
        self._top = _nice(max((sum(column.values, Decimal(0)) for column in self._columns if column.values),
                              default=Decimal(0)))  # fmt: skip
        self.retranslate()

    def retranslate(self) -> None:
        """Tell a screen reader what is marked."""
        self.setAccessibleName(self._name())
        self.setAccessibleDescription(self._said())
        self.update()

    def sizeHint(self) -> QSize:
        """Wide as its column."""
        return QSize(12 * Gap.PAGE, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A few months."""
        return QSize(6 * Gap.PAGE, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left is earlier, in every language."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            self._mark(self.marked + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the month below the mouse."""
        room = self._room()
        if self._columns and room.width() > 0:
            self._mark(int((event.position().x() - room.x()) / self._step(room)))
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which month is marked."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark gets quieter."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Grid, columns, gaps, months."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self._columns:
            room = self._room()
            self._paint_grid(painter, room)
            for number in range(len(self._columns)):
                self._paint_month(painter, room, number)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._follower.look.primary, FOCUS_RING))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER_SMALL, CORNER_SMALL)
        painter.end()

    def _mark(self, number: int) -> None:
        bounded = min(max(number, 0), len(self._columns) - 1)
        if bounded != self.marked and self._columns:
            self.marked = bounded
            self.month_marked.emit(bounded)
            self.retranslate()

    def _room(self) -> QRectF:
        metrics = QFontMetrics(self._follower.look.small)
        widest = max(metrics.horizontalAdvance(self._word_tick(number)) for number in range(_GRID + 1))
        foot = 2 * metrics.height() + Gap.HAIR
        left = widest + Gap.SMALL + Gap.HAIR
        top = metrics.height() / 2 + Gap.HAIR
        return QRectF(left, top, self.width() - left - Gap.SMALL, self.height() - foot - top - Gap.HAIR)

    def _step(self, room: QRectF) -> float:
        return min(room.width() / max(len(self._columns), 1), float(_WIDEST * 2))

    def _word_tick(self, number: int) -> str:
        return word_number(self._top * number / _GRID)

    def _paint_grid(self, painter: QPainter, room: QRectF) -> None:
        look = self._follower.look
        painter.setFont(look.small)
        height = QFontMetrics(look.small).height()
        for number in range(_GRID + 1):
            y = room.bottom() - room.height() * number / _GRID
            painter.setPen(QPen(look.quiet if number == 0 else look.line, 1))
            painter.drawLine(QPointF(room.x(), y), QPointF(room.right(), y))
            painter.setPen(look.quiet)
            box = QRectF(0, y - height / 2, room.x() - Gap.SMALL, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._word_tick(number))

    def _paint_month(self, painter: QPainter, room: QRectF, number: int) -> None:
        look = self._follower.look
        step = self._step(room)
        slot = QRectF(room.x() + number * step, room.y(), step, room.height())
        width = min(max(step * 0.62, 3.0), float(_WIDEST))
        column = QRectF(slot.center().x() - width / 2, room.y(), width, room.height())
        if number == self.marked:
            ground = QColor(look.selection)
            painter.fillRect(slot.adjusted(1, 0, -1, 0), ground)
            painter.setPen(QPen(look.quiet, 1))
            painter.drawLine(QPointF(slot.x(), room.bottom()), QPointF(slot.right(), room.bottom()))
        values = self._columns[number].values
        if values is None:
            painter.setPen(QPen(QColor(colours().attention), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            gap = QRectF(column.x(), room.bottom() - room.height() * 0.32, column.width(), room.height() * 0.32)
            painter.drawRect(gap)
            painter.setFont(look.small_strong)
            painter.setPen(QColor(colours().attention))
            painter.drawText(gap, Qt.AlignmentFlag.AlignCenter, "?")
        else:
            self._paint_values(painter, column, values)
        self._paint_name(painter, slot, room, number)

    def _paint_values(self, painter: QPainter, column: QRectF, values: tuple[Decimal, ...]) -> None:
        bottom = column.bottom()
        for place, value in enumerate(values):
            height = float(value / self._top) * column.height()
            box = QRectF(column.x(), bottom - height, column.width(), height)
            fill_part(painter, box, "primary" if place == 0 else "information", SOLID if place == 0 else STRIPED)
            bottom -= height
        if not sum(values, Decimal(0)):  # nothing is a figure too
            painter.fillRect(QRectF(column.x(), column.bottom() - 2, column.width(), 2), QColor(colours().primary))

    def _paint_name(self, painter: QPainter, slot: QRectF, room: QRectF, number: int) -> None:
        look = self._follower.look
        month = self._series.months[number]
        metrics = QFontMetrics(look.small)
        wide = (
            slot.width() >= _NARROWEST + (metrics.horizontalAdvance(word_month_short(month)) > _NARROWEST) * Gap.LARGE
        )
        if not wide and month.month % _QUARTER != _JANUARY:
            return
        chosen = number == self.marked
        painter.setFont(look.small_strong if chosen else look.small)
        painter.setPen(look.ink if chosen else look.quiet)
        spare = 0.0 if wide else slot.width()
        line = QRectF(slot.x() - spare, room.bottom() + Gap.HAIR, slot.width() + 2 * spare, metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, word_month_short(month))
        if number == 0 or month.month == _JANUARY:
            painter.setFont(look.small)
            painter.setPen(look.quiet)
            painter.drawText(line.translated(0, metrics.height()), Qt.AlignmentFlag.AlignHCenter, str(month.year))


def _columns_of(series: Series, what: str) -> tuple[_Column, ...]:
    if what == JOBS:
        pairs = zip(series.jobs_women, series.jobs_men, strict=True)
        return tuple(
            _Column(None if women is None and men is None else (Decimal(women or 0), Decimal(men or 0)))
            for women, men in pairs
        )
    single = series.turnover if what == TURNOVER else series.clients
    return tuple(_Column(None if value is None else (Decimal(value),)) for value in single)


def _nice(highest: Decimal) -> Decimal:
    """The top of the scale: even, and half of it a round number as well."""
    top = Decimal(2)
    while True:
        for factor in (1, 2, 5):
            if top * factor >= highest:
                return top * factor
        top *= 10
