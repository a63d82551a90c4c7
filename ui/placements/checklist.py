"""The steps of a foreigner's work contract, ticked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of
from app.domain.placements import FOREIGN_STEPS
from app.i18n import _
from ui.placements.wording import word_due
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_date
from ui.ventures.wording import code_words
from ui.widgets.choices import Check
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.domain.ids import StepId
    from app.domain.placements import ContractStep
    from ui.widgets.words import Words


class Checklist(QWidget):
    """`ticked` carries the id of a step and whether it is done. Boxes stay, with the keyboard, while they change."""

    ticked = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[StepId, Check] = {}
        self._words: dict[StepId, Label] = {}
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Gap.HAIR)

    def show_steps(self, steps: Sequence[ContractStep], today: date, *, may: bool) -> None:
        """Show these."""
        if [step.id for step in steps] != list(self.boxes):
            self._build(steps)
        for step in steps:
            box, words = self.boxes[step.id], self._words[step.id]
            box.setChecked(step.done_at is not None)
            box.setEnabled(may)
            words.set_tone(word_due(step, today)[1])
            words.say(_say(step, today))

    def _build(self, steps: Sequence[ContractStep]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.boxes, self._words, self._lines = {}, {}, []
        for step in steps:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Gap.MEDIUM)
            box = Check(code_words(FOREIGN_STEPS, step.code))
            words = Label(step="small", tone="quiet")
            row.addWidget(box)
            row.addWidget(words)
            row.addStretch()
            box.clicked.connect(lambda done, wanted=step.id: self.ticked.emit(wanted, done))
            self._column.addWidget(line)
            self.boxes[step.id], self._words[step.id] = box, words
            self._lines.append(line)


def _say(step: ContractStep, today: date) -> Words:
    def words() -> str:
        if step.done_at is not None:
            return _("done on {day}").format(day=word_date(day_of(step.done_at)))
        return _("dropped") if step.dropped else word_due(step, today)[0]

    return words
