"""What is kept of a mistake of the program: where it happened, and nothing that anybody had typed or stored."""

import platform
import tempfile
import traceback
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from app.clock import system_clock
from app.paths import HubPaths


def keep_log(error: BaseException, paths: HubPaths | None, command: str) -> Path:
    """Write the log of a bug beside the records, or in the folder for temporary files where that can't be.

    Messages of exceptions and values of variables may hold names, so only kinds and places are kept.
    """
    now = datetime.fromtimestamp(system_clock() / 1000, UTC)
    text = "\n".join(
        (
            f"Wasl {version('wasl')}, Python {platform.python_version()}, {platform.platform()}",
            f"waslctl {command}, {now:%Y-%m-%d %H:%M:%S} UTC",
            *_trace(error),
            "",
        )
    )
    name = f"waslctl-{now:%Y%m%d-%H%M%S-%f}.log"
    if paths is not None and paths.folder.is_dir():
        try:
            paths.logs.mkdir(mode=0o700, exist_ok=True)
            kept = paths.logs / name
            kept.write_text(text, encoding="utf-8")
        except OSError:
            pass
        else:
            return kept
    spare = Path(tempfile.gettempdir()) / name
    spare.write_text(text, encoding="utf-8")
    return spare


def _trace(error: BaseException) -> list[str]:
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            # the last parts only: the first ones may hold the name of whoever owns this computer
            place = "/".join(Path(frame.filename).parts[-3:])
            lines.append(f"  {place}:{frame.lineno} in {frame.name}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return lines
