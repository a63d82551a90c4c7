"""Run the race and write its page: `python -m tests.benchmarks.sync_race [fast|full]`, or `make bench-sync`."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.sync_race import correctness, printing, speed
from tests.benchmarks.sync_race.geodiff import GeodiffPeer
from tests.benchmarks.sync_race.loro_peer import LoroPeer
from tests.benchmarks.sync_race.node_peers import automerge, pouchdb
from tests.benchmarks.sync_race.plain_sqlite import RAW
from tests.benchmarks.sync_race.replica import Peer, PeerMissingError
from tests.benchmarks.sync_race.sessions import SessionPeer
from tests.benchmarks.sync_race.wasl import WaslPeer
from tests.benchmarks.sync_race.yjs import YrsPeer

PAGE: Final = Path(__file__).resolve().parents[3] / "bench-out" / "exchange-figures.md"
SIZES: Final = {"fast": (3_000,), "full": (3_000, 30_000)}
ROUNDS: Final = 3
OTHERS: Final[Sequence[tuple[str, Callable[[], Peer]]]] = (
    ("SQLite sessions (apsw)", SessionPeer),
    ("geodiff", GeodiffPeer),
    ("pycrdt (Yjs)", YrsPeer),
    ("Loro", LoroPeer),
    ("PouchDB", pouchdb),
    ("Automerge", automerge),
)
_HOW: Final = """\
## How each is used

All get the same writes in the same transactions, and a sample of what arrives is compared with what was written. Wasl's
figures are of real encrypted hubs, from the bundle's bytes to the durable commit: signature, decryption, merging, rows,
op log and search index. The line "with preview and backup" is the window's path: shown first, and a copy of the whole
store made before. None of the others encrypts, signs, or keeps an index to search names by.

A message holds what was changed since the last one to the same office. Where a library has a protocol in which two tell
each other what they lack (Yjs, Loro, Automerge, PouchDB's replicator), exchanges use it; where it has none (sessions,
geodiff), nothing but the messages is there. Sessions are applied with a conflict handler by which equal values pass and
the greater of two others wins, so that all come to the same. Documents of CRDTs are loaded anew after a restore and in
a clone, and so get a new writer's id, as their makers ask. For those in memory only, the second rate adds writing the
whole document to a file. LevelDB under PouchDB is flushed to the disk at the end of each import."""


def find_peers() -> tuple[list[Peer], list[str]]:
    """Who can take part here, and a line about each who can't."""
    found: list[Peer] = []
    missing = []
    for name, make in OTHERS:
        try:
            found.append(make())
        except PeerMissingError as error:
            missing.append(f"{name} is left out: {error}.")
    return found, missing


def write_page(depth: str, parts: Sequence[str]) -> Iterator[str]:
    """The page in its order: what is wanted, speed, what becomes of the records."""
    others, missing = find_peers()
    for line in missing:
        print(line, file=sys.stderr)
    quick, whole = speed.wasl_peers()
    command = "make bench-sync" + (" BENCH=full" if depth == "full" else "")
    yield "# Exchange, measured beside others"
    yield f"`{command}` on {printing.describe_machine()}. The page is what that prints; bench-out/ has the newest one."
    yield from missing
    if "speed" in parts:
        peers: list[Peer] = [quick, whole, *others]
        results = {size: speed.race(peers, RAW, size, ROUNDS, _say) for size in SIZES[depth]}
        yield from printing.wanted_section(results, speed.fixed_sizes())
        yield from printing.speed_section(results, peers, ROUNDS)
    if "correctness" in parts:
        _say("correctness")
        in_full: list[Peer] = [WaslPeer(named="Wasl"), *others]
        yield from printing.correctness_section(correctness.race(in_full))
    yield _HOW


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Print the page and keep it in bench-out."""
    parser = argparse.ArgumentParser(prog="sync_race")
    parser.add_argument("depth", choices=tuple(SIZES), nargs="?", default="fast")
    parser.add_argument("--only", choices=("speed", "correctness"), help="one of the two races")
    options = parser.parse_args(arguments)
    parts = [options.only] if options.only else ["speed", "correctness"]
    page = printing.join(write_page(options.depth, parts))
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
