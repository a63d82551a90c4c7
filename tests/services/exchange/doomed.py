"""Runs `waslctl`, or the window with its folder, in a child of its own, until it is done or killed.

Reads orders as lines of JSON, and forks a child for each, so that what is imported is imported once. A child that is
told to die at a step of writing kills itself there, in the middle of it.
"""

import faulthandler
import json
import os
import signal
import sys
import traceback
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import app.opening  # noqa: F401 - what is imported late is there before the children part
from app.cli import main as run_waslctl
from tests.faults import python_files, sqlite_files
from tests.faults.steps import Steps

_PATIENCE_S = 60
"""A child that takes longer hangs: it says where, and ends."""
SAYS = os.dup(1) if __name__ == "__main__" else 1


@dataclass(frozen=True)
class Order:
    """Arguments for `waslctl` or for the window. It dies at a step of writing below `within`, or after some seconds."""

    arguments: list[str]
    within: str
    window: bool = False
    die_at: int | None = None
    die_after_s: float | None = None


def say(text: str) -> None:
    os.write(SAYS, f"{text}\n".encode())


def carry_out(order: Order) -> None:
    """In the child: never returns."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    faulthandler.dump_traceback_later(_PATIENCE_S, exit=True)
    steps = Steps(Path(order.within), order.die_at, dies=order.die_at is not None)
    status = 70
    try:
        with ExitStack() as stack:
            if order.die_at is not None:
                stack.enter_context(python_files.asked_first(steps))
                stack.enter_context(sqlite_files.asked_first(steps))
            if order.window:
                from tests.journeys.watched import run_window  # noqa: PLC0415 - Qt only where it is needed

                status = run_window(order.arguments)
            else:
                status = run_waslctl(order.arguments)
        say(f"steps {len(steps.taken)}")
    except BaseException:  # noqa: BLE001 - a child must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(status)


def wait(child: int, die_after_s: float | None) -> int:
    """How a child ended, which is killed unless it has ended in time. Nobody else waits for it: it is the one meant."""
    if die_after_s is not None:
        until = perf_counter() + die_after_s
        while perf_counter() < until:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def written(order: Order) -> str:
    """An order as a line."""
    return json.dumps(asdict(order)) + "\n"


def main() -> None:
    if "window" in sys.argv:
        import tests.journeys.watched  # noqa: F401, PLC0415
    for line in sys.stdin:
        given: dict[str, Any] = json.loads(line)
        order = Order(**given)
        child = os.fork()
        if child == 0:
            carry_out(order)
        say(f"ended {os.waitstatus_to_exitcode(wait(child, order.die_after_s))}")


if __name__ == "__main__":
    main()
