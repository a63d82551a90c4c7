"""What a peer must be able to do to take part, and how it says what became of a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from tests.benchmarks.sync_race.workload import Cells, Places, Value, Write


class PeerMissingError(Exception):
    """A peer can't take part here; the text says why."""


class RefusedError(Exception):
    """A peer did not take a message in and said so; the text is its own."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several values of one cell that a peer shows side by side."""

    cell: str
    values: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Received:
    """What a peer said of a message while it took it in; `seconds` where it runs elsewhere and timed itself."""

    told: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """How one office is set up: where it keeps its files, what it is called, whom it knows.

    `newer` gives it a program whose people have one more field. `clock_ahead` is by how many milliseconds its
    computer's clock is wrong.
    """

    folder: Path
    name: str
    others: tuple[str, ...] = ()
    newer: bool = False


class Replica(Protocol):
    """The records of one office, kept by one peer."""

    name: str

    @property
    def places(self) -> Places:
        """What rows may point to."""

    def write(self, writes: Sequence[Write]) -> None:
        """Local changes, in one transaction."""

    def send(self, to: str) -> bytes:
        """A message with what changed since the last one to the same office, or what it is known to lack."""

    def receive(self, message: bytes, sender: str) -> Received:
        """Take a message in, as durably as this peer can. Raises RefusedError."""

    def meet(self, other: Self) -> Received:
        """Exchange in both directions in the way this peer has for it. Raises RefusedError."""

    def share_with(self, other: Self) -> None:
        """Give an office that was only just set up all that is here, as the common beginning of both."""

    def read(self, table: str, key: bytes) -> Cells | None:
        """What a row shows; None where there is none, or it was removed."""

    def conflicts(self, table: str, key: bytes) -> tuple[Conflict, ...]:
        """What is in conflict about a row, now."""

    def erase(self, table: str, key: bytes) -> None:
        """Remove a row by the strongest means there is."""

    def scrub(self) -> None:
        """Get rid of what is left of former content, by the strongest means there is."""

    def contents(self) -> bytes:
        """Every byte that is kept, in clear."""

    def back_up(self, to: Path) -> None:
        """A copy of the records, as this peer's documentation says."""

    def restore(self, copy: Path, setting: Setting) -> "Replica":
        """Go on from a copy of the records, as the same office; the former records are lost."""

    def clone(self, setting: Setting) -> "Replica":
        """Start a copy of the whole folder beside the first, as the same office."""

    def set_clock(self, ahead: int) -> None:
        """Let the clock of this office be wrong by some milliseconds."""

    def save(self) -> int:
        """For peers that keep all in memory: write the whole to a file, durably; returns its bytes."""

    def close(self) -> None:
        """Release the files."""


class Peer(Protocol):
    """One way to do it."""

    name: str
    version: str
    memory_only: bool
    """Whether taking in changes memory only: nothing is durable before `save`."""
    encrypts: bool
    largest: int
    """For more people than this it is not raced, because it takes too long."""

    def make(self, settings: Sequence[Setting]) -> Mapping[str, Replica]:
        """Offices that know each other, with empty records."""


def read_files(folder: Path) -> bytes:
    """All files of a folder, one after the other."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
