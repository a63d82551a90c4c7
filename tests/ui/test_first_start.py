"""From an empty folder to the desk, by keyboard alone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.i18n import current_language
from app.paths import HubPaths
from tests.ui.conftest import Keys, Start
from ui.first_start.first_start_cover import FirstStartCover
from ui.first_start.steps import Step, suggest_login
from ui.program import Program
from ui.sign_in.sign_in_cover import SignInCover

_PASSWORD = "quatre mots bien courts"


def _guide(program: Program) -> FirstStartCover:
    cover = program.window.shown
    assert isinstance(cover, FirstStartCover)
    return cover


def _is_at(guide: FirstStartCover, step: Step) -> bool:
    return guide.step is step


def _answer_until_sheet(program: Program, keys: Keys, qtbot: QtBot, *, down: int = 1) -> FirstStartCover:
    guide = _guide(program)
    keys.press(Qt.Key.Key_Return)  # the language is right
    for _ in range(down):
        keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.write("b")
    keys.press(Qt.Key.Key_Return)
    keys.write("Salma Alaoui")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    keys.write(_PASSWORD)
    keys.press(Qt.Key.Key_Return)
    keys.write(_PASSWORD)
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: guide.step is guide.sheet and program.runner.is_idle)
    return guide


def _tab_to(widget: object, keys: Keys) -> None:
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        keys.press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget}")


def _asked(guide: FirstStartCover) -> int:
    """Which group the guide asks for, as somebody reads it."""
    return int("".join(char for char in guide.confirm.group.line.accessibleName() if char.isdigit())) - 1


def _code(guide: FirstStartCover) -> str:
    return "-".join(guide.confirm._groups)


def test_the_whole_guide_by_keyboard(start: Start, tmp_path: Path, keys: Keys, qtbot: QtBot) -> None:
    paths = HubPaths(tmp_path / "new")
    program = start(paths)
    guide = _answer_until_sheet(program, keys, qtbot)
    assert guide.sheet.view.page_count == 1
    assert not guide.back_button.isVisible()  # the installation is made
    code = _code(guide)
    keys.press(Qt.Key.Key_Escape)
    _tab_to(guide.next_button, keys)
    keys.press(Qt.Key.Key_Space)
    assert _is_at(guide, guide.sheet)  # the box is not ticked
    assert guide.sheet.outcome.isVisible()
    keys.press(Qt.Key.Key_Space)
    assert guide.sheet.put_away.isChecked()
    _tab_to(guide.next_button, keys)
    keys.press(Qt.Key.Key_Space)
    assert _is_at(guide, guide.confirm)
    keys.write("0000")
    keys.press(Qt.Key.Key_Return)
    assert _is_at(guide, guide.confirm)
    assert guide.confirm.group.error
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.write(code.split("-")[_asked(guide)].lower())
    keys.press(Qt.Key.Key_Return)
    assert _is_at(guide, guide.steps[-1])
    assert _code(guide) == ""
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.workplace is not None and program.runner.is_idle)
    assert program.hub is not None
    actor = program.hub.actor
    assert (actor.hub_code, actor.desk, actor.login, actor.name) == ("TNG", "B", "salma", "Salma Alaoui")
    _assert_never_written(code, _PASSWORD, paths.folder)


def _assert_never_written(code: str, password: str, folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        for secret in (code, code.replace("-", ""), *code.split("-")[:1], password):
            # four characters alone may stand in random bytes by chance; five bytes with their dash do not
            needle = f"{secret}-" if len(secret) == 4 else secret
            assert needle.encode() not in content, path.name


def test_the_code_opens_what_was_made(start: Start, tmp_path: Path, keys: Keys, qtbot: QtBot) -> None:
    program = start(HubPaths(tmp_path / "new"))
    code = _code(_answer_until_sheet(program, keys, qtbot))
    program.window.close()
    program = start(HubPaths(tmp_path / "new"))
    cover = program.window.shown
    assert isinstance(cover, SignInCover)
    cover.forgotten_button.click()
    assert cover.recovery is not None
    keys.write(code.replace("-", " ").lower())
    cover.recovery.passwords.first.line.setText("another four words")
    cover.recovery.passwords.second.line.setText("another four words")
    cover.recovery.open_button.click()
    qtbot.waitUntil(lambda: program.workplace is not None and program.runner.is_idle)


def test_one_can_always_go_back_before_anything_is_made(start: Start, tmp_path: Path, keys: Keys) -> None:
    paths = HubPaths(tmp_path / "new")
    program = start(paths)
    guide = _guide(program)
    assert not guide.back_button.isVisible()
    for _ in range(3):
        keys.press(Qt.Key.Key_Return)
    assert _is_at(guide, guide.manager)
    guide.manager.name.set_text("Salma")
    for step in (guide.desk, guide.hub, guide.language):
        guide.back_button.click()
        assert _is_at(guide, step)
    for _ in range(3):
        keys.press(Qt.Key.Key_Return)
    assert guide.manager.name.text == "Salma"
    assert not paths.keyring.exists()


def test_the_language_chosen_is_spoken_at_once(start: Start, tmp_path: Path, keys: Keys) -> None:
    program = start(HubPaths(tmp_path / "new"), language="fr")
    guide = _guide(program)
    assert guide.hub.choice.buttons[0].text() == "Rabat"
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Down)
    assert current_language() == "ar"
    assert guide.language.choice.value == "ar"
    assert guide.isRightToLeft()
    assert guide.next_button.x() > guide.back_button.x()
    assert guide.hub.choice.buttons[0].text() == "الرباط"


def test_wrong_answers_are_said_beside_the_field(start: Start, tmp_path: Path, keys: Keys) -> None:
    program = start(HubPaths(tmp_path / "new"))
    guide = _guide(program)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.write("4")
    keys.press(Qt.Key.Key_Return)
    assert guide.desk.letter.error
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.write("c")
    keys.press(Qt.Key.Key_Return)
    assert _is_at(guide, guide.manager)
    guide.next_button.click()
    assert guide.manager.name.error
    guide.manager.name.set_text("Salma")
    guide.manager.login.set_text("two words")
    guide.next_button.click()
    assert guide.manager.login.error


def test_the_picture_grows_with_the_answers(start: Start, tmp_path: Path, keys: Keys) -> None:
    program = start(HubPaths(tmp_path / "new"))
    guide = _guide(program)
    pictures = [guide.picture.grab().toImage()]
    for _ in range(2):
        keys.press(Qt.Key.Key_Return)
        pictures.append(guide.picture.grab().toImage())
    assert len({bytes(picture.constBits()) for picture in pictures}) == 3
    assert guide.picture.number.text() == "RBT-A00001"


def test_a_folder_that_refuses_is_said_and_can_be_tried_again(
    start: Start, tmp_path: Path, keys: Keys, qtbot: QtBot
) -> None:
    program = start(HubPaths(tmp_path / "new"))
    guide = _guide(program)
    (tmp_path / "new").write_text("a file where the folder would be")
    for _ in range(3):
        keys.press(Qt.Key.Key_Return)
    guide.manager.name.set_text("Salma")
    guide.manager.login.set_text("salma")
    for field in (guide.manager.passwords.first, guide.manager.passwords.second):
        field.line.setText(_PASSWORD)
    guide.next_button.click()
    qtbot.waitUntil(guide.error.isVisible)
    assert _is_at(guide, guide.manager)
    assert len(guide.error.text()) > 20
    assert not guide.next_button.is_busy
    (tmp_path / "new").unlink()
    guide.next_button.click()
    qtbot.waitUntil(lambda: _is_at(guide, guide.sheet) and program.runner.is_idle)


def test_a_login_is_proposed_from_the_name() -> None:
    assert suggest_login("Salma El Alaoui") == "salma"
    assert suggest_login("  O'Brien ") == "o"
    assert suggest_login("أمينة") == "أمينة"
    assert suggest_login("!?") == ""
