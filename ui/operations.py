"""Run an action: busy state, result, changes, undo, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.errors import Cancelled
from app.i18n import _
from ui.long_work import LongWork
from ui.notices import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import Hub, UnitOfWork
    from app.changes import Changes
    from app.outcome import Outcome, UndoToken
    from app.pace import Pace
    from ui.change_bus import ChangeBus
    from ui.messages import Messages
    from ui.notices import Notices
    from ui.task_runner import TaskRunner

T = TypeVar("T")


class Busy(Protocol):
    """What can show that something is under way: a button, an indicator."""

    def set_busy(self, busy: bool, /) -> None:
        """Show or stop showing it."""


class Operations(QObject):
    """The way from a page to the services and back. Call on the GUI thread; callbacks come on the GUI thread.

    `owner` is the widget that asked: when it is gone by the time of the answer, no callback runs. Without `on_error`
    errors are worded in the notice strip, bugs in a dialog.
    """

    def __init__(self, runner: TaskRunner, hub: Hub, bus: ChangeBus, notices: Notices, messages: Messages) -> None:
        super().__init__()
        self._runner = runner
        self._hub = hub
        self._bus = bus
        self._notices = notices
        self._messages = messages

    @property
    def runner(self) -> TaskRunner:
        """The database thread, for work that is about no record: drawing a paper."""
        return self._runner

    def run(
        self,
        owner: QObject,
        action: Callable[[UnitOfWork], Outcome[T]],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        *,
        busy: Busy | None = None,
        said: Callable[[T], str] | None = None,
    ) -> None:
        """One durable write. What changed goes on the change bus before `on_done` gets the value.

        `said` words the notice for the value; with an undo it offers it, and without `said` nothing is shown.
        """

        def finish(outcome: Outcome[T]) -> None:
            self._bus.changed.emit(outcome.changes)
            if said is not None:
                self._offer(said(outcome.value), outcome.undo)
            if on_done is not None and isValid(owner):
                on_done(outcome.value)

        self._submit(owner, lambda: self._hub.write(action), finish, on_error, busy, brief=True)

    def query(
        self,
        owner: QObject,
        fn: Callable[[UnitOfWork], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        *,
        lane: str | None = None,
        busy: Busy | None = None,
    ) -> None:
        """Read. In a `lane` only the latest question is answered: a search as you type."""

        def finish(value: T) -> None:
            if isValid(owner):
                on_done(value)

        self._submit(owner, lambda: self._hub.read(fn), finish, on_error, busy, lane=lane, brief=True)

    def call(
        self,
        owner: QObject,
        work: Callable[[Hub], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        *,
        busy: Busy | None = None,
        brief: bool = False,
    ) -> None:
        """Something of the hub itself that is neither a read nor a write: check a password, make a backup.

        `brief` where it is one short transaction, which may be carried out in the middle of long reading.
        """

        def finish(value: T) -> None:
            if isValid(owner):
                on_done(value)

        self._submit(owner, lambda: work(self._hub), finish, on_error, busy, brief=brief)

    def search(
        self,
        owner: QObject,
        fn: Callable[[UnitOfWork, Pace], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
    ) -> LongWork:
        """Read for a long time, with progress, to be stopped at any time; the desk goes on meanwhile.

        `on_error` gets Cancelled where it was stopped.
        """
        work = LongWork(self._runner, owner)

        def finish(value: T) -> None:
            if isValid(owner):
                on_done(value)

        def fail(error: Exception) -> None:
            if isValid(owner):
                on_error(error)

        if not self._runner.is_closed:
            self._runner.submit(lambda: self._hub.read(lambda uow: fn(uow, work.pace)), finish, fail, patient=True)
        return work

    def work_on(
        self,
        owner: QObject,
        work_off: Callable[[Hub, Pace], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
    ) -> LongWork:
        """Write for a long time in many short transactions, with progress, to be stopped between two of them.

        The pace is to be called between transactions only: what the desk asks for meanwhile is carried out then.
        """
        work = LongWork(self._runner, owner)

        def finish(value: T) -> None:
            if isValid(owner):
                on_done(value)

        def fail(error: Exception) -> None:
            if isValid(owner):
                on_error(error)

        if not self._runner.is_closed:
            self._runner.submit(lambda: work_off(self._hub, work.pace), finish, fail, patient=True)
        return work

    def undo(self, token: UndoToken, said: str | None = None) -> None:
        """Take an action back; a refusal (somebody changed it since) is worded in the strip."""

        def finish(changes: Changes) -> None:
            self._bus.changed.emit(changes)
            self._notices.say(said or _("Undone."), Tone.GOOD)

        self._submit(self, lambda: self._hub.undo(token), finish, None, None, brief=True)

    def _offer(self, text: str, token: UndoToken | None) -> None:
        if token is None:
            self._notices.say(text, Tone.GOOD)
        else:
            self._notices.say(text, Tone.GOOD, undo=lambda: self.undo(token))

    def _submit(
        self,
        owner: QObject,
        work: Callable[[], Any],
        finish: Callable[[Any], None],
        on_error: Callable[[Exception], None] | None,
        busy: Busy | None,
        *,
        lane: str | None = None,
        brief: bool = False,
    ) -> None:
        if self._runner.is_closed:  # a timer may fire while the window goes
            return
        _show_busy(busy, busy_now=True)

        def succeed(value: Any) -> None:  # noqa: ANN401 - its type is that of `finish`
            _show_busy(busy, busy_now=False)
            finish(value)

        def fail(error: Exception) -> None:
            _show_busy(busy, busy_now=False)
            if isinstance(error, Cancelled):
                return
            if on_error is not None and isValid(owner):
                on_error(error)
            else:
                self._messages.report(error)

        self._runner.submit(work, succeed, fail, lane=lane, brief=brief)


def _show_busy(busy: Busy | None, *, busy_now: bool) -> None:
    if busy is not None and (not isinstance(busy, QObject) or isValid(busy)):
        busy.set_busy(busy_now)
