"""`python -m ui.tour FOLDER`: the program on a demo hub, used by keyboard, with pictures and an account of it."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.bootstrap import open_hub
from app.errors import AppError
from app.paths import HubPaths
from ui.tour.account import write_account
from ui.tour.first_start import set_up
from ui.tour.stage import Faults, Stage, TourError
from ui.tour.walk import LOGIN, PASSWORD, walk

HUB: Final = "rabat"


def main(arguments: list[str] | None = None) -> int:
    """Take the walk; 1 when anything does not work as it must."""
    parser = argparse.ArgumentParser(prog="python -m ui.tour", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to leave pictures, papers and the account")
    parser.add_argument("--hub", type=Path, help="the folder of a demo hub (default: one below the folder, made anew)")
    chosen = parser.parse_args(arguments)
    try:
        account = take_tour(chosen.folder, chosen.hub)
    except (TourError, OSError) as error:
        sys.stderr.write(f"The tour failed: {error}\n")
        return 1
    sys.stdout.write(f"{account.read_text(encoding='utf-8')}\nAll of it is in {chosen.folder}/\n")
    return 0


def take_tour(folder: Path, hub: Path | None = None) -> Path:
    """First start in a folder of its own, then a day at a demo hub in three languages. Returns the account's path."""
    folder.mkdir(parents=True, exist_ok=True)
    hub = hub or folder / "hub" / HUB
    began = time.perf_counter()
    if not _opens(hub):
        _make_demo(hub.parent)
    made = time.perf_counter() - began
    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("Wasl")
    faults = Faults()
    faults.watch()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="wasl-first-start-") as empty,
            closing(Stage(Path(empty) / "records", faults)) as stage,
        ):
            stage.open()
            set_up(stage, folder, folder / "recovery-sheet.pdf")
        with closing(Stage(hub, faults)) as stage:
            stage.open()
            day = walk(stage, folder)
        faults.check()
    finally:
        faults.leave()
    return write_account(folder, day, made)


def _opens(hub: Path) -> bool:
    """Whether a demo hub of this version is there; one of another version is made anew, it holds nothing real."""
    try:
        open_hub(HubPaths(hub), LOGIN, PASSWORD).close()
    except AppError:
        return False
    return True


def _make_demo(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    sys.stderr.write("Making the invented hub of Rabat, a year of it …\n")
    command = [sys.executable, "-m", "app.cli", "--lang", "en", "--data", str(folder), "demo", "--hubs", HUB]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    if done.returncode:
        raise TourError(f"waslctl demo ended with status {done.returncode}.")


if __name__ == "__main__":
    sys.exit(main())
