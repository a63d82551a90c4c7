"""From nothing to a sign-in that takes keys, beside bare PySide6 windows.

`python -m tests.benchmarks.start [times]`. One bare window holds a line to type in and nothing else. The other holds
what any form needs: a label, a password's line and a button, aligned; PySide6 makes its namespace `Qt` only for those
who use it, at a seventh of what the first window costs. All are measured in turn, each in a process of its own and in
the same environment: from before the process is made until the line that has the keyboard is painted and the event
loop is free. Then a key is pressed, which has to arrive in the line. Only the paint of that one line is watched, so
that watching costs nothing.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import FirstStart, KdfCost, create_hub
from app.paths import HubPaths

WANTED = 1.5
_ROOT = Path(__file__).parents[2]
_WATCH = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
painted = []
def paint(line, event):
    QLineEdit.paintEvent(line, event)
    if not painted:
        painted.append(line)
        QTimer.singleShot(0, report)
def report():
    wall, processor = time.monotonic(), time.process_time()
    from PySide6.QtTest import QTest
    QTest.keyClick(QApplication.focusWidget(), "a")
    if painted[0].text() == "a":
        print(wall, processor, flush=True)
    painted.pop().window().close()
"""
BARE = (
    _WATCH
    + """
class Line(QLineEdit):
    paintEvent = paint
application = QApplication(sys.argv)
window = QMainWindow()
line = Line()
window.setCentralWidget(line)
window.resize(1366, 768)
window.show()
line.setFocus()
application.exec()
"""
)
FORM = (
    _WATCH
    + """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
class Line(QLineEdit):
    paintEvent = paint
application = QApplication(sys.argv)
window = QMainWindow()
form = QWidget()
column = QVBoxLayout(form)
line = Line()
line.setEchoMode(QLineEdit.EchoMode.Password)
for part in (QLabel("Password"), line, QPushButton("Sign in")):
    column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
window.setCentralWidget(form)
window.resize(1366, 768)
window.show()
line.setFocus()
application.exec()
"""
)
WASL = (
    _WATCH
    + """
from ui.__main__ import main
from ui.widgets import passwords
passwords.PasswordLine.paintEvent = paint
sys.exit(main(["--data", sys.argv[1]]))
"""
)


@dataclass(frozen=True, slots=True)
class Started:
    """Milliseconds until the line was painted: on the clock, and of the processor, which other programs slow less."""

    wall: float
    processor: float


def start(code: str, folder: Path, bytecode: Path) -> Started:
    """Run a program in a process of its own until its window closes. Raises ValueError where the key did not arrive.

    Compiled modules are kept in `bytecode`, as Python does everywhere unless it is told not to.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings |= {"PYTHONPYCACHEPREFIX": str(bytecode)}
    command = [sys.executable, "-c", code, str(folder)]
    began = time.monotonic()
    done = subprocess.run(command, cwd=_ROOT, env=surroundings, check=True, capture_output=True, text=True, timeout=120)
    wall, processor = map(float, done.stdout.split())
    return Started((wall - began) * 1000, processor * 1000)


def run(times: int = 15) -> dict[str, list[Started]]:
    """Each start, in turn; the first of each, which finds cold caches, is not counted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: dict[str, list[Started]] = {"bare window": [], "bare form": [], "Wasl, sign-in": []}
    with tempfile.TemporaryDirectory() as scratch:
        paths = HubPaths(Path(scratch) / "hub")
        first = FirstStart("RBT", "A", "Nadia Berrada", "nadia", "three words here")
        create_hub(paths, first, cost=KdfCost(memory_kib=8, iterations=1, lanes=1)).hub.close()
        for turn in range(times + 1):
            for name, code in zip(found, (BARE, FORM, WASL), strict=True):
                started = start(code, paths.folder, Path(scratch) / "bytecode")
                if turn:
                    found[name].append(started)
    return found


def main() -> None:
    """Print the table."""
    found = run(*(int(argument) for argument in sys.argv[1:2]))
    print(f"start to a line that takes keys, {platform.python_version()}, {len(found['bare window'])} starts each")
    print(f"{'':>16}{'median ms':>12}{'fastest':>10}{'slowest':>10}{'processor':>12}")
    for name, starts in found.items():
        walls = [started.wall for started in starts]
        processor = statistics.median(started.processor for started in starts)
        print(f"{name:>16}{statistics.median(walls):>12.0f}{min(walls):>10.0f}{max(walls):>10.0f}{processor:>12.0f}")
    *others, wasl = (
        (name, statistics.median(one.wall for one in starts), statistics.median(one.processor for one in starts))
        for name, starts in found.items()
    )
    for name, wall, processor in others:
        print(f"Wasl is {wasl[1] / wall:.2f} × the {name} (processor {wasl[2] / processor:.2f} ×); wanted ≤ {WANTED} ×")


if __name__ == "__main__":
    main()
