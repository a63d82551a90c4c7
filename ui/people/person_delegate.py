"""Paints a person in a list: both names with the matching letters marked, then what tells people apart."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.people import PersonRow
from app.domain.recognition import mark_matches
from ui.people.marked_text import MarkedText
from ui.people.painting import Look, LookFollower, far_side, key_width, near_side, paint_key, paint_words, place
from ui.people.person_model import ROW_ROLE, PersonModel
from ui.people.wording import word_facts, word_open_visit
from ui.theme.tokens import Gap

if TYPE_CHECKING:
    from uuid import UUID

PERSON_ROW: Final = 52
ROOMY_ROW: Final = 76
_EDGE: Final = 3
_LINE: Final = 21
_NARROWEST_NAME: Final = 48


class PersonDelegate(QStyledItemDelegate):
    """Draws rows of a PersonModel. `key` picks the current row and is shown on it.

    With `numbered` each row has its own key, and a third line with the notes of the model.
    """

    def __init__(self, view: QAbstractItemView, key: str = "Enter", *, numbered: bool = False) -> None:
        super().__init__(view)
        self._view = view
        self._key = key
        self._numbered = numbered
        self._texts: dict[tuple[UUID, bool], MarkedText] = {}
        self._facts: dict[UUID, str] = {}
        self._follower = LookFollower(self, self._on_look_changed)
        model = view.model()
        if model is not None:
            model.modelReset.connect(self.forget)
            model.dataChanged.connect(self.forget)

    def show_key(self, key: str) -> None:
        """Show another key on the current row, or none while its keys mean something else."""
        if key != self._key:
            self._key = key
            self._view.viewport().update()

    def forget(self) -> None:
        """Shape every text again at the next paint."""
        self._texts.clear()
        self._facts.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """All rows are of one height."""
        return QSize(0, ROOMY_ROW if self._numbered else PERSON_ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        row, model = index.data(ROW_ROLE), index.model()
        if not isinstance(row, PersonRow) or not isinstance(model, PersonModel):
            return
        look = self._follower.look
        whole: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, look, whole, chosen=bool(state & QStyle.StateFlag.State_Selected))
        inner = whole.adjusted(Gap.MEDIUM, 5, -Gap.MEDIUM, -5)
        key = f"Ctrl+{index.row() + 1}" if self._numbered else self._key
        shows_key = key and (self._numbered or bool(state & QStyle.StateFlag.State_Selected))
        end = inner.width()
        if shows_key:
            width = key_width(look, key)
            end -= width
            paint_key(painter, look, place(look, inner, QRect(inner.x() + end, inner.y(), width, inner.height())), key)
            end -= Gap.SMALL
        lines = [QRect(inner.x(), inner.y() + at, end, _LINE) for at in range(0, inner.height() - _LINE // 2, _LINE)]
        upper, *lower = [place(look, inner, line) for line in lines]
        number = "" if self._numbered else row.number
        self._paint_names(painter, look, upper, row, model.query, number)
        here = word_open_visit(row, model.today)
        if self._numbered:
            self._paint_facts(painter, look, lower[0], row, model, "")
            chip = self._paint_chip(painter, look, lower[1], here or model.note(index.row()), at_end=False)
            painter.setFont(look.small)
            painter.setPen(look.quiet)
            rest = lower[1].adjusted(0, 0, -chip, 0) if look.mirrored else lower[1].adjusted(chip, 0, 0, 0)
            paint_words(painter, rest, near_side(look), row.number)
        else:
            self._paint_facts(painter, look, lower[0], row, model, here)
        painter.restore()

    def _paint_ground(self, painter: QPainter, look: Look, whole: QRect, *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(whole, look.selection)
            painter.fillRect(place(look, whole, QRect(whole.x(), whole.y(), _EDGE, whole.height())), look.primary)
        else:
            painter.fillRect(QRect(whole.x(), whole.bottom(), whole.width(), 1), look.line)

    def _paint_names(self, painter: QPainter, look: Look, box: QRect, row: PersonRow, query: str, number: str) -> None:
        painter.setFont(look.small)
        number_width = QFontMetrics(look.small).horizontalAdvance(number) if number else 0
        painter.setPen(look.quiet)
        painter.drawText(box, far_side(look) | Qt.TextFlag.TextSingleLine, number)
        room = box.width() - number_width - Gap.MEDIUM
        font = look.strong if self._numbered else look.name
        first, second = (row.name_ar, row.name) if look.mirrored else (row.name, row.name_ar)
        at = 0.0
        for text, arabic in ((first, look.mirrored), (second, not look.mirrored)):
            if not text:
                continue
            shaped = self._texts.get((row.id, arabic))
            if shaped is None:
                shaped = MarkedText(text, font, mark_matches(query, text) if query else ())
                self._texts[row.id, arabic] = shaped
            if at + shaped.width <= room:
                left = box.right() + 1 - at - shaped.width if look.mirrored else box.x() + at
                shaped.draw(painter, left, box.y() + (box.height() - shaped.height) / 2, look.ink, look.mark)
            elif at + _NARROWEST_NAME <= room:
                painter.setFont(font)
                painter.setPen(look.ink)
                rest = place(look, box, QRect(box.x() + int(at), box.y(), room - int(at), box.height()))
                paint_words(painter, rest, near_side(look), text)
            at += shaped.width + Gap.LARGE

    def _paint_facts(
        self, painter: QPainter, look: Look, box: QRect, row: PersonRow, model: PersonModel, here: str
    ) -> None:
        room = box.width() - self._paint_chip(painter, look, box, here, at_end=True)
        facts = self._facts.get(row.id)
        if facts is None:
            facts = word_facts(row, model.today, model.positions)
            self._facts[row.id] = facts
        painter.setFont(look.base)
        painter.setPen(look.quiet)
        paint_words(painter, place(look, box, QRect(box.x(), box.y(), room, box.height())), near_side(look), facts)

    def _paint_chip(self, painter: QPainter, look: Look, box: QRect, words: str, *, at_end: bool) -> int:
        """Words that must not be overlooked, on their own ground; the width that they took."""
        if not words:
            return 0
        painter.setFont(look.small_strong)
        width = min(QFontMetrics(look.small_strong).horizontalAdvance(words) + 2 * Gap.SMALL, box.width())
        left = box.right() + 1 - width if at_end else box.x()
        chip = place(look, box, QRect(left, box.y() + 1, width, box.height() - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.attention_ground)
        painter.drawRoundedRect(chip, Gap.HAIR, Gap.HAIR)
        painter.setPen(look.attention)
        paint_words(painter, chip.adjusted(Gap.HAIR, 0, -Gap.HAIR, 0), Qt.AlignmentFlag.AlignCenter, words)
        return width + Gap.SMALL

    def _on_look_changed(self) -> None:
        self.forget()
        self._view.viewport().update()
