"""Ten visits are logged, the power goes in the middle of the eleventh: ten are there, and the store is whole."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from app.bootstrap import open_hub
from app.paths import HubPaths
from app.services import days, visits
from app.settings import Settings, save_settings
from tests.journeys.stage import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("table", ["visit", "place"])
def test_ten_visits_outlive_a_power_cut_in_the_eleventh(journey_template: Path, tmp_path: Path, table: str) -> None:
    folder = tmp_path / "hub"
    copytree(journey_template, folder)
    save_settings(Settings(language="ar"), HubPaths(folder).settings)
    ended = subprocess.run(
        [sys.executable, "-m", "tests.journeys.power_cut_desk", str(folder), table],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert ended.stdout.split() == [word for number in range(1, 11) for word in ("kept", str(number))]

    hub = open_hub(HubPaths(folder), "amina", PASSWORD)
    try:
        assert hub.check() == []
        rows = hub.read(lambda uow: visits.list_day(None, uow))
        assert len(rows) == 10
        assert sum(row.person_id is not None for row in rows) == 5
        assert hub.read(days.today).here == 10
        assert sum(queue.waiting for queue in hub.read(visits.queues)) == 10
    finally:
        hub.close()
