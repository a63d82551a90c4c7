"""How long work tells how far it is, and hears that it is to stop."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Pace = Callable[[float], None]
"""Called often with the share that is done, 0 to 1. What it raises (Cancelled) ends the work; nothing was changed."""

_EVERY = 200


def unpaced(share: float) -> None:
    """For work that nobody watches."""


def between(pace: Pace, start: float, end: float) -> Pace:
    """The pace of a part of the work, which goes from 0 to 1 by itself."""

    def tell(share: float) -> None:
        pace(start + (end - start) * share)

    return tell


def paced(items: Sequence[T], pace: Pace, every: int = _EVERY) -> Iterator[T]:
    """The items, telling the pace after so many of them each time."""
    for number, item in enumerate(items):
        if number % every == 0:
            pace(number / len(items))
        yield item


def stepped(items: Iterable[T], pace: Pace, every: int = _EVERY) -> Iterator[T]:
    """As `paced` where nobody knows how many there are: it only lets the work be stopped."""
    for number, item in enumerate(items):
        if number % every == 0:
            pace(0.0)
        yield item
