"""The technical log and the exception hook. Neither ever holds what a person wrote or who somebody is."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from ui.messages import describe_fault

_LOG: Final = logging.getLogger("wasl")
_BYTES: Final = 512 * 1024
_FILES: Final = 5


def log_file(folder: Path) -> Path:
    """The file to send when something went wrong."""
    return folder / "wasl.log"


def start_log(folder: Path) -> None:
    """Log to a file that never grows over 2.5 MB with its predecessors; a folder that refuses is no reason to stop."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - loads much that the first window needs not

    stop_log()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file(folder), maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8", delay=False
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


def stop_log() -> None:
    """Release the file."""
    for handler in tuple(_LOG.handlers):
        _LOG.removeHandler(handler)
        handler.close()
    _LOG.propagate = True


def install_exception_hook(report: Callable[[BaseException], None]) -> None:
    """Send what nobody caught to `report`, which logs and shows it; PySide goes on after an exception in a slot."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        try:
            report(error)
        except Exception as second:  # noqa: BLE001 - the hook itself must never raise
            _LOG.critical("fault while reporting: %s", describe_fault(second))

    def thread_hook(details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None:
            _LOG.error("fault in a thread: %s", describe_fault(details.exc_value))

    sys.excepthook = hook
    threading.excepthook = thread_hook


def restore_exception_hook() -> None:
    """Python's own again."""
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
