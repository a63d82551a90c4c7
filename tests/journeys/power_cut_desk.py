"""The real program with somebody at its keys, until the power goes; started by test_power_cut as its own process.

Usage: python -m tests.journeys.power_cut_desk FOLDER TABLE. Says each visit that is kept on a line of its own, and dies
in the eleventh as soon as its row of TABLE is written and not yet committed.
"""

import os
import signal
import sys
from typing import Any

import sqlalchemy as sa
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.storage.unit_of_work import UnitOfWork
from tests.journeys.stage import PASSWORD
from ui.__main__ import main
from ui.program import Program

KEPT = 10
NAMES = ("alaoui m", "kone a", "benali", "ngo", "diallo")


class Reception:
    """Presses the next keys as soon as the last ones have done their work."""

    def __init__(self, program: Program, table: str) -> None:
        self.program = program
        self.table = table
        self.begun = 0
        self.step = QTimer(program, interval=5)
        self.step.timeout.connect(self._on_step_timeout)
        self.step.start()

    def _on_step_timeout(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self.program.runner.is_idle:
            return
        if self.program.workplace is None:
            QTest.keyClicks(focused, PASSWORD)
            QTest.keyClick(focused, Qt.Key.Key_Return)
            return
        if self.begun:
            sys.stdout.write(f"kept {self.begun}\n")
            sys.stdout.flush()
        if self.begun == KEPT:
            cut_power_after(self.table)
        log_one(focused, self.begun)
        self.begun += 1


def log_one(focused: QWidget, number: int) -> None:
    """A returning visitor by name, or an anonymous passage."""
    if number < len(NAMES):
        QTest.keyClicks(focused, NAMES[number])
        keys = (Qt.Key.Key_Return, Qt.Key.Key_2, Qt.Key.Key_Return)
    else:
        keys = (Qt.Key.Key_F3, Qt.Key.Key_1)  # type: ignore[assignment]
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or focused, key)


def cut_power_after(name: str) -> None:
    """From now on the process dies with a row of this table written but not committed."""
    write = UnitOfWork.insert

    def insert_and_die(self: UnitOfWork, table: sa.Table, **cells: Any) -> Any:  # noqa: ANN401 - as UnitOfWork.insert
        made = write(self, table, **cells)
        if table.name == name:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    UnitOfWork.insert = insert_and_die  # type: ignore[method-assign]


def run(folder: str, table: str) -> None:
    """Run the program on a folder."""
    start = Program.start
    kept: list[Reception] = []

    def start_with_somebody(program: Program) -> None:
        start(program)
        kept.append(Reception(program, table))

    Program.start = start_with_somebody  # type: ignore[method-assign,assignment]
    main(["--data", folder])


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
