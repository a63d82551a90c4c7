"""The Exchange page of a real office that knows three others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.services.exchange import folder
from app.settings import Settings
from tests.factories import CHEAP, MANAGER, PASSWORD
from tests.services.exchange.network import Site, make_network_template
from tests.ui.sync.scene import set_stage
from ui.preferences import Preferences
from ui.program import Program
from ui.sign_in.sign_in_cover import SignInCover
from ui.sync.page import ExchangePage


@dataclass
class Office:
    """Rabat's window, the other three offices, and a stick."""

    program: Program
    page: ExchangePage
    tanger: Site
    oujda: Site
    beni: Site
    stick: Path
    qtbot: QtBot

    @property
    def said(self) -> str:
        """What the notice strip says."""
        assert self.program.workplace is not None
        return self.program.workplace.foot.strip.text

    def settle(self) -> None:
        """Wait until everything that was set off is done and shown."""
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: self.program.runner.is_idle, timeout=20_000)

    def bring(self, site: Site, name: str = "") -> Path:
        """A bundle from an office lies on the stick."""
        written = site.hub.write(lambda uow: folder.put(self.stick, "RBT", uow)).path
        return written.rename(self.stick / name) if name else written

    def digest(self) -> dict[str, str]:
        """What the records are."""
        assert self.program.hub is not None
        return self.program.hub.digest()

    def is_sound(self) -> bool:
        """Whether the database is whole."""
        assert self.program.hub is not None
        return self.program.hub.check() == []


OpenOffice = Callable[..., Office]


@pytest.fixture(scope="session")
def network_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_network_template(tmp_path_factory.mktemp("network"))


@pytest.fixture
def open_office(qtbot: QtBot, network_template: Path, tmp_path: Path) -> Iterator[OpenOffice]:
    """Opens Rabat's window on the Exchange page; `before` prepares the offices while all are still closed to it."""
    opened: list[Office] = []

    def begin(language: str = "en", before: Callable[[list[Site]], None] | None = None) -> Office:
        sites = set_stage(network_template, tmp_path / "offices")
        if before is not None:
            before(sites)
        rabat, tanger, oujda, beni = sites
        rabat.hub.close()
        preferences = Preferences(rabat.paths.settings, Settings(language=language))
        preferences.apply()
        program = Program(rabat.paths, preferences, CHEAP)
        program.start()
        program.window.resize(1366, 768)
        qtbot.waitExposed(program.window)
        program.window.activateWindow()
        qtbot.waitUntil(lambda: isinstance(program.window.shown, SignInCover))
        cover = program.window.shown
        assert isinstance(cover, SignInCover)
        cover.accounts.choose(MANAGER)
        cover.password.line.setText(PASSWORD)
        cover.enter_button.click()
        qtbot.waitUntil(lambda: program.workplace is not None and program.runner.is_idle)
        assert program.workplace is not None
        program.workplace.show_page("exchange")
        page = program.workplace.page("exchange")
        assert isinstance(page, ExchangePage)
        stick = tmp_path / "stick"
        stick.mkdir()
        office = Office(program, page, tanger, oujda, beni, stick, qtbot)
        opened.append(office)
        office.settle()
        return office

    yield begin
    for office in opened:
        office.program.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        delete(office.program.window)
        delete(office.program)
        for site in (office.tanger, office.oujda, office.beni):
            site.hub.close()
    Preferences(Path("nowhere/settings.json"), Settings(language="en", appearance="light")).apply()


@pytest.fixture
def office(open_office: OpenOffice) -> Office:
    """In English."""
    return open_office()
