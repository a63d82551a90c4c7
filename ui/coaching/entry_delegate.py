"""Paints the lines of an EntryModel: what it is, about whom, what there is to know, and what is urgent about it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.coaching.entries import ENTRY_ROLE, Entry, EntryModel
from ui.people.painting import Look, LookFollower, far_side, key_width, near_side, paint_key, paint_words, place
from ui.theme.appearance import colours
from ui.theme.icons import draw_icon
from ui.theme.tokens import ICON, ROW, Gap

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter

    Index = QModelIndex | QPersistentModelIndex

_EDGE: Final = 3
_MOST_LINES: Final = 3
_LINE: Final = 21
_GROUNDS: Final = {
    "attention": "attention_ground",
    "danger": "danger_ground",
    "good": "good_ground",
    "information": "information_ground",
}


@lru_cache(maxsize=2048)
def break_lines(text: str, font_key: str, width: int) -> tuple[str, ...]:
    """A text in lines no wider than `width` pixels, at most three, in a font by its QFont.key()."""
    font = QFont()
    font.fromString(font_key)
    lines: list[str] = []
    for paragraph in text.splitlines():
        layout = QTextLayout(paragraph, font)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, Gap.PAGE))
            start = line.textStart()
            # the last line that fits holds all the rest, and is shortened when it is painted
            if len(lines) == _MOST_LINES - 1:
                lines.append(paragraph[start:])
                layout.endLayout()
                return tuple(lines)
            lines.append(paragraph[start : start + line.textLength()].rstrip())
        layout.endLayout()
    return tuple(lines)


class EntryDelegate(QStyledItemDelegate):
    """`lead` is a sample of the widest lead, which all others are given the room of."""

    def __init__(self, view: QListView, lead: str = "00:00", key: str = "Enter") -> None:
        super().__init__(view)
        self._view = view
        self._lead = lead
        self._key = key
        self._follower = LookFollower(self, self._on_look_changed)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """As high as its details need."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return QSize(0, ROW)
        if entry.is_heading:
            return QSize(0, ROW if index.row() else ROW - Gap.HAIR)
        return QSize(0, Gap.MEDIUM + _LINE * (1 + len(self._lines(entry))))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        entry, model = index.data(ENTRY_ROLE), index.model()
        if not isinstance(entry, Entry) or not isinstance(model, EntryModel):
            return
        look = self._follower.look
        whole: QRect = option.rect
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if entry.is_heading:
            self._paint_heading(painter, look, whole, entry, index.row())
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_entry(painter, look, whole, entry, chosen=chosen)
        painter.restore()

    def _paint_heading(self, painter: QPainter, look: Look, whole: QRect, entry: Entry, row: int) -> None:
        if row:
            painter.fillRect(QRect(whole.x(), whole.y(), whole.width(), 1), look.line)
        inner = whole.adjusted(Gap.MEDIUM, 1, -Gap.MEDIUM, 0)
        end = inner.width()
        if entry.key_shown:
            width = key_width(look, entry.key_shown)
            end -= width
            box = QRect(inner.x() + end, inner.y(), width, inner.height())
            paint_key(painter, look, place(look, inner, box), entry.key_shown)
            end -= Gap.SMALL
        if entry.chip:
            end -= self._paint_chip(painter, look, inner, end, inner.y() + inner.height() // 2, entry)
        painter.setFont(look.strong)
        painter.setPen(look.ink)
        box = QRect(inner.x(), inner.y(), end, inner.height())
        paint_words(painter, place(look, inner, box), near_side(look), entry.title)

    def _paint_entry(self, painter: QPainter, look: Look, whole: QRect, entry: Entry, *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(whole, look.selection)
            painter.fillRect(place(look, whole, QRect(whole.x(), whole.y(), _EDGE, whole.height())), look.primary)
        inner = whole.adjusted(Gap.MEDIUM, Gap.SMALL - 2, -Gap.MEDIUM, -(Gap.SMALL - 2))
        start = self._lead_width(look)
        if entry.lead:
            painter.setFont(look.base)
            painter.setPen(look.quiet)
            box = QRect(inner.x(), inner.y(), start - Gap.SMALL, _LINE)
            paint_words(painter, place(look, inner, box), near_side(look), entry.lead)
        if entry.icon:
            picture = draw_icon(entry.icon, entry.icon_tone, ICON, painter.device().devicePixelRatioF())
            box = place(look, inner, QRect(inner.x() + start, inner.y() + (_LINE - ICON) // 2, ICON, ICON))
            painter.drawPixmap(box.topLeft(), picture)
            start += ICON + Gap.SMALL
        end = inner.width()
        if chosen and self._key and self._view.hasFocus():
            width = key_width(look, self._key)
            end -= width
            box = place(look, inner, QRect(inner.x() + end, inner.y(), width, _LINE))
            paint_key(painter, look, box, self._key)
            end -= Gap.SMALL
        if entry.chip:
            end -= self._paint_chip(painter, look, inner, end, inner.y() + _LINE // 2, entry)
        painter.setFont(look.base if entry.is_quiet or entry.key is None else look.strong)
        painter.setPen(look.quiet if entry.is_quiet or entry.key is None else look.ink)
        box = QRect(inner.x() + start, inner.y(), end - start, _LINE)
        paint_words(painter, place(look, inner, box), near_side(look), entry.title)
        painter.setFont(look.base)
        painter.setPen(look.quiet)
        for number, line in enumerate(self._lines(entry), start=1):
            box = QRect(inner.x() + start, inner.y() + number * _LINE, inner.width() - start, _LINE)
            paint_words(painter, place(look, inner, box), near_side(look), line)

    def _paint_chip(self, painter: QPainter, look: Look, inner: QRect, end: int, middle: int, entry: Entry) -> int:
        """Words at the end of a line; the width that they took."""
        metrics = QFontMetrics(look.small_strong)
        ground = _GROUNDS.get(entry.chip_tone)
        width = min(metrics.horizontalAdvance(entry.chip) + 2 + (2 * Gap.SMALL if ground else 0), end // 2)
        height = metrics.height() + 2
        box = place(look, inner, QRect(inner.x() + end - width, middle - height // 2, width, height))
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(colours(), ground)))
            painter.drawRoundedRect(QRectF(box), Gap.HAIR, Gap.HAIR)
            box = box.adjusted(Gap.SMALL, 0, -Gap.SMALL, 0)
        painter.setFont(look.small_strong if ground else look.small)
        painter.setPen(QColor(getattr(colours(), entry.chip_tone)))
        paint_words(painter, box, far_side(look), entry.chip)
        return width + Gap.SMALL

    def _lead_width(self, look: Look) -> int:
        return QFontMetrics(look.base).horizontalAdvance(self._lead) + Gap.MEDIUM if self._lead else 0

    def _lines(self, entry: Entry) -> tuple[str, ...]:
        if not entry.detail:
            return ()
        look = self._follower.look
        taken = self._lead_width(look) + (ICON + Gap.SMALL if entry.icon else 0) + 2 * Gap.MEDIUM
        return break_lines(entry.detail, look.base.toString(), self._view.viewport().width() - taken)

    def _on_look_changed(self) -> None:
        self._view.scheduleDelayedItemsLayout()
        self._view.viewport().update()
