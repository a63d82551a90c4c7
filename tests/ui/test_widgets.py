"""Widgets that several pages share, with the keys that work them."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.languages import switch_language
from ui.notices import Notices, Tone
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.choices import Check, OneOf, PickList
from ui.widgets.fields import LineField, SearchField
from ui.widgets.labels import SteadyLabel
from ui.widgets.new_password import NewPassword, word_strength
from ui.widgets.notice_strip import NoticeStrip
from ui.widgets.passwords import PasswordField, caps_lock_in
from ui.widgets.progress import BusyIndicator
from ui.widgets.words import as_is

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Puts widgets one below the other into a window that is kept until the test ends."""
    windows: list[QWidget] = []

    def make(*widgets: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in windows:
        delete(window)


def _description(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def test_a_button_s_key_works_from_anywhere_in_the_window(show: Show, qtbot: QtBot) -> None:
    button, field = Button(as_is("New person"), key="F2"), LineField(as_is("Name"))
    window = show(field, button)
    field.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)


def test_a_busy_button_keeps_its_focus_and_does_nothing(show: Show, qtbot: QtBot) -> None:
    button = Button(as_is("Log"), PRIMARY)
    show(button)
    button.setFocus()
    button.set_busy(True)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.hasFocus()
    assert _description(button)
    button.set_busy(False)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_words_of_a_button_are_never_cut(show: Show) -> None:
    button = Button(as_is("Professionnalisation des associations"), shown_key="Ctrl+K", icon="users")
    window = show(button)
    window.resize(20, 20)
    assert button.width() >= button.sizeHint().width()


def test_the_focus_of_a_filled_button_can_be_seen(show: Show) -> None:
    button, other = Button(as_is("Log"), PRIMARY), Button(as_is("Other"))
    show(button, other)
    for one, two in ((button, other), (other, button)):
        two.setFocus()
        without = one.grab().toImage()
        one.setFocus()
        assert one.grab().toImage() != without


def test_an_error_is_seen_and_said_until_something_is_typed(show: Show) -> None:
    field = LineField(as_is("Name"), hint=as_is("As on the document"))
    show(field)
    assert _description(field.line) == "As on the document"
    assert QAccessible.queryAccessibleInterface(field.line).text(QAccessible.Text.Name) == "Name"
    field.show_error(as_is("The name is needed."))
    assert _description(field.line) == "The name is needed."
    QTest.keyClicks(field.line, "a")
    assert field.error == ""
    assert _description(field.line) == "As on the document"


def test_escape_empties_a_search(show: Show, qtbot: QtBot) -> None:
    field = SearchField(as_is("Who is here?"))
    show(field)
    QTest.keyClicks(field, "kone")
    with qtbot.waitSignal(field.textEdited):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


@pytest.mark.parametrize(
    ("text", "shift", "expected"),
    [("a", False, False), ("A", True, False), ("A", False, True), ("a", True, True), ("é", False, False),
     ("م", False, None), ("1", False, None), ("", False, None)],
)  # fmt: skip
def test_caps_lock_is_told_from_the_letters(text: str, shift: bool, expected: bool | None) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    assert caps_lock_in(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text)) is expected


def test_a_password_says_caps_lock_and_forgets_what_it_showed(show: Show) -> None:
    field = PasswordField(as_is("Password"))
    show(field)
    QTest.keyClick(field.line, Qt.Key.Key_A)  # a letter without Shift, small: no Caps Lock
    plain = _description(field.line)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    field.line.keyPressEvent(event)
    assert _description(field.line) != plain
    field.line.actions()[0].trigger()
    assert field.line.echoMode() is field.line.EchoMode.Normal
    field.clear()
    assert field.text == ""
    assert field.line.echoMode() is field.line.EchoMode.Password


def test_two_passwords_must_agree(show: Show) -> None:
    both = NewPassword()
    show(both)
    QTest.keyClicks(both.first.line, "short")
    assert both.take() is None
    assert both.first.error
    QTest.keyClicks(both.first.line, " no longer")
    QTest.keyClicks(both.second.line, "short no langer")
    assert both.take() is None
    assert both.second.error
    both.second.line.clear()
    QTest.keyClicks(both.second.line, "short no longer")
    assert both.take() == "short no longer"


