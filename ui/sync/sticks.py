"""Where a bundle may go: the sticks that are plugged in, the exchange folder."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStorageInfo

_MOUNTED_BELOW: Final = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick by the name that it shows in other programs, and its free room in bytes."""

    name: str
    folder: Path
    free: int


def list_sticks() -> tuple[Stick, ...]:
    """What is plugged in and can be written to."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _is_removable(root):
            found.append(Stick(volume.displayName() or root, Path(root), volume.bytesAvailable()))
    return tuple(found)


def _is_removable(root: str) -> bool:
    """By where it is mounted; on Windows every drive but the system's."""
    if os.name == "nt":
        return not root.upper().startswith(os.environ.get("SYSTEMDRIVE", "C:").upper())
    return root.startswith(_MOUNTED_BELOW)
