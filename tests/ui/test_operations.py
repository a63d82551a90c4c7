"""From a page to the services and back, on a real store."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.bootstrap import Hub, KdfCost, UnitOfWork, open_hub
from app.domain.people import NewPerson, PersonRow
from app.errors import Cancelled, EnvironmentProblem, UserError
from app.outcome import Outcome
from app.paths import HubPaths
from app.services import people
from ui.change_bus import ChangeBus
from ui.messages import Messages
from ui.notices import Notice, Notices, Tone
from ui.operations import Operations
from ui.task_runner import TaskRunner

if TYPE_CHECKING:
    from app.changes import Changes


class Bench:
    """Everything an operation touches."""

    def __init__(self, hub: Hub) -> None:
        self.runner = TaskRunner()
        self.bus = ChangeBus()
        self.notices = Notices()
        self.window = QWidget()
        self.messages = Messages(self.notices, Path("wasl.log"), self.window)
        self.operations = Operations(self.runner, hub, self.bus, self.notices, self.messages)
        self.changes: list[Changes] = []
        self.said: list[Notice] = []
        self.bus.changed.connect(self.changes.append)
        self.notices.posted.connect(self.said.append)


@pytest.fixture
def bench(qtbot: QtBot, paths: HubPaths, receptionist: tuple[str, str]) -> Iterator[Bench]:
    hub = open_hub(paths, *receptionist, cost=KdfCost(1024, 1, 1))
    bench = Bench(hub)
    qtbot.addWidget(bench.window)
    yield bench
    bench.runner.close()
    hub.close()


class Switch(QObject):
    """Something that shows that it is busy."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[bool] = []

    def set_busy(self, busy: bool, /) -> None:
        self.seen.append(busy)


def _add(uow: UnitOfWork) -> Outcome[PersonRow]:
    return people.add(NewPerson("KONE Aminata"), uow)


def _found(bench: Bench, qtbot: QtBot) -> tuple[PersonRow, ...]:
    found: list[tuple[PersonRow, ...]] = []
    bench.operations.query(bench.window, lambda uow: people.search("kone", uow), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_a_write_is_kept_told_and_can_be_taken_back(bench: Bench, qtbot: QtBot) -> None:
    done: list[PersonRow] = []
    busy = Switch()
    bench.operations.run(bench.window, _add, done.append, busy=busy, said=lambda row: f"{row.name} is on record.")
    assert busy.seen == [True]
    qtbot.waitUntil(lambda: bool(done))
    assert busy.seen == [True, False]
    assert [row.name for row in _found(bench, qtbot)] == ["KONE Aminata"]
    assert bench.changes[0].people == {done[0].id}
    notice = bench.said[0]
    assert notice.text == "KONE Aminata is on record."
    assert notice.undo is not None
    notice.undo()
    qtbot.waitUntil(lambda: len(bench.said) == 2)
    assert done[0].id in bench.changes[-1].people
    assert _found(bench, qtbot) == ()


def test_what_is_refused_is_said_and_changes_nothing(bench: Bench, qtbot: QtBot) -> None:
    def refuse(uow: UnitOfWork) -> Outcome[PersonRow]:
        _add(uow)
        raise UserError("This can't be done. Nothing was changed.")

    bench.operations.run(bench.window, refuse, _unexpected)
    qtbot.waitUntil(lambda: bool(bench.said))
    assert (bench.said[0].text, bench.said[0].tone) == ("This can't be done. Nothing was changed.", Tone.ATTENTION)
    assert bench.changes == []
    assert _found(bench, qtbot) == ()


def test_a_problem_of_the_machine_is_told_apart(bench: Bench, qtbot: QtBot) -> None:
    def full(_uow: UnitOfWork) -> None:
        raise EnvironmentProblem("The disk is full.")

    bench.operations.query(bench.window, full, _unexpected)
    qtbot.waitUntil(lambda: bool(bench.said))
    assert bench.said[0].tone is Tone.DANGER


@pytest.mark.logs_warnings
def test_a_bug_shows_a_dialog_and_work_goes_on(bench: Bench, qtbot: QtBot) -> None:
    bench.window.show()
    bench.operations.query(bench.window, lambda _uow: 1 // 0, _unexpected)
    qtbot.waitUntil(lambda: bool(bench.window.findChildren(QMessageBox)))
    box = bench.window.findChildren(QMessageBox)[0]
    assert "wasl.log" in box.informativeText()
    box.button(QMessageBox.StandardButton.Ok).click()
    assert _found(bench, qtbot) == ()


def test_cancelled_says_nothing_and_is_no_longer_busy(bench: Bench, qtbot: QtBot) -> None:
    def cancel(_uow: UnitOfWork) -> None:
        raise Cancelled("stopped")

    busy = Switch()
    bench.operations.query(bench.window, cancel, _unexpected, busy=busy)
    qtbot.waitUntil(lambda: busy.seen == [True, False])
    assert bench.said == []


def test_own_handling_comes_before_the_strip(bench: Bench, qtbot: QtBot) -> None:
    def refuse(_uow: UnitOfWork) -> None:
        raise UserError("no")

    errors: list[Exception] = []
    bench.operations.query(bench.window, refuse, _unexpected, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert bench.said == []


def test_an_owner_that_is_gone_hears_nothing_but_the_write_is_kept(bench: Bench, qtbot: QtBot) -> None:
    owner, busy = QWidget(), Switch()
    bench.operations.run(owner, _add, _unexpected, busy=busy)
    delete(owner)
    delete(busy)
    qtbot.waitUntil(lambda: bool(bench.changes))
    assert [row.name for row in _found(bench, qtbot)] == ["KONE Aminata"]


def _unexpected(value: object) -> None:
    raise AssertionError(value)
