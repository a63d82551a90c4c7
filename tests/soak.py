"""How far the long runs go, from which seed, and what they say of themselves; `make soak` runs them.

WASL_SEED repeats a run. WASL_SOAK_KILLS, WASL_SOAK_MUTATIONS, WASL_SOAK_HISTORIES, WASL_SOAK_CODES and
WASL_SOAK_YEARS say how far.
"""

import os
import random
from collections.abc import Callable
from typing import Final

Tell = Callable[[str], None]
DEFAULTS: Final = {"KILLS": 10_000, "MUTATIONS": 1_000_000, "HISTORIES": 400, "CODES": 100_000, "YEARS": 1}


def amount(name: str) -> int:
    """How many of something a long run tries."""
    return int(os.environ.get(f"WASL_SOAK_{name}", DEFAULTS[name]))


def years() -> float:
    """How long the story of each hub is."""
    return float(os.environ.get("WASL_SOAK_YEARS", DEFAULTS["YEARS"]))


def new_dice(tell: Tell) -> random.Random:
    """Chance that can be repeated: the seed is said."""
    seed = int(os.environ.get("WASL_SEED", random.SystemRandom().randrange(10**6)))
    tell(f"seed: WASL_SEED={seed}")
    return random.Random(seed)  # noqa: S311 - repeatable on purpose
