"""How large bundles are and how fast they go: `python tests/benchmarks/sync_size_and_speed.py [people ...]`.

Two real encrypted hubs: one puts N people on record (12 cells, 168 bytes of payload), sends them to four others, then
changes two cells of every one. Each stage is timed by itself, then the whole import through the services, beside the
insert of the same rows into a plain SQLite file on the same disk.
"""

import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from app import __version__
from app.bootstrap import FirstStart, Hub, KdfCost, UnitOfWork, create_hub
from app.domain.ops import OpBatch
from app.paths import HubPaths
from app.services.exchange import receiving, sending, trust
from app.storage import incoming, schema
from app.sync.bundle import read_bundle, write_bundle
from app.sync.packing import pack, unpack

T = TypeVar("T")
PAYLOAD_BYTES = 168
_HUBS = ("RBT", "TNG", "OUJ", "BML", "CAS")
_COST = KdfCost(64, 1, 1)
_LATIN = "bou ka ra mi lou da sa fi ne ya ha mo tou dia lo ben ali sou ma ko ni ga fa ri te ba"
_ARABIC = "بو كا را مي لو دا سا في نا يا ها مو تو با لي سو ما كو غا فا ري تا عل حم نو شا"
_NATIONALITIES = ("MA", "SN", "CI", "GN", "ML", "CM", "CD", "NG", "SD", "SY", "YE", "BF")
_RESIDENCE = ("irregular", "regular", "refugee", "asylum_seeker", "in_procedure")


def make_person(choice: random.Random, number: int, row_id: UUID, hub: UUID) -> dict[str, Any]:
    """Twelve cells whose values are as unlike each other as people are, filled up to the payload agreed on."""
    cells: dict[str, Any] = {
        "hub_id": hub,
        "number": f"RBT-A{number:05d}",
        "name": _name(choice, _LATIN, 7),
        "name_ar": _name(choice, _ARABIC, 6),
        "sex": choice.choice("fm"),
        "birth_date": f"{choice.randint(1955, 2010)}-{choice.randint(1, 12):02d}-{choice.randint(1, 28):02d}",
        "birth_precision": "day",
        "nationality": choice.choice(_NATIONALITIES),
        "phones": _phone(choice),
        "residence": choice.choice(_RESIDENCE),
        "created_at": 1_780_000_000_000 + number * 61_000 + choice.randrange(60_000),
    }
    missing = PAYLOAD_BYTES - sum(len(_plain(value)) for value in cells.values())
    cells["contact"] = (_name(choice, _LATIN, 4).replace(" ", ".") + f" {choice.randrange(10**6)} " * 9)[:missing]
    return {"id": row_id, **cells}


def _name(choice: random.Random, syllables: str, count: int) -> str:
    parts = choice.choices(syllables.split(), k=count)
    return "".join(parts[:3]).capitalize() + " " + "".join(parts[3:]).capitalize()


def _phone(choice: random.Random) -> str:
    return f"+2126{choice.randrange(10**8):08d}"


def _plain(value: Any) -> bytes:  # noqa: ANN401 - a cell's value
    if isinstance(value, UUID):
        return value.bytes
    return value.to_bytes(8) if isinstance(value, int) else value.encode()


def timed(times: dict[str, float], name: str, action: Callable[[], T]) -> T:
    """Carry out an action and note how long it took, in seconds."""
    start = time.perf_counter()
    result = action()
    times[name] = time.perf_counter() - start
    return result


def found_hubs(folder: Path) -> list[Hub]:
    """Hubs that have enrolled each other."""
    hubs = []
    for code in _HUBS:
        start = FirstStart(code, "A", f"Chef {code}", "chef", "mot-de-passe-long")
        hubs.append(create_hub(HubPaths(folder / code), start, cost=_COST).hub)
    identities = [hub.write(trust.identity_file)[0] for hub in hubs]
    for hub in hubs:
        for content, other in zip(identities, hubs, strict=True):
            if other is not hub:
                hub.write(partial(trust.enroll, content))
    return hubs


