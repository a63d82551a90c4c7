"""The window of a hub whose ventures stand along the whole path, made once and copied for each test."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Hub, open_hub
from app.domain.ids import VentureId
from app.paths import HubPaths
from app.services import ventures
from tests.ui.conftest import CHEAP, MANAGER
from tests.ui.ventures.scene import set_up, set_up_call
from ui.funding.page import FundingPage
from ui.program import Program
from ui.ventures.page import VenturesPage


@dataclass
class Desk:
    """A window in front, with the manager signed in."""

    program: Program
    qtbot: QtBot

    @property
    def hub(self) -> Hub:
        assert self.program.hub is not None
        return self.program.hub

    @property
    def ventures(self) -> VenturesPage:
        assert self.program.workplace is not None
        page = self.program.workplace.page("ventures")
        assert isinstance(page, VenturesPage)
        return page

    @property
    def funding(self) -> FundingPage:
        assert self.program.workplace is not None
        page = self.program.workplace.page("funding")
        assert isinstance(page, FundingPage)
        return page

    @property
    def said(self) -> str:
        assert self.program.workplace is not None
        return self.program.workplace.foot.strip.text

    def undo(self) -> None:
        assert self.program.workplace is not None
        self.program.workplace.foot.strip.undo_button.click()
        self.settle()

    def go_to(self, key: str) -> None:
        assert self.program.workplace is not None
        self.program.workplace.show_page(key)
        self.settle()

    def settle(self) -> None:
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: self.program.runner.is_idle, timeout=20_000)

    def find(self, name: str) -> VentureId:
        return next(iter(self.hub.read(lambda uow: ventures.list_ventures(uow, name)))).id

    def stage_of(self, venture: VentureId) -> str:
        return self.hub.read(lambda uow: ventures.show(venture, uow)).venture.stage


@pytest.fixture(scope="session")
def venture_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ventures") / "hub"
    shutil.copytree(template, folder)
    hub = open_hub(HubPaths(folder), *MANAGER, cost=CHEAP)
    set_up(hub)
    set_up_call(hub)
    hub.close()
    return folder


@pytest.fixture
def paths(venture_template: Path, tmp_path: Path) -> HubPaths:
    folder = tmp_path / "hub"
    shutil.copytree(venture_template, folder)
    return HubPaths(folder)


OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(sign_in: Callable[..., Program], qtbot: QtBot) -> OpenDesk:
    def begin(key: str = "ventures", language: str = "en") -> Desk:
        desk = Desk(sign_in(language=language), qtbot)
        desk.program.window.resize(1366, 768)
        desk.go_to(key)
        return desk

    return begin


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    return open_desk()
