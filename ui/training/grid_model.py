"""The attendance of a training as a table: a line for each person with a place, a column for each day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.domain.training_rules import facts_of
from app.domain.trainings import Mark
from app.i18n import _
from ui.theme.appearance import colours
from ui.training.wording import mark_letter, result_tone, word_hours, word_result, word_times, word_who
from ui.ventures.amounts import word_date
from ui.ventures.wording import word_code

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.domain.trainings import Day, Enrolment, Presence, TrainingView

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_TONES = {Mark.PRESENT: "good", Mark.LATE: "attention", Mark.ABSENT: "danger", Mark.EXCUSED: "information"}


class AttendanceModel(QAbstractTableModel):
    """Columns: the days, then hours attended and the assessment; names are the heads of the lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: TrainingView | None = None

    def show(self, view: TrainingView) -> None:
        """Show a training as it is now; the shape stays where neither days nor people changed."""
        same = self._view is not None and _shape(self._view) == _shape(view)
        if not same:
            self.beginResetModel()
        self._view = view
        if not same:
            self.endResetModel()
        elif view.enrolled:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def day_at(self, column: int) -> Day | None:
        """The day of a column; None for hours and assessment."""
        days = self._view.training.days if self._view is not None else ()
        return days[column] if 0 <= column < len(days) else None

    def person_at(self, row: int) -> Enrolment | None:
        """Whose line it is."""
        people = self._view.enrolled if self._view is not None else ()
        return people[row] if 0 <= row < len(people) else None

    def mark_at(self, index: Index) -> Presence | None:
        """What is noted in a cell."""
        person, day = self.person_at(index.row()), self.day_at(index.column())
        return None if person is None or day is None else person.on(day.id)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Everybody with a place."""
        return 0 if parent.isValid() or self._view is None else len(self._view.enrolled)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The days, hours, assessment."""
        return 0 if parent.isValid() or self._view is None else len(self._view.training.days) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401, PLR0911 - as Qt has it
        """What a cell shows."""
        person = self.person_at(index.row()) if index.isValid() else None
        if person is None or self._view is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRE
        day = self.day_at(index.column())
        if day is None:
            return self._sum(person, index.column(), role)
        noted = person.on(day.id)
        if role == Qt.ItemDataRole.DisplayRole:
            short = noted is not None and noted.minutes is not None
            return f"{mark_letter(noted)} · {word_hours(noted.minutes or 0)}" if noted and short else mark_letter(noted)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            mark = word_code("presence_marks", noted.mark) if noted else _("nothing noted")
            return f"{word_who(person)}, {word_date(day.day)}: {mark}"
        if role == Qt.ItemDataRole.ForegroundRole and noted is not None:
            return QColor(getattr(colours(), _TONES.get(noted.mark, "ink")))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Names beside the lines, days above the columns."""
        if self._view is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            person = self.person_at(section)
            return None if person is None else word_who(person)
        day = self.day_at(section)
        if day is not None:
            return f"{day.day:%d/%m}\n{word_times(day)}"
        return _("Hours") if section == len(self._view.training.days) else _("Assessment")

    def _sum(self, person: Enrolment, column: int, role: int) -> str | QColor | None:
        if role == Qt.ItemDataRole.ForegroundRole and self._view is not None and column > len(self._view.training.days):
            return QColor(getattr(colours(), result_tone(person)))
        if self._view is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        training = self._view.training
        if column == len(training.days):
            return word_hours(facts_of(training, person).minutes_attended)
        return word_result(person, training.best_mark)


def _shape(view: TrainingView) -> tuple[object, ...]:
    return (tuple(view.training.days), tuple((row.id, row.name, row.name_ar) for row in view.enrolled))
