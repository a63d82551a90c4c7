"""The real window, signed in, with a folder that it looks after; it closes when nothing is left to be done there."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import app.commands.exchange
import app.documents.receipt
import app.opening  # noqa: F401 - what is imported late is there before the children part
import ui.frame.workplace
import ui.reception.page
import ui.sync.page  # noqa: F401
from tests.factories import MANAGER, PASSWORD
from ui.__main__ import main
from ui.program import Program
from ui.sign_in.sign_in_cover import SignInCover
from ui.sync import watch
from ui.sync.watch import FolderWatch

_LOOKS = 3
"""A file is seen, taken in at the second look, and the third finds nothing to do."""


class Manager:
    """Signs in, and leaves when the folder has been looked at often enough."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.looks = 0
        self.step = QTimer(program, interval=5)
        self.step.timeout.connect(self._on_step_timeout)
        self.step.start()

    def _on_step_timeout(self) -> None:
        if not self.program.runner.is_idle:
            return
        cover = self.program.window.shown
        if self.program.workplace is None:
            if isinstance(cover, SignInCover):
                cover.accounts.choose(MANAGER)
                cover.password.line.setText(PASSWORD)
                cover.enter_button.click()
            return
        found = self.program.workplace.findChild(FolderWatch)
        if found is not None:
            self.step.stop()
            found.looked.connect(lambda: self._on_looked(found))
            found.look()

    def _on_looked(self, looking: FolderWatch) -> None:
        self.looks += 1
        if self.looks == _LOOKS:
            QApplication.quit()
        else:
            QTimer.singleShot(0, looking, looking.look)


def run_window(arguments: list[str]) -> int:
    """Run the window as its program does, and return its exit status."""
    watch._SETTLE_MS = 1  # type: ignore[misc]
    start = Program.start
    kept: list[Manager] = []

    def start_with_somebody(program: Program) -> None:
        start(program)
        kept.append(Manager(program))

    Program.start = start_with_somebody  # type: ignore[method-assign,assignment]
    return main(arguments)
