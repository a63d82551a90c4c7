"""A desk for each test, on its own copy of one encrypted hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.stage import Stage, make_stage_hub, open_stage


@pytest.fixture(scope="session")
def hub_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "hub"
    make_stage_hub(folder)
    return folder


@pytest.fixture
def stage(qtbot: QtBot, hub_template: Path, tmp_path: Path) -> Iterator[Stage]:
    """The manager at the desk, in French."""
    with open_stage(qtbot, hub_template, tmp_path / "hub") as opened:
        yield opened


@pytest.fixture
def reception_stage(qtbot: QtBot, hub_template: Path, tmp_path: Path) -> Iterator[Stage]:
    """A receptionist at the desk."""
    with open_stage(qtbot, hub_template, tmp_path / "hub", login="said") as opened:
        yield opened


@pytest.fixture(params=["fr", "en", "ar"])
def spoken_stage(qtbot: QtBot, hub_template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The desk in each language."""
    with open_stage(qtbot, hub_template, tmp_path / "hub", language=request.param) as opened:
        yield opened
