"""The program as a process: what it loads before the window stands, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.paths import HubPaths

_ROOT = Path(__file__).parents[2]
_LOOK = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.program
shown = ui.program.Program.start
def start(self):
    shown(self)
    assert self.window.isVisible()
    heavy = {"sqlalchemy", "sqlcipher3", "reportlab", "cryptography", "app.bootstrap"} & set(sys.modules)
    print(type(self.window.shown).__name__, sorted(heavy))
    QTimer.singleShot(0, self.window.close)
ui.program.Program.start = start
from ui.__main__ import main
raise SystemExit(main(["--data", sys.argv[1]]))
"""


def _run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _LOOK, str(folder)],
        cwd=_ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("installed", [True, False])
def test_the_window_stands_before_the_store_is_loaded(paths: HubPaths, tmp_path: Path, *, installed: bool) -> None:
    done = _run(paths.folder if installed else tmp_path / "new")
    assert done.returncode == 0, done.stderr
    cover = "SignInCover" if installed else "FirstStartCover"
    assert done.stdout.split("\n")[0] == f"{cover} []"


def test_the_style_is_worn_without_the_enumerations_of_styles() -> None:
    look = """
import enum, sys
made, make = [], enum.EnumType.__new__
def note(kind, name, *rest, **more):
    made.append(name)
    return make(kind, name, *rest, **more)
enum.EnumType.__new__ = staticmethod(note)
from ui.theme.appearance import appearance, make_application
application = make_application("wasl")
appearance()
assert "Weight" in made
assert "PixelMetric" not in made
application.setStyleSheet("")
print(application.style().objectName())
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", look], cwd=_ROOT, env={**os.environ, "QT_STYLE_OVERRIDE": "Windows"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["fusion"]


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    assert _run(tmp_path / "new").returncode == 0
    assert not (tmp_path / "new").exists()
