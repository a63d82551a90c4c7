from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.exchange.network import FIVE, Site, copy_network, make_network_template


@pytest.fixture(scope="session")
def network_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_network_template(tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="session")
def five_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_network_template(tmp_path_factory.mktemp("five"), FIVE)


@pytest.fixture
def sites(network_template: Path, tmp_path: Path) -> Iterator[list[Site]]:
    opened = copy_network(network_template, tmp_path)
    yield opened
    for site in opened:
        site.hub.close()
