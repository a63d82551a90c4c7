"""The desk under the hand: `python -m tests.benchmarks.desk [--sizes 1000 10000 100000] [--folder DIR]`.

A real window of 1366×768 (off screen) on a real encrypted hub, for each size in a process of its own:

* key to paint: from a key press being posted to the event loop having painted the list with the answer to that very
  text; the search, its way through the database thread, marks, layout and painting included; beside it the processor
  time of all threads meanwhile, which other programs disturb less;
* a visit: from Enter being posted to the visit being durable: its transaction committed and synced to the disk;
* memory: the most that the process held, window, fonts and search included.
"""

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.bootstrap import FirstStart, KdfCost, UnitOfWork, create_hub, open_hub
from app.demo.crowd import invent_person
from app.demo.profiles import profile_of
from app.domain.people import NewPerson, PersonRow
from app.outcome import Outcome
from app.paths import HubPaths
from app.services import people
from app.settings import Settings
from tests.benchmarks.recognition_data import hold_out, make_people
from ui.preferences import Preferences
from ui.program import Program
from ui.reception.page import DeskPage

TITLE = "The desk: from a key to what is painted, a visit kept, memory (ms, MB)"
SIZES = (1_000, 10_000, 100_000)
SEARCHES = 60
VISITS = 60
_PASSWORD = "une phrase assez longue"
_CHEAP = KdfCost(memory_kib=8, iterations=1, lanes=1)
_BATCH = 5_000
_SEED = 23


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds at the 50th, 95th and 99th percentile, and megabytes."""

    people: int
    keys: int
    key_p50: float
    key_p95: float
    key_p99: float
    cpu_p50: float
    cpu_p95: float
    visit_p50: float
    visit_p95: float
    memory_mb: float


def invent_people(number: int) -> list[NewPerson]:
    """People with names of the public pairs and of West Africa, half of the Moroccan ones in both scripts."""
    chance, profile = random.Random(_SEED), profile_of("RBT")
    _learnt, pairs = hold_out()
    arabic = [word for name, _latin in pairs for word in name.split()]
    names = make_people(pairs, number)
    found = []
    for place, name in enumerate(names):
        invented = invent_person(chance, profile, date(2026, 11, 23)).person
        both = pairs[place % len(pairs)] if place < len(pairs) else None
        name_ar = both[0] if both else " ".join(chance.sample(arabic, 2)) if invented.nationality == "MA" else ""
        found.append(replace(invented, name=both[1] if both else name, name_ar=name_ar, also_known=()))
    return found


def make_hub(folder: Path, number: int) -> None:
    """An encrypted hub with this many people on record."""
    hub = create_hub(HubPaths(folder), FirstStart("RBT", "A", "Amina", "amina", _PASSWORD), cost=_CHEAP).hub
    known = invent_people(number)
    for start in range(0, number, _BATCH):
        part = known[start : start + _BATCH]

        def add(uow: UnitOfWork, part: list[NewPerson] = part) -> Outcome[tuple[PersonRow, ...]]:
            return people.add_many(part, uow)

        hub.write(add)
    hub.close()


def list_searches(known: list[NewPerson]) -> list[str]:
    """What a receptionist types for returning visitors: a name in either script, name and surname, digits."""
    chance = random.Random(_SEED)
    asked = []
    for number, person in enumerate(chance.sample(known, SEARCHES)):
        words = person.name.split()
        if number % 6 == 0 and person.phones:
            asked.append("".join(char for char in person.phones[0] if char.isdigit())[-6:])
        elif number % 3 == 0 and person.name_ar:
            asked.append(person.name_ar[:6])
        elif len(words) > 1:
            asked.append(f"{words[-1][:4]} {words[0][:2]}".lower())
        else:
            asked.append(person.name[:5].lower())
    return asked


class PaintWatch(QObject):
    """Sees that the list, or what stands where nobody is found, is about to be painted with the answer."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__()
        self.finder = page.search.finder
        self.painted = False
        for part in (self.finder.view.viewport(), self.finder.empty):
            part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name is overridden
        """Look on."""
        if event.type() == QEvent.Type.Paint and self.finder.is_answered:
            self.painted = True
        return False


