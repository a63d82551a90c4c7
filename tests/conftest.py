"""What holds for every test: no screen, nobody's own files, and nothing left behind."""

import os
import sys
import tempfile

# before anything imports Qt or asks where the user's files are
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_ACCESSIBILITY"] = "1"
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
os.environ["TZ"] = "Pacific/Auckland"  # nowhere near the hubs: legal time in Morocco must not come from the computer
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "WASL_PASSWORD"):
    os.environ.pop(_name, None)
_home = tempfile.TemporaryDirectory(prefix="wasl-tests-")
for _name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = _home.name

import gc  # noqa: E402
import logging  # noqa: E402
import signal  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from collections.abc import Iterator  # noqa: E402

import pytest  # noqa: E402

from app import i18n  # noqa: E402
from tests.soak import Tell  # noqa: E402

time.tzset()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # so it is inherited where the suite was started in the background; what a test starts must hear of Ctrl+C
    signal.signal(signal.SIGINT, signal.default_int_handler)
_PATIENCE_S = 10.0


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """A test ends the threads that it began."""
    before = set(threading.enumerate())
    yield
    begun = [thread for thread in threading.enumerate() if thread not in before and not _is_foreign(thread)]
    for thread in begun:
        thread.join(_PATIENCE_S)
    left = [thread.name for thread in begun if thread.is_alive()]
    assert not left, f"threads left running: {left}"


def _is_foreign(thread: threading.Thread) -> bool:
    """A thread that Python did not start, such as one of Qt's own."""
    return isinstance(thread, threading._DummyThread)


@pytest.fixture(autouse=True)
def _no_widget_is_left() -> Iterator[None]:
    """A test closes the windows that it opened."""
    before = _windows()
    yield
    left = _windows() - before
    if left:
        _let_go()
        left = _windows() - before
    assert not left, f"windows left: {sorted(repr(window) for window in left)}"


@pytest.fixture(autouse=True)
def _language_is_put_back() -> Iterator[None]:
    """A test that changes the language changes it for itself only."""
    before = i18n._Current.translator
    yield
    i18n._Current.translator = before


def _windows() -> set[object]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets and widgets.QApplication.instance()
    if not widgets or not isinstance(application, widgets.QApplication):
        return set()
    return {widget for widget in application.topLevelWidgets() if widget.parent() is None}


def _let_go() -> None:
    """Let Qt delete what was asked to be deleted later, and Python what only cycles still hold."""
    core = sys.modules["PySide6.QtCore"]
    gc.collect()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    core.QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def _no_warning_is_logged(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An unexpected warning in the log fails the test; one that is meant to come is marked `logs_warnings`.

    Whoever starts the program's own log takes its warnings away from here: it is put back after each test.
    """
    log = logging.getLogger("wasl")
    handlers, level = tuple(log.handlers), log.level
    yield
    for handler in set(log.handlers) - set(handlers):
        log.removeHandler(handler)
        handler.close()
    log.propagate = True
    log.setLevel(level)
    if request.node.get_closest_marker("logs_warnings"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    said = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.WARNING]
    assert not said, f"warnings in the log: {said}"


@pytest.fixture
def tell(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> Tell:
    """Says a line: at once in a long run, with what failed in any other."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    reporter = pytestconfig.pluginmanager.getplugin("terminalreporter")

    def say(line: str) -> None:
        request.node.add_report_section("call", "said", line)
        if request.node.get_closest_marker("soak") and capture is not None and reporter is not None:
            with capture.global_and_fixture_disabled():
                reporter.write_line(f"{request.node.name}: {line}")

    return say
