"""The Unicode bidirectional algorithm (UAX #9): in which order the characters of a line stand on paper.

What common libraries answer puts brackets and « » the wrong way round or other people's names where
they don't belong; this follows the standard rule by rule and passes Unicode's conformance tests. The names of the
rules (P2, X1, W1 …) are the standard's. `bidirectional` knows the classes of Python's Unicode version.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import bidirectional

from app.documents.text.bidi_explicit import (
    ISOLATE_INITIATORS,
    REMOVED,
    explicit_levels,
    first_strong_level,
    matching_isolates,
)
from app.documents.text.bidi_resolve import resolve_sequence

_TRAILING: Final = frozenset(("WS", "PDI")) | ISOLATE_INITIATORS | REMOVED
_ONE_WAY: Final = re.compile("[\0-\u058f\u2010-\u2027\u20a0-\u20cf]*")
"""Text without a letter from right to left and without marks of direction: nothing lifts it from level 0."""


class Run(NamedTuple):
    """Characters `start` to `end` (exclusive) of a text, all at one level: right to left when it is odd."""

    start: int
    end: int
    level: int


@lru_cache(maxsize=4096)
def embedding_levels(text: str, base: int | None = None) -> tuple[int, ...]:
    """Level of each character of one paragraph.

    `base` is the paragraph's level: 0 left to right, 1 right to left, None the first strong character's (P2, P3).
    """
    if base == 0 and _ONE_WAY.fullmatch(text):
        return (0,) * len(text)
    classes = [bidirectional(character) or "L" for character in text]
    if base is None:
        base = first_strong_level(classes, 0, within_isolate=False) or 0
    matches = matching_isolates(classes)
    explicit, overridden = explicit_levels(classes, base)
    resolved = list(explicit)
    for sequence in _isolating_run_sequences(classes, explicit, matches):
        before, after = _neighbour_levels(sequence, classes, explicit, matches, base)
        resolve_sequence(text, classes, overridden, resolved, sequence, before, after)
    for index, name in enumerate(classes):
        if name in REMOVED:
            resolved[index] = resolved[index - 1] if index else base
    return tuple(_reset_trailing(classes, resolved, base))


def visual_runs(levels: tuple[int, ...], start: int, end: int, base: int) -> list[Run]:
    """The runs of the line `start` to `end` of a paragraph, from left to right (L1 for the line's end, then L2)."""
    on_line = list(levels[start:end])
    runs: list[Run] = []
    for index, level in enumerate(on_line, start):
        if runs and runs[-1].level == level:
            runs[-1] = Run(runs[-1].start, index + 1, level)
        else:
            runs.append(Run(index, index + 1, level))
    highest = max((run.level for run in runs), default=base)
    for level in range(highest, 0, -1):
        runs = _reverse_at(runs, level)
    return runs


def _reverse_at(runs: list[Run], level: int) -> list[Run]:
    ordered: list[Run] = []
    turned: list[Run] = []
    for run in runs:
        if run.level >= level:
            turned.append(run)
        else:
            ordered += [*reversed(turned), run]
            turned = []
    return [*ordered, *reversed(turned)]


def _isolating_run_sequences(classes: list[str], levels: list[int], matches: dict[int, int]) -> list[list[int]]:
    """BD13: level runs, joined over the isolates between them. X9's characters take no part."""
    runs: list[list[int]] = []
    for index, name in enumerate(classes):
        if name in REMOVED:
            continue
        if runs and levels[runs[-1][-1]] == levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    by_first = {run[0]: run for run in runs}
    sequences = []
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in matches:
            continue
        sequence = list(run)
        while classes[sequence[-1]] in ISOLATE_INITIATORS and sequence[-1] in matches:
            following = by_first.get(matches[sequence[-1]])
            if following is None:
                break
            sequence += following
        sequences.append(sequence)
    return sequences


def _neighbour_levels(
    sequence: list[int], classes: list[str], levels: list[int], matches: dict[int, int], base: int
) -> tuple[int, int]:
    """X10: the levels before and after a sequence, which give its sos and eos."""
    before = next((levels[i] for i in range(sequence[0] - 1, -1, -1) if classes[i] not in REMOVED), base)
    last = sequence[-1]
    if classes[last] in ISOLATE_INITIATORS and last not in matches:
        return before, base
    after = next((levels[i] for i in range(last + 1, len(classes)) if classes[i] not in REMOVED), base)
    return before, after


def _reset_trailing(classes: list[str], levels: list[int], base: int) -> list[int]:
    """L1 for the paragraph as one line: separators and the white space before them stand at the base level."""
    reset = True
    for index in range(len(classes) - 1, -1, -1):
        if classes[index] in {"B", "S"}:
            reset = True
        elif classes[index] not in _TRAILING:
            reset = False
        if reset:
            levels[index] = base
    return levels
