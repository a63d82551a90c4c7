"""The window of a hub with employers, offers, candidates and placements, made once and copied for each test."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Hub, open_hub
from app.clock import day_of, system_clock
from app.domain.ids import PersonId
from app.domain.people import NewPerson, Sex
from app.domain.placements import CandidacyState, NewEmployer, NewOffer, NewPlacement, PlacementState
from app.paths import HubPaths
from app.services import employers, people, placements
from tests.ui.conftest import CHEAP, MANAGER
from ui.placements.page import PlacementsPage
from ui.program import Program


def add_person(hub: Hub, name: str, nationality: str) -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name, sex=Sex.FEMALE, nationality=nationality), uow)).value.id


def set_up(hub: Hub) -> None:
    """Somebody whom nobody asked after, a foreigner's contract under way, an offer with a candidate."""
    today = day_of(system_clock())
    awa, moussa, salma = (
        add_person(hub, name, land)
        for name, land in (("Awa Diop", "SN"), ("Moussa Traoré", "ML"), ("Salma Idrissi", "MA"))
    )
    new = NewEmployer("Pâtisserie Amoud", "catering", "Rabat", "Mme Benjelloun", "0537 00 00 00")
    shop = hub.write(lambda uow: employers.add_employer(new, uow)).value.id
    site = hub.write(
        lambda uow: employers.add_employer(NewEmployer("Atlas Bâtiment", "construction", "Salé"), uow)
    ).value.id
    offer = NewOffer(shop, "Commis de cuisine", "fixed_term", 1, closes=today + timedelta(days=30))
    kept = hub.write(lambda uow: employers.add_offer(offer, uow)).value.id
    hub.write(lambda uow: employers.propose(kept, salma, "deux ans en cuisine", uow))
    old = NewPlacement(awa, today - timedelta(days=120), shop, "fixed_term", "Vendeuse")
    hub.write(lambda uow: placements.place(old, uow))
    foreign = NewPlacement(moussa, today + timedelta(days=20), site, "foreign_worker", "Maçon")
    hub.write(lambda uow: placements.place(foreign, uow))
    ended = NewPlacement(salma, today - timedelta(days=200), site, "paid_internship", "Accueil")
    gone = hub.write(lambda uow: placements.place(ended, uow)).value.id
    day = today - timedelta(days=150)
    hub.write(lambda uow: placements.end(gone, PlacementState.COMPLETED, uow, on=day))


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
    def page(self) -> PlacementsPage:
        assert self.program.workplace is not None
        page = self.program.workplace.page("placements")
        assert isinstance(page, PlacementsPage)
        return page

    @property
    def said(self) -> str:
        assert self.program.workplace is not None
        return self.program.workplace.foot.strip.text

    def undo(self) -> None:
        assert self.program.workplace is not None
        self.program.workplace.foot.strip.undo_button.click()
        self.settle()

    def settle(self) -> None:
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: self.program.runner.is_idle, timeout=20_000)

    def candidate(self) -> CandidacyState:
        [offer] = self.hub.read(lambda uow: employers.list_offers(uow, everything=True))
        return self.hub.read(lambda uow: employers.list_candidates(offer.id, uow))[0].state


@pytest.fixture(scope="session")
def placement_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("placements") / "hub"
    shutil.copytree(template, folder)
    hub = open_hub(HubPaths(folder), *MANAGER, cost=CHEAP)
    set_up(hub)
    hub.close()
    return folder


@pytest.fixture
def paths(request: pytest.FixtureRequest, tmp_path: Path) -> HubPaths:
    """A copy: of the hub with placements, or of an empty one where the test names `template`."""
    source: Path = request.getfixturevalue(getattr(request, "param", "placement_template"))
    folder = tmp_path / "hub"
    shutil.copytree(source, folder)
    return HubPaths(folder)


OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(sign_in: Callable[..., Program], qtbot: QtBot) -> OpenDesk:
    def begin(language: str = "en") -> Desk:
        desk = Desk(sign_in(language=language), qtbot)
        desk.program.window.resize(1366, 768)
        assert desk.program.workplace is not None
        desk.program.workplace.show_page("placements")
        desk.settle()
        desk.page.primary_focus().setFocus()
        return desk

    return begin


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    return open_desk()
