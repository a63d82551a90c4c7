"""How large bundles are and how fast they go: `python -m tests.benchmarks.sync_size_and_speed [people ...]`.

Two real encrypted hubs: one puts N people on record (12 cells, 168 bytes of payload), sends them to the other, then
changes two cells of every one; then both change the same cell of each, for a conflict each. Beside it in the same run,
the insert of the same rows into bare tables of SQLite and SQLCipher on the same disk. Last, an invented hub's year.
Each import is tried three times, each time on a fresh copy of the hub, and of each figure the least is told: times of
the processor, by which others on the machine count less, and on the wall.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from app import __version__
from app.bootstrap import FirstStart, Hub, KdfCost, UnitOfWork, create_hub, open_hub
from app.demo.fill import MANAGER, PASSWORD, make_demo_hub
from app.domain.ops import OpBatch
from app.paths import HubPaths
from app.services.exchange import sending, trust
from app.storage import schema
from app.sync.bundle import write_bundle
from app.sync.packing import pack
from tests.benchmarks.sync_stages import DURABLE, ORDER, SEARCHABLE, Taken, insert_raw, least, now, since, timed_import

PAYLOAD_BYTES = 168
_HUBS: Final = ("RBT", "TNG", "OUJ", "BML", "CAS")
_COST: Final = KdfCost(64, 1, 1)
_CHIEF: Final = "mot-de-passe-long"
_TRIES: Final = 3
_FULL: Final = 30_000
_LATIN = "bou ka ra mi lou da sa fi ne ya ha mo tou dia lo ben ali sou ma ko ni ga fa ri te ba"
_ARABIC = "بو كا را مي لو دا سا في نا يا ها مو تو با لي سو ما كو غا فا ري تا عل حم نو شا"
_NATIONALITIES = ("MA", "SN", "CI", "GN", "ML", "CM", "CD", "NG", "SD", "SY", "YE", "BF")
_RESIDENCE = ("irregular", "regular", "refugee", "asylum_seeker", "in_procedure")


class Measured(NamedTuple):
    """What one bundle took: how many ops, its bytes, seconds to make it, and seconds of each stage of its import."""

    ops: int
    size: int
    made: Taken
    stages: dict[str, Taken]


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


def found_hubs(folder: Path) -> list[Hub]:
    """Hubs that have enrolled each other."""
    hubs = []
    for code in _HUBS:
        start = FirstStart(code, "A", f"Chef {code}", "chef", _CHIEF)
        hubs.append(create_hub(HubPaths(folder / code), start, cost=_COST).hub)
    enroll_each_other(hubs)
    return hubs


def enroll_each_other(hubs: list[Hub]) -> None:
    """Have hubs believe each other."""
    identities = [hub.write(trust.identity_file)[0] for hub in hubs]
    for hub in hubs:
        for content, other in zip(identities, hubs, strict=True):
            if other is not hub:
                hub.write(partial(trust.enroll, content))


def measure(people: int, folder: Path) -> None:
    """All stages for one size, as a table."""
    choice = random.Random(20261123)
    hubs = found_hubs(folder)
    sender, receiver = hubs[0], hubs[1]
    _exchange(sender, receiver)
    rows = sender.write(lambda uow: _insert_people(uow, people, choice))
    raw = [insert_raw(rows, folder / "raw.db", encrypted=False) for _ in range(_TRIES)]
    sealed = [insert_raw(rows, folder / "sealed.db", encrypted=True) for _ in range(_TRIES)]
    columns = {"new": _import(sender, receiver, folder)}
    _exchange(receiver, sender)
    sender.write(lambda uow: _update_people(uow, rows, choice))
    columns["2 cells"] = _import(sender, receiver, folder)
    _exchange(receiver, sender)
    for hub in (sender, receiver):
        hub.write(lambda uow: _settle_down(uow, rows, choice))
    columns["conflicts"] = _import(sender, receiver, folder)
    raw += [insert_raw(rows, folder / "raw.db", encrypted=False) for _ in range(_TRIES)]
    fixed = sender.read(_fixed_size)
    _exchange(receiver, sender)
    if sender.digest()["person"] != receiver.digest()["person"]:
        raise AssertionError("the two hubs do not hold the same")
    for hub in hubs:
        hub.close()
    plain = Taken(min(taken.cpu for taken in raw), min(taken.wall for taken in raw))
    _print_table(f"{people:,} people", columns)
    _print_rates(people, columns, plain, Taken(min(t.cpu for t in sealed), min(t.wall for t in sealed)))
    print(f"a bundle for four installations without ops: {fixed} bytes\n")


def measure_years(years: float, folder: Path) -> None:
    """Years of an invented hub of 9,000 ops a year, taken in by one that has nothing of them."""
    made = make_demo_hub(HubPaths(folder / "rabat"), "RBT", seed=1, years=years)
    sender = open_hub(made.paths, MANAGER, PASSWORD)
    receiver = create_hub(HubPaths(folder / "TNG"), FirstStart("TNG", "A", "Chef", "chef", _CHIEF), cost=_COST).hub
    enroll_each_other([sender, receiver])
    columns = {"years": _import(sender, receiver, folder)}
    sender.close()
    receiver.close()
    _print_table(f"{years:g} years of an invented hub: {made.people:,} people, {made.visits:,} visits", columns)
    year = columns["years"]
    for name in (DURABLE, SEARCHABLE):
        taken = year.stages[name]
        print(f"{name}: {taken.cpu:.2f} s of the processor, {taken.wall:.2f} s on the wall, {year.size / 1e6:.2f} MB")


def _exchange(sender: Hub, receiver: Hub) -> None:
    content = sender.write(lambda uow: sending.make_bundle("all", uow)).content
    receiver.take_in(content)


def _insert_people(uow: UnitOfWork, people: int, choice: random.Random) -> list[dict[str, Any]]:
    hub = uow.actor.hub_id
    rows = [make_person(choice, number, uow.new_id(), hub) for number in range(people)]
    uow.insert_many(schema.person, rows)
    return rows


def _update_people(uow: UnitOfWork, rows: list[dict[str, Any]], choice: random.Random) -> None:
    for row in rows:
        others = [state for state in _RESIDENCE if state != row["residence"]]
        uow.update(schema.person, row["id"], phones=_phone(choice), residence=choice.choice(others))


def _settle_down(uow: UnitOfWork, rows: list[dict[str, Any]], choice: random.Random) -> None:
    for row in rows:
        uow.update(schema.person, row["id"], contact=f"Rue {choice.randrange(10**6)}")


def _import(sender: Hub, receiver: Hub, folder: Path) -> Measured:
    """One bundle from one to the other: on copies of the receiver to measure it, then on the receiver itself."""
    start = now()
    content = sender.write(lambda uow: sending.make_bundle("TNG", uow)).content
    made = since(start)
    tries = [_on_a_copy(receiver, folder / "copy", partial(timed_import, content=content)) for _ in range(_TRIES)]
    ops = receiver.take_in(content).value.ops_new
    return Measured(ops, len(content), made, least(tries))


def _on_a_copy(hub: Hub, folder: Path, action: Callable[[Hub], dict[str, Taken]]) -> dict[str, Taken]:
    hub._store.checkpoint()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(hub.paths.folder, folder)
    copy = open_hub(HubPaths(folder), "chef", _CHIEF)
    try:
        return action(copy)
    finally:
        copy.close()


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


def _print_table(title: str, columns: dict[str, Measured]) -> None:
    print(f"{title}: µs an op, of the processor / on the wall")
    print(f"{'':26}" + "".join(f"{name:>18}" for name in columns))
    print(f"{'ops':26}" + "".join(f"{column.ops:>18,}" for column in columns.values()))
    print(
        f"{'bytes of bundle an op':26}" + "".join(f"{column.size / column.ops:>18.1f}" for column in columns.values())
    )
    lines: list[tuple[str, list[Taken]]] = [("make the bundle", [column.made for column in columns.values()])]
    lines += [(name, [column.stages[name] for column in columns.values()]) for name in ORDER]
    for name, taken in lines:
        figures = [
            f"{part.cpu / column.ops * 1e6:.2f} / {part.wall / column.ops * 1e6:.2f}"
            for part, column in zip(taken, columns.values(), strict=True)
        ]
        print(f"{name:26}" + "".join(f"{figure:>18}" for figure in figures))


def _print_rates(people: int, columns: dict[str, Measured], plain: Taken, sealed: Taken) -> None:
    durable = columns["new"].stages[DURABLE]
    print(f"{'':26}{'a second':>18}{'of raw SQLite':>18}{'of raw SQLCipher':>18}   (on the wall)")
    for name, wall in (
        ("raw SQLite insert", plain.wall),
        ("raw SQLCipher insert", sealed.wall),
        ("import, durable", durable.wall),
        ("import, searchable", columns["new"].stages[SEARCHABLE].wall),
        ("2 cells of all, durable", columns["2 cells"].stages[DURABLE].wall),
        ("conflicts, durable", columns["conflicts"].stages[DURABLE].wall),
    ):
        print(f"{name:26}{people / wall:>18,.0f}{plain.wall / wall:>18.0%}{sealed.wall / wall:>18.0%}")
    print(
        f"by the processor's time: raw SQLite {people / plain.cpu:,.0f}, raw SQLCipher {people / sealed.cpu:,.0f}, "
        f"import {people / durable.cpu:,.0f} a second, {plain.cpu / durable.cpu:.0%} of raw SQLite"
    )


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]] or [3_000, 30_000]
    for size in sizes:
        with tempfile.TemporaryDirectory() as made_here:
            measure(size, Path(made_here))
    with tempfile.TemporaryDirectory() as made_here:
        # four of them are the 36,000 ops of a large hub's year
        measure_years(4 if max(sizes) >= _FULL else 1, Path(made_here))
