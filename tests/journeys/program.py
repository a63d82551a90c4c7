"""The real program before a typist: started, signed in by keyboard, worked with, closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.paths import HubPaths
from app.settings import Settings
from tests.journeys.stage import CHEAP, PASSWORD, Typist, settle
from ui.preferences import Preferences
from ui.program import Program
from ui.reception.page import DeskPage


@contextmanager
def run_program(qtbot: QtBot, folder: Path, language: str) -> Iterator[tuple[Program, Typist]]:
    """The window as a receptionist finds it in the morning: it asks who is there."""
    paths = HubPaths(folder)
    preferences = Preferences(paths.settings, Settings(language=language))
    preferences.apply()
    program = Program(paths, preferences, CHEAP)
    program.window.resize(1366, 768)
    typist = Typist(lambda: settle(qtbot, program.runner))
    with qtbot.waitActive(program.window):
        program.start()
    typist.settle()
    try:
        yield program, typist
    finally:
        program.close()
        program.window.close()
        program.window.deleteLater()
        Preferences(paths.settings, Settings(language="en")).apply()


def sign_in(program: Program, typist: Typist) -> DeskPage:
    """Enter takes the first account; password, Enter: the desk is there and the caret stands in its search."""
    typist.press(Qt.Key.Key_Return)
    typist.type(PASSWORD, at_once=True).press(Qt.Key.Key_Return)
    assert program.workplace is not None
    page = program.workplace.page("desk")
    assert isinstance(page, DeskPage)
    assert QApplication.focusWidget() is page.primary_focus()
    return page
