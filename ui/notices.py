"""What the strip at the foot of the window says: one quiet notice at a time, with an undo where there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Tone(StrEnum):
    """What kind of news it is; each has a colour, an icon and its own announcement."""

    INFORMATION = "information"
    GOOD = "good"
    ATTENTION = "attention"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence in the reader's language. `undo` takes the action back; it runs on the GUI thread."""

    text: str
    tone: Tone = Tone.INFORMATION
    undo: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class StateLine:
    """A few words at the foot of the window about what goes on by itself, and the whole sentence behind them.

    `tone` is good, attention or nothing; empty words take the line away.
    """

    words: str
    tone: str
    hint: str


class Notices(QObject):
    """The bridge between what happens and the strip that shows it."""

    posted = Signal(object)
    cleared = Signal()

    def say(self, text: str, tone: Tone = Tone.INFORMATION, undo: Callable[[], None] | None = None) -> None:
        """Show a notice in place of the one before."""
        self.posted.emit(Notice(text, tone, undo))

    def clear(self) -> None:
        """Take the notice away."""
        self.cleared.emit()
