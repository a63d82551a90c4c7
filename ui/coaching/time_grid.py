"""Appointments where they lie in the day: one column, or the seven of a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.clock import to_local
from ui.coaching.block import Block, BlockButton
from ui.languages import follow_language
from ui.people.painting import far_side, is_mirrored, make_look, near_side, paint_words, place
from ui.people.wording import word_narrow_day, word_week_day
from ui.theme.appearance import appearance, colours
from ui.theme.tokens import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

_FIRST_HOUR: Final = 8
_LAST_HOUR: Final = 18
_HOUR: Final = 43
_HEAD: Final = 28
_TOP: Final = 12
_TIMES: Final = 52
_HOUR_MINUTES: Final = 60
_SHORTEST: Final = 22
_QUARTER: Final = 15


@dataclass(frozen=True, slots=True)
class _Lane:
    """Where a block lies among those of the same time: `number` of `count` columns side by side."""

    number: int
    count: int


class TimeGrid(QWidget):
    """`taken` and `marked` carry the key of a block; `slot_chosen` a day and the minutes since its midnight."""

    taken = Signal(object)
    marked = Signal(object)
    slot_chosen = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[date, ...] = ()
        self._blocks: tuple[Block, ...] = ()
        self._buttons: list[BlockButton] = []
        self._now = 0
        self._first, self._last = _FIRST_HOUR, _LAST_HOUR
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance().changed.connect(self.update)
        follow_language(self, self._place_buttons)

    @property
    def buttons(self) -> tuple[BlockButton, ...]:
        """The blocks in the order of time."""
        return tuple(self._buttons)

    def show_blocks(self, days: Sequence[date], blocks: Sequence[Block], now: int) -> None:
        """Show days and what lies in them; the block that has the keyboard keeps it."""
        held = next((button.block.key for button in self._buttons if button.hasFocus()), None)
        self._days, self._now = tuple(days), now
        self._blocks = tuple(sorted(blocks, key=lambda block: block.starts_at))
        for old in self._buttons:
            old.setParent(None)
            old.deleteLater()
        starts = [to_local(block.starts_at) for block in self._blocks]
        ends = [_end_minute(block) for block in self._blocks]
        self._first = min([_FIRST_HOUR, *(start.hour for start in starts)])
        self._last = max([_LAST_HOUR, *(-(-min(end, 24 * _HOUR_MINUTES) // _HOUR_MINUTES) for end in ends)])
        self._buttons = [BlockButton(block, self) for block in self._blocks]
        for button in self._buttons:
            button.clicked.connect(lambda _checked=False, key=button.block.key: self.taken.emit(key))
            button.entered.connect(self.marked)
            button.stepped.connect(self._on_button_stepped)
            button.show()
            if button.block.key == held:
                button.setFocus()
        self.setFixedHeight(_TOP + (self._last - self._first) * _HOUR + Gap.SMALL)
        self._place_buttons()
        self.update()

    @property
    def days(self) -> tuple[date, ...]:
        """The days that are shown."""
        return self._days

    @property
    def today(self) -> date | None:
        """The day that it was when they were shown."""
        return to_local(self._now).date() if self._now else None

    def y_of(self, minute: int) -> int:
        """Where a minute of the day lies."""
        return _TOP + (minute - self._first * _HOUR_MINUTES) * _HOUR // _HOUR_MINUTES

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        self._place_buttons()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A free place clicked twice is where an appointment shall be."""
        at = event.position().toPoint()
        x = self.width() - at.x() if is_mirrored() else at.x()
        number = (x - _TIMES) * len(self._days) // max(1, self.width() - _TIMES)
        if x >= _TIMES and at.y() >= _TOP and 0 <= number < len(self._days):
            minute = self._first * _HOUR_MINUTES + (at.y() - _TOP) * _HOUR_MINUTES // _HOUR
            self.slot_chosen.emit(self._days[number], minute // _QUARTER * _QUARTER)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Hours, days, and the line of now."""
        look = make_look()
        painter = QPainter(self)
        whole = self.rect()
        today = self.today
        for number, day in enumerate(self._days):
            left, width = self.column(number)
            if day == today and len(self._days) > 1:
                box = place(look, whole, QRect(left, 0, width, self.height()))
                painter.fillRect(box, look.sunken)
            if number:
                painter.fillRect(place(look, whole, QRect(left, 0, 1, self.height())), look.line)
        painter.setFont(look.small)
        for hour in range(self._first, self._last + 1):
            y = self.y_of(hour * _HOUR_MINUTES)
            painter.fillRect(place(look, whole, QRect(_TIMES, y, self.width() - _TIMES, 1)), look.line)
            painter.setPen(look.quiet)
            box = QRect(0, y - Gap.SMALL, _TIMES - Gap.SMALL, 2 * Gap.SMALL)
            paint_words(painter, place(look, whole, box), far_side(look), f"{hour:02}:00")
        if today in self._days:
            local = to_local(self._now)
            minute = local.hour * _HOUR_MINUTES + local.minute
            if self._first * _HOUR_MINUTES <= minute <= self._last * _HOUR_MINUTES:
                left, width = self.column(self._days.index(local.date()))
                line = QRect(left, self.y_of(minute) - 1, width, 2)
                painter.fillRect(place(look, whole, line), QColor(colours().danger))
        painter.end()

    def column(self, number: int) -> tuple[int, int]:
        """Where the column of a day begins, counted in the direction of reading, and how wide it is."""
        room = self.width() - _TIMES
        count = max(1, len(self._days))
        left = _TIMES + room * number // count
        return left, _TIMES + room * (number + 1) // count - left

    def _place_buttons(self) -> None:
        look = make_look()
        lanes = _share(self._blocks)
        for button, lane in zip(self._buttons, lanes, strict=True):
            local = to_local(button.block.starts_at)
            button.setVisible(local.date() in self._days)
            if local.date() not in self._days:
                continue
            left, width = self.column(self._days.index(local.date()))
            top = self.y_of(local.hour * _HOUR_MINUTES + local.minute)
            bottom = min(self.y_of(_end_minute(button.block)), self.height() - Gap.HAIR)
            part = (width - Gap.SMALL) // lane.count
            box = QRect(left + Gap.HAIR + lane.number * part, top + 1, part - 2, max(bottom - top - 2, _SHORTEST))
            button.setGeometry(place(look, self.rect(), box))

    def _on_button_stepped(self, step: int) -> None:
        shown = [button for button in self._buttons if button.isVisible()]
        held = next((number for number, button in enumerate(shown) if button.hasFocus()), None)
        if held is not None and 0 <= held + step < len(shown):
            shown[held + step].setFocus(Qt.FocusReason.TabFocusReason)


class GridHead(QWidget):
    """The days above a grid, which stay where they are while it is scrolled."""

    def __init__(self, grid: TimeGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.setFixedHeight(_HEAD)
        appearance().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Each day above its column."""
        look, grid = make_look(), self._grid
        painter = QPainter(self)
        # the grid leaves room to its scroll bar, at the end of the line
        start = self.width() - grid.width() if look.mirrored else 0
        whole = QRect(start, 0, grid.width(), self.height())
        for number, day in enumerate(grid.days):
            left, width = grid.column(number)
            painter.setFont(look.small_strong if day == grid.today else look.small)
            painter.setPen(look.primary if day == grid.today else look.quiet)
            box = QRect(whole.x() + left + Gap.HAIR, 0, width - Gap.SMALL, self.height())
            words = word_week_day(day)
            if painter.fontMetrics().horizontalAdvance(words) > box.width():
                words = word_narrow_day(day)
            paint_words(painter, place(look, whole, box), near_side(look), words)
        painter.end()


def _end_minute(block: Block) -> int:
    local = to_local(block.starts_at)
    return local.hour * _HOUR_MINUTES + local.minute + max(block.minutes, _QUARTER)


def _share(blocks: Sequence[Block]) -> list[_Lane]:
    """Blocks of one time stand side by side: each gets the first lane that is free, all of a cluster one width."""
    lanes: list[_Lane] = []
    cluster: list[int] = []
    ends: list[int] = []

    def close() -> None:
        lanes.extend(_Lane(number, len(ends)) for number in cluster)

    for block in blocks:
        # a short block is drawn longer than it lasts
        end = block.starts_at + max(block.minutes, _SHORTEST * _HOUR_MINUTES // _HOUR) * 60_000
        if ends and block.starts_at >= max(ends):
            close()
            cluster, ends = [], []
        free = next((number for number, taken in enumerate(ends) if taken <= block.starts_at), len(ends))
        if free == len(ends):
            ends.append(end)
        else:
            ends[free] = end
        cluster.append(free)
    close()
    return lanes
