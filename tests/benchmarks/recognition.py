"""Recognition by name, measured: ``python -m tests.benchmarks.recognition --people 100000``.

The tables are trained again on a part of the public pairs, without any surname of the other part; the names of the
other part are stored among made-up people and asked for by their other spellings. Other matchers answer the same
queries in the same run. Then: time for each key typed, as the register grows, size on disk and time to build.
"""

import argparse
import resource
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from uuid import UUID

import sqlalchemy

from app.domain.recognition import mark_matches
from app.domain.recognition.model import use_tables
from app.storage.search import SearchEntry, create_search_tables, index_people, search_people
from tests.benchmarks.recognition_data import Register, Trial, hold_out, make_people, make_register, person_ids
from tests.benchmarks.recognition_peers import Peer, plain_peers, published_peers
from tests.storage.search.conftest import open_engine
from tools.train_recognition import train

Search = Callable[[str], list[str]]


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1, help="which surnames are held out")
    arguments.add_argument("--queries", type=int, default=150, help="queries of each kind for the slow matchers")
    arguments.add_argument("--million", action="store_true", help="grow to 1,000,000 people")
    arguments.add_argument("--no-peers", action="store_true")
    options = arguments.parse_args()
    kept, held = hold_out(seed=options.seed)
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables"
        train(kept, tables)
        use_tables(tables)
        register = make_register(held, kept + held, options.people)
        compare(register, Path(folder), options.queries, with_peers=not options.no_peers)
    use_tables(None)
    sizes = [1_000, 10_000, 100_000, *([1_000_000] if options.million else [])]
    grow(sizes, kept + held, register)


@contextmanager
def open_register(folder: Path, names: list[str]) -> Iterator[tuple[sqlalchemy.Connection, float, int]]:
    """Index people under the names in a new encrypted file; give the connection, the seconds it took, and the bytes."""
    path = folder / f"{len(names)}.db"
    engine = open_engine(path, secrets.token_hex(32))
    ids = person_ids(names)
    start = time.perf_counter()
    with engine.begin() as connection:
        create_search_tables(connection)
        index_people(
            connection,
            (
                SearchEntry(ids[name], (name,), (f"+2126{place:08d}",), (f"RBT-A{place:05d}",), place)
                for place, name in enumerate(names)
            ),
        )
    seconds = time.perf_counter() - start
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
        yield connection, seconds, path.stat().st_size
    engine.dispose()


def compare(register: Register, folder: Path, queries: int, *, with_peers: bool) -> None:
    """Print who finds what, and how fast, for each kind of query."""
    kinds = list(register.trials)
    print(f"\n{len(register.names):,} people; surnames asked for were not in training")
    print(f"{'':52}" + "".join(f"{kind:>27}" for kind in kinds))
    print(f"{'top 1 / top 5 / ms a query':52}" + "".join(f"{len(register.trials[kind]):>27,}" for kind in kinds))
    with open_register(folder, register.names) as (connection, _, _):
        names = {key: name for name, key in person_ids(register.names).items()}

        def search(query: str) -> list[str]:
            return [names[hit.person_id] for hit in search_people(connection, query, 5)]

        _print_row(Peer("Wasl", search), register, None)
    if with_peers:
        for peer in chain(plain_peers(register.names), published_peers(register.names)):
            _print_row(peer, register, queries)
        print("(*) its dictionary is made from the same public data: it has seen the names asked for")


def _print_row(peer: Peer, register: Register, queries: int | None) -> None:
    cells = []
    for trials in register.trials.values():
        # The slow ones answer every n-th query.
        chosen = trials[:: max(1, len(trials) // queries)] if queries else trials
        first, five, milliseconds = _measure(peer.search, chosen)
        cells.append(f"{first:>11.1%}{five:>8.1%}{milliseconds:>8.1f}")
    print(f"{peer.name:52}" + "".join(cells), flush=True)


def _measure(search: Search, trials: list[Trial]) -> tuple[float, float, float]:
    first = five = 0
    start = time.perf_counter()
    for trial in trials:
        found = search(trial.query)
        first += bool(found) and found[0] in trial.wanted
        five += not trial.wanted.isdisjoint(found[:5])
    seconds = time.perf_counter() - start
    return first / len(trials), five / len(trials), seconds * 1000 / len(trials)


def grow(sizes: list[int], pairs: list[tuple[str, str]], register: Register) -> None:
    """Print the time from each key typed to hits with marks, as the register grows."""
    queries = [trial.query for kind in ("Arabic", "other Latin") for trial in register.trials[kind]][::7]
    print("\neach key of real queries typed, to ten hits with marks")
    print(f"{'people':>10}{'keys':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'build s':>9}{'MB':>7}{'resident MB':>13}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            names = make_people(pairs, size)
            with open_register(Path(folder), names) as (connection, seconds, weight):
                shown = {key: name for name, key in person_ids(names).items()}
                times = sorted(_type(connection, queries, shown))
            cuts = statistics.quantiles(times, n=100)
            print(
                f"{size:>10,}{len(times):>8}{cuts[49]:>9.1f}{cuts[94]:>9.1f}{cuts[98]:>9.1f}"
                f"{seconds:>9.1f}{weight / 1e6:>7.0f}{_resident():>13.0f}",
                flush=True,
            )


def _type(connection: sqlalchemy.Connection, queries: list[str], shown: dict[UUID, str]) -> Iterator[float]:
    for query in queries:
        for length in range(1, len(query) + 1):
            start = time.perf_counter()
            for hit in search_people(connection, query[:length], 10):
                mark_matches(query[:length], shown[hit.person_id])
            yield (time.perf_counter() - start) * 1000


def _resident() -> float:
    """Return the most memory this process has held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


if __name__ == "__main__":
    main()
