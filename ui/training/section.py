"""The list of trainings: the next day of each, and how many places are taken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.trainings import Training, TrainingState
from app.i18n import _, pgettext
from app.services import trainings
from ui.people.wording import join_facts
from ui.placements.list_section import ListSection
from ui.training.wording import word_facts, word_places, word_times, word_title
from ui.ventures.amounts import word_date
from ui.ventures.rows import Action, Row, Rows
from ui.widgets.buttons import PRIMARY, Button

if TYPE_CHECKING:
    from datetime import date

    from app.bootstrap import UnitOfWork
    from app.changes import Changes
    from ui.page import PageContext

COMING, ALL = "coming", "all"
_Read = tuple[tuple[Training, ...], "date"]
_ENDED = frozenset({TrainingState.FINISHED, TrainingState.CANCELLED})


class TrainingsSection(ListSection):
    """`opened` carries a training's id."""

    opened = Signal(object)

    def __init__(self, context: PageContext) -> None:
        add = Button(lambda: _("New training"), PRIMARY, key="F2", icon="plus", dense=True)
        super().__init__(
            context,
            lambda: _("Which trainings"),
            ((COMING, lambda: pgettext("trainings", "Open")), (ALL, lambda: _("All"))),
            lambda: _("Title, trainer or place"),
            Rows(lambda: _("None of this kind. Look among the others, or write other letters.")),
            add,
            ("trainings", lambda: _("No training yet"), lambda: _("F2 plans the first: title, days, places.")),
        )
        add.setEnabled(context.actor.may(Permission.RUN_TRAININGS))

    def refresh(self) -> None:
        """Read the list again."""

        def read(uow: UnitOfWork) -> _Read:
            return trainings.list_trainings(uow, ended=True), day_of(uow.now)

        self._context.operations.query(self, read, self._show, lane="trainings")

    def _show(self, read: _Read) -> None:
        found, today = read
        chosen = [item for item in found if self.which.value == ALL or item.state not in _ENDED]
        self.show_rows([self._row(item, today) for item in chosen], nothing=not found)

    def _row(self, item: Training, today: date) -> Row:
        def title() -> str:
            return word_title(item)

        def figure() -> str:
            coming = item.next_day(today)
            if coming is None or item.state in _ENDED:
                return ""
            return join_facts(word_date(coming.day), word_times(coming))

        running = item.state is TrainingState.RUNNING
        tone = "attention" if item.over or item.state is TrainingState.OVER else "good" if running else "quiet_ink"
        action = Action(lambda: _("Open"), partial(self.opened.emit, item.id), title)
        return Row(
            item.id,
            title,
            lambda: join_facts(word_facts(item), word_places(item)),
            figure,
            "trainings",
            tone,
            (action,),
        )

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.trainings or changes.people):
            self.refresh()
