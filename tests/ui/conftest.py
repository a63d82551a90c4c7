"""A real window on a real encrypted installation, made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.bootstrap import FirstStart, KdfCost, create_hub
from app.domain.accounts import Role
from app.paths import HubPaths
from app.services import accounts
from app.settings import Settings
from ui.preferences import Preferences
from ui.program import Program

CHEAP = KdfCost(memory_kib=1024, iterations=1, lanes=1)
"""Argon2 for tests: the same code, without the 150 ms."""
MANAGER = ("amina", "trois mots courts")
RECEPTIONIST = ("youssef", "encore trois mots")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a manager and a receptionist."""
    paths = HubPaths(tmp_path_factory.mktemp("template") / "hub")
    first = FirstStart("RBT", "A", "Amina Berrada", *MANAGER)
    hub = create_hub(paths, first, cost=CHEAP).hub
    login, password = RECEPTIONIST
    new = accounts.NewAccount(login, "Youssef Idrissi", Role.RECEPTIONIST, password)
    hub.write(lambda uow: accounts.add(new, uow))
    hub.close()
    return paths.folder


@pytest.fixture
def paths(template: Path, tmp_path: Path) -> HubPaths:
    """A copy of the template."""
    folder = tmp_path / "hub"
    shutil.copytree(template, folder)
    return HubPaths(folder)


@pytest.fixture
def manager() -> tuple[str, str]:
    """Login and password."""
    return MANAGER


@pytest.fixture
def receptionist() -> tuple[str, str]:
    """Login and password."""
    return RECEPTIONIST


@dataclass
class Keys:
    """Keys as they come from the keyboard: to the window in front, which hands them on."""

    qtbot: QtBot

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        QTest.keyClick(self._window(), key, modifier)

    def write(self, text: str) -> None:
        """Latin letters, digits and punctuation."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)

    def _window(self) -> QWindow:
        self.qtbot.waitUntil(lambda: QApplication.focusWindow() is not None)
        window = QApplication.focusWindow()
        assert window is not None
        return window


@pytest.fixture
def keys(qtbot: QtBot) -> Keys:
    """The keyboard."""
    return Keys(qtbot)


Start = Callable[..., Program]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    """Opens windows, and closes them after the test."""
    opened: list[Program] = []

    def begin(paths: HubPaths, *, language: str = "en", look: str = "light") -> Program:
        preferences = Preferences(paths.settings, Settings(language=language, appearance=look))
        preferences.apply()
        program = Program(paths, preferences, CHEAP)
        opened.append(program)
        program.start()
        qtbot.waitExposed(program.window)
        program.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWindow() is not None)
        qtbot.waitUntil(lambda: program.runner.is_idle)
        return program

    yield begin
    for program in opened:
        program.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        delete(program.window)
        delete(program)
    Preferences(Path("nowhere/settings.json"), Settings(language="en", appearance="light")).apply()


@pytest.fixture
def sign_in(start: Start, paths: HubPaths, qtbot: QtBot) -> Callable[..., Program]:
    """A window with somebody signed in, the manager unless said otherwise."""

    def begin(account: tuple[str, str] = MANAGER, *, language: str = "en", look: str = "light") -> Program:
        from ui.sign_in.sign_in_cover import SignInCover  # noqa: PLC0415

        program = start(paths, language=language, look=look)
        cover = program.window.shown
        assert isinstance(cover, SignInCover)
        cover.accounts.choose(account[0])
        cover.password.line.setText(account[1])
        cover.enter_button.click()
        qtbot.waitUntil(lambda: program.workplace is not None and program.runner.is_idle)
        return program

    return begin
