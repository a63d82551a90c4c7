"""The technical log and the exception hook keep persons out."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.logs import install_exception_hook, log_file, restore_exception_hook, start_log, stop_log
from ui.messages import describe_fault, word_error


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    for name in ("wasl", "wasl.ui"):
        logging.getLogger(name).disabled = False  # a tool that configures logging may have silenced what it found
    start_log(tmp_path / "logs")
    yield log_file(tmp_path / "logs")
    stop_log()
    restore_exception_hook()


def _fail(name: str) -> None:
    raise ValueError(f"{name} 0612345678")


@pytest.mark.logs_warnings
def test_a_bug_is_logged_without_what_it_was_about(log: Path) -> None:
    reported: list[BaseException] = []

    def report(error: BaseException) -> None:
        reported.append(error)
        logging.getLogger("wasl.ui").error("fault: %s", describe_fault(error))

    install_exception_hook(report)
    try:
        _fail("KONE Aminata")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    text = log.read_text(encoding="utf-8")
    assert len(reported) == 1
    assert "ValueError" in text
    assert "_fail" in text
    assert "KONE" not in text
    assert "0612345678" not in text
    assert "KONE" not in word_error(ValueError("KONE"))


@pytest.mark.logs_warnings
def test_a_hook_that_fails_does_not_fail_twice(log: Path) -> None:
    def report(error: BaseException) -> None:
        raise RuntimeError("KONE") from error

    install_exception_hook(report)
    sys.excepthook(ValueError, ValueError("x"), None)
    text = log.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "KONE" not in text


def test_the_log_never_grows_over_its_limit(log: Path) -> None:
    logger = logging.getLogger("wasl.ui")
    for _ in range(4000):
        logger.info("x" * 1000)
    assert sum(path.stat().st_size for path in log.parent.iterdir()) < 3_000_000
    assert len(list(log.parent.iterdir())) == 5


def test_a_folder_that_refuses_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    start_log(tmp_path / "file" / "logs")
    logging.getLogger("wasl.ui").info("still here")
    stop_log()
