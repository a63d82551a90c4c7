"""An advisor's pages, each test on its own copy of one encrypted hub."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.bootstrap import FirstStart, Hub, UnitOfWork, create_hub, open_hub
from app.clock import system_clock
from app.domain.accounts import Role
from app.domain.people import PersonRow
from app.outcome import Outcome
from app.paths import HubPaths
from app.services import accounts, people
from tests.journeys.stage import CHEAP, PASSWORD, PEOPLE, Typist, settle
from ui.change_bus import ChangeBus
from ui.coaching.page import MyDayPage
from ui.languages import switch_language
from ui.messages import Messages
from ui.notices import Notice, Notices
from ui.operations import Operations
from ui.page import PageContext, PageWidget
from ui.people.page import PeoplePage
from ui.task_runner import TaskRunner

T = TypeVar("T")
Page = TypeVar("Page", bound=PageWidget)


@dataclass
class Office:
    """A page on a real hub, without the rest of the window."""

    context: PageContext
    hub: Hub
    runner: TaskRunner
    typist: Typist
    notices: list[Notice] = field(default_factory=list)
    requested: list[object] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The last notice."""
        return self.notices[-1].text if self.notices else ""

    def person(self, name: str) -> PersonRow:
        """Somebody by the name on the document."""
        rows = self.hub.read(lambda uow: people.search(name, uow))
        return next(row for row in rows if row.name == name)

    def do(self, action: Callable[[UnitOfWork], Outcome[T]]) -> T:
        """Write something beside the window, which hears of it as it hears of everything."""
        outcome = self.hub.write(action)
        self.context.change_bus.changed.emit(outcome.changes)
        self.typist.settle()
        return outcome.value

    def undo(self) -> None:
        """Take the last action back."""
        undo = self.notices[-1].undo
        assert undo is not None
        undo()
        self.typist.settle()


@contextmanager
def _open(qtbot: QtBot, template: Path, folder: Path, login: str, language: str) -> Iterator[Office]:
    copytree(template, folder)
    hub = open_hub(HubPaths(folder), login, PASSWORD, system_clock, CHEAP)
    switch_language(language)
    runner, bus, notices = TaskRunner(), ChangeBus(), Notices()
    messages = Messages(notices, folder / "log")
    operations = Operations(runner, hub, bus, notices, messages)
    context = PageContext(hub.actor, hub, operations, bus, notices, messages, lambda: None)
    office = Office(context, hub, runner, Typist(lambda: settle(qtbot, runner)))
    notices.posted.connect(office.notices.append)
    try:
        yield office
    finally:
        runner.close()
        hub.close()
        switch_language("en")


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "hub"
    hub = create_hub(HubPaths(folder), FirstStart("RBT", "A", "Amina Alami", "amina", PASSWORD), cost=CHEAP).hub
    hub.write(lambda uow: people.add_many(PEOPLE, uow))
    for login, role in (("karim", Role.ADVISOR), ("dpo", Role.DATA_PROTECTION)):
        new = accounts.NewAccount(login, login.title(), role, PASSWORD)
        hub.write(lambda uow, new=new: accounts.add(new, uow))  # type: ignore[misc]
    hub.close()
    return folder


@pytest.fixture
def office(qtbot: QtBot, office_template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """An advisor, in English unless the test says otherwise."""
    login, language = getattr(request, "param", ("karim", "en"))
    with _open(qtbot, office_template, tmp_path / "hub", login, language) as opened:
        yield opened


def _show(qtbot: QtBot, office: Office, page: Page) -> Page:
    page.person_requested.connect(office.requested.append)
    qtbot.addWidget(page)
    page.resize(1274, 664)
    with qtbot.waitActive(page):
        page.show()
    page.activate()
    page.primary_focus().setFocus()
    office.typist.settle()
    return page


@pytest.fixture
def my_day(qtbot: QtBot, office: Office) -> MyDayPage:
    """My day, on screen."""
    return _show(qtbot, office, MyDayPage(office.context))


@pytest.fixture
def people_page(qtbot: QtBot, office: Office) -> PeoplePage:
    """The search for people, on screen."""
    return _show(qtbot, office, PeoplePage(office.context))


def nameless(page: PageWidget) -> list[str]:
    """Buttons on screen that a screen reader could not name."""
    shown = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    assert len(shown) > 1
    return [type(button).__name__ for button in shown if not button.accessibleName().strip()]
