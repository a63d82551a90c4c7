"""Paints a person in a list: both names with the matching letters marked, then what tells people apart."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.people import PersonRow
from app.domain.recognition import mark_matches, mark_tail
from ui.people.marked_text import Shaper
from ui.people.painting import Look, LookFollower, key_width, near_side, paint_key, paint_words, place
from ui.people.person_model import PersonModel
from ui.people.wording import word_facts, word_open_visit, word_phone_tail
from ui.theme.tokens import Gap

PERSON_ROW: Final = 52
ROOMY_ROW: Final = 76
_EDGE: Final = 3
_LINE: Final = 21
_NARROWEST_NAME: Final = 48


def mark_digits(query: str, row: PersonRow, facts: str) -> tuple[tuple[int, int], ...]:
    """The spans of the facts of a row, where its phone stands, that answer digits of what is typed."""
    if not row.phone_tail or not any(map(str.isdigit, query)):
        return ()
    tail = word_phone_tail(row.phone_tail)
    at = facts.find(tail)
    return tuple((at + start, at + end) for start, end in mark_tail(query, tail)) if at >= 0 else ()


class PersonDelegate(QStyledItemDelegate):
    """Draws rows of a PersonModel. `key` picks the current row and is shown on it.

    With `numbered` each row has its own key, and a third line with the notes of the model. It runs at each key press:
    what was shaped and worded is kept from one answer to the next.
    """

    def __init__(self, view: QAbstractItemView, key: str = "Enter", *, numbered: bool = False) -> None:
        super().__init__(view)
        self._view = view
        self._key = key
        self._numbered = numbered
        self._shaper = Shaper()
        self._facts: dict[tuple[object, ...], str] = {}
        self._follower = LookFollower(self, self._on_look_changed)
        model = view.model()
        if model is not None:
            model.dataChanged.connect(self.forget)

    def show_key(self, key: str) -> None:
        """Show another key on the current row, or none while its keys mean something else."""
        if key != self._key:
            self._key = key
            self._view.viewport().update()

    def forget(self) -> None:
        """Word every row again: the day, the counters or the language changed."""
        self._facts.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """All rows are of one height."""
        return QSize(0, ROOMY_ROW if self._numbered else PERSON_ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        model = index.model()
        row = model.find(index.row()) if isinstance(model, PersonModel) else None
        if row is None or not isinstance(model, PersonModel):
            return
        look = self._follower.look
        whole: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(whole, look.selection)
            painter.fillRect(place(look, whole, QRect(whole.x(), whole.y(), _EDGE, whole.height())), look.primary)
        else:
            painter.fillRect(QRect(whole.x(), whole.bottom(), whole.width(), 1), look.line)
        inner = whole.adjusted(Gap.MEDIUM, 5, -Gap.MEDIUM, -5)
        end = inner.width()
        key = f"Ctrl+{index.row() + 1}" if self._numbered else self._key if chosen else ""
        if key:
            width = key_width(look, key)
            end -= width
            paint_key(painter, look, place(look, inner, QRect(inner.x() + end, inner.y(), width, inner.height())), key)
            end -= Gap.SMALL
        lines = [QRect(inner.x(), inner.y() + at, end, _LINE) for at in range(0, inner.height() - _LINE // 2, _LINE)]
        upper, *lower = [place(look, inner, line) for line in lines]
        here = word_open_visit(row, model.today)
        taken = 0 if self._numbered else self._paint_text(painter, look, upper, row.number, look.small, at_end=True)
        self._paint_names(painter, look, upper, row, model.query, upper.width() - taken - Gap.MEDIUM)
        if self._numbered:
            self._paint_facts(painter, look, lower[0], row, model, 0)
            chip = self._paint_chip(painter, look, lower[1], here or model.note(index.row()), at_end=False)
            rest = lower[1].adjusted(0, 0, -chip, 0) if look.mirrored else lower[1].adjusted(chip, 0, 0, 0)
            self._paint_text(painter, look, rest, row.number, look.small)
        else:
            chip = self._paint_chip(painter, look, lower[0], here, at_end=True)
            self._paint_facts(painter, look, lower[0], row, model, chip)
        painter.restore()

    def _paint_names(self, painter: QPainter, look: Look, box: QRect, row: PersonRow, query: str, room: int) -> None:
        font = look.strong if self._numbered else look.name
        at = 0
        for text in (row.name_ar, row.name) if look.mirrored else (row.name, row.name_ar):
            if text and at + _NARROWEST_NAME <= room:
                rest = place(look, box, QRect(box.x() + at, box.y(), room - at, box.height()))
                spans = mark_matches(query, text) if query else ()
                at += self._paint_text(painter, look, rest, text, font, ink=look.ink, spans=spans) + Gap.LARGE

    def _paint_facts(
        self, painter: QPainter, look: Look, box: QRect, row: PersonRow, model: PersonModel, taken: int
    ) -> None:
        known = (row.id, row.last_visit, row.last_counter, row.open_since, row.nationality, row.birth, row.phone_tail)
        facts = self._facts.get(known)
        if facts is None:
            facts = self._facts[known] = word_facts(row, model.today, model.positions)
        rest = place(look, box, QRect(box.x(), box.y(), box.width() - taken, box.height()))
        self._paint_text(painter, look, rest, facts, look.base, spans=mark_digits(model.query, row, facts))

    def _paint_chip(self, painter: QPainter, look: Look, box: QRect, words: str, *, at_end: bool) -> int:
        """Words that must not be overlooked, on their own ground; the width that they took."""
        if not words:
            return 0
        shaped = self._shaper.shape(words, look.small_strong)
        width = min(round(shaped.width) + 2 * Gap.SMALL, box.width())
        left = box.right() + 1 - width if at_end else box.x()
        chip = place(look, box, QRect(left, box.y() + 1, width, box.height() - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.attention_ground)
        painter.drawRoundedRect(chip, Gap.HAIR, Gap.HAIR)
        inside = chip.adjusted(Gap.SMALL, 0, -Gap.SMALL, 0)
        self._paint_text(painter, look, inside, words, look.small_strong, ink=look.attention)
        return width + Gap.SMALL

    def _paint_text(
        self,
        painter: QPainter,
        look: Look,
        box: QRect,
        text: str,
        font: QFont,
        *,
        ink: QColor | None = None,
        spans: tuple[tuple[int, int], ...] = (),
        at_end: bool = False,
    ) -> int:
        """One line in a box, shortened where it is too long; the width that it took."""
        painter.setPen(ink or look.quiet)
        shaped = self._shaper.shape(text, font)
        if shaped.width > box.width() + 1:
            painter.setFont(font)
            paint_words(painter, box, near_side(look), text)
            return box.width()
        top = box.y() + (box.height() - shaped.height) / 2
        left = box.right() + 1 - shaped.width if look.mirrored != at_end else box.x()
        if spans:
            shaped.mark(painter, left, top, spans, look.mark)
        shaped.draw(painter, left, top)
        return round(shaped.width)

    def _on_look_changed(self) -> None:
        self._shaper.forget()
        self.forget()
        self._view.viewport().update()
