"""The grid of attendance, worked from the keyboard alone: arrows, a letter for each mark, Space, Delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.domain.trainings import Mark
from app.i18n import _
from ui.languages import follow_language
from ui.theme.tokens import ROW_DENSE
from ui.training.grid_model import AttendanceModel
from ui.training.wording import mark_letters

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.domain.trainings import TrainingView

_NEXT: Final = {
    None: Mark.PRESENT, Mark.PRESENT: Mark.LATE, Mark.LATE: Mark.ABSENT, Mark.ABSENT: Mark.EXCUSED, Mark.EXCUSED: None,
}  # fmt: skip
_CLEARS: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_LATIN: Final = {"P": Mark.PRESENT, "L": Mark.LATE, "R": Mark.LATE, "A": Mark.ABSENT, "E": Mark.EXCUSED}
"""Keys that hold in every language, so that a hand that has learnt them need not learn again."""
_DAY_WIDTH, _NAME_WIDTH, _HEAD_ROWS = 96, 220, 2


class AttendanceGrid(QTableView):
    """`marked` carries a day, an enrolment and the mark (None clears); `assess_requested` an enrolment."""

    marked = Signal(object, object, object)
    assess_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attendance = AttendanceModel(self)
        self.setModel(self.attendance)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultSectionSize(_DAY_WIDTH)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setStretchLastSection(True)
        across.setHighlightSections(False)
        across.setFixedHeight(_HEAD_ROWS * ROW_DENSE)
        down.setDefaultSectionSize(ROW_DENSE)
        down.setFixedWidth(_NAME_WIDTH)
        down.setHighlightSections(False)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda _index: self._step_mark())
        follow_language(self, self._retranslate)

    def show_training(self, view: TrainingView, column: int) -> None:
        """Show a training; the cell in front stays, or is the first person's on the day of `column`."""
        at = self.currentIndex()
        row, place = (at.row(), at.column()) if at.isValid() else (0, column)
        self.attendance.show(view)
        if view.enrolled:
            last = self.attendance.rowCount() - 1, self.attendance.columnCount() - 1
            self.setCurrentIndex(self.attendance.index(min(row, last[0]), min(place, last[1])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter notes a mark and goes one line down; Space goes on to the next mark of the cell."""
        letter = event.text().upper()
        own = {text: mark for mark, text in mark_letters().items()}
        chosen = own.get(letter) or _LATIN.get(letter)
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if letter and chosen is not None and plain:
            self._note(chosen, move=True)
        elif event.key() in _CLEARS:
            self._note(None)
        elif event.key() == Qt.Key.Key_Space:
            self._step_mark()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask_to_assess()
        elif event.key() == Qt.Key.Key_Escape:
            # the panel goes back
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _step_mark(self) -> None:
        if self.attendance.day_at(self.currentIndex().column()) is None:
            self._ask_to_assess()
            return
        noted = self.attendance.mark_at(self.currentIndex())
        self._note(_NEXT.get(None if noted is None else noted.mark))

    def _note(self, mark: Mark | None, *, move: bool = False) -> None:
        at = self.currentIndex()
        person, day = self.attendance.person_at(at.row()), self.attendance.day_at(at.column())
        if not at.isValid() or person is None or day is None:
            return
        self.marked.emit(day.id, person.id, mark)
        if move and at.row() + 1 < self.attendance.rowCount():
            self.setCurrentIndex(self.attendance.index(at.row() + 1, at.column()))

    def _ask_to_assess(self) -> None:
        person = self.attendance.person_at(self.currentIndex().row())
        if person is not None:
            self.assess_requested.emit(person)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Attendance"))
        self.viewport().update()
