"""Versions of the program side by side: each runs in a process of its own and does what it is told at its offices."""

import pickle
import subprocess
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from tests.services.exchange.later import become_later

TODAY: Final = "today"
LATER: Final = "later"
OLDER: Final = "older"
_DONE, _REFUSED, _FAILED = range(3)
_ROOT: Final = Path(__file__).parents[3]


class RefusedError(Exception):
    """What the program says when it does not do what it is told."""


class Program:
    """One version of the program. `do` calls a function of `doings`; what it returns must be plain values."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.services.exchange.program", version],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
        )

    def do(self, action: str, *args: object) -> Any:  # noqa: ANN401 - whatever the function returns
        """Have it done; raises RefusedError with the sentence that a user would read."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("not started")
        _send(self._process.stdin, (action, args))
        outcome, answer = _receive(self._process.stdout)
        if outcome == _FAILED:
            raise RuntimeError(answer)
        if outcome == _REFUSED:
            raise RefusedError(answer)
        return answer

    def end(self) -> None:
        """Close everything, and the process."""
        if self._process.stdin is not None and self._process.stdout is not None:
            self._process.stdin.close()
            self._process.wait(30)
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


def _send(stream: BinaryIO | Any, message: object) -> None:  # noqa: ANN401
    content = pickle.dumps(message)
    stream.write(len(content).to_bytes(8) + content)
    stream.flush()


def _receive(stream: BinaryIO | Any) -> Any:  # noqa: ANN401
    size = stream.read(8)
    if not size:
        raise EOFError
    return pickle.loads(stream.read(int.from_bytes(size)))  # noqa: S301 - from our own other half


def _serve(version: str) -> None:
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    with tempfile.TemporaryDirectory(prefix="wasl-program-") as folder:
        if version == LATER:
            become_later(Path(folder))
        if version == OLDER:
            import_module("tests.services.exchange.older").become_older()
        # only now, so that everything is that of the version
        doings, errors = import_module("tests.services.exchange.doings"), import_module("app.errors")

        try:
            while True:
                action, args = _receive(sys.stdin.buffer)
                try:
                    answer = _DONE, getattr(doings, action)(*args)
                except errors.AppError as error:
                    answer = _REFUSED, str(error)
                except Exception:  # noqa: BLE001 - the test is told, and the next one goes on
                    answer = _FAILED, traceback.format_exc()
                _send(answers, answer)
        except EOFError:
            doings.close_all()


if __name__ == "__main__":
    _serve(sys.argv[1])
