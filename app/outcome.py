"""What an action answers: its value, what it changed, and how to take it back."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from app.changes import Changes

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class UndoToken:
    """The ops that one action wrote: `first` to `last` of this installation's stream. Opaque outside storage."""

    stream: bytes
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """The result of a use case. `undo` is None where the action can't be taken back."""

    value: T_co
    changes: Changes
    undo: UndoToken | None = None
