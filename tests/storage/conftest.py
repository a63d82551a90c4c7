from collections.abc import Iterator
from pathlib import Path

import pytest

from app.hub import Hub
from app.paths import HubPaths
from tests.factories import SettableClock, Template, copy_template, make_template, open_as


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("template") / "hub")


@pytest.fixture
def paths(template: Template, tmp_path: Path) -> HubPaths:
    return copy_template(template, tmp_path / "hub")


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def hub(paths: HubPaths, clock: SettableClock) -> Iterator[Hub]:
    opened = open_as(paths, clock=clock)
    yield opened
    opened.close()
