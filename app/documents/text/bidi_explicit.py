"""UAX #9, rules P2 and X1-X9: levels that follow from embeddings, overrides and isolates alone."""

from dataclasses import dataclass
from typing import Final

ISOLATE_INITIATORS: Final = frozenset(("LRI", "RLI", "FSI"))
REMOVED: Final = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
"""Characters that X9 removes; kept in place here, for positions to stay those of the text."""
_EMBEDDINGS: Final = frozenset(("LRE", "RLE", "LRO", "RLO"))
_OVERRIDES: Final = {"LRO": "L", "RLO": "R"}
_MAX_DEPTH: Final = 125


@dataclass(frozen=True, slots=True)
class _Status:
    level: int
    override: str | None = None
    isolate: bool = False


@dataclass(slots=True)
class _Stack:
    """The directional status stack of X1 with its three counters."""

    entries: list[_Status]
    overflow_isolates: int = 0
    overflow_embeddings: int = 0
    valid_isolates: int = 0

    @property
    def top(self) -> _Status:
        return self.entries[-1]

    def next_level(self, *, right_to_left: bool) -> int:
        return (self.top.level + 1) | 1 if right_to_left else (self.top.level + 2) & ~1

    def open_embedding(self, name: str) -> None:
        """X2 to X5."""
        level = self.next_level(right_to_left=name[0] == "R")
        if level <= _MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings:
            self.entries.append(_Status(level, _OVERRIDES.get(name)))
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def open_isolate(self, *, right_to_left: bool) -> None:
        """X5a to X5c."""
        level = self.next_level(right_to_left=right_to_left)
        if level <= _MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings:
            self.valid_isolates += 1
            self.entries.append(_Status(level, isolate=True))
        else:
            self.overflow_isolates += 1

    def close_isolate(self) -> None:
        """X6a."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.top.isolate:
                self.entries.pop()
            self.entries.pop()
            self.valid_isolates -= 1

    def close_embedding(self) -> None:
        """X7."""
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.top.isolate and len(self.entries) > 1:
            self.entries.pop()


def first_strong_level(classes: list[str], start: int, *, within_isolate: bool) -> int | None:
    """P2: the level of the first strong character from `start` on, None where there is none.

    `within_isolate` stops at the isolate's end (X5c) instead of the paragraph's.
    """
    depth = 0
    for name in classes[start:]:
        if name in ISOLATE_INITIATORS:
            depth += 1
        elif name == "PDI":
            if depth:
                depth -= 1
            elif within_isolate:
                return None
        elif not depth and name in {"L", "R", "AL"}:
            return 0 if name == "L" else 1
    return None


def matching_isolates(classes: list[str]) -> dict[int, int]:
    """BD9: the position of each matched isolate initiator's PDI, and of each matched PDI's initiator."""
    matches: dict[int, int] = {}
    opened: list[int] = []
    for index, name in enumerate(classes):
        if name in ISOLATE_INITIATORS:
            opened.append(index)
        elif name == "PDI" and opened:
            start = opened.pop()
            matches[start], matches[index] = index, start
    return matches


def explicit_levels(classes: list[str], base: int) -> tuple[list[int], list[str]]:
    """X1 to X8: the level of each character, and its class with the overrides applied."""
    stack = _Stack([_Status(base)])
    levels = [base] * len(classes)
    overridden = list(classes)
    for index, name in enumerate(classes):
        status = stack.top
        if name in ISOLATE_INITIATORS:
            right_to_left = name == "RLI" or (
                name == "FSI" and first_strong_level(classes, index + 1, within_isolate=True) == 1
            )
            stack.open_isolate(right_to_left=right_to_left)
        elif name in _EMBEDDINGS:
            stack.open_embedding(name)
        elif name == "PDI":
            stack.close_isolate()
            status = stack.top
        elif name == "PDF":
            stack.close_embedding()
            status = stack.top
        levels[index] = base if name == "B" else status.level
        if status.override and name != "B" and name not in REMOVED:
            overridden[index] = status.override
    return levels, overridden
