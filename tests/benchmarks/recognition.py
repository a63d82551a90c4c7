"""Recognition by name, measured: ``python -m tests.benchmarks.recognition --people 100000``.

The tables are trained again on a part of the public pairs, without any surname of the other part; the names of the
other part are stored among made-up people and asked for by their other spellings, then by less than these. Other
matchers answer the same queries in the same run. The same for public figures of Algeria, Tunisia and Mauritania, of
whom nothing is learned. Then: time for each key typed, as the register grows, size on disk and time to build. Times
are of the processor.
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
from pathlib import Path
from uuid import UUID

import sqlalchemy

from app.domain.recognition import mark_matches
from app.domain.recognition.model import use_tables
from app.storage.search import SearchEntry, create_search_tables, index_people, search_people
from tests.benchmarks.recognition_data import (
    Register,
    Trial,
    hold_out,
    make_people,
    make_plain_register,
    make_register,
    odd_trials,
    person_ids,
    phone_of,
    read_maghreb,
    without_surnames,
)
from tests.benchmarks.recognition_peers import Peer, plain_peers, published_peers
from tests.storage.search.conftest import open_engine
from tools.train_recognition import HERE, read_names, train

Search = Callable[[str], list[str]]
Trials = dict[str, list[Trial]]


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1, help="which surnames are held out")
    arguments.add_argument("--queries", type=int, default=150, help="queries of each kind for the slow matchers")
    arguments.add_argument("--million", action="store_true", help="grow to 1,000,000 people")
    arguments.add_argument("--no-peers", action="store_true")
    arguments.add_argument("--one-set", action="store_true", help="only the held-out surnames")
    arguments.add_argument("--no-growth", action="store_true")
    options = arguments.parse_args()
    queries = 0 if options.no_peers else options.queries
    kept, held = hold_out(seed=options.seed)
    register = measure("surnames held out", kept, held, options.people, queries)
    if not options.one_set:
        figures = read_maghreb()
        names = without_surnames(read_names(HERE / "names.tsv"), figures)
        measure(
            "Algeria, Tunisia, Mauritania", without_surnames(kept + held, figures), figures, options.people, 0, names
        )
    use_tables(None)
    sizes = [1_000, 10_000, 100_000, *([1_000_000] if options.million else [])]
    if not options.no_growth:
        grow(sizes, kept + held, register)


def measure(
    title: str,
    kept: list[tuple[str, str]],
    held: list[tuple[str, str]],
    people: int,
    queries: int,
    names: list[tuple[str, str]] | None = None,
) -> Register:
    """Learn from some names, store others, and print who finds these (other matchers too, for so many queries)."""
    register = make_register(held, kept + held, people)
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables"
        train(kept, tables, names=names)
        use_tables(tables)
        compare(title, register, odd_trials(held, register.names), Path(folder), queries)
        plain = make_plain_register(held, kept + held, people)
        compare(f"{title}, one spelling of each name stored", plain, {}, Path(folder), queries)
    return register


@contextmanager
def open_register(folder: Path, names: list[str]) -> Iterator[tuple[sqlalchemy.Connection, float, int]]:
    """Index people under the names in a new encrypted file; give the connection, the seconds it took, and the bytes."""
    path = folder / f"{secrets.token_hex(4)}.db"
    engine = open_engine(path, secrets.token_hex(32))
    ids = person_ids(names)
    start = time.perf_counter()
    with engine.begin() as connection:
        create_search_tables(connection)
        index_people(
            connection,
            (
                SearchEntry(ids[name], (name,), (phone_of(place),), (f"RBT-A{place:05d}",), place)
                for place, name in enumerate(names)
            ),
        )
    seconds = time.perf_counter() - start
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
        yield connection, seconds, path.stat().st_size
    engine.dispose()


def compare(title: str, register: Register, odd: Trials, folder: Path, queries: int) -> None:
    """Print who finds what, and how fast, for each kind of query."""
    print(f"\n{title}: {len(register.names):,} people")
    peers = [*plain_peers(register.names), *published_peers(register.names)] if queries else []
    with open_register(folder, register.names) as (connection, _, _):
        names = {key: name for name, key in person_ids(register.names).items()}

        def search(query: str) -> list[str]:
            return [names[hit.person_id] for hit in search_people(connection, query, 5)]

        for trials in filter(None, (register.trials, odd)):
            print(f"{'top 1 / top 5 / ms a query':52}" + "".join(f"{kind:>27}" for kind in trials))
            print(f"{'queries':52}" + "".join(f"{len(asked):>27,}" for asked in trials.values()))
            _print_row(Peer("Wasl", search), trials, None)
            for peer in peers:
                _print_row(peer, trials, queries)
    if peers:
        print("(*) its dictionary is made from the same public data: it has seen the names asked for")


def _print_row(peer: Peer, kinds: Trials, queries: int | None) -> None:
    cells = []
    for trials in kinds.values():
        # The slow ones answer every n-th query.
        chosen = trials[:: max(1, len(trials) // queries)] if queries else trials
        if not chosen:
            cells.append(f"{'':>27}")
            continue
        first, five, milliseconds = _measure(peer.search, chosen)
        cells.append(f"{first:>11.1%}{five:>8.1%}{milliseconds:>8.1f}")
    print(f"{peer.name:52}" + "".join(cells), flush=True)


def _measure(search: Search, trials: list[Trial]) -> tuple[float, float, float]:
    first = five = 0
    start = time.process_time()
    for trial in trials:
        found = search(trial.query)
        first += bool(found) and found[0] in trial.wanted
        five += not trial.wanted.isdisjoint(found[:5])
    seconds = time.process_time() - start
    return first / len(trials), five / len(trials), seconds * 1000 / len(trials)


def grow(sizes: list[int], pairs: list[tuple[str, str]], register: Register) -> None:
    """Print the time from each key typed to hits with marks, as the register grows."""
    queries = [trial.query for kind in ("Arabic", "other Latin") for trial in register.trials[kind]][::7]
    print("\neach key of real queries typed, to ten hits with marks, ms of the processor")
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
            start = time.process_time()
            for hit in search_people(connection, query[:length], 10):
                mark_matches(query[:length], shown[hit.person_id])
            yield (time.process_time() - start) * 1000


def _resident() -> float:
    """Return the most memory this process has held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


if __name__ == "__main__":
    main()
