"""A desk to try: a small encrypted hub, somebody who types, and the page or the whole program before them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from shutil import copytree

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import FirstStart, Hub, KdfCost, create_hub, open_hub
from app.clock import to_moment
from app.domain.accounts import Role
from app.domain.people import NewPerson, PersonRow, Sex
from app.paths import HubPaths
from app.services import accounts, people
from ui.change_bus import ChangeBus
from ui.languages import switch_language
from ui.messages import Messages
from ui.notices import Notice, Notices
from ui.operations import Operations
from ui.page import PageContext
from ui.reception.page import DeskPage
from ui.task_runner import TaskRunner

CHEAP = KdfCost(memory_kib=8, iterations=1, lanes=1)
PASSWORD = "mot de passe 1"
MONDAY = "2026-11-23 09:00"
PEOPLE = (
    NewPerson("ALAOUI Mohamed", "محمد العلوي", sex=Sex.MALE, nationality="MA", phones=("0612344512",)),
    NewPerson("EL ALAOUI Mouhamed", "محمد العلوي", nationality="MA", phones=("0661998877",)),
    NewPerson("KONE Awa", sex=Sex.FEMALE, nationality="CI", phones=("0655101112",)),
    NewPerson("KONE Adama", nationality="ML", phones=("0655202122",)),
    NewPerson("Fatima Zahra Benali", "فاطمة الزهراء بنعلي", sex=Sex.FEMALE, nationality="MA"),
    NewPerson("Ngo Bassong Clarisse", nationality="CM", card="CARD-778812"),
    NewPerson("DIALLO Ousmane", "عثمان ديالو", nationality="GN", phones=("0677303132",)),
    NewPerson("Ibtissam Laaroussi", "ابتسام العروسي", nationality="MA"),
    NewPerson("Youssef Amrani", "يوسف العمراني", nationality="MA", phones=("0668404142",)),
    NewPerson("Khadija Tazi", "خديجة التازي", nationality="MA"),
    NewPerson("Hamza Idrissi", "حمزة الإدريسي", nationality="MA"),
    NewPerson("Salma Chraibi", "سلمى الشرايبي", nationality="MA", phones=("0670505152",)),
    NewPerson("Aminata Sow", nationality="SN"),
)


@dataclass
class TurnedClock:
    """A clock that goes on by a second at each look, and can be turned."""

    now: int

    def __call__(self) -> int:
        self.now += 1000
        return self.now

    def turn(self, minutes: float) -> None:
        """Go on, or back."""
        self.now += round(minutes * 60_000)


def clock_at(local: str) -> TurnedClock:
    """A clock that starts at a local date and time."""
    return TurnedClock(to_moment(datetime.fromisoformat(local)))


def make_stage_hub(folder: Path) -> None:
    """A hub in Rabat with a few people, its manager `amina` and the receptionist `said`."""
    clock = clock_at("2026-11-20 09:00")
    hub = create_hub(HubPaths(folder), FirstStart("RBT", "A", "Amina Alami", "amina", PASSWORD), clock, CHEAP).hub
    try:
        hub.write(lambda uow: people.add_many(PEOPLE, uow))
        reception = accounts.NewAccount("said", "Said Bennani", Role.RECEPTIONIST, PASSWORD)
        hub.write(lambda uow: accounts.add(reception, uow))
    finally:
        hub.close()


@dataclass
class Typist:
    """Presses keys one by one on whatever has the keyboard, and counts them."""

    settle: Callable[[], None]
    strokes: int = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> "Typist":
        """One key, then wait until all that it set off is done."""
        self._stroke()
        QTest.keyClick(self._target(), key, modifier)
        self.settle()
        return self

    def type(self, text: str, *, at_once: bool = False) -> "Typist":
        """Letters and digits of any script; with `at_once` faster than any answer, as a scanner does."""
        for char in text:
            self._stroke()
            for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                QTest.sendKeyEvent(action, self._target(), Qt.Key.Key_unknown, char, Qt.KeyboardModifier.NoModifier)
            if not at_once:
                self.settle()
        return self

    def strike(self, key: Qt.Key) -> "Typist":
        """One key, without waiting for anything."""
        self._stroke()
        QTest.keyClick(self._target(), key)
        return self

    def _stroke(self) -> None:
        self.strokes += 1

    @staticmethod
    def _target() -> QWidget:
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the keyboard"
        return target


@dataclass
class Stage:
    """The desk page on a real hub, without the rest of the window."""

    page: DeskPage
    hub: Hub
    clock: TurnedClock
    runner: TaskRunner
    bus: ChangeBus
    typist: Typist
    notices: list[Notice] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The last notice."""
        return self.notices[-1].text if self.notices else ""

    def person(self, name: str) -> PersonRow:
        """Somebody by the name on the document."""
        rows = self.hub.read(lambda uow: people.search(name, uow))
        return next(row for row in rows if row.name == name)


def settle(qtbot: QtBot, runner: TaskRunner) -> None:
    """Wait until the database thread has nothing left and the window shows it."""
    qtbot.waitUntil(lambda: runner.is_idle, timeout=10_000)
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: runner.is_idle, timeout=10_000)


@contextmanager
def open_stage(
    qtbot: QtBot, template: Path, folder: Path, *, login: str = "amina", language: str = "fr", at: str = MONDAY
) -> Iterator[Stage]:
    """The desk on a copy of a hub, signed in; closed afterwards."""
    copytree(template, folder)
    clock = clock_at(at)
    hub = open_hub(HubPaths(folder), login, PASSWORD, clock, CHEAP)
    switch_language(language)
    runner, bus, notices = TaskRunner(), ChangeBus(), Notices()
    messages = Messages(notices, folder / "log")
    operations = Operations(runner, hub, bus, notices, messages)
    page = DeskPage(PageContext(hub.actor, hub, operations, bus, notices, messages, lambda: None))
    qtbot.addWidget(page)
    page.resize(1274, 664)
    stage = Stage(page, hub, clock, runner, bus, Typist(lambda: settle(qtbot, runner)))
    notices.posted.connect(stage.notices.append)
    with qtbot.waitActive(page):
        page.show()
    page.primary_focus().setFocus()
    settle(qtbot, runner)
    try:
        yield stage
    finally:
        runner.close()
        hub.close()
        switch_language("en")
