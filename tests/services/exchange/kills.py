"""Killing real processes: the one that waits for orders, and what came of each."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from typing import IO

from tests.factories import PASSWORD
from tests.services.exchange.doomed import Order, written


@dataclass(slots=True)
class Doomed:
    """The process that forks a child for each order."""

    orders: IO[str]
    answers: IO[str]

    def run(self, order: Order) -> tuple[int, int]:
        """What came of a child: its exit status (negative: the signal that ended it), and the steps it took."""
        self.orders.write(written(order))
        self.orders.flush()
        steps = 0
        while True:
            kind, value = self.answers.readline().split()
            if kind == "ended":
                return int(value), steps
            steps = int(value)

    def count(self, order: Order) -> int:
        """How many steps a child takes that nobody disturbs; it must go well."""
        status, steps = self.run(replace(order, die_at=2**40))
        assert status == 0
        return steps

    def span(self, order: Order) -> float:
        """How long a child takes that nobody disturbs; it must go well."""
        start = perf_counter()
        assert self.run(order)[0] == 0
        return perf_counter() - start


@contextmanager
def doomed(*prepared: str) -> Iterator[Doomed]:
    """The process, for as long as the block lasts; prepared for the `window` where told."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.services.exchange.doomed", *prepared],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"WASL_PASSWORD": PASSWORD},
        start_new_session=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            yield Doomed(program.stdin, program.stdout)
        except BaseException:
            # with whatever child it is waiting for
            os.killpg(program.pid, signal.SIGKILL)
            raise
        program.stdin.close()


def some_steps(total: int, times: int, dice: random.Random) -> list[int]:
    """Numbers of steps at which to die: all of them, again and again, where there are fewer than times."""
    chosen: list[int] = []
    while len(chosen) < times:
        chosen += dice.sample(range(1, total + 1), min(total, times - len(chosen)))
    return chosen
