"""Paints a venture as a card on the board."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.path import Card
from ui.people.painting import Look, LookFollower, far_side, near_side, paint_words, place
from ui.theme.icons import draw_icon
from ui.theme.tokens import CORNER_SMALL, FOCUS_RING, Gap
from ui.ventures.board_model import CARD_ROLE
from ui.ventures.wording import (
    word_card_facts,
    word_card_lacks_short,
    word_card_money,
    word_card_name,
    word_days,
)

_TICK: Final = 14
_PAD: Final = Gap.SMALL


class CardDelegate(QStyledItemDelegate):
    """Name, what it does, money, what is missing. All cards are of one height, so that long columns stay quick."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._follower = LookFollower(self, self._adapt)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Three lines, two more for what is missing, and the gap below."""
        look = self._follower.look
        lines = QFontMetrics(look.strong).height() + 4 * QFontMetrics(look.small).height()
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
        days = word_days(card.days)
        end = QFontMetrics(look.small).horizontalAdvance(days) + Gap.SMALL
        for font, ink, words, room in (
            (look.strong, look.ink, word_card_name(card), inner.width()),
            (look.small, look.quiet, word_card_facts(card), inner.width()),
            (look.small, look.ink, word_card_money(card), inner.width() - end),
        ):
            height = QFontMetrics(font).height()
            painter.setFont(font)
            painter.setPen(ink)
            box = place(look, inner, QRect(inner.x(), top, room, height))
            paint_words(painter, box, near_side(look), words)
            top += height
        height = QFontMetrics(look.small).height()
        painter.setPen(look.quiet)
        box = place(look, inner, QRect(inner.right() - end + 1, top - height, end, height))
        paint_words(painter, box, far_side(look), days)
        self._paint_lacks(painter, look, QRect(inner.x(), top + Gap.HAIR, inner.width(), height), card)

    def _paint_lacks(self, painter: QPainter, look: Look, line: QRect, card: Card) -> None:
        """What is missing for the next step, below each other; the sign stands beside the first thing."""
        lines = word_card_lacks_short(card)
        if not lines:
            return
        missing = card.missing > 0
        icon = draw_icon("warning" if missing else "check", "attention" if missing else "good", _TICK,
                         self._view.devicePixelRatioF())  # fmt: skip
        at = place(look, line, QRect(line.x(), line.y() + (line.height() - _TICK) // 2, _TICK, _TICK))
        painter.drawPixmap(at.topLeft(), icon)
        painter.setFont(look.small)
        painter.setPen(look.attention if missing else look.good)
        indent = _TICK + Gap.HAIR
        if len(lines) == 1:
            lines = _break(lines[0], painter.fontMetrics(), line.width() - indent)
        for number, words in enumerate(lines):
            own = line.translated(0, number * line.height())
            box = place(look, own, QRect(own.x() + indent, own.y(), own.width() - indent, own.height()))
            paint_words(painter, box, near_side(look), words)

    def _adapt(self) -> None:
        self._view.doItemsLayout()
        self._view.viewport().update()


def _break(words: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
    """One line, or two where it is too long: as many words as there is room for stay on the first."""
    if metrics.horizontalAdvance(words) <= width:
        return (words,)
    parts = words.split(" ")
    fit = max((n for n in range(1, len(parts)) if metrics.horizontalAdvance(" ".join(parts[:n])) <= width), default=1)
    return " ".join(parts[:fit]), " ".join(parts[fit:])
