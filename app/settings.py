"""Choices of this computer that concern nobody: language, light or dark, scale, minutes before it locks.

They are read before anything is unlocked, so nothing personal may ever be added here.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.i18n import DEFAULT_LANGUAGE, LANGUAGES

APPEARANCES: Final = ("system", "light", "dark")
SCALES: Final = (100, 125, 150, 175, 200)
IDLE_MINUTES: Final = (1, 120)


@dataclass(frozen=True, slots=True)
class Settings:
    """`appearance` is one of APPEARANCES, `scale` per cent, one of SCALES; `idle_minutes` lies within IDLE_MINUTES."""

    language: str = DEFAULT_LANGUAGE
    appearance: str = "system"
    scale: int = 100
    idle_minutes: int = 10


def load_settings(path: Path) -> Settings:
    """What the file says, each value that can't be used replaced by its default; a missing or damaged file is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    default = Settings()
    language, appearance = found.get("language"), found.get("appearance")
    scale, minutes = found.get("scale"), found.get("idle_minutes")
    return Settings(
        language=language if language in LANGUAGES else default.language,
        appearance=appearance if appearance in APPEARANCES else default.appearance,
        scale=scale if type(scale) is int and scale in SCALES else default.scale,
        idle_minutes=minutes if type(minutes) is int and _is_idle(minutes) else default.idle_minutes,
    )


def save_settings(settings: Settings, path: Path) -> None:
    """Write all or nothing: a power cut leaves the file before or the file after. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    try:
        with draft.open("w", encoding="utf-8") as stream:
            json.dump(asdict(settings), stream, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


def _is_idle(minutes: int) -> bool:
    return IDLE_MINUTES[0] <= minutes <= IDLE_MINUTES[1]
