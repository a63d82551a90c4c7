"""A joint model of the letter groups of two scripts, fitted by expectation-maximisation over aligned words."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.domain.recognition.model import END

NOTHING = ""
LONGEST_ARABIC, LONGEST_LATIN = 2, 3
PRIOR_WEIGHT = 0.3
LONG_GROUP_START = 1e-7
VOWELS = frozenset("aeiouy")
WEAK = frozenset("اويعه")
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


def _steps(arabic: str, latin: str, weights: Mapping[Group, float]) -> list[tuple[int, int, int, int, Group, float]]:
    found = []
    for i, j in itertools.product(range(len(arabic) + 1), range(len(latin) + 1)):
        for di, dj in itertools.product(range(LONGEST_ARABIC + 1), range(LONGEST_LATIN + 1)):
            if (di, dj) == (0, 0) or (di == 0 and dj > 2) or i + di > len(arabic) or j + dj > len(latin):  # noqa: PLR2004
                continue
            group = (arabic[i : i + di], latin[j : j + dj])
            weight = weights.get(group, 0.0)
            if weight > 0:
                found.append((i, j, i + di, j + dj, group, weight))
    return found


def expect(arabic: str, latin: str, weights: Mapping[Group, float], counts: Counts, share: float) -> bool:
    """Add the expected use of each group in one aligned pair of words; False if no alignment exists."""
    steps = _steps(arabic, latin, weights)
    forward: dict[tuple[int, int], float] = defaultdict(float)
    backward: dict[tuple[int, int], float] = defaultdict(float)
    forward[0, 0] = backward[len(arabic), len(latin)] = 1.0
    for i, j, k, m, _, weight in steps:
        forward[k, m] += forward[i, j] * weight
    for i, j, k, m, _, weight in reversed(steps):
        backward[i, j] += backward[k, m] * weight
    total = forward[len(arabic), len(latin)]
    if total <= 0:
        return False
    for i, j, k, m, group, weight in steps:
        counts[group] += share * forward[i, j] * weight * backward[k, m] / total
    return True


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
    counts: Counts = {}
    for _ in range(rounds):
        counts = defaultdict(float, {group: weight * PRIOR_WEIGHT for group, weight in prior.items()})
        for (arabic, latin), number in words.items():
            # A name seen two hundred times says little more about letters than one seen ten times.
            expect(arabic, latin, weights, counts, 1 + math.log(number))
        total = sum(counts.values())
        weights = {group: count / total for group, count in counts.items() if count > 0.02}  # noqa: PLR2004
    return counts
