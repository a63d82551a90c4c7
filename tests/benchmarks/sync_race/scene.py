"""What a scenario plays with: three offices of one peer, what was told and refused, and the verdict on the outcome."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from tests.benchmarks.sync_race.lines import to_json
from tests.benchmarks.sync_race.replica import Peer, RefusedError, Replica, Setting
from tests.benchmarks.sync_race.workload import Cells, Value, Write, people

A: Final = "RBT"
B: Final = "TNG"
C: Final = "OUJ"
TEN_YEARS: Final = 10 * 365 * 86_400_000


class Verdict(StrEnum):
    """What a scenario came to, from best to worst."""

    HOLDS = "holds"
    ALARMS = "false alarm"
    REFUSES = "refuses"
    DIFFERS = "differs"
    TELLS = "loses, told once"
    LOSES = "loses"
    RETURNS = "comes back"
    REMAINS = "bytes stay"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict and what happened."""

    verdict: Verdict
    note: str


@dataclass
class Scene:
    """Offices by name, and what they said while they took messages in."""

    peer: Peer
    folder: Path
    offices: dict[str, Replica]
    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def deliver(self, message: bytes, sender: str, receiver: str) -> None:
        """Have a message taken in, whoever it may come from by now."""
        try:
            self.told += self.offices[receiver].receive(message, sender).told
        except RefusedError as error:
            self.refused.append(f"{receiver}: {error}")

    def send(self, sender: str, receiver: str) -> None:
        """A message that arrives."""
        self.deliver(self.offices[sender].send(receiver), sender, receiver)

    def meet(self, one: str, other: str) -> None:
        """Two offices exchange in both directions."""
        try:
            self.told += self.offices[one].meet(self.offices[other]).told
        except RefusedError as error:
            self.refused.append(f"{one} and {other}: {error}")

    def meet_all(self, names: Sequence[str] = (A, B, C)) -> None:
        """Each with each, twice."""
        for _round in range(2):
            for index, one in enumerate(names):
                for other in names[index + 1 :]:
                    self.meet(one, other)

    def edit(self, office: str, key: bytes, **cells: Value) -> None:
        """Change cells of a person."""
        self.offices[office].write([Write("person", key, cells)])

    def person(self, number: int = 0, cells: Cells | None = None) -> Write:
        """Somebody of the workload, with some cells as given."""
        found = people(8, self.offices[A].places)[number]
        return Write("person", found.key, {**found.cells, **(cells or {})}, new=True)

    def shown(self, office: str, key: bytes, *cells: str) -> tuple[Value, ...] | None:
        """What an office shows of a person."""
        row = self.offices[office].read("person", key)
        return None if row is None else tuple(row.get(cell) for cell in cells)

    def conflicts(self, key: bytes, names: Sequence[str] = (A, B, C)) -> list[str]:
        """What offices show as conflicts about a person."""
        return [
            f"{name} shows {conflict.cell}: {' / '.join(sorted(map(str, conflict.values)))}"
            for name in names
            for conflict in self.offices[name].conflicts("person", key)
        ]

    def close(self) -> None:
        """Close all offices."""
        for office in self.offices.values():
            office.close()


@contextmanager
def opened(peer: Peer, folder: Path) -> Iterator[Scene]:
    """Three offices in a folder."""
    names = (A, B, C)
    settings = [Setting(folder / name, name, tuple(other for other in names if other != name)) for name in names]
    scene = Scene(peer, folder, dict(peer.make(settings)))
    try:
        yield scene
    finally:
        scene.close()


def judge(scene: Scene, expected: Mapping[bytes, Cells | None], names: Sequence[str] = (A, B, C)) -> Outcome:
    """Whether all offices show what they should, and say no more than they should."""
    wrong = [
        f"{name} {difference}"
        for name in names
        for key, cells in expected.items()
        if (difference := _difference(scene.offices[name].read("person", key), cells))
    ]
    alarms = [conflict for key in expected for conflict in scene.conflicts(key, names)]
    said = [*scene.refused, *alarms, *scene.told]
    if not wrong:
        if scene.refused:
            return Outcome(Verdict.REFUSES, f"all is there, but: {said[0]}")
        if said:
            return Outcome(Verdict.ALARMS, f"all is there, but: {said[0]}")
        return Outcome(Verdict.HOLDS, "")
    note = "; ".join([f"in the end, {wrong[0]}", *said[:1]])
    if scene.refused:
        return Outcome(Verdict.REFUSES, note)
    if alarms:
        return Outcome(Verdict.ALARMS, note)
    return Outcome(Verdict.TELLS if scene.told else Verdict.LOSES, note)


def _difference(row: Cells | None, cells: Cells | None) -> str:
    if row is None or cells is None:
        return "" if row is cells else "lacks the person" if row is None else "still shows the person"
    wrong = [name for name, value in cells.items() if to_json(row.get(name)) != to_json(value)]
    return f"shows {wrong[0]} = {row.get(wrong[0])!r} instead of {cells[wrong[0]]!r}" if wrong else ""
