"""Duplicates across a register, measured against known truth: ``python -m tests.benchmarks.duplicates``.

Precision, recall and F1 of the pairs found, by threshold, on generated registers and, where the package that carries it
is installed, on FEBRL's own data set 3; well-kept record-linkage packages answer the same in the same run.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from app.bootstrap import FirstStart, KdfCost, create_hub
from app.hub import Hub
from app.paths import HubPaths
from app.services import people
from app.services.duplicates import duplicates
from tests.benchmarks.duplicates_data import Truth, load_febrl, make_febrl_register, make_hub_register
from tests.benchmarks.duplicates_peers import Scored, installed_peers

TITLE = "Records of one person found in a whole register (precision / recall / F1 by threshold)"
THRESHOLDS = (0.5, 0.9, 0.99)
_EVERYTHING = 10_000_000


@contextmanager
def open_register(truth: Truth) -> Iterator[tuple[Hub, dict[UUID, int]]]:
    """A real encrypted installation that holds the records; gives the place of each by its id."""
    with tempfile.TemporaryDirectory() as folder:
        first = FirstStart("RBT", "A", "Samira", "samira", "four words are enough")
        hub = create_hub(HubPaths(Path(folder) / "hub"), first, cost=KdfCost(64, 1, 1)).hub
        try:
            places: dict[UUID, int] = {}
            for begin in range(0, len(truth.records), 10_000):
                part = truth.records[begin : begin + 10_000]
                rows = hub.write(lambda uow, part=part: people.add_many(part, uow).value)  # type: ignore[misc]
                places.update((row.id, place) for place, row in enumerate(rows, begin))
            yield hub, places
        finally:
            hub.close()


def find_with_wasl(truth: Truth) -> tuple[Scored, float]:
    """The pairs that Wasl finds, with scores, and the seconds it took."""
    with open_register(truth) as (hub, places):
        begin = time.perf_counter()
        found = hub.read(lambda uow: duplicates(uow, min(THRESHOLDS), _EVERYTHING))
        seconds = time.perf_counter() - begin
        scored: dict[tuple[int, int], float] = {}
        for pair in found:
            low, high = sorted((places[pair.a.id], places[pair.b.id]))
            scored[low, high] = pair.score
        return scored, seconds


def figures(found: Scored, wanted: set[tuple[int, int]], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs scored from a threshold on."""
    chosen = {pair for pair, score in found.items() if score >= threshold}
    right = len(chosen & wanted)
    precision = right / len(chosen) if chosen else 0.0
    recall = right / len(wanted) if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def run(seconds: float = 60.0, *, full: bool = False) -> Mapping[str, Mapping[str, object]]:  # noqa: ARG001
    """One row for each data set and program."""
    rows: dict[str, Mapping[str, object]] = {}
    for name, truth in _registers(full=full).items():
        wanted = truth.pairs()
        for program, find in _programs().items():
            found, took = find(truth)
            rows[f"{name} · {program}"] = {
                "records": len(truth.records),
                "true pairs": len(wanted),
                **{f"≥ {at}": " / ".join(f"{one:.3f}" for one in figures(found, wanted, at)) for at in THRESHOLDS},
                "seconds": round(took, 1),
            }
    return rows


def _programs() -> dict[str, Callable[[Truth], tuple[Scored, float]]]:
    return {"Wasl": find_with_wasl, **installed_peers()}


def _registers(*, full: bool) -> dict[str, Truth]:
    """Registers of hubs, FEBRL's kind of errors, and FEBRL's own data where the package that carries it is there."""
    registers = {
        "hubs 3,000": make_hub_register(2700),
        "FEBRL-like 3,000": make_febrl_register(2000),
    }
    if own := load_febrl():
        registers["FEBRL 3 (names, birth dates)"] = own
    if full:
        registers["hubs 30,000"] = make_hub_register(27_000)
        registers["hubs 100,000"] = make_hub_register(88_000)
    return registers


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--full", action="store_true")
    options = arguments.parse_args()
    for name, row in run(full=options.full).items():
        print(name, dict(row), flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, "MB")


if __name__ == "__main__":
    main()
