"""Where to end a batch that can't hold everything, so that it can be taken in by itself.

The hybrid clock of an op is higher than that of each op it builds on. So everything up to some reading can be taken in
without the rest; a stream may end only where its writer has signed it. What was erased can't be taken in without what
erased it: a *span* reaches from the clock of the one to that of the other.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tail:
    """The ops of one stream that somebody lacks: their clocks, and after how many of them it may end (None: any)."""

    clocks: Sequence[int]
    ends: Sequence[int] | None

    def end_below(self, count: int) -> int:
        """The last end that is no later than after so many ops."""
        if self.ends is None:
            return count
        place = bisect_right(self.ends, count)
        return self.ends[place - 1] if place else 0

    def end_above(self, count: int) -> int:
        """The first end that is no earlier; the last one where there is none."""
        if self.ends is None or not count:
            return count
        return self.ends[min(bisect_left(self.ends, count), len(self.ends) - 1)] if self.ends else 0


Span = tuple[int, int]
"""Clocks of an op whose body was erased and of the op that erased it."""


def closed_part(tails: Sequence[Tail], most: int, spans: Sequence[Span] = ()) -> list[int]:
    """How many ops of each tail make a part that builds on nothing outside of it: at most `most` in all.

    It is larger only where the streams leave no such part that small. No part ends within one of the spans.
    """
    clocks = sorted(clock for tail in tails for clock in tail.clocks)
    if len(clocks) <= most:
        return [tail.end_below(len(tail.clocks)) for tail in tails]
    limit = clocks[most]
    while True:
        counts = [tail.end_below(bisect_left(tail.clocks, limit)) for tail in tails]
        left_out = [tail.clocks[count] for tail, count in zip(tails, counts, strict=True) if count < len(tail.clocks)]
        left_out += [scrubbed for scrubbed, eraser in spans if scrubbed < limit <= eraser]
        if min(left_out, default=limit) >= limit:
            break
        limit = min(left_out)
    return counts if any(counts) else _smallest(tails, clocks[0], spans)


def _smallest(tails: Sequence[Tail], limit: int, spans: Sequence[Span]) -> list[int]:
    while True:
        counts = [tail.end_above(bisect_right(tail.clocks, limit)) for tail in tails]
        taken = [tail.clocks[count - 1] for tail, count in zip(tails, counts, strict=True) if count]
        taken += [eraser for scrubbed, eraser in spans if scrubbed <= limit < eraser]
        if max(taken, default=limit) <= limit:
            return counts
        limit = max(taken)
