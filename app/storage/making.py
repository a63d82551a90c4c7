"""The mark of an installation that is being made or restored: without it, a store without a keyring is no leftover.

Records whose keyring was lost can be opened again with the copy of it in a backup. Nothing but this mark may tell
them apart from what a power cut left of a first start.
"""

from contextlib import suppress
from pathlib import Path

from app.paths import HubPaths
from app.storage.files import sync_folder, write_atomically


def is_installed(paths: HubPaths) -> bool:
    """Whether the folder holds an installation, be it one whose keyring is lost; one that was cut off is none."""
    return paths.keyring.exists() or (paths.database.exists() and not _mark(paths).exists())


def begin(paths: HubPaths) -> None:
    """Mark the folder, and clear away what an earlier attempt left. Not for a folder with an installation.

    A log left beside a store that is gone would be played into the new one. An anchor stays: if a copy of the same
    installation is restored here, it tells exactly which numbers were given.
    """
    if is_installed(paths):
        raise RuntimeError("there is an installation in this folder")
    paths.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(_mark(paths), b"")
    name = paths.database.name
    for path in (paths.database.with_name(name + end) for end in ("", "-wal", "-shm", "-journal")):
        with suppress(FileNotFoundError):
            path.unlink()


def finish(paths: HubPaths) -> None:
    """Take the mark away: the keyring is in its place."""
    mark = _mark(paths)
    if mark.exists():
        mark.unlink(missing_ok=True)
        sync_folder(paths.folder)


def _mark(paths: HubPaths) -> Path:
    return paths.folder / "being-made"
