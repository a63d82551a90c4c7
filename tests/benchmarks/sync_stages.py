"""How long each part of an import takes, by wrapping the functions that do them while one runs."""

import gc
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch
from uuid import UUID

from sqlcipher3 import dbapi2 as sqlcipher

from app.bootstrap import Hub
from app.services.exchange import plan, receiving
from app.storage import incoming, makings
from app.sync import packing

STAGES: Final = {
    "unpack": (receiving, "unpack"),
    "hash chains": (incoming, "pick_new"),
    "plan and merge": (receiving, "make_plan"),
    "write ops": (incoming, "write_ops"),
    "write new rows": (makings, "insert_makings"),
    "write merged rows": (plan, "_write_merged"),
    "index, or note whom": (receiving, "index"),
}
"""What is wrapped. The first is preceded by opening the bundle; the second is part of the third."""
OPEN, REST, COMMIT, DURABLE, SEARCHABLE = (
    "verify and open", "ledger, heads, preview", "commit", "durable, whole", "searchable, whole",
)  # fmt: skip
ORDER: Final = (OPEN, *STAGES, REST, COMMIT, DURABLE, SEARCHABLE)


class Taken(NamedTuple):
    """Seconds of the processor, and by the clock on the wall."""

    cpu: float
    wall: float


def now() -> Taken:
    """This moment by both."""
    return Taken(time.process_time(), time.perf_counter())


def since(start: Taken) -> Taken:
    """What has passed."""
    end = now()
    return Taken(end.cpu - start.cpu, end.wall - start.wall)


def fewer(one: Taken, other: Taken) -> Taken:
    """The lesser of each: what others do on the machine only ever adds."""
    return Taken(min(one.cpu, other.cpu), min(one.wall, other.wall))


def least(tries: Sequence[dict[str, Taken]]) -> dict[str, Taken]:
    """Of each figure the least of several tries."""
    found = dict(tries[0])
    for other in tries[1:]:
        found = {name: fewer(found[name], other[name]) for name in found}
    return found


def timed_import(hub: Hub, content: bytes) -> dict[str, Taken]:
    """Take a bundle in as `Hub.take_in` does after preview and backup, and say how long each part took."""
    times: dict[str, Taken] = {}
    gc.collect()
    with _watched(times), patch.object(receiving, "take_in", _noting(times, "take in", receiving.take_in)):
        start = now()
        hub.write(lambda uow: receiving.take_in(content, uow))
        times[DURABLE] = since(start)
        hub.complete_search()
        times[SEARCHABLE] = since(start)
    times["plan and merge"] = _less(times["plan and merge"], times["hash chains"])
    parts = [times[name] for name in (OPEN, *STAGES)]
    times[REST] = _less(times["take in"], *parts)
    times[COMMIT] = _less(times[DURABLE], times.pop("take in"))
    return times


@contextmanager
def _watched(times: dict[str, Taken]) -> Iterator[None]:
    start = now()
    unpack = _noting(times, "unpack", packing.unpack)

    def opened(*given: Any) -> Any:  # noqa: ANN401 - as `unpack`
        times[OPEN] = since(start)
        return unpack(*given)

    with ExitStack() as stack:
        for name, (module, function) in STAGES.items():
            times[name] = Taken(0, 0)
            noting = opened if name == "unpack" else _noting(times, name, getattr(module, function))
            stack.enter_context(patch.object(module, function, noting))
        yield


def _noting(times: dict[str, Taken], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def noting(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as what is wrapped
        start = now()
        try:
            return function(*given, **named)
        finally:
            taken, before = since(start), times.get(name, Taken(0, 0))
            times[name] = Taken(before.cpu + taken.cpu, before.wall + taken.wall)

    return noting


def _less(whole: Taken, *parts: Taken) -> Taken:
    return Taken(whole.cpu - sum(part.cpu for part in parts), whole.wall - sum(part.wall for part in parts))


def insert_raw(rows: Sequence[dict[str, Any]], path: Path, *, encrypted: bool) -> Taken:
    """The same rows into a table of SQLite in one durable transaction, without log, merging or index."""
    names = list(rows[0])
    values = [tuple(value.bytes if isinstance(value, UUID) else value for value in row.values()) for row in rows]
    path.unlink(missing_ok=True)
    driver: Any = sqlcipher if encrypted else sqlite3
    connection = driver.connect(str(path), isolation_level=None)
    if encrypted:
        connection.execute(f"PRAGMA key=\"x'{bytes(32).hex()}'\"")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE person ({', '.join(names)}, PRIMARY KEY (id))")
    gc.collect()
    start = now()
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO person VALUES ({', '.join('?' * len(names))})", values)  # noqa: S608
    connection.execute("COMMIT")
    taken = since(start)
    connection.close()
    return taken
