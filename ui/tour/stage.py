"""The window with nobody before it: keys go in as a keyboard sends them, and whatever goes wrong stops the walk."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import UnitOfWork
from app.paths import HubPaths
from ui.preferences import Preferences
from ui.program import Program

T = TypeVar("T")

PATIENCE_MS: Final = 60_000
_WAKE_MS: Final = 20
_MOST_TABS: Final = 60
_NO_FAULT: Final = "This plugin does not support"
"""How the offscreen platform begins when it is asked for what only a screen has."""


class TourError(Exception):
    """Something did not work as it must; the sentence says what."""


class Faults:
    """Exceptions that nobody caught and warnings of Qt since the last look."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def watch(self) -> None:
        """Begin to listen."""
        sys.excepthook = self._on_exception
        qInstallMessageHandler(self._on_message)

    def leave(self) -> None:
        """Stop listening."""
        sys.excepthook = sys.__excepthook__
        qInstallMessageHandler(None)

    def check(self) -> None:
        """Raise TourError when there was one."""
        found, self._found = self._found, []
        if found:
            raise TourError("\n".join(found))

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        self._found.append(f"{kind.__name__}: {error}")

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not text.startswith(_NO_FAULT):
            self._found.append(f"Qt: {text}")


class Stage:
    """The program on one folder. `keys` counts the keys pressed since it was last set to 0."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        paths = HubPaths(folder)
        self.preferences = Preferences(paths.settings)
        self.preferences.apply()
        self.program = Program(paths, self.preferences)
        self.keys = 0
        self._faults = faults

    def open(self) -> None:
        """Show the window and wait until it has the keyboard."""
        self.program.start()
        if not QTest.qWaitForWindowActive(self.program.window, PATIENCE_MS):
            raise TourError("The window did not open.")
        self.settle()

    def close(self) -> None:
        """Close the window as a person would."""
        self.program.window.close()
        self.program.close()
        self.program.deleteLater()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key that writes nothing."""
        self._send(key, "", modifiers)

    def write(self, text: str) -> None:
        """Press one key for each character."""
        for char in text:
            self._send(Qt.Key(ord(char.upper())), char, Qt.KeyboardModifier.NoModifier)

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so. Raises TourError, with `what` was waited for, when it never is."""
        patience = QDeadlineTimer(PATIENCE_MS)
        # wakes the loop for what no event announces, such as a file that is there now
        wake = QTimer(interval=_WAKE_MS)
        wake.start()
        while not condition():
            self._faults.check()
            if patience.hasExpired():
                raise TourError(f"It never came to this: {what}.")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        wake.stop()
        self._faults.check()

    def settle(self) -> None:
        """Wait until everything handed to the database thread has come back and is painted."""
        self.wait(lambda: self.program.runner.is_idle, "the records have answered")
        QApplication.processEvents()
        self._faults.check()

    def give_keyboard_back(self) -> None:
        """After a dialog has gone: what a window manager does on a screen."""
        (QApplication.activeModalWidget() or self.program.window).activateWindow()
        self.wait(lambda: QGuiApplication.focusWindow() is not None, "a window has the keyboard")

    def tab_to(self, target: QWidget) -> None:
        """Reach a control as the keyboard does."""
        for _ in range(_MOST_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and (focused is target or target.isAncestorOf(focused)):
                return
            self.press(Qt.Key.Key_Tab)
        raise TourError(f"The keyboard does not reach {target.accessibleName() or type(target).__name__}.")

    def ask(self, query: Callable[[UnitOfWork], T]) -> T:
        """Ask the services, beside the window, about the records that it has open."""
        hub = self.program.hub
        if hub is None:
            raise TourError("Nobody is signed in.")
        answers: list[T] = []
        errors: list[Exception] = []
        self.program.runner.submit(lambda: hub.read(query), answers.append, errors.append)
        self.wait(lambda: bool(answers or errors), "the services have answered")
        if errors:
            raise errors[0]
        return answers[0]

    def picture(self, path: Path, widget: QWidget | None = None) -> None:
        """Keep what the window shows, or another widget, as it is now."""
        self.settle()
        shown = widget or self.program.window
        # file systems and readers alike are fond of small files: 0 compresses most
        if not shown.grab().save(str(path), "PNG", 0):
            raise TourError(f"The picture {path} could not be written.")

    def _send(self, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
        if QGuiApplication.focusWindow() is None:
            self.give_keyboard_back()
        self.keys += 1
        QTest.sendKeyEvent(QTest.KeyAction.Click, QGuiApplication.focusWindow(), key, text, modifiers)
        self._faults.check()
