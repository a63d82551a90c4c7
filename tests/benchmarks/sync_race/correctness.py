"""The correctness race: what happens to exchange does in offices, played with every peer; verdicts from the outcome."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.benchmarks.sync_race.columns import NEWER_CELL
from tests.benchmarks.sync_race.newer_wasl import NewerReplica, start_newer
from tests.benchmarks.sync_race.replica import Peer, Replica, Setting
from tests.benchmarks.sync_race.scene import TEN_YEARS, A, B, C, Outcome, Scene, Verdict, judge, opened
from tests.benchmarks.sync_race.wasl import WaslPeer, enroll, found_hub, identity_of

CANARY: Final = "Zx9-Qwm7-Kanari-51b"
FIRST: Final = "+212600000001"
"""Phones in the order in which they were written have a falling order as text, so that no rule by value is right by
chance."""
SECOND: Final = "+212500000002"
THIRD: Final = "+212400000003"


def _shared(scene: Scene, number: int = 0) -> bytes:
    """Somebody whom all three have."""
    person = scene.person(number)
    scene.offices[A].write([person])
    for name in (B, C):
        scene.offices[A].share_with(scene.offices[name])
    return person.key


def duplicate(scene: Scene) -> Outcome:
    """A message arrives, then a later one, then the first again."""
    person = scene.person()
    scene.offices[A].write([person])
    first = scene.offices[A].send(B)
    scene.deliver(first, A, B)
    scene.edit(A, person.key, phones=FIRST)
    scene.send(A, B)
    scene.edit(A, person.key, phones=SECOND)
    again = scene.offices[A].send(B)
    for message in (again, again, first):
        scene.deliver(message, A, B)
    return judge(scene, {person.key: {**person.cells, "phones": SECOND}}, (A, B))


def out_of_order(scene: Scene) -> Outcome:
    """Two messages arrive the wrong way round: somebody is put on record, then gets another phone."""
    known = _shared(scene)
    person = scene.person(1)
    scene.offices[A].write([person])
    first = scene.offices[A].send(B)
    scene.edit(A, person.key, phones=SECOND)
    scene.edit(A, known, phones=SECOND)
    second = scene.offices[A].send(B)
    scene.deliver(second, A, B)
    scene.deliver(first, A, B)
    return judge(scene, {person.key: {**person.cells, "phones": SECOND}, known: {"phones": SECOND}}, (A, B))


def lost(scene: Scene) -> Outcome:
    """A message is lost, the next one comes, then both exchange in both directions."""
    known = _shared(scene)
    person = scene.person(1)
    scene.offices[A].write([person])
    scene.offices[A].send(B)
    scene.edit(A, known, phones=FIRST)
    scene.send(A, B)
    scene.meet(A, B)
    return judge(scene, {person.key: person.cells, known: {"phones": FIRST}}, (A, B))


def same_field(scene: Scene) -> Outcome:
    """Two change the same field without knowing of each other; both values must still be there after more exchanges."""
    key = _shared(scene)
    scene.edit(A, key, phones=FIRST)
    scene.edit(B, key, phones=SECOND)
    for sender, receiver in ((A, B), (B, A), (A, B)):
        scene.send(sender, receiver)
    scene.meet(A, B)
    scene.meet(A, B)
    shown = {name: scene.shown(name, key, "phones") for name in (A, B)}
    kept = {
        name: {value for conflict in scene.offices[name].conflicts("person", key) for value in conflict.values}
        for name in (A, B)
    }
    if shown[A] != shown[B]:
        said = f"; {scene.refused[0]}" if scene.refused else ""
        verdict = Verdict.REFUSES if scene.refused else Verdict.DIFFERS
        return Outcome(verdict, f"{A} shows {_first(shown[A])}, {B} shows {_first(shown[B])}{said}")
    if all({FIRST, SECOND} <= values for values in kept.values()):
        return Outcome(Verdict.HOLDS, "")
    if scene.told:
        return Outcome(Verdict.TELLS, f"both show {_first(shown[A])}; the other is kept nowhere: {scene.told[0]}")
    return Outcome(Verdict.LOSES, f"both show {_first(shown[A])}; nothing says that there was another")


def _first(values: tuple[object, ...] | None) -> object:
    return values[0] if values else None


def two_fields(scene: Scene) -> Outcome:
    """Two change different fields of one person without knowing of each other: no conflict, and both changes stay."""
    key = _shared(scene)
    scene.edit(A, key, phones=FIRST)
    scene.edit(B, key, nationality="SD")
    for sender, receiver in ((A, B), (B, A), (A, B)):
        scene.send(sender, receiver)
    scene.meet(A, B)
    return judge(scene, {key: {"phones": FIRST, "nationality": "SD"}}, (A, B))


def routes(scene: Scene) -> Outcome:
    """One edits, the next edits having seen it and tells a third, who hears of the first edit only then."""
    key = _shared(scene)
    scene.edit(A, key, phones=FIRST)
    slow = scene.offices[A].send(C)
    scene.send(A, B)
    scene.edit(B, key, phones=SECOND)
    scene.send(B, C)
    scene.deliver(slow, A, C)
    scene.edit(C, key, phones=THIRD)
    scene.send(C, A)
    scene.meet_all()
    return judge(scene, {key: {"phones": THIRD}})


def missing_column(scene: Scene) -> Outcome:
    """A newer program sends a field that the next office lacks; that one edits and passes it on to a newer."""
    person = scene.person(0, {NEWER_CELL: "yes"})
    scene.offices[A].write([person])
    scene.send(A, B)
    if scene.offices[B].read("person", person.key) is not None:
        scene.edit(B, person.key, phones=FIRST)
    scene.send(B, C)
    known = {name: value for name, value in person.cells.items() if name != NEWER_CELL} | {"phones": FIRST}
    here = judge(scene, {person.key: known}, (B,))
    there = judge(scene, {person.key: {**known, NEWER_CELL: "yes"}}, (C,))
    return there if here.verdict is Verdict.HOLDS else here


def restored(scene: Scene) -> Outcome:
    """An office goes back to a backup after it sent two changes, writes something else, and exchanges again."""
    key = _shared(scene)
    copy = scene.folder / "backup"
    scene.offices[B].back_up(copy)
    before, after = scene.person(1), scene.person(2)
    scene.edit(B, key, phones=SECOND)
    scene.offices[B].write([before])
    scene.meet(A, B)
    setting = Setting(scene.folder / "restored", B, (A, C))
    scene.offices[B] = scene.offices[B].restore(copy, setting)
    scene.offices[B].write([after])
    scene.send(B, A)
    scene.meet(A, B)
    scene.meet(A, B)
    expected = {key: {"phones": SECOND}, before.key: before.cells, after.key: after.cells}
    return judge(scene, expected, (A, B))


def cloned(scene: Scene) -> Outcome:
    """The folder of an office is copied, both go on, and both exchange with a third."""
    key = _shared(scene)
    scene.offices["copy"] = scene.offices[B].clone(Setting(scene.folder / "copy", B, (A, C)))
    one, other = scene.person(1), scene.person(2)
    scene.offices[B].write([one])
    scene.offices["copy"].write([other])
    scene.edit(B, key, phones=FIRST)
    for name in (B, "copy", B, "copy"):
        scene.meet(A, name)
    expected = {one.key: one.cells, other.key: other.cells, key: {"phones": FIRST}}
    return judge(scene, expected, (A, B, "copy"))


def erased(scene: Scene) -> Outcome:
    """Somebody is erased; then comes the message that brought them, and an edit by one who had not heard of it."""
    key = _erase_and_replay(scene)
    back = [name for name in (A, B, C) if scene.offices[name].read("person", key) is not None]
    if back:
        return Outcome(Verdict.RETURNS, f"is on record again in {len(back)} of 3 offices")
    return _quiet(scene)


def erased_bytes(scene: Scene) -> Outcome:
    """After the same, and clearing up by the strongest means there is: is the content still kept anywhere?"""
    key = _erase_and_replay(scene)
    for name in (A, B, C):
        scene.offices[name].scrub()
    left = [name for name in (A, B, C) if CANARY.encode() in scene.offices[name].contents()]
    back = [name for name in (A, B, C) if scene.offices[name].read("person", key) is not None]
    if left:
        also = ", on record again" if back else ""
        return Outcome(Verdict.REMAINS, f"in {len(left)} of 3 offices{also}")
    return _quiet(scene)


def _quiet(scene: Scene) -> Outcome:
    if scene.refused:
        return Outcome(Verdict.REFUSES, scene.refused[0])
    return Outcome(Verdict.HOLDS, "")


def _erase_and_replay(scene: Scene) -> bytes:
    person = scene.person(0, {"contact": CANARY})
    scene.offices[A].write([person])
    stale = scene.offices[A].send(B)
    scene.deliver(stale, A, B)
    scene.send(A, C)
    scene.meet_all()
    if not all(CANARY.encode() in scene.offices[name].contents() for name in (A, B, C)):
        raise AssertionError("the content that is looked for afterwards was not to be found before")
    scene.offices[A].erase("person", person.key)
    scene.meet(A, B)
    scene.deliver(stale, A, B)
    scene.edit(C, person.key, nationality="SD")
    scene.send(C, B)
    scene.meet_all()
    scene.deliver(stale, A, B)
    scene.meet(A, B)
    return person.key


def wrong_clock(scene: Scene) -> Outcome:
    """A clock ten years ahead, then set right, and one ten years behind: of edits in turn the last one counts."""
    key = _shared(scene)
    scene.offices[A].set_clock(TEN_YEARS)
    scene.edit(A, key, phones=FIRST)
    _along_the_chain(scene)
    scene.edit(B, key, phones=SECOND)
    _along_the_chain(scene)
    middle = judge(scene, {key: {"phones": SECOND}})
    if middle.verdict is not Verdict.HOLDS:
        return middle
    scene.offices[A].set_clock(0)
    scene.offices[C].set_clock(-TEN_YEARS)
    scene.edit(C, key, phones=THIRD)
    _along_the_chain(scene)
    scene.edit(A, key, nationality="SD")
    _along_the_chain(scene)
    return judge(scene, {key: {"phones": THIRD, "nationality": "SD"}})


def _along_the_chain(scene: Scene) -> None:
    for one, other in ((A, B), (B, C), (A, B)):
        scene.meet(one, other)


SCENARIOS: Final[Mapping[str, Callable[[Scene], Outcome]]] = {
    "duplicate": duplicate,
    "out of order": out_of_order,
    "lost, then exchanged": lost,
    "same field at once": same_field,
    "two fields at once": two_fields,
    "in turn, by other routes": routes,
    "column missing": missing_column,
    "restored": restored,
    "cloned": cloned,
    "erased, then stale": erased,
    "bytes of the erased": erased_bytes,
    "clock ten years off": wrong_clock,
}


def race(peers: Iterable[Peer]) -> dict[str, dict[str, Outcome]]:
    """Each scenario for each peer, every time with new offices."""
    return {peer.name: {name: _play(peer, scenario) for name, scenario in SCENARIOS.items()} for peer in peers}


def _play(peer: Peer, scenario: Callable[[Scene], Outcome]) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="wasl-race-") as made:
        folder = Path(made)
        if scenario is not missing_column:
            with opened(peer, folder) as scene:
                return scenario(scene)
        if isinstance(peer, WaslPeer):
            return _play_with_newer_wasl(peer, folder)
        settings = [Setting(folder / name, name, tuple({A, B, C} - {name}), newer=name != B) for name in (A, B, C)]
        scene = Scene(peer, folder, dict(peer.make(settings)))
        try:
            return scenario(scene)
        finally:
            scene.close()


def _play_with_newer_wasl(peer: Peer, folder: Path) -> Outcome:
    """Two hubs of a program with one more field, in a process of their own; the one between them is this program."""
    program = start_newer()
    newer = {name: NewerReplica(program, Setting(folder / name, name, newer=True)) for name in (A, C)}
    older = found_hub(Setting(folder / B, B))
    files = [newer[A].identity(), identity_of(older), newer[C].identity()]
    for replica in newer.values():
        replica.enroll(files)
    enroll(older, files)
    offices: dict[str, Replica] = {A: newer[A], B: older, C: newer[C]}
    scene = Scene(peer, folder, offices)
    try:
        for sender, receiver in ((A, B), (C, B), (B, A), (B, C), (A, B)):
            scene.send(sender, receiver)
        return missing_column(scene)
    finally:
        scene.close()
        program.end()
