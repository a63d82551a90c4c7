"""Signing in, and what stands in the way."""

import shutil
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import NewerStoreError
from app.paths import HubPaths
from tests.ui.conftest import Keys, Start
from ui.program import Program
from ui.sign_in.sign_in_cover import SignInCover


def _cover(program: Program) -> SignInCover:
    cover = program.window.shown
    assert isinstance(cover, SignInCover)
    return cover


def test_choose_write_enter(
    start: Start, paths: HubPaths, keys: Keys, qtbot: QtBot, receptionist: tuple[str, str]
) -> None:
    program = start(paths)
    cover = _cover(program)
    keys.press(Qt.Key.Key_Down)  # from the manager to the receptionist
    keys.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is cover.password.line
    keys.write(receptionist[1])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.workplace is not None and program.runner.is_idle)
    assert program.hub is not None
    assert program.hub.actor.login == receptionist[0]


def test_wrong_passwords_are_slowed_and_the_wait_is_counted(start: Start, paths: HubPaths, qtbot: QtBot) -> None:
    cover = _cover(start(paths))
    for _ in range(20):
        cover.password.line.setText("wrong")
        cover.enter_button.click()
        qtbot.waitUntil(lambda: not cover.enter_button.is_busy)
        if not cover.enter_button.isEnabled():
            break
    assert not cover.enter_button.isEnabled()
    assert cover.password.error
    assert cover.password.text == ""
    qtbot.waitUntil(cover.enter_button.isEnabled, timeout=30_000)
    assert cover.password.error == ""


def test_starting_again_does_not_shorten_the_wait(start: Start, paths: HubPaths, qtbot: QtBot) -> None:
    program = start(paths)
    cover = _cover(program)
    while cover.enter_button.isEnabled():
        cover.password.line.setText("wrong")
        cover.enter_button.click()
        qtbot.waitUntil(lambda: not cover.enter_button.is_busy)
    program.close()
    cover = _cover(start(paths))
    qtbot.waitUntil(lambda: not cover.enter_button.isEnabled())


def test_an_empty_password_is_not_tried(start: Start, paths: HubPaths) -> None:
    cover = _cover(start(paths))
    cover.enter_button.click()
    assert cover.password.error
    assert not paths.attempts.exists()


def test_a_code_that_opens_nothing_is_said(start: Start, paths: HubPaths, qtbot: QtBot) -> None:
    cover = _cover(start(paths))
    cover.forgotten_button.click()
    panel = cover.recovery
    assert panel is not None
    panel.open_button.click()
    assert panel.code.error
    panel.code.set_text("0000-0000-0000-0000-0000-0000-0000-0000")
    panel.passwords.first.line.setText("a new password")
    panel.passwords.second.line.setText("a new password")
    panel.open_button.click()
    qtbot.waitUntil(lambda: not panel.open_button.is_busy)
    assert panel.code.error
    panel.back_button.click()
    assert not panel.isVisible()
    assert cover.form.isVisible()


def _damage_keyring(paths: HubPaths) -> None:
    paths.keyring.write_text("{")


def _lose_store(paths: HubPaths) -> None:
    paths.database.write_bytes(b"not a store" * 1000)


@pytest.mark.parametrize("harm", [_damage_keyring, _lose_store])
def test_what_stands_in_the_way_is_a_sentence_and_can_be_tried_again(
    start: Start, paths: HubPaths, qtbot: QtBot, manager: tuple[str, str], harm: Callable[[HubPaths], None]
) -> None:
    kept = paths.folder.with_name("kept")
    shutil.copytree(paths.folder, kept)
    for end in ("-wal", "-shm"):
        paths.database.with_name(paths.database.name + end).unlink(missing_ok=True)
    harm(paths)
    program = start(paths)
    cover = _cover(program)
    if cover.problem is None:
        cover.password.line.setText(manager[1])
        cover.enter_button.click()
    qtbot.waitUntil(lambda: cover.problem is not None and cover.problem.isVisible())
    assert cover.problem is not None
    assert not cover.form.isVisible()
    assert len(cover.problem.sentence.text().split()) > 8
    assert QApplication.focusWidget() is cover.problem.again_button
    shutil.rmtree(paths.folder)
    shutil.copytree(kept, paths.folder)
    cover.problem.again_button.click()
    qtbot.waitUntil(lambda: program.window.shown is not cover and program.runner.is_idle)
    fresh = _cover(program)
    assert fresh.form.isVisible()
    fresh.password.line.setText(manager[1])
    fresh.enter_button.click()
    qtbot.waitUntil(lambda: program.workplace is not None and program.runner.is_idle)


def test_a_newer_store_is_information_not_damage(start: Start, paths: HubPaths) -> None:
    cover = _cover(start(paths))
    cover.explain(NewerStoreError("These records were written by a newer Wasl. Nothing was touched. Install it."))
    assert cover.problem is not None
    assert "newer" in cover.problem.sentence.text()
    assert str(paths.folder) in cover.problem.folder.text()


def test_sign_out_forgets_and_leads_back(sign_in: Callable[..., Program], qtbot: QtBot) -> None:
    program = sign_in()
    assert program.workplace is not None
    program.workplace.top_bar.sign_out_requested.emit()
    qtbot.waitUntil(lambda: isinstance(program.window.shown, SignInCover) and program.runner.is_idle)
    assert not program.is_signed_in
    assert _cover(program).password.text == ""
