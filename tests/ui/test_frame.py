"""The frame around the pages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Keys
from ui.frame.foot import word_backup
from ui.frame.rail import Rail
from ui.page import PageEntry, PageWidget
from ui.program import Program
from ui.theme.appearance import appearance

SignIn = Callable[..., Program]


def test_only_pages_that_exist_and_that_the_role_may_use(sign_in: SignIn, receptionist: tuple[str, str]) -> None:
    program = sign_in(receptionist)
    assert program.workplace is not None
    assert set(program.workplace.rail._buttons) == {"desk", "papers", "settings"}


def test_the_day_begins_at_the_desk_with_the_caret_in_the_search(sign_in: SignIn) -> None:
    program = sign_in()
    assert program.workplace is not None
    assert program.workplace.front == "desk"
    assert QApplication.focusWidget() is program.workplace.page("desk").primary_focus()


def test_search_from_anywhere(sign_in: SignIn, keys: Keys) -> None:
    program = sign_in()
    workplace = program.workplace
    assert workplace is not None
    keys.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert workplace.front == "desk"
    last = Qt.Key(Qt.Key.Key_0 + len(workplace.rail._buttons) % 10)
    keys.press(last, Qt.KeyboardModifier.ControlModifier)
    assert workplace.front == "settings"
    assert workplace.rail.button("settings").isChecked()
    keys.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert workplace.front == "people"
    assert QApplication.focusWidget() is workplace.page("people").primary_focus()


def test_whoever_has_the_desk_only_searches_there(sign_in: SignIn, receptionist: tuple[str, str], keys: Keys) -> None:
    program = sign_in(receptionist)
    workplace = program.workplace
    assert workplace is not None
    workplace.show_page("settings")
    keys.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert workplace.front == "desk"
    assert QApplication.focusWidget() is workplace.page("desk").primary_focus()


def test_everything_is_mirrored_in_arabic_and_the_date_is_moroccan(sign_in: SignIn) -> None:
    program = sign_in()
    workplace = program.workplace
    assert workplace is not None
    program.window.resize(1366, 768)
    QApplication.processEvents()
    assert workplace.rail.x() == 0
    program.preferences.choose_language("ar")
    QApplication.processEvents()
    assert workplace.rail.geometry().right() == workplace.width() - 1
    bar = workplace.top_bar
    assert bar.account_button.x() < bar.search_button.x() < bar.hub.x()
    day = bar.day.text()
    assert any("\u0600" <= letter <= "\u06ff" for letter in day)
    assert any(letter.isascii() and letter.isdigit() for letter in day)
    assert not any("\u0660" <= letter <= "\u0669" for letter in day)
    assert bar.hub.text() == "الرباط"


def test_light_and_dark_from_the_top_bar(sign_in: SignIn) -> None:
    program = sign_in()
    assert program.workplace is not None
    program.workplace.top_bar.look_button.click()
    assert appearance().is_dark
    assert program.preferences.settings.appearance == "dark"
    program.workplace.top_bar.look_button.click()
    assert not appearance().is_dark


def test_the_foot_keeps_its_height_when_a_notice_comes(sign_in: SignIn) -> None:
    program = sign_in()
    assert program.workplace is not None
    before = program.workplace.foot.height()
    program.notices.say("Kept.")
    QApplication.processEvents()
    assert program.workplace.foot.strip.isVisible()
    assert program.workplace.foot.height() == before


def test_an_honest_word_on_backups(sign_in: SignIn) -> None:
    today = date(2026, 11, 23)
    words = [word_backup(last, today) for last in (None, today, date(2026, 11, 22), date(2026, 11, 12))]
    assert len(set(words)) == 4
    assert "11" in words[-1]
    assert word_backup(date(2027, 1, 1), today) == words[1]  # a clock set back is no reason for a negative number
    program = sign_in()
    assert program.workplace is not None
    before = program.workplace.foot.state
    assert program.hub is not None
    program.hub.back_up()
    program.workplace.foot.refresh()
    assert program.workplace.foot.state != before


def test_a_receptionist_who_drops_a_file_reads_who_can_take_it(
    sign_in: SignIn, receptionist: tuple[str, str], tmp_path: Path
) -> None:
    program = sign_in(receptionist)
    workplace = program.workplace
    assert workplace is not None
    path = tmp_path / "letter.wasl"
    path.write_bytes(b"age")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    how = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), *how)
    QApplication.sendEvent(workplace, entering)
    assert entering.isAccepted()
    assert "manager" in workplace.veil.words.text()
    QApplication.sendEvent(workplace, QDropEvent(QPointF(5, 5), *how))
    assert not workplace.veil.isVisible()
    assert "manager" in workplace.foot.strip.text
    assert workplace.front == "desk"
    assert path.exists()


def test_a_rail_of_many_pages_fits_a_low_screen_and_keeps_its_keys(qtbot: QtBot) -> None:
    keys = [f"page-{number}" for number in range(11)]
    rail = Rail(PageEntry(key, lambda: "Ventures", "ventures", PageWidget) for key in keys)  # type: ignore[arg-type]
    qtbot.addWidget(rail)
    assert rail.minimumSizeHint().height() <= 512
    rail.resize(rail.width(), 512)
    rail.show()
    heights = {rail.button(key).height() for key in keys}
    assert max(heights) - min(heights) <= 1
    assert rail.button(keys[-1]).geometry().bottom() < 512
    assert "Ctrl+0" in rail.button(keys[9]).toolTip()
    assert "Ctrl" not in rail.button(keys[10]).toolTip()
