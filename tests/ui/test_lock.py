"""A locked window shows nothing, to the eye or to a screen reader, and loses nothing."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Keys
from ui.frame.lock_cover import LockCover
from ui.program import Program
from ui.sign_in.sign_in_cover import SignInCover

SignIn = Callable[..., Program]
_SECRET = "KONE Aminata 0612345678"


def _walk(interface: QAccessibleInterface, depth: int = 0) -> Iterator[str]:
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        yield interface.text(kind)
    assert depth < 60
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from _walk(child, depth + 1)


def _all_that_can_be_read() -> str:
    application = QApplication.instance()
    assert application is not None
    root = QAccessible.queryAccessibleInterface(application)
    return "\n".join(_walk(root))


def _write_secret(program: Program) -> QLineEdit:
    assert program.workplace is not None
    page = program.workplace.page("settings")
    program.workplace.show_page("settings")
    line = QLineEdit(_SECRET, page)
    line.show()
    line.setFocus()
    return line


def _lock_cover(program: Program) -> LockCover:
    cover = program.window.shown
    assert isinstance(cover, LockCover)
    return cover


def test_ctrl_l_hides_everything_and_the_password_brings_it_back(
    sign_in: SignIn, keys: Keys, qtbot: QtBot, manager: tuple[str, str]
) -> None:
    program = sign_in()
    line = _write_secret(program)
    assert _SECRET in _all_that_can_be_read()
    keys.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.is_locked
    assert not line.isVisible()
    assert _SECRET not in _all_that_can_be_read()
    assert _SECRET not in program.window.windowTitle()
    cover = _lock_cover(program)
    assert QApplication.focusWidget() is cover.password.line
    keys.write(manager[1])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.is_locked)
    assert program.workplace is not None
    assert program.workplace.front == "settings"
    assert line.text() == _SECRET
    assert QApplication.focusWidget() is line


def test_tab_never_leaves_the_lock(sign_in: SignIn, keys: Keys) -> None:
    program = sign_in()
    _write_secret(program)
    program.lock()
    cover = _lock_cover(program)
    for _ in range(30):
        keys.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert cover.isAncestorOf(focus)
    for key in (Qt.Key.Key_K, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Z):
        keys.press(key, Qt.KeyboardModifier.ControlModifier)
        assert program.is_locked


def test_dialogs_go_with_it_and_come_back(sign_in: SignIn, keys: Keys, qtbot: QtBot, manager: tuple[str, str]) -> None:
    program = sign_in()
    assert program.workplace is not None
    dialog = QDialog(program.workplace.page("desk"))
    layout = QVBoxLayout(dialog)
    layout.addWidget(QLabel(_SECRET))
    dialog.open()
    qtbot.waitExposed(dialog)
    program.lock()
    assert not dialog.isVisible()
    assert _SECRET not in _all_that_can_be_read()
    program.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is _lock_cover(program).password.line)
    keys.write(manager[1])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.is_locked)
    assert dialog.isVisible()
    dialog.close()


def test_a_wrong_password_leaves_it_locked(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    program.lock()
    cover = _lock_cover(program)
    cover.password.line.setText("wrong")
    cover.unlock_button.click()
    qtbot.waitUntil(lambda: not cover.unlock_button.is_busy)
    assert cover.password.error
    assert program.is_locked


def test_nobody_there_locks_it(sign_in: SignIn) -> None:
    program = sign_in()
    program.preferences.choose_idle_minutes(1)
    program.idle._since = tuple(moment - 61 for moment in program.idle._now())  # type: ignore[assignment]
    program.idle.check()
    assert program.is_locked


def test_somebody_else_can_sign_out_of_it(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    _write_secret(program)
    program.lock()
    _lock_cover(program).sign_out_button.click()
    qtbot.waitUntil(lambda: isinstance(program.window.shown, SignInCover) and program.runner.is_idle)
    assert not program.is_signed_in
    assert _SECRET not in _all_that_can_be_read()


def test_the_sign_in_is_not_locked(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    program.sign_out()
    qtbot.waitUntil(lambda: program.runner.is_idle)
    program.lock()
    assert not program.is_locked
