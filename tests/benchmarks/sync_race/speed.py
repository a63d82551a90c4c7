"""The speed race: the same people, updates and year for every peer, in rounds that take turns, because machines are
noisy."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import pyrage
import zstandard

from tests.benchmarks.sync_race.lines import to_json
from tests.benchmarks.sync_race.plain_sqlite import RawInsert, timed_write
from tests.benchmarks.sync_race.replica import Peer, Replica, Setting
from tests.benchmarks.sync_race.wasl import WaslPeer, found_hub, introduce
from tests.benchmarks.sync_race.workload import Places, Value, Write, apply_all, people, updates, year

_LEVEL: Final = 12
"""That of Wasl's bundles."""
_SAMPLE: Final = 200
_MANY: Final = 50
_WITH_YEAR: Final = 3_000
_A: Final = "RBT"
_B: Final = "TNG"


@dataclass(frozen=True, slots=True)
class Stage:
    """One import: seconds until it is taken in (durable, unless the peer keeps all in memory), seconds more until it is
    saved, bytes of the message as the peer makes it and compressed."""

    seconds: float
    saving: float | None = None
    own_bytes: int | None = None
    zstd_bytes: int | None = None

    @property
    def sent(self) -> int | None:
        """Bytes as they would be sent: compressed where that makes them fewer."""
        if self.own_bytes is None or self.zstd_bytes is None:
            return None
        return min(self.own_bytes, self.zstd_bytes)


@dataclass
class Runs:
    """All rounds of one peer at one size, by stage: `first`, `updates`, `year`."""

    stages: dict[str, list[Stage]] = field(default_factory=dict)

    def add(self, stages: Mapping[str, Stage]) -> None:
        """One more round."""
        for name, stage in stages.items():
            self.stages.setdefault(name, []).append(stage)

    def median(self, name: str, value: Callable[[Stage], float | None] = lambda stage: stage.seconds) -> float | None:
        """The middle of what the rounds say of a stage; None where they say nothing."""
        found = [part for stage in self.stages.get(name, []) if (part := value(stage)) is not None]
        return statistics.median(found) if found else None


def race(
    peers: Sequence[Peer], raw: Sequence[RawInsert], count: int, rounds: int, say: Callable[[str], None]
) -> dict[str, Runs]:
    """Every peer with so many people, once each round. With up to 3,000, a year comes on top of them."""
    runs = {name: Runs() for name in [*(way.name for way in raw), *(peer.name for peer in peers)]}
    for number in range(rounds):
        for way in raw:
            runs[way.name].add(_in_folder(partial(_insert, way, count)))
        for peer in peers:
            if count <= peer.largest:
                say(f"{count} people, round {number + 1} of {rounds}: {peer.name}")
                runs[peer.name].add(_in_folder(partial(_exchange, peer, count)))
    return runs


def _in_folder(action: Callable[[Path], dict[str, Stage]]) -> dict[str, Stage]:
    with tempfile.TemporaryDirectory(prefix="wasl-race-") as made:
        return action(Path(made))


def _insert(way: RawInsert, count: int, folder: Path) -> dict[str, Stage]:
    connection = way.open(folder / "raw.db")
    stages = {
        name: Stage(timed_write(connection, [write for writes in days for write in writes]))
        for name, days in _stages(count, Places())
    }
    connection.close()
    return stages


def _exchange(peer: Peer, count: int, folder: Path) -> dict[str, Stage]:
    offices = peer.make([Setting(folder / _A, _A, (_B,)), Setting(folder / _B, _B, (_A,))])
    sender, receiver = offices[_A], offices[_B]
    rows: dict[tuple[str, bytes], dict[str, Value]] = {}
    stages = {}
    for name, days in _stages(count, sender.places):
        for writes in days:
            sender.write(writes)
            apply_all(writes, rows)
        stages[name] = _transfer(sender, receiver, saves=peer.memory_only)
        _compare(receiver, rows)
        # what tells the sender how far the other has come
        sender.receive(receiver.send(_A), _B)
    for office in offices.values():
        office.close()
    return stages


def _stages(count: int, places: Places) -> Iterator[tuple[str, Iterable[Sequence[Write]]]]:
    """What is imported one after the other, each as the transactions in which it was written."""
    made = people(count, places)
    yield "first", [made]
    yield "updates", [updates(made)]
    if count <= _WITH_YEAR:
        yield "year", year(places)


def _transfer(sender: Replica, receiver: Replica, *, saves: bool) -> Stage:
    message = sender.send(receiver.name)
    compressed = zstandard.ZstdCompressor(level=_LEVEL).compress(message)
    smaller = len(compressed) < len(message)
    start = time.perf_counter()
    content = zstandard.ZstdDecompressor().decompress(compressed) if smaller else message
    opened = time.perf_counter()
    received = receiver.receive(content, sender.name)
    done = time.perf_counter()
    seconds = opened - start + (done - opened if received.seconds is None else received.seconds)
    if received.told:
        raise AssertionError(f"{received.told[0]}: there is nothing to be told of here")
    saving = None
    if saves:
        start = time.perf_counter()
        receiver.save()
        saving = time.perf_counter() - start
    return Stage(seconds, saving, len(message), len(compressed))


def _compare(receiver: Replica, rows: Mapping[tuple[str, bytes], Mapping[str, Value]]) -> None:
    """A sample of the rows must say there what was written here."""
    chosen = random.Random(len(rows)).sample(sorted(rows), min(_SAMPLE, len(rows)))
    for table, key in chosen:
        found = receiver.read(table, key)
        expected = {name: to_json(value) for name, value in rows[table, key].items()}
        if found is None or {name: to_json(value) for name, value in found.items()} != expected:
            raise AssertionError(f"{table} {key.hex()} is {found}, not {expected}")


def fixed_sizes() -> dict[str, Sequence[int]]:
    """Bytes of a message for four recipients with nothing new in it: a bundle of Wasl, and an age file.

    Many of each, in order of size, because age adds a stanza of random length.
    """
    with tempfile.TemporaryDirectory(prefix="wasl-race-") as made:
        hubs = [found_hub(Setting(Path(made) / name, name)) for name in (_A, _B, "OUJ", "BML", "CAS")]
        introduce(hubs)
        for hub in hubs[1:]:
            hubs[0].receive(hub.send(_A), hub.name)
        bundles = sorted(len(hubs[0].send("all")) for _ in range(_MANY))
        for hub in hubs:
            hub.close()
    recipients = [pyrage.x25519.Identity.generate().to_public() for _ in range(4)]
    return {"Wasl": bundles, "age": sorted(len(pyrage.encrypt(b"", recipients)) for _ in range(_MANY))}


def wasl_peers() -> tuple[WaslPeer, WaslPeer]:
    """This program: the services alone, and as the window does it."""
    return WaslPeer(quick=True), WaslPeer()
