"""Moving a venture along its path: at once where nothing is missing, else with a reason that stays on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.accounts import Permission
from app.domain.path import is_forward, next_stage
from app.i18n import _
from app.services import path
from ui.people.wording import full_name
from ui.ventures.move_strip import MoveStrip, Standing, Wish
from ui.ventures.wording import word_stage

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.path import Missing
    from app.domain.ventures import Venture
    from app.outcome import Outcome
    from ui.page import PageContext


class Mover(QObject):
    """Works with a strip. `carried_out` comes before the move is read again, `ended` when the strip is done with it."""

    carried_out = Signal(object)
    ended = Signal(object)

    def __init__(self, context: PageContext, strip: MoveStrip) -> None:
        super().__init__(strip)
        self._context = context
        self._strip = strip
        self._shown: Standing | None = None
        strip.move_requested.connect(self._on_strip_move_requested)
        strip.confirmed.connect(self._carry_out)
        strip.refused.connect(self._on_strip_refused)

    def show(self, standing: Standing | None) -> None:
        """Show where a venture is, and read what it lacks for its next step."""
        self._shown = standing
        self._strip.show_standing(standing)
        following = next_stage(standing.stage) if standing is not None else None
        if standing is None or following is None or self._strip.is_asking:
            return
        wanted = standing

        def read(uow: UnitOfWork) -> tuple[Missing, ...]:
            return path.missing(wanted.id, following, uow)

        self._context.operations.query(self._strip, read, self._strip.show_missing, lane=f"missing-{id(self)}")

    def move(self, standing: Standing, stage: str) -> None:
        """Move it, or ask why first."""
        if self._strip.is_asking:
            return
        if not self._context.actor.may(Permission.EDIT_VENTURES):
            self._context.notices.say(_("Only those who accompany ventures move them. Nothing was changed."))
            return
        wish = Wish(standing, stage)

        def read(uow: UnitOfWork) -> tuple[Missing, ...]:
            return path.missing(standing.id, stage, uow)

        def go_on(missing: tuple[Missing, ...]) -> None:
            if missing or not is_forward(standing.stage, stage):
                self._strip.ask(wish, missing)
            else:
                self._carry_out(wish, "", "")

        self._context.operations.query(self._strip, read, go_on)

    def _carry_out(self, wish: Wish, reason: str, outcome: str) -> None:
        def act(uow: UnitOfWork) -> Outcome[Venture]:
            return path.move(wish.standing.id, wish.stage, uow, reason=reason, outcome=outcome)

        def word(venture: Venture) -> str:
            return _("{name} is now at: {stage}").format(
                name=full_name(venture.name, venture.name_ar), stage=word_stage(venture.stage)
            )

        def finish(_venture: Venture) -> None:
            self._strip.finish()
            self.ended.emit(wish)

        self.carried_out.emit(wish)
        self._context.operations.run(self._strip, act, finish, busy=self._strip.confirm_button, said=word)

    def _on_strip_move_requested(self, stage: str) -> None:
        if self._shown is not None:
            self.move(self._shown, stage)

    def _on_strip_refused(self) -> None:
        wish = self._strip.wished
        self._strip.finish()
        if wish is not None:
            self.ended.emit(wish)
