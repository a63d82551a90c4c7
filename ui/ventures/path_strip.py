"""The path of a venture as steps across the page: what lies behind, where it is today, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from ui.languages import follow_language
from ui.people.painting import LookFollower, is_mirrored, place
from ui.theme.icons import draw_icon
from ui.theme.tokens import FOCUS_RING, Gap
from ui.widgets.words import Words

_DOT: Final = 11
_TODAY: Final = 15
_TICK: Final = 12
_LINES: Final = 2
"""Lines that a name has room for at least."""
_ROOM: Final = 96
"""Pixels a step needs for its words; where there is less, only today's step and the next one are named."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step of the path. `since` is the day it was reached, in words; empty for one that was never entered."""

    code: str
    words: Words
    since: str = ""


class PathStrip(QWidget):
    """Only shows: moving along is done with the buttons below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[PathStep, ...] = ()
        self._today = 0
        self._lines = _LINES
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._follower = LookFollower(self, self._adapt)
        follow_language(self, self.retranslate)

    def show_path(self, steps: Sequence[PathStep], today: str) -> None:
        """Show the steps, with the one of today lit."""
        self._steps = tuple(steps)
        self._today = next((number for number, step in enumerate(steps) if step.code == today), 0)
        self.retranslate()

    @property
    def today(self) -> str:
        """The words of today's step."""
        return self._steps[self._today].words() if self._steps else ""

    def retranslate(self) -> None:
        """Tell a screen reader where the venture is."""
        self._count_lines()
        if self._steps:
            self.setAccessibleName(
                _("Step {number} of {total}: {step}").format(
                    number=self._today + 1, total=len(self._steps), step=self.today
                )
            )
            self.setToolTip("\n".join(f"{number}. {step.words()}" for number, step in enumerate(self._steps, 1)))
        self.update()

    def sizeHint(self) -> QSize:
        """A dot, the lines of words, and a day."""
        look = self._follower.look
        words = QFontMetrics(look.small_strong).height() * self._lines + QFontMetrics(look.small).height()
        return QSize(0, 2 * _TODAY + Gap.SMALL + words + Gap.HAIR)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names break into more lines where there is less room."""
        super().resizeEvent(event)
        self._count_lines()

    def minimumSizeHint(self) -> QSize:
        """Words are never cut below."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """A line with a dot for each step, in the order of reading."""
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._steps)
        self._paint_line(painter, width)
        for number, step in enumerate(self._steps):
            self._paint_dot(painter, self._middle(number, width), number)
            if width >= _ROOM or number in {self._today, self._today + 1}:
                self._paint_words(painter, number, step, width)
        painter.end()

    def _middle(self, number: int, width: float) -> QPointF:
        x = (number + 0.5) * width
        return QPointF(self.width() - x if is_mirrored() else x, _TODAY + 1)

    def _paint_line(self, painter: QPainter, width: float) -> None:
        look = self._follower.look
        first, today = self._middle(0, width), self._middle(self._today, width)
        painter.setPen(QPen(look.line, 2))
        painter.drawLine(today, self._middle(len(self._steps) - 1, width))
        painter.setPen(QPen(look.primary, 2))
        painter.drawLine(first, today)

    def _paint_dot(self, painter: QPainter, at: QPointF, number: int) -> None:
        look = self._follower.look
        if number > self._today:
            painter.setPen(QPen(look.quiet, 1))
            painter.setBrush(look.surface)
            painter.drawEllipse(at, _DOT - 2, _DOT - 2)
            painter.setFont(look.small)
            painter.setPen(look.quiet)
        elif number == self._today:
            painter.setPen(QPen(look.primary, FOCUS_RING))
            painter.setBrush(look.surface)
            painter.drawEllipse(at, _TODAY, _TODAY)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.primary)
            painter.drawEllipse(at, _DOT, _DOT)
            painter.setFont(look.small_strong)
            painter.setPen(QColor(look.surface))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.primary)
            painter.drawEllipse(at, _DOT - 2, _DOT - 2)
            tick = draw_icon("check", "surface", _TICK, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(at.x() - _TICK / 2, at.y() - _TICK / 2), tick)
            return
        box = QRectF(at.x() - _TODAY, at.y() - _TODAY, 2 * _TODAY, 2 * _TODAY)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _paint_words(self, painter: QPainter, number: int, step: PathStep, width: float) -> None:
        look = self._follower.look
        today = number == self._today
        font = look.small_strong if today else look.small
        metrics = QFontMetrics(font)
        wide = width >= _ROOM
        room = int(width - Gap.HAIR) if wide else int(min(2 * width, 1.5 * _ROOM))
        middle = (number + 0.5) * width
        if not wide:  # the two that are named stand apart
            middle += -room / 4 if today else room / 2
            middle = min(max(middle, room / 2), self.width() - room / 2)
        top = 2 * _TODAY + Gap.SMALL
        box = place(look, self.rect(), QRect(int(middle - room / 2), top, room, metrics.height() * self._lines))
        painter.setFont(font)
        painter.setPen(look.ink if today else look.quiet)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, step.words())
        if step.since:
            used = painter.boundingRect(box, flags, step.words()).height()
            painter.setFont(look.small)
            painter.setPen(look.quiet)
            line = QRect(box.x(), top + used, box.width(), QFontMetrics(look.small).height())
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, step.since)

    def _count_lines(self) -> None:
        """How many lines the longest name takes; where only two are named they have room enough for two lines."""
        width = self.width() / max(len(self._steps), 1)
        metrics = QFontMetrics(self._follower.look.small_strong)
        box, lines = QRect(0, 0, int(width - Gap.HAIR), 0), _LINES
        if width >= _ROOM:
            heights = (metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, one.words()).height() for one in self._steps)
            lines = max(_LINES, round(max(heights, default=0) / metrics.height()))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _adapt(self) -> None:
        self._count_lines()
        self.updateGeometry()
        self.update()
