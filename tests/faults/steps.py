"""Steps of writing, counted: each can be refused as a disk refuses it, or be the last before the power goes."""

import errno
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

CREATE, WRITE, TRUNCATE, SYNC, RENAME, REMOVE, FOLDER, RIGHTS = (
    "create", "write", "truncate", "sync", "rename", "remove", "folder", "rights",
)  # fmt: skip


class Refusal(Enum):
    """What goes wrong, with the number of the error."""

    FULL = errno.ENOSPC
    FAILING = errno.EIO
    READ_ONLY = errno.EROFS
    GONE = errno.ENODEV

    def concerns(self, verb: str) -> bool:
        return verb in _CONCERNED.get(self, (verb,))


_CONCERNED: Final = {
    Refusal.FULL: (CREATE, WRITE, FOLDER),
    Refusal.READ_ONLY: (CREATE, WRITE, TRUNCATE, RENAME, REMOVE, FOLDER, RIGHTS),
}


@dataclass(slots=True)
class Steps:
    """The steps of writing below a folder. Those numbered from `at` on are refused, only that one unless `lasting`.

    `dies` kills the process at the step instead; `event` is called there once, before what is refused is refused.
    """

    within: Path
    at: int | None = None
    refusal: Refusal | None = None
    lasting: bool = True
    dies: bool = False
    event: Callable[[], object] | None = None
    taken: list[tuple[str, str]] = field(default_factory=list)
    refused: int = 0

    def take(self, verb: str, path: str, half: Callable[[], object] = lambda: None) -> int:
        """Count a step; the error to be reported instead of taking it, 0 for none. `half` does half of it."""
        if not _is_below(path, self.within):
            return 0
        self.taken.append((verb, _role(path, self.within)))
        number = len(self.taken)
        if self.at is None or number < self.at or (number > self.at and not self.lasting):
            return 0
        if number == self.at and self.event is not None:
            self.event()
        if self.dies:
            half()
            os.kill(os.getpid(), signal.SIGKILL)
        if self.refusal is None or not self.refusal.concerns(verb):
            return 0
        if number == self.at:
            half()
        self.refused += 1
        return int(self.refusal.value)


def places(taken: list[tuple[str, str]]) -> list[int]:
    """Numbers of steps, from 1 on, that stand for all: of a run of equal ones the first, one within, and the last."""
    chosen: set[int] = set()
    start = 0
    for number in range(1, len(taken) + 1):
        if number == len(taken) or taken[number] != taken[start]:
            chosen |= {start + 1, (start + number + 1) // 2, number}
            start = number
    return sorted(chosen)


def _is_below(path: str, folder: Path) -> bool:
    return path.startswith(f"{folder}{os.sep}") or path == str(folder)


def _role(path: str, folder: Path) -> str:
    """What a file is for, whatever random letters its name holds."""
    parts = Path(path).relative_to(folder).parts
    return "/".join(part[:12] if part.startswith(".") else part for part in parts)
