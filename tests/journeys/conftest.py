"""The whole program on a hub of its own."""

from pathlib import Path

import pytest

from tests.journeys.stage import make_stage_hub


@pytest.fixture(scope="session")
def journey_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey") / "hub"
    make_stage_hub(folder)
    return folder
