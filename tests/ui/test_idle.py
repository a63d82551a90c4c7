"""Nobody has used the window for a while."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.idle import IdleWatch


class Clocks:
    """A clock that stops while the computer sleeps, and one that can be set."""

    def __init__(self) -> None:
        self.running, self.wall = 100.0, 1_000_000.0

    def watch(self, minutes: int) -> IdleWatch:
        return IdleWatch(minutes, clocks=(lambda: self.running, lambda: self.wall))

    def pass_time(self, seconds: float) -> None:
        self.running += seconds
        self.wall += seconds


def test_it_says_so_once_after_the_minutes_set(qtbot: QtBot) -> None:
    clocks = Clocks()
    watch = clocks.watch(10)
    watch.start()
    clocks.pass_time(599)
    with qtbot.assertNotEmitted(watch.idled):
        watch.check()
    clocks.pass_time(1)
    with qtbot.waitSignal(watch.idled):
        watch.check()


def test_a_key_and_the_mouse_count_as_use(qtbot: QtBot) -> None:
    clocks = Clocks()
    watch = clocks.watch(10)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    watch.start()
    for by_key in (True, False):
        clocks.pass_time(599)
        if by_key:
            QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
        else:
            QTest.mouseClick(field.windowHandle(), Qt.MouseButton.LeftButton)
        clocks.pass_time(599)
        with qtbot.assertNotEmitted(watch.idled):
            watch.check()
    watch.stop()


def test_sleep_counts_and_a_clock_set_back_does_not_delay(qtbot: QtBot) -> None:
    clocks = Clocks()
    watch = clocks.watch(10)
    watch.start()
    clocks.wall += 3600  # slept: the running clock stood still
    with qtbot.waitSignal(watch.idled):
        watch.check()
    watch.start()
    clocks.running += 600
    clocks.wall -= 86_400  # set back by a day
    with qtbot.waitSignal(watch.idled):
        watch.check()
