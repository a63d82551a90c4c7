"""Each control has a name and a role, Tab reaches it, and the order follows the line of reading."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.paths import HubPaths
from tests.ui.conftest import Keys, Start
from ui.first_start.first_start_cover import FirstStartCover
from ui.program import Program
from ui.settings.page import SettingsPage
from ui.sign_in.sign_in_cover import SignInCover

SignIn = Callable[..., Program]


def _controls(root: QWidget) -> Iterator[QWidget]:
    """What can be operated: takes the focus from the keyboard, is visible and enabled."""
    for widget in root.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        inner = isinstance(widget.parent(), QComboBox | QAbstractScrollArea)
        if takes and widget.isVisible() and widget.isEnabled() and not inner:
            yield widget


def _check_names(root: QWidget) -> int:
    count = 0
    for widget in _controls(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None
        described = f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        assert interface.text(QAccessible.Text.Name).strip(), described
        assert interface.role() is not QAccessible.Role.NoRole, described
        count += 1
    return count


def _check_tab(root: QWidget, keys: Keys) -> None:
    wanted = set(_controls(root))
    reached: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 3):
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus)
        keys.press(Qt.Key.Key_Tab)
    # of options that exclude each other, Tab reaches the chosen one and arrows the others
    grouped = {
        widget
        for widget in wanted - reached
        if isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked()
    }
    missed = wanted - reached - grouped
    assert not missed, [f"{type(widget).__name__} {widget.accessibleName()}" for widget in missed]


def _check(program: Program, keys: Keys, at_least: int) -> None:
    QApplication.processEvents()
    assert _check_names(program.window) >= at_least
    _check_tab(program.window, keys)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_sign_in_and_recovery(start: Start, paths: HubPaths, keys: Keys, language: str) -> None:
    program = start(paths, language=language)
    cover = program.window.shown
    assert isinstance(cover, SignInCover)
    _check(program, keys, 6)
    cover.forgotten_button.click()
    _check(program, keys, 7)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_step_of_the_first_start(start: Start, tmp_path: Path, keys: Keys, language: str) -> None:
    program = start(HubPaths(tmp_path / "new"), language=language)
    guide = program.window.shown
    assert isinstance(guide, FirstStartCover)
    for number in range(len(guide.steps) - 1):
        guide._show(number)
        _check(program, keys, 3)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_desk_settings_and_lock(sign_in: SignIn, keys: Keys, qtbot: QtBot, language: str) -> None:
    program = sign_in(language=language)
    assert program.workplace is not None
    assert _check_names(program.window) >= 10
    program.workplace.show_page("settings")
    page = program.workplace.page("settings")
    assert isinstance(page, SettingsPage)
    for key in ("look", "password", "accounts", "counters", "reasons", "backup"):
        page.show_section(key)
        qtbot.waitUntil(lambda: program.runner.is_idle)
        _check(program, keys, 9)
    program.lock()
    _check(program, keys, 4)


def test_tab_goes_the_way_one_reads(start: Start, paths: HubPaths, keys: Keys) -> None:
    for language in ("en", "ar"):
        program = start(paths, language=language)
        cover = program.window.shown
        assert isinstance(cover, SignInCover)
        cover.password.setFocus()
        seen: list[QWidget] = []
        for _ in range(3):
            focus = QApplication.focusWidget()
            assert focus is not None
            seen.append(focus)
            keys.press(Qt.Key.Key_Tab)
        assert seen == [cover.password.line, cover.enter_button, cover.forgotten_button]
        rightward = cover.forgotten_button.x() > cover.enter_button.x()
        assert rightward == (language == "en")
        program.window.close()


def test_a_password_is_never_read_out(start: Start, paths: HubPaths) -> None:
    program = start(paths)
    cover = program.window.shown
    assert isinstance(cover, SignInCover)
    cover.password.line.setText("trois mots")
    interface = QAccessible.queryAccessibleInterface(cover.password.line)
    assert "trois" not in interface.text(QAccessible.Text.Value)
    assert cover.password.line.echoMode() is QLineEdit.EchoMode.Password
