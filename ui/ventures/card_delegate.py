"""Paints a venture as a card on the board."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.path import Card
from ui.people.painting import Look, LookFollower, far_side, near_side, paint_words, place
from ui.theme.icons import draw_icon
from ui.theme.tokens import CORNER_SMALL, FOCUS_RING, Gap
from ui.ventures.board_model import CARD_ROLE
from ui.ventures.wording import word_card_facts, word_card_money, word_card_name, word_days, word_missing_count

_TICK: Final = 14
_PAD: Final = Gap.SMALL


class CardDelegate(QStyledItemDelegate):
    """Name, what it does, money, what is missing. All cards are of one height, so that long columns stay quick."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._follower = LookFollower(self, self._adapt)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Four lines and the gap below."""
        look = self._follower.look
        lines = QFontMetrics(look.strong).height() + 3 * QFontMetrics(look.small).height()
        return QSize(0, lines + 2 * _PAD + Gap.HAIR + Gap.SMALL)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One card."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        look = self._follower.look
        whole: QRect = option.rect.adjusted(2, 2, -2, -Gap.SMALL + 2)
        chosen = self._view.hasFocus() and index.row() == self._view.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, look, whole, chosen=chosen)
        self._paint_lines(painter, look, whole.adjusted(_PAD, _PAD, -_PAD, -_PAD), card)
        painter.restore()

    def _paint_ground(self, painter: QPainter, look: Look, whole: QRect, *, chosen: bool) -> None:
        width = FOCUS_RING if chosen else 1
        painter.setPen(QPen(look.primary if chosen else look.line, width))
        painter.setBrush(look.selection if chosen else look.surface)
        inset = width / 2
        painter.drawRoundedRect(QRectF(whole).adjusted(inset, inset, -inset, -inset), CORNER_SMALL, CORNER_SMALL)

    def _paint_lines(self, painter: QPainter, look: Look, inner: QRect, card: Card) -> None:
        top = inner.y()
        for font, ink, words in (
            (look.strong, look.ink, word_card_name(card)),
            (look.small, look.quiet, word_card_facts(card)),
            (look.small, look.ink, word_card_money(card)),
        ):
            height = QFontMetrics(font).height()
            painter.setFont(font)
            painter.setPen(ink)
            paint_words(painter, QRect(inner.x(), top, inner.width(), height), near_side(look), words)
            top += height
        self._paint_foot(painter, look, QRect(inner.x(), top + Gap.HAIR, inner.width(), inner.bottom() - top), card)

    def _paint_foot(self, painter: QPainter, look: Look, line: QRect, card: Card) -> None:
        height = QFontMetrics(look.small).height()
        line.setHeight(height)
        days = word_days(card.days)
        painter.setFont(look.small)
        painter.setPen(look.quiet)
        width = QFontMetrics(look.small).horizontalAdvance(days) + 2
        box = place(look, line, QRect(line.right() - width + 1, line.y(), width, height))
        paint_words(painter, box, far_side(look), days)
        missing = card.missing > 0
        icon = draw_icon("warning" if missing else "check", "attention" if missing else "good", _TICK,
                         self._view.devicePixelRatioF())  # fmt: skip
        at = place(look, line, QRect(line.x(), line.y() + (height - _TICK) // 2, _TICK, _TICK))
        painter.drawPixmap(at.topLeft(), icon)
        room = line.width() - width - _TICK - 2 * Gap.HAIR
        painter.setFont(_strong_if(look, strong=missing))
        painter.setPen(look.attention if missing else look.good)
        box = place(look, line, QRect(line.x() + _TICK + Gap.HAIR, line.y(), room, height))
        paint_words(painter, box, near_side(look), word_missing_count(card.missing))

    def _adapt(self) -> None:
        self._view.doItemsLayout()
        self._view.viewport().update()


def _strong_if(look: Look, *, strong: bool) -> QFont:
    return look.small_strong if strong else look.small