class Watch:
    """Presses keys and measures what follows."""

    def __init__(self, application: QApplication, program: Program, page: DeskPage) -> None:
        self.application, self.program, self.page = application, program, page
        self.paint = PaintWatch(page)
        self.wait = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents

    def press(self, target: QObject, key: int, text: str) -> None:
        """Post one key as the window system does."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.application.postEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def key_to_paint(self, char: str) -> tuple[float, float]:
        """Milliseconds from a key being posted to the end of the paint that shows its answer, and of the processor."""
        line = self.page.search.finder.line
        before = line.text()
        self.paint.painted = False
        start, used = time.perf_counter(), time.process_time()
        self.press(line, 0, char)
        while not self.paint.painted:
            self.application.processEvents(self.wait)
            if line.text() == before:
                self.paint.painted = False
        return (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000

    def rest(self) -> None:
        """As long as nobody types: all work done, and the pause between two keys."""
        while not self.program.runner.is_idle:
            self.application.processEvents()
        end = time.perf_counter() + 0.02
        while time.perf_counter() < end:
            self.application.processEvents()
            time.sleep(0.001)

    def visit(self, typed: str) -> float | None:
        """Milliseconds from Enter being posted to the visit being kept; None where nobody is found or is here."""
        search = self.page.search
        search.start_over()
        self.rest()
        for char in typed:
            self.key_to_paint(char)
            self.rest()
        if search.finder.current is None:
            return None
        self.press(search.finder.line, Qt.Key.Key_Return, "\r")
        self.rest()
        if search.bar.visitor is None or search.bar.open_visit is not None:
            return None
        self.press(search.bar, Qt.Key.Key_2, "2")
        self.rest()
        kept: list[float] = []
        hub = self.program.hub
        assert hub is not None
        write = hub.write

        def write_and_look(action: Callable[[UnitOfWork], object]) -> object:
            outcome = write(action)
            kept.append(time.perf_counter())
            return outcome

        hub.write = write_and_look  # type: ignore[method-assign,assignment]
        start = time.perf_counter()
        self.press(search.bar, Qt.Key.Key_Return, "\r")
        while not kept:
            self.application.processEvents(self.wait)
        taken = (kept[0] - start) * 1000
        hub.write = write  # type: ignore[method-assign]
        self.rest()
        return taken


def measure(folder: Path, number: int) -> Measured:
    """Open the window on a hub and type."""
    application = QApplication(sys.argv[:1])
    paths = HubPaths(folder)
    preferences = Preferences(paths.settings, Settings(language="fr"))
    preferences.apply()
    program = Program(paths, preferences, _CHEAP)
    program.window.resize(1366, 768)
    program.start()
    program._on_opened(open_hub(paths, "amina", _PASSWORD, cost=_CHEAP))
    assert program.workplace is not None
    page = program.workplace.page("desk")
    assert isinstance(page, DeskPage)
    watch = Watch(application, program, page)
    watch.rest()
    asked = list_searches(invent_people(number))
    strokes = list(_type_all(watch, asked))
    logged = [taken for typed in asked[:VISITS] if (taken := watch.visit(typed)) is not None]
    program.close()
    key, cpu, visit = (statistics.quantiles(taken, n=100) for taken in (*zip(*strokes, strict=True), logged))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    used = (cpu[49], cpu[94])
    return Measured(number, len(strokes), key[49], key[94], key[98], *used, visit[49], visit[94], memory)


def _type_all(watch: Watch, asked: list[str]) -> Iterator[tuple[float, float]]:
    for typed in asked:
        for char in typed:
            yield watch.key_to_paint(char)
            watch.rest()
        watch.page.search.start_over()
        watch.rest()


def measure_all(sizes: tuple[int, ...], folder: Path | None = None) -> list[Measured]:
    """Measure each size in a process of its own. `folder` keeps the hubs for the next run."""
    with tempfile.TemporaryDirectory() as scratch:
        kept = folder or Path(scratch)
        found = []
        for size in sizes:
            hub = kept / f"hub-{size}"
            if not hub.exists():
                _child("make", hub, size)
            # the visits of one run are not those of the next
            used = shutil.copytree(hub, Path(scratch) / f"used-{size}")
            found.append(Measured(**json.loads(_child("measure", used, size).splitlines()[-1])))
        return found


def run(seconds: float = 3.0, *, full: bool = False) -> dict[str, dict[str, object]]:  # noqa: ARG001 - as many keys as it takes
    """The figures as rows of a table."""
    rows: dict[str, dict[str, object]] = {}
    for row in measure_all(SIZES if full else SIZES[::2]):
        figures = asdict(row)
        rows[f"{figures.pop('people'):,} people"] = {name: _rounded(value) for name, value in figures.items()}
    rows["wanted"] = {"key_p95": "≤ 16", "visit_p95": "≤ 30", "memory_mb": "≤ 350"}
    return rows


def _rounded(value: float) -> float:
    return round(value, 1)


def _child(step: str, hub: Path, size: int) -> str:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.desk",
        "--step",
        step,
        "--folder",
        str(hub),
        "--sizes",
        str(size),
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def print_table(found: list[Measured]) -> None:
    """The figures side by side with what they should be."""
    head = ("people", "keys", "key p50", "p95", "p99", "CPU p50", "p95", "visit p50", "p95", "MB")
    print("key press to painted results, and a visit logged durably, in milliseconds; memory in MB")
    print("".join(f"{name:>11}" for name in head))
    for row in found:
        keys = (row.key_p50, row.key_p95, row.key_p99, row.cpu_p50, row.cpu_p95)
        cells = (*keys, row.visit_p50, row.visit_p95, row.memory_mb)
        print(f"{row.people:>11,}{row.keys:>11}" + "".join(f"{cell:>11.1f}" for cell in cells))
    print(f"{'wanted':>11}{'':>22}{'≤ 16':>11}{'':>44}{'≤ 30':>11}{'≤ 350':>11}")


def main() -> None:
    """Print the table, or do one step of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="PEOPLE")
    parser.add_argument("--folder", type=Path, help="keeps the hubs here for the next run")
    parser.add_argument("--step", choices=("make", "measure"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step == "make":
        make_hub(given.folder, given.sizes[0])
    elif given.step == "measure":
        print(json.dumps(asdict(measure(given.folder, given.sizes[0]))))
    else:
        print_table(measure_all(tuple(given.sizes), given.folder))


if __name__ == "__main__":
    main()
