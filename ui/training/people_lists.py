"""Beside the grid: who waits, in order, and who withdrew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.services import enrolments
from ui.people.wording import isolate
from ui.theme.tokens import Gap
from ui.training.wording import word_who
from ui.ventures.rows import Action, Row, Rows, Section
from ui.ventures.wording import word_code
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.ids import TrainingId
    from app.domain.trainings import Enrolment, TrainingView
    from app.outcome import Outcome
    from ui.page import PageContext


class PeopleLists(QWidget):
    """`person_requested` carries a person's id."""

    person_requested = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._training_id: TrainingId | None = None
        self.move_up_button = Button(lambda: _("Give the free places"), PLAIN, dense=True)
        self.waiting = Rows(lambda: _("Nobody waits."))
        self.withdrawn = Rows(lambda: _("Nobody."))
        queue = Section(lambda: _("Waiting list"))
        queue.body.addWidget(self.waiting)
        queue.body.addWidget(self.move_up_button)
        gone = Section(lambda: _("Withdrew"))
        gone.body.addWidget(self.withdrawn)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Gap.HAIR, 0)
        column.setSpacing(Gap.SMALL)
        column.addWidget(queue)
        column.addWidget(gone)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scroller(content))
        self.move_up_button.clicked.connect(self._on_move_up_button_clicked)

    def show_people(self, view: TrainingView, *, may: bool) -> None:
        """Show who waits and who withdrew; free places while somebody waits ask to be given."""
        training = view.training
        self._training_id = training.id
        self.move_up_button.setVisible(may and bool(view.waiting) and training.free != 0)
        self.waiting.show_rows([self._row(item, place, may=may) for place, item in enumerate(view.waiting, start=1)])
        self.withdrawn.show_rows([self._row(item, 0, may=may) for item in view.withdrawn])

    def _row(self, item: Enrolment, place: int, *, may: bool) -> Row:
        def words() -> str:
            return f"{place}. {isolate(word_who(item))}" if place else word_who(item)

        if not may:
            actions: tuple[Action, ...] = ()
        elif place:
            actions = (Action(lambda: _("Give a place"), partial(self._give_place, item), words),)
        else:
            actions = (Action(lambda: _("Comes back"), partial(self._enrol_again, item), words),)
        return Row(item.id, words, lambda: item.reason, actions=actions)

    def _give_place(self, item: Enrolment) -> None:
        def act(uow: UnitOfWork) -> Outcome[Enrolment]:
            return enrolments.give_place(item.id, uow)

        self._context.operations.run(self, act, said=_word_state)

    def _enrol_again(self, item: Enrolment) -> None:
        def act(uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
            return enrolments.enrol(item.training_id, [item.person_id], uow)

        self._context.operations.run(self, act, said=lambda made: _word_state(made[0]))

    def _on_move_up_button_clicked(self) -> None:
        training_id = self._training_id
        if training_id is None:
            return

        def act(uow: UnitOfWork) -> Outcome[tuple[Enrolment, ...]]:
            return enrolments.move_up(training_id, uow)

        def word(moved: tuple[Enrolment, ...]) -> str:
            return " ".join(_("{name} moves up.").format(name=isolate(word_who(item))) for item in moved)

        self._context.operations.run(self, act, busy=self.move_up_button, said=word)


def _word_state(row: Enrolment) -> str:
    return _("{name}: {state}.").format(
        name=isolate(word_who(row)), state=isolate(word_code("enrolment_states", row.state))
    )