def test_strength_grows_with_length() -> None:
    words = [word_strength(text) for text in ("", "abc", "aaaaaaaa", "12345678", "correct1", "correct horse battery")]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_arrows_follow_the_line_of_reading(show: Show, qtbot: QtBot, language: str) -> None:
    switch_language(language)
    try:
        choice = OneOf(as_is("Counter"), [("a", as_is("One")), ("b", as_is("Two")), ("c", as_is("Three"))])
        show(choice)
        choice.setFocus()
        onward = Qt.Key.Key_Left if language == "ar" else Qt.Key.Key_Right
        with qtbot.waitSignal(choice.chosen) as signal:
            QTest.keyClick(choice.buttons[0], onward)
        assert signal.args == ["b"]
        assert choice.value == "b"
        assert choice.buttons[1].hasFocus()
        mirrored = choice.buttons[0].x() > choice.buttons[1].x()
        assert mirrored == (language == "ar")
    finally:
        switch_language("en")


def test_a_list_keeps_the_choice_when_its_options_change(show: Show, qtbot: QtBot) -> None:
    pick = PickList(as_is("Reason"), [("a", as_is("One")), ("b", as_is("Two"))])
    show(pick)
    pick.choose("b")
    pick.offer([("z", as_is("Zero")), ("b", as_is("Two"))])
    assert pick.value == "b"
    pick.choose("unknown")
    assert pick.value == "b"
    with qtbot.waitSignal(pick.picked) as signal:
        QTest.keyClick(pick, Qt.Key.Key_Up)
    assert signal.args == ["z"]


def test_a_tick_can_be_seen(show: Show) -> None:
    check = Check(as_is("Printed and put away"))
    show(check)
    check.setFocus()
    before = check.grab().toImage()
    QTest.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()
    assert check.grab().toImage() != before


def test_the_indicator_appears_only_when_it_takes_long(show: Show, qtbot: QtBot) -> None:
    busy = BusyIndicator(as_is("Copying …"))
    show(busy)
    busy.set_busy(True)
    assert not busy.isVisible()
    qtbot.waitUntil(busy.isVisible)
    busy.set_busy(False)
    assert not busy.isVisible()


def test_one_notice_at_a_time_and_its_undo(show: Show) -> None:
    notices = Notices()
    strip = NoticeStrip(notices)
    window = show(strip)
    undone: list[str] = []
    notices.say("First")
    notices.say("Second", Tone.GOOD, lambda: undone.append("second"))
    assert strip.text == "Second"
    assert strip.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["second"]
    assert not strip.isVisible()
    notices.say("Third")
    assert not strip.undo_button.isVisible()
    notices.clear()
    assert strip.text == ""


def test_what_somebody_typed_is_never_markup(show: Show) -> None:
    notices = Notices()
    strip = NoticeStrip(notices)
    show(strip)
    notices.say("<b>KONE</b>")
    label = next(
        child for child in strip.findChildren(QWidget) if getattr(child, "text", lambda: "")() == "<b>KONE</b>"
    )
    assert label.property("textFormat") == Qt.TextFormat.PlainText


class _Count(QObject):
    """Counts how often a widget is asked to lay out what lies in it."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.seen += event.type() is QEvent.Type.LayoutRequest
        return False


def test_words_of_a_steady_label_change_without_laying_out_what_surrounds_it(show: Show) -> None:
    words = ["Found"]
    label = SteadyLabel(lambda: words[0])
    window = show(label)
    QCoreApplication.processEvents()
    count = _Count(window)

    words[0] = "Latest visitors of this hub, and a good deal more than before"
    label.retranslate()
    QCoreApplication.processEvents()

    assert label.text == words[0]
    assert count.seen == 0


def test_a_steady_label_asks_for_room_when_its_line_grows(qtbot: QtBot, show: Show) -> None:
    label = SteadyLabel(lambda: "Found")
    show(label)
    QCoreApplication.processEvents()
    before = label.height()

    inner = label.findChild(QLabel)
    assert inner is not None
    font = inner.font()
    font.setPixelSize(60)
    inner.setFont(font)

    qtbot.waitUntil(lambda: label.height() > before)
    assert inner.height() == label.height()
