"""Trainings in the window: planned, filled and marked by keyboard alone; the grid holds Qt's rules for models."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Hub, open_hub
from app.clock import day_of, system_clock
from app.domain.people import NewPerson
from app.domain.trainings import EnrolmentState, Mark, NewDay, NewTraining, TrainingState, TrainingView
from app.paths import HubPaths
from app.services import enrolments, people, trainings
from tests.ui.conftest import CHEAP, MANAGER
from ui.printing.paper_dialog import PaperDialog
from ui.program import Program
from ui.training.page import TrainingsPage

NAMES = ("Awa Ndiaye", "Fatou Diop", "Moussa Traoré", "محمد العلوي")


def set_up(hub: Hub) -> None:
    """A training that began yesterday, with three places of which somebody waits for one."""
    today = day_of(system_clock())
    days = tuple(NewDay(today + timedelta(offset)) for offset in (-1, 0, 7))
    new = NewTraining("Vendre en ligne", title_ar="البيع عبر الإنترنت", places=3, days=days, pass_mark=1000,
                      best_mark=2000, trainer="Salma Idrissi", place="Salle 2")  # fmt: skip
    made = hub.write(lambda uow: trainings.add(new, uow)).value.id
    ids = [row.id for row in hub.write(lambda uow: people.add_many([NewPerson(name) for name in NAMES], uow)).value]
    hub.write(lambda uow: enrolments.enrol(made, ids, uow))


@pytest.fixture(scope="module")
def course_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trainings") / "hub"
    shutil.copytree(template, folder)
    hub = open_hub(HubPaths(folder), *MANAGER, cost=CHEAP)
    set_up(hub)
    hub.close()
    return folder


@pytest.fixture
def paths(course_template: Path, tmp_path: Path) -> HubPaths:
    folder = tmp_path / "hub"
    shutil.copytree(course_template, folder)
    return HubPaths(folder)


class Room:
    """A window with the page of trainings in front."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot
        assert program.workplace is not None
        program.window.resize(1366, 768)
        program.workplace.show_page("trainings")
        self.settle()
        page = program.workplace.page("trainings")
        assert isinstance(page, TrainingsPage)
        self.page = page

    def settle(self) -> None:
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: self.program.runner.is_idle, timeout=20_000)

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            target = QApplication.focusWidget() or self.page
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)
            self.settle()

    def open(self) -> None:
        button = self.page.section.rows.button(self.page.section.rows.keys[0])
        button.click()
        self.settle()

    def view(self) -> TrainingView:
        assert self.program.hub is not None
        return self.program.hub.read(lambda uow: trainings.show(trainings.list_trainings(uow)[0].id, uow))


@pytest.fixture
def room(sign_in: Callable[..., Program], qtbot: QtBot) -> Room:
    return Room(sign_in(language="en"), qtbot)


def test_a_day_is_marked_by_keys_alone(room: Room) -> None:
    room.open()
    grid = room.page.training.grid
    assert QApplication.focusWidget() is grid
    tester = QAbstractItemModelTester(grid.attendance, QAbstractItemModelTester.FailureReportingMode.Fatal)
    # today's column is in front; a letter notes and goes down, Space goes on, arrows move
    assert grid.currentIndex().column() == 1
    room.press("p", "a", Qt.Key.Key_Space, Qt.Key.Key_Space)
    day = room.view().training.days[1].id
    noted = [row.on(day) for row in room.view().enrolled]
    assert [item.mark if item else None for item in noted] == [Mark.PRESENT, Mark.ABSENT, Mark.LATE]
    room.press(Qt.Key.Key_Delete, Qt.Key.Key_Left, "e")
    first = room.view().training.days[0].id
    third = room.view().enrolled[2]
    assert third.on(day) is None
    assert [item.mark for item in third.presences if item.day_id == first] == [Mark.EXCUSED]
    assert "3" in str(grid.attendance.index(0, 3).data())
    # all the others of the day, then a card
    room.press(Qt.Key.Key_Right)
    room.page.training.all_button.click()
    room.settle()
    assert room.view().training.days[1].marked == 3
    room.page.training.scan.setFocus()
    room.press(room.view().enrolled[1].number, Qt.Key.Key_Return)
    after = room.view().enrolled[1].on(day)
    assert after is not None
    assert after.mark is Mark.PRESENT
    assert tester is not None


def test_somebody_withdraws_and_the_next_moves_up_with_undo(room: Room) -> None:
    room.open()
    before = room.view()
    room.page.training.withdraw_button.click()
    room.settle()
    assert len(room.view().waiting) == 0
    assert room.program.workplace is not None
    strip = room.program.workplace.foot.strip
    assert "moves up" in strip.text
    strip.undo_button.click()
    room.settle()
    assert room.view() == before


def test_an_assessment_is_kept_and_shown(room: Room) -> None:
    room.open()
    room.press(Qt.Key.Key_Return)
    assert room.page.trail.currentWidget() is room.page.assess
    room.press("14,5", Qt.Key.Key_Return)
    found = room.view().enrolled[0].assessment
    assert found is not None
    assert found.points == 1450
    assert "14.5" in str(room.page.training.grid.attendance.index(0, 4).data())


def test_a_training_is_planned_by_keys_alone(room: Room) -> None:
    room.page.section.add.click()
    room.settle()
    room.press("Tenir sa caisse", Qt.Key.Key_Return)
    view = room.page.training.view
    assert view is not None
    assert (view.training.title_fr, view.training.trainer) == ("Tenir sa caisse", "Amina Berrada")
    room.page.training.day_button.click()
    room.settle()
    room.press("12/03/2026", Qt.Key.Key_Return)
    room.page.training.enrol_button.click()
    room.settle()
    room.press("Moussa", Qt.Key.Key_Return, Qt.Key.Key_Escape)
    view = room.page.training.view
    assert view is not None
    assert [row.name for row in view.enrolled] == ["Moussa Traoré"]
    assert view.enrolled[0].state is EnrolmentState.ENROLLED
    room.page.training.state_button.click()
    room.settle()
    assert room.page.training.view is not None
    assert room.page.training.view.training.state is TrainingState.FINISHED


def test_the_sheet_to_sign_is_shown(room: Room) -> None:
    room.open()
    room.page.training.sheet_button.click()
    room.settle()
    shown = [item for item in QApplication.topLevelWidgets() if isinstance(item, PaperDialog)]
    assert shown
    for item in shown:
        item.close()
    room.settle()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_is_worded_and_mirrored(sign_in: Callable[..., Program], qtbot: QtBot, language: str) -> None:
    room = Room(sign_in(language=language), qtbot)
    room.open()
    panel = room.page.training
    assert panel.isRightToLeft() == (language == "ar")
    assert panel.title.text() == {"fr": "Vendre en ligne", "ar": "البيع عبر الإنترنت"}[language]
    assert panel.legend.text()
    room.press("p")
    assert panel.grid.attendance.mark_at(panel.grid.attendance.index(0, 1)) is not None
