"""PySide 6.12.0 takes a reference from None and True with each call that returns them: Python 3.11 dies of it."""

import subprocess
import sys

import PySide6

PROBE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
widget = QWidget()
before = sys.getrefcount(None), sys.getrefcount(True)
for _ in range(50_000):
    widget.setWindowTitle("x")
    widget.isEnabled()
after = sys.getrefcount(None), sys.getrefcount(True)
print(max(abs(new - old) for new, old in zip(after, before)))
"""


def test_calls_into_qt_keep_the_count_of_references() -> None:
    # in a process of its own: should a version lose references again, it is that one which dies
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1000


def test_the_version_that_loses_references_is_not_the_one_installed() -> None:
    assert tuple(int(part) for part in PySide6.__version__.split(".")[:2]) == (6, 11)
