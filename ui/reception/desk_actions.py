"""What the desk does: each wish of a panel becomes one action of the services, worded in the notice strip."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.bootstrap import UnitOfWork
from app.domain.ids import CounterId, VisitId
from app.domain.visits import CorrectVisit, DayFigures, LogGroup, LogVisit, VisitRow, VisitState
from app.i18n import _, ngettext
from app.outcome import Outcome
from app.services import days, receipts, visits
from app.services.receipts import Paper
from app.services.visits import AlreadyHereError
from ui.page import PageContext
from ui.people.wording import full_name, isolate, word_full_day
from ui.reception.snapshot import DeskSnapshot
from ui.reception.visitor import Visitor


class DeskActions(QObject):
    """Runs the actions. `already_here` carries the Visitor whom the register knows to be here."""

    visit_logged = Signal(object)
    visit_corrected = Signal(object)
    day_closed = Signal(object)
    receipt_issued = Signal(object)
    already_here = Signal(object)

    def __init__(self, context: PageContext, snapshot: Callable[[], DeskSnapshot | None], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._snapshot = snapshot

    def log(self, visitor: Visitor, counter_id: CounterId, reason: str) -> None:
        """Log whoever stands before the desk."""
        if visitor.is_group:
            self._log_group(visitor, counter_id, reason)
            return
        person = visitor.person
        command = LogVisit(person.id if person else None, counter_id, reason)

        def action(uow: UnitOfWork) -> Outcome[VisitRow]:
            return visits.log(command, uow)

        def refused(error: Exception) -> None:
            self._context.messages.report(error)
            if isinstance(error, AlreadyHereError):
                self.already_here.emit(visitor)

        self._context.operations.run(self, action, self.visit_logged.emit, refused, said=self._word_logged)

    def _log_group(self, visitor: Visitor, counter_id: CounterId, reason: str) -> None:
        command = LogGroup(visitor.ids, visitor.anonymous, counter_id, reason)

        def action(uow: UnitOfWork) -> Outcome[tuple[VisitRow, ...]]:
            return visits.log_group(command, uow)

        def said(rows: tuple[VisitRow, ...]) -> str:
            words = ngettext("{count} person waits at {counter}.", "{count} people wait at {counter}.", len(rows))
            return words.format(count=len(rows), counter=self._counter(rows[0]))

        def done(rows: tuple[VisitRow, ...]) -> None:
            self.visit_logged.emit(rows[0])

        self._context.operations.run(self, action, done, said=said)

    def call_next(self, counter_id: CounterId) -> None:
        """Call who has waited longest at a counter."""
        self._run(lambda uow: visits.call_next(counter_id, uow), self._word_called)

    def call(self, visit_id: VisitId) -> None:
        """Call somebody."""
        self._run(lambda uow: visits.call(visit_id, uow), self._word_called)

    def hand_over(self, visit_id: VisitId, counter_id: CounterId) -> None:
        """Send somebody on to another counter."""

        def said(row: VisitRow) -> str:
            return _("{name} now waits at {counter}.").format(name=_name(row), counter=self._counter(row))

        self._run(lambda uow: visits.hand_over(visit_id, counter_id, uow), said)

    def check_out(self, visit_id: VisitId) -> None:
        """Somebody leaves."""
        self._run(lambda uow: visits.check_out(visit_id, uow), lambda row: _("{name} left.").format(name=_name(row)))

    def correct(self, command: CorrectVisit) -> None:
        """Put an entry right."""

        def said(row: VisitRow) -> str:
            if row.state is VisitState.VOID:
                return _("The entry of {name} no longer counts. It stays in the history.").format(name=_name(row))
            return _("The entry of {name} is corrected.").format(name=_name(row))

        self._run(lambda uow: visits.correct(command, uow), said, self.visit_corrected.emit)

    def close_day(self, day: date) -> None:
        """Close a day."""

        def action(uow: UnitOfWork) -> Outcome[DayFigures]:
            return days.close_day(uow, day)

        def said(figures: DayFigures) -> str:
            return _("{day} is closed.").format(day=word_full_day(figures.day))

        self._context.operations.run(self, action, self.day_closed.emit, said=said)

    def issue_receipt(self, visit_id: VisitId, language: str, with_reason: bool) -> None:
        """Make a receipt."""

        def action(uow: UnitOfWork) -> Outcome[Paper]:
            return receipts.issue_receipt(visit_id, language, uow, with_reason=with_reason)

        self._context.operations.run(self, action, self.receipt_issued.emit)

    def _run(
        self,
        action: Callable[[UnitOfWork], Outcome[VisitRow]],
        said: Callable[[VisitRow], str],
        on_done: Callable[[VisitRow], None] | None = None,
    ) -> None:
        self._context.operations.run(self, action, on_done, said=said)

    def _counter(self, row: VisitRow) -> str:
        snapshot = self._snapshot()
        return isolate(snapshot.word_counter(row.counter_id)) if snapshot else ""

    def _word_logged(self, row: VisitRow) -> str:
        if row.person_id is None:
            return _("An anonymous passage is logged at {counter}.").format(counter=self._counter(row))
        return _("{name} waits at {counter}.").format(name=_name(row), counter=self._counter(row))

    def _word_called(self, row: VisitRow) -> str:
        return _("{name}, please come to {counter}.").format(name=_name(row), counter=self._counter(row))


def _name(row: VisitRow) -> str:
    return isolate(full_name(row.name, row.name_ar))
