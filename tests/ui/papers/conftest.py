"""The window of a hub with a class whose training is over, made once and copied for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Hub, open_hub
from app.domain.papers import Certificate, IssueCertificate
from app.domain.sheets import CertificateKind
from app.paths import HubPaths
from app.services import trainings
from app.services.certificates import earned, issuing, life
from tests.ui.conftest import CHEAP, MANAGER
from tests.ui.papers.scene import PARTICIPATION, set_up
from ui.papers.page import PapersPage
from ui.printing.paper_dialog import PaperDialog
from ui.program import Program
from ui.training.page import TrainingsPage


@pytest.fixture(scope="module")
def class_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers") / "hub"
    shutil.copytree(template, folder)
    hub = open_hub(HubPaths(folder), *MANAGER, cost=CHEAP)
    set_up(hub)
    hub.close()
    return folder


@pytest.fixture
def paths(class_template: Path, tmp_path: Path) -> HubPaths:
    folder = tmp_path / "hub"
    shutil.copytree(class_template, folder)
    return HubPaths(folder)


def issue_all(hub: Hub, kind: CertificateKind = PARTICIPATION) -> tuple[Certificate, ...]:
    """Certificates for all of the class who are ready, the newest first."""
    training = hub.read(lambda uow: trainings.list_trainings(uow, ended=True))[0].id
    found = hub.read(lambda uow: earned.candidates(kind, training, uow))
    commands = [IssueCertificate(kind, item.person_id, training_id=training) for item in found if item.ready]
    issuing.issue_batch(commands, hub.write)
    return hub.read(life.list_certificates)


class Room:
    """A window with somebody signed in."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot
        assert program.workplace is not None
        assert program.hub is not None
        self.workplace, self.hub = program.workplace, program.hub
        program.window.resize(1366, 768)

    @property
    def papers(self) -> PapersPage:
        page = self.workplace.page("papers")
        assert isinstance(page, PapersPage)
        return page

    @property
    def trainings(self) -> TrainingsPage:
        page = self.workplace.page("trainings")
        assert isinstance(page, TrainingsPage)
        return page

    def show(self, key: str) -> None:
        self.workplace.show_page(key)
        self.settle()

    def settle(self) -> None:
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: self.program.runner.is_idle, timeout=20_000)

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            target = QApplication.focusWidget() or self.program.window
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)
            self.settle()

    def dialogs(self) -> list[PaperDialog]:
        return [item for item in QApplication.topLevelWidgets() if isinstance(item, PaperDialog) and item.isVisible()]

    def close_dialogs(self) -> None:
        for item in self.dialogs():
            item.close()
        self.settle()
        self.program.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


@pytest.fixture
def room(sign_in: Callable[..., Program], qtbot: QtBot) -> Room:
    return Room(sign_in(language="en"), qtbot)
