"""A joint model of the letter groups of two scripts, fitted by expectation-maximisation over aligned words."""

import itertools
import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path

from app.domain.recognition.model import END
from app.domain.recognition.words import INITIAL

NOTHING = ""
LONGEST_ARABIC, LONGEST_LATIN = 2, 3
PRIOR_WEIGHT = 0.3
LONG_GROUP_START = 1e-7
VOWELS = frozenset("aeiouy")
WEAK = frozenset("اويعه" + "".join(INITIAL.values()))
Group = tuple[str, str]
Counts = dict[Group, float]


def read_letters(path: Path) -> dict[Group, float]:
    """Read prior weights of letter groups."""
    weights: dict[Group, float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        arabic, choices = line.split("\t")
        for choice in choices.split():
            latin, weight = choice.split(":")
            weights[arabic.replace("-", NOTHING), latin.replace("-", NOTHING)] = float(weight)
    return weights


# From one place in both words to another, by a group.
Step = tuple[tuple[int, int], tuple[int, int], Group]


def _find_steps(arabic: str, latin: str, known: Container[Group]) -> list[Step]:
    found: list[Step] = []
    for i, j in itertools.product(range(len(arabic) + 1), range(len(latin) + 1)):
        for di, dj in itertools.product(range(LONGEST_ARABIC + 1), range(LONGEST_LATIN + 1)):
            if (di, dj) == (0, 0) or (di == 0 and dj > 2) or i + di > len(arabic) or j + dj > len(latin):  # noqa: PLR2004
                continue
            group = (arabic[i : i + di], latin[j : j + dj])
            if group in known:
                found.append(((i, j), (i + di, j + dj), group))
    return found


def _expect(steps: list[Step], weights: Mapping[Group, float], counts: Counts, share: float) -> list[Step]:
    """Add the expected use of each group in one aligned pair of words; return the steps that are still possible."""
    possible = [step for step in steps if step[2] in weights]
    if not possible:
        return possible
    end = max(step[1] for step in steps)
    forward: dict[tuple[int, int], float] = defaultdict(float)
    backward: dict[tuple[int, int], float] = defaultdict(float)
    forward[0, 0] = backward[end] = 1.0
    for start, reached, group in possible:
        forward[reached] += forward[start] * weights[group]
    for start, reached, group in reversed(possible):
        backward[start] += backward[reached] * weights[group]
    total = forward[end]
    if total > 0:
        for start, reached, group in possible:
            counts[group] += share * forward[start] * weights[group] * backward[reached] / total
    return possible


@cache
def may_learn(arabic: str, latin: str) -> bool:
    """Tell whether a group that no one foresaw may be learned: vowels only where Arabic has a weak letter.

    Were short vowels taken in with the consonant before them, each would be learned apart, and all of them badly.
    """
    vowels = any(letter in VOWELS for letter in latin)
    weak = any(letter in WEAK for letter in arabic)
    if len(arabic.rstrip(END)) > 1 and not weak:
        return False
    return vowels == weak or (weak and arabic.rstrip(END) in {*"هوي"})


def seed_weights(prior: Mapping[Group, float], words: Iterable[tuple[str, str]]) -> dict[Group, float]:
    """Return starting weights: the prior, and a trace of every group that occurs."""
    weights: dict[Group, float] = {}
    for arabic, latin in words:
        for i, j in itertools.product(range(len(arabic)), range(len(latin))):
            for di, dj in itertools.product((1, 2), (0, 1, 2, 3)):
                group = (arabic[i : i + di], latin[j : j + dj])
                if may_learn(*group):
                    weights[group] = LONG_GROUP_START * 10.0 ** (-2 * (di - 1))
    total = sum(prior.values())
    for group, weight in prior.items():
        weights[group] = weight / total
    return weights


def fit(words: Mapping[tuple[str, str], int], prior: Mapping[Group, float], rounds: int = 6) -> Counts:
    """Fit the expected counts of letter groups to aligned words; the prior counts as observations."""
    weights: Mapping[Group, float] = seed_weights(prior, words)
    steps = {pair: _find_steps(*pair, weights) for pair in words}
    counts: Counts = {}
    for _ in range(rounds):
        counts = defaultdict(float, {group: weight * PRIOR_WEIGHT for group, weight in prior.items()})
        for pair, number in words.items():
            # A name seen two hundred times says little more about letters than one seen ten times.
            steps[pair] = _expect(steps[pair], weights, counts, 1 + math.log(number))
        total = sum(counts.values())
        weights = {group: count / total for group, count in counts.items() if count > 0.02}  # noqa: PLR2004
    return counts
