"""A new recovery sheet from the settings, by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import open_with_recovery, renew_recovery_code
from app.errors import WrongPasswordError
from app.paths import HubPaths
from tests.ui.conftest import CHEAP, Keys
from ui.program import Program
from ui.settings.page import SettingsPage
from ui.settings.recovery_section import RecoverySection

SignIn = Callable[..., Program]


def _section(program: Program) -> RecoverySection:
    assert program.workplace is not None
    program.window.activateWindow()
    program.workplace.show_page("settings")
    page = program.workplace.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("recovery")
    section = page.section("recovery")
    assert isinstance(section, RecoverySection)
    return section


def _tab_to(widget: QWidget, keys: Keys) -> None:
    for _ in range(60):
        if QApplication.focusWidget() is widget:
            return
        keys.press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget}")


def _make(section: RecoverySection, password: str, keys: Keys, qtbot: QtBot, program: Program) -> None:
    _tab_to(section.password.line, keys)
    keys.write(password)
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.runner.is_idle)


def test_a_new_sheet_by_keyboard(
    sign_in: SignIn, keys: Keys, qtbot: QtBot, manager: tuple[str, str], paths: HubPaths
) -> None:
    program = sign_in()
    hub = program.hub
    assert hub is not None
    former = renew_recovery_code(hub)
    section = _section(program)
    _make(section, manager[1], keys, qtbot, program)
    assert section.paper.isVisible()
    assert section.sheet.view.page_count == 1
    assert QApplication.focusWidget() is section.sheet.print_button
    assert section.password.text == ""
    code = "-".join(section.confirm._groups)
    assert code != former
    _tab_to(section.next_button, keys)
    keys.press(Qt.Key.Key_Return)  # not ticked yet
    assert section.paper.isVisible()
    assert QApplication.focusWidget() is section.sheet.put_away
    keys.press(Qt.Key.Key_Space)
    _tab_to(section.next_button, keys)
    keys.press(Qt.Key.Key_Return)
    assert section.proof.isVisible()
    keys.write("zzzz")
    keys.press(Qt.Key.Key_Return)
    assert section.confirm.group.error
    asked = int("".join(char for char in section.confirm.group.line.accessibleName() if char.isdigit()))
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.write(code.split("-")[asked - 1].lower())
    keys.press(Qt.Key.Key_Return)
    assert section.question.isVisible()
    assert QApplication.focusWidget() is section.password.line
    assert section.confirm._groups == []
    program.close()
    with pytest.raises(WrongPasswordError):
        open_with_recovery(paths, former, manager[0], "five other short words here", cost=CHEAP)
    open_with_recovery(paths, code, manager[0], "five other short words here", cost=CHEAP).close()


def test_nobody_makes_one_without_the_password(sign_in: SignIn, keys: Keys, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program)
    _make(section, "not the password", keys, qtbot, program)
    assert section.question.isVisible()
    assert section.password.error
    assert QApplication.focusWidget() is section.password.line
    keys.press(Qt.Key.Key_Return)
    assert section.question.isVisible()


def test_a_receptionist_has_no_such_section(sign_in: SignIn, receptionist: tuple[str, str]) -> None:
    program = sign_in(receptionist)
    assert program.workplace is not None
    page = program.workplace.page("settings")
    assert isinstance(page, SettingsPage)
    with pytest.raises(KeyError):
        page.section("recovery")
