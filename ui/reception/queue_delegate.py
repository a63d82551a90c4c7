"""Paints the queues: a heading for each counter, a line for each person there."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.visits import QueueRow
from app.i18n import current_language
from ui.people.painting import (
    SIGN,
    Look,
    LookFollower,
    far_side,
    key_width,
    near_side,
    paint_key,
    paint_sign,
    paint_words,
    place,
)
from ui.people.wording import full_name, isolate, join_facts, word_time
from ui.reception.queue_model import ENTRY_ROLE, QueueEntry, QueueModel, word_minutes, word_waiting
from ui.theme.tokens import ROW, ROW_DENSE, Gap

_EDGE: Final = 3
_ROOMY: Final = 280
"""Pixels of width from which there is room for words beside the number of people who wait."""
_LONG_WAIT: Final = 30
"""Minutes from which a wait is shown as one that needs attention."""


class QueueDelegate(QStyledItemDelegate):
    """Draws the lines of a QueueModel."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._follower = LookFollower(self, view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Headings are a little taller than people."""
        entry = index.data(ENTRY_ROLE)
        heading = isinstance(entry, QueueEntry) and entry.row is None
        return QSize(0, ROW if heading else ROW_DENSE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One line."""
        entry, model = index.data(ENTRY_ROLE), index.model()
        if not isinstance(entry, QueueEntry) or not isinstance(model, QueueModel):
            return
        look = self._follower.look
        whole: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.row is None:
            self._paint_heading(painter, look, whole, entry, model)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_person(painter, look, whole, entry.row, model.word_wait(entry.row), model, chosen=chosen)
        painter.restore()

    def _paint_heading(self, painter: QPainter, look: Look, whole: QRect, entry: QueueEntry, model: QueueModel) -> None:
        if whole.y() > 0:
            painter.fillRect(QRect(whole.x(), whole.y(), whole.width(), 1), look.line)
        inner = whole.adjusted(Gap.MEDIUM, 0, -Gap.MEDIUM, 0)
        sign = QRect(inner.x(), inner.y() + (inner.height() - SIGN) // 2, SIGN, SIGN)
        paint_sign(painter, look, place(look, inner, sign), entry.counter.position, entry.counter.colour)
        end = inner.width()
        if entry.waiting:
            key = f"Alt+{entry.counter.position}"
            width = key_width(look, key)
            end -= width
            paint_key(painter, look, place(look, inner, QRect(inner.x() + end, inner.y(), width, inner.height())), key)
            end -= Gap.SMALL
            count = word_waiting(entry.waiting) if inner.width() >= _ROOMY else str(entry.waiting)
            words = join_facts(count, word_minutes(model.longest_wait(entry.counter)))
            width = QFontMetrics(look.small).horizontalAdvance(words) + 2
            end -= width
            painter.setFont(look.small)
            painter.setPen(look.quiet)
            box = QRect(inner.x() + end, inner.y(), width, inner.height())
            paint_words(painter, place(look, inner, box), far_side(look), words)
            end -= Gap.SMALL
        painter.setFont(look.strong)
        painter.setPen(look.ink)
        start = SIGN + Gap.SMALL
        name = place(look, inner, QRect(inner.x() + start, inner.y(), end - start, inner.height()))
        paint_words(painter, name, near_side(look), entry.counter.label(current_language()))

    def _paint_person(
        self,
        painter: QPainter,
        look: Look,
        whole: QRect,
        row: QueueRow,
        wait: str,
        model: QueueModel,
        *,
        chosen: bool,
    ) -> None:
        if chosen:
            painter.fillRect(whole, look.selection)
            painter.fillRect(place(look, whole, QRect(whole.x(), whole.y(), _EDGE, whole.height())), look.primary)
        inner = whole.adjusted(Gap.MEDIUM, 0, -Gap.MEDIUM, 0)
        painter.setFont(look.base)
        time_width = QFontMetrics(look.base).horizontalAdvance("00:00") + 2
        wait_font = look.small_strong if row.called else look.small
        wait_width = QFontMetrics(wait_font).horizontalAdvance(wait) + 2
        start = SIGN + Gap.SMALL
        painter.setPen(look.quiet)
        box = QRect(inner.x() + start, inner.y(), time_width, inner.height())
        paint_words(painter, place(look, inner, box), near_side(look), word_time(row.visit.arrived_at))
        start += time_width + Gap.SMALL
        visit = row.visit
        painter.setPen(look.ink if visit.person_id is not None else look.quiet)
        room = inner.width() - start - wait_width - Gap.SMALL
        name = isolate(full_name(visit.name, visit.name_ar))
        paint_words(
            painter,
            place(look, inner, QRect(inner.x() + start, inner.y(), room, inner.height())),
            near_side(look),
            name,
        )
        painter.setFont(wait_font)
        late = not row.called and model.minutes(row) >= _LONG_WAIT
        painter.setPen(look.good if row.called else look.attention if late else look.quiet)
        box = QRect(inner.x() + inner.width() - wait_width, inner.y(), wait_width, inner.height())
        paint_words(painter, place(look, inner, box), far_side(look), wait)
