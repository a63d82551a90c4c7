"""The way to the store before anybody is signed in. Everything runs on the database thread, loading included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from shiboken6 import isValid

from app.entrance import peek_logins

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from app.bootstrap import FirstStart, Hub, KdfCost, NewHub
    from app.paths import HubPaths
    from ui.operations import Busy
    from ui.task_runner import TaskRunner

T = TypeVar("T")


class Gate:
    """Calls `app.bootstrap` for one folder. `cost` is Argon2's, for new passwords; None is the usual one."""

    def __init__(self, paths: HubPaths, runner: TaskRunner, cost: KdfCost | None = None) -> None:
        self.paths = paths
        self._runner = runner
        self._cost = cost

    def look(
        self, owner: QObject, on_done: Callable[[tuple[str, ...]], None], on_error: Callable[[Exception], None]
    ) -> None:
        """The sign-in names of the folder, empty when nothing is installed there."""
        peeked = peek_logins(self.paths)
        if peeked is not None:
            on_done(peeked)
            return

        def work() -> tuple[str, ...]:
            from app.bootstrap import is_installed, list_logins  # noqa: PLC0415 - loads the store, off the GUI thread

            return list_logins(self.paths) if is_installed(self.paths) else ()

        self._submit(owner, work, on_done, on_error, None)

    def read_wait(
        self, owner: QObject, on_done: Callable[[float], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Seconds until a password may be tried."""

        def work() -> float:
            from app.bootstrap import wait_before_next_try  # noqa: PLC0415

            return wait_before_next_try(self.paths)

        self._submit(owner, work, on_done, on_error, None)

    def load_store(self) -> None:
        """Load the code that opens the store before it is needed, while somebody types."""
        if not self._runner.is_closed:
            self._runner.submit(_load_store, _forget, _forget)

    def sign_in(
        self,
        owner: QObject,
        login: str,
        password: str,
        on_done: Callable[[Hub], None],
        on_error: Callable[[Exception], None],
        busy: Busy | None = None,
    ) -> None:
        """Open the store."""

        def work() -> Hub:
            from app.bootstrap import open_hub  # noqa: PLC0415

            return open_hub(self.paths, login, password, cost=self._cost)

        self._submit(owner, work, on_done, on_error, busy)

    def recover(
        self,
        owner: QObject,
        code: str,
        login: str,
        password: str,
        on_done: Callable[[Hub], None],
        on_error: Callable[[Exception], None],
        busy: Busy | None = None,
    ) -> None:
        """Open the store with the recovery code and give the account a new password."""

        def work() -> Hub:
            from app.bootstrap import open_with_recovery  # noqa: PLC0415

            return open_with_recovery(self.paths, code, login, password, cost=self._cost)

        self._submit(owner, work, on_done, on_error, busy)

    def create(
        self,
        owner: QObject,
        first: FirstStart,
        on_done: Callable[[NewHub, bytes], None],
        on_error: Callable[[Exception], None],
        busy: Busy | None = None,
    ) -> None:
        """Make the installation and its recovery sheet, a PDF that stays in memory."""

        def work() -> tuple[NewHub, bytes]:
            from app.bootstrap import create_hub, recovery_sheet  # noqa: PLC0415

            new = create_hub(self.paths, first, cost=self._cost)
            return new, recovery_sheet(new.hub, new.recovery_code, first.language)

        self._submit(owner, work, lambda made: on_done(*made), on_error, busy)

    def close(self, hub: Hub) -> None:
        """Close a store: the last thing that happens to it."""
        self._runner.submit(hub.close, _forget, _forget)

    def _submit(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
        busy: Busy | None,
    ) -> None:
        if self._runner.is_closed:
            return
        if busy is not None:
            busy.set_busy(True)

        def finish(call: Callable[[Any], None], value: Any) -> None:  # noqa: ANN401 - of either callback
            if not isValid(owner):
                return
            if busy is not None:
                busy.set_busy(False)
            call(value)

        self._runner.submit(work, lambda value: finish(on_done, value), lambda error: finish(on_error, error))


def _load_store() -> None:
    """`Hub` brings the database layer and the services with it."""
    from app.bootstrap import Hub  # noqa: PLC0415, F401


def _forget(_value: object) -> None:
    """A store that does not close cleanly recovers at its next opening."""
