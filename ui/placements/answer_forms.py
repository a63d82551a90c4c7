"""What became of a placement: asked after three months, put right, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.clock import day_of, system_clock
from app.domain.placements import PlacementState, StillThere
from app.i18n import _
from app.services import placements
from ui.people.wording import isolate, join_facts
from ui.placements.wording import word_placement, word_who
from ui.ventures.amounts import write_date
from ui.ventures.form import FormPanel, code_options, date_field, framed_pick
from ui.ventures.wording import word_code
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import UnitOfWork
    from app.domain.placements import PlacementRow
    from app.outcome import Outcome
    from ui.page import PageContext
    from ui.widgets.words import Words


class _AboutPlacement(FormPanel):
    """A form about one placement, with a remark. `kept` follows."""

    kept = Signal()
    row: PlacementRow | None = None

    def __init__(
        self, context: PageContext, title: Words, save: Words, parent: QWidget | None, day: Words | None = None
    ) -> None:
        super().__init__(title, save, parent)
        self._context = context
        self.day = date_field(day or (lambda: _("On")))
        self.note = LineField(lambda: _("Remark"), max_length=500)

    def begin(self, row: PlacementRow) -> None:
        """About a placement."""
        self.row = row
        self.explain(lambda: join_facts(word_who(row), word_placement(row)))
        self.day.set_text(write_date(day_of(system_clock())))
        self.note.set_text("")
        self.day.clear_error()


class CheckForm(_AboutPlacement):
    """Whether the person is still there after three months."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        title = lambda: _("After three months")  # noqa: E731
        super().__init__(context, title, lambda: _("Note the answer"), parent)
        self.answer, frame = framed_pick(lambda: _("Answer"), code_options("still_there"))
        self.beside(frame, self.day)
        self.add(self.note)

    def enter(self) -> None:
        """The answer."""
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Note it."""
        row, day, note = self.row, self.read_date(self.day), self.note.text
        if self.is_wrong or row is None:
            return
        answer = StillThere(self.answer.value)

        def act(uow: UnitOfWork) -> Outcome[PlacementRow]:
            return placements.check(row.id, answer, uow, note=note, on=day)

        def word(after: PlacementRow) -> str:
            return _("Noted of {name}: {answer}.").format(
                name=isolate(word_who(after)), answer=isolate(word_code("still_there", str(answer)))
            )

        self._context.operations.run(self, act, lambda _row: self.kept.emit(), busy=self.save, said=word)


class EndForm(_AboutPlacement):
    """Why it ended, and when."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        title = lambda: _("End a placement")  # noqa: E731
        super().__init__(context, title, lambda: _("End the placement"), parent)
        reasons = [each for each in code_options("placement_states") if each[0] != PlacementState.CURRENT]
        self.reason, frame = framed_pick(lambda: _("Why it ended"), reasons)
        self.beside(frame, self.day)
        self.add(self.note)

    def enter(self) -> None:
        """Why."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """End it."""
        row, day, note = self.row, self.read_date(self.day), self.note.text
        if self.is_wrong or row is None:
            return
        reason = PlacementState(self.reason.value)

        def act(uow: UnitOfWork) -> Outcome[PlacementRow]:
            return placements.end(row.id, reason, uow, on=day, note=note)

        def word(after: PlacementRow) -> str:
            return _("The placement of {name} has ended.").format(name=isolate(word_who(after)))

        self._context.operations.run(self, act, lambda _row: self.kept.emit(), busy=self.save, said=word)


class ChangeForm(_AboutPlacement):
    """Post, days and remark put right; `day` is the first one."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        title = lambda: _("Put a placement right")  # noqa: E731
        super().__init__(context, title, lambda: _("Keep the placement"), parent, lambda: _("First day of work"))
        self.post = LineField(lambda: _("Post"), max_length=200)
        self.ends = date_field(lambda: _("Last day of the contract"), hint=lambda: _("Empty where no end is agreed"))
        self.add(self.post)
        self.beside(self.day, self.ends)
        self.add(self.note)

    def begin(self, row: PlacementRow) -> None:
        """What is known."""
        super().begin(row)
        self.post.set_text(row.title)
        self.day.set_text(write_date(row.starts))
        self.ends.set_text(write_date(row.ends))
        self.note.set_text(row.note)
        for field in (self.post, self.ends):
            field.clear_error()

    def enter(self) -> None:
        """The post."""
        self.post.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it."""
        row, note = self.row, self.note.text
        post = self.demand(self.post, lambda: _("What is the post called?"))
        self.demand(self.day, lambda: _("On which day does the work begin?"))
        starts, ends = self.read_date(self.day), self.read_date(self.ends)
        if self.is_wrong or row is None or starts is None:
            return
        fields = {"title": post, "starts": starts, "ends": ends, "note": note}

        def act(uow: UnitOfWork) -> Outcome[PlacementRow]:
            return placements.edit(row.id, fields, uow)

        self._context.operations.run(
            self, act, lambda _row: self.kept.emit(), busy=self.save, said=lambda _row: _("The placement is kept.")
        )