def measure(people: int, folder: Path) -> dict[str, Any]:
    """All stages for one size: microseconds for each op, bytes for each op, and records a second."""
    choice = random.Random(20261123)
    hubs = found_hubs(folder)
    sender, receiver = hubs[0], hubs[1]
    for left, right in ((sender, receiver), (receiver, sender)):
        content = left.write(lambda uow: sending.make_bundle("all", uow)).content
        right.write(partial(receiving.take_in, content))
    rows = sender.write(lambda uow: _insert_people(uow, people, choice))
    results: dict[str, Any] = {"people": people}
    results["records"] = _exchange(sender, receiver, people)
    content = receiver.write(lambda uow: sending.make_bundle("RBT", uow)).content
    sender.write(lambda uow: receiving.take_in(content, uow))
    sender.write(lambda uow: _update_people(uow, rows, choice))
    results["updates"] = _exchange(sender, receiver, people)
    results["raw SQLite insert"] = _insert_raw(rows, folder / "raw.db")
    same = {sender.digest()["person"], receiver.digest()["person"]}
    results["empty bundle for four, bytes"] = sender.read(_fixed_size)
    results["equal"] = len(same) == 1
    for hub in hubs:
        hub.close()
    return results


def _insert_people(uow: UnitOfWork, people: int, choice: random.Random) -> list[dict[str, Any]]:
    hub = uow.actor.hub_id
    rows = [make_person(choice, number, uow.new_id(), hub) for number in range(people)]
    uow.insert_many(schema.person, rows)
    return rows


def _update_people(uow: UnitOfWork, rows: list[dict[str, Any]], choice: random.Random) -> None:
    for row in rows:
        others = [state for state in _RESIDENCE if state != row["residence"]]
        uow.update(schema.person, row["id"], phones=_phone(choice), residence=choice.choice(others))


def _exchange(sender: Hub, receiver: Hub, people: int) -> dict[str, float]:
    """One bundle from one to the other: its stages one by one on both sides, then the import through the services."""
    times: dict[str, float] = {}
    base = sender.read(lambda uow: trust.choose("TNG", uow)[0].vector)
    batch = timed(times, "read log", lambda: sender.read(lambda uow: sending.collect(base, uow)))
    packed = timed(times, "pack", lambda: pack(batch))
    sent = timed(times, "export, whole", lambda: sender.write(lambda uow: sending.make_bundle("TNG", uow))).content
    opened = timed(times, "verify and open", lambda: receiver.read(lambda uow: _open(sent, uow)))
    if len(opened) != len(packed):
        raise AssertionError("another batch was sent than was packed")
    timed(times, "unpack", lambda: receiver.read(lambda uow: unpack(opened, incoming.OpReader(uow.connection).row_of)))
    timed(times, "preview", lambda: receiver.read(lambda uow: receiving.preview(sent, uow)))
    done = timed(times, "import, whole", lambda: receiver.write(lambda uow: receiving.take_in(sent, uow))).value
    if done.ops_new != len(batch):
        raise AssertionError("not all ops were taken in")
    figures: dict[str, float] = {f"{name}, µs": round(seconds / people * 1e6, 2) for name, seconds in times.items()}
    figures["bytes each"] = round(len(sent) / people, 1)
    figures["packed bytes each"] = round(len(packed) / people, 1)
    figures["imported a second"] = round(people / times["import, whole"])
    return figures


def _fixed_size(uow: UnitOfWork) -> int:
    """Bytes of a bundle for four installations that carries no ops."""
    return len(
        write_bundle(
            pack(OpBatch((), {})),
            sender=trust.own_identity(uow),
            keys=trust.own_keys(uow),
            recipients=[trust.identity_of(peer) for peer in trust.choose("all", uow)],
            base={},
            ops=0,
            made_at=uow.now,
            program=__version__,
        )
    )


def _open(content: bytes, uow: UnitOfWork) -> bytes:
    def known(installation: UUID) -> Any:  # noqa: ANN401
        peer = trust.find_peer(installation, uow)
        return None if peer is None else trust.identity_of(peer)

    keys = trust.own_keys(uow)
    return read_bundle(content, me=uow.actor.installation_id, keys=keys, known=known, now=uow.now).payload


def _insert_raw(rows: list[dict[str, Any]], path: Path) -> dict[str, float]:
    """The same rows into a plain, unencrypted SQLite file, in one durable transaction."""
    names = list(rows[0])
    values = [tuple(value.bytes if isinstance(value, UUID) else value for value in row.values()) for row in rows]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE person ({', '.join(names)}, PRIMARY KEY (id))")
    start = time.perf_counter()
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO person VALUES ({', '.join('?' * len(names))})", values)  # noqa: S608
    connection.execute("COMMIT")
    taken = time.perf_counter() - start
    connection.close()
    return {"each, µs": round(taken / len(rows) * 1e6, 2), "a second": round(len(rows) / taken)}


if __name__ == "__main__":
    for size in [int(argument) for argument in sys.argv[1:]] or [3_000, 30_000]:
        with tempfile.TemporaryDirectory() as made:
            print(json.dumps(measure(size, Path(made)), indent=2, ensure_ascii=False))
