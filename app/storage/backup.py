"""Copies of a store: encrypted as it is, in one file with the keyring that opens it."""

import os
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import _
from app.paths import HubPaths
from app.storage import problems
from app.storage.files import sync_folder
from app.storage.store import Store

SUFFIX: Final = ".waslbackup"
_STORE, _KEYRING = "wasl.db", "keyring.json"


def back_up(store: Store, destination: Path | None, now: int) -> Path:
    """Write a copy of one state of the store to a file and return its path; an existing file is replaced whole.

    The copy is made with SQLCipher's own export, so it is consistent while others write, and encrypted with the same
    key. Raises EnvironmentProblem, with no half file left behind.
    """
    if destination is None:
        store.paths.backups.mkdir(mode=0o700, exist_ok=True)
        moment = datetime.fromtimestamp(now / 1000, UTC)
        destination = store.paths.backups / f"wasl-{moment:%Y%m%d-%H%M%S}{SUFFIX}"
    with problems.worded(), tempfile.TemporaryDirectory(dir=destination.parent, prefix=".wasl-") as folder:
        copy = Path(folder) / _STORE
        store.copy_to(copy)
        packed = Path(folder) / "backup"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            archive.write(copy, _STORE)
            archive.write(store.paths.keyring, _KEYRING)
        with packed.open("rb") as stream:
            os.fsync(stream.fileno())
        packed.replace(destination)
        sync_folder(destination.parent)
    return destination


def restore(backup: Path, paths: HubPaths) -> None:
    """Put a copy into a folder that holds no records. The first opening notices that it is one.

    Raises UserError when the file is no backup or the folder is in use; nothing is overwritten.
    """
    if paths.database.exists() or paths.keyring.exists():
        raise UserError(
            _("There are records in this folder already. Nothing was changed. Restore into an empty folder.")
        )
    with problems.worded():
        try:
            with zipfile.ZipFile(backup) as archive:
                _check_archive(archive)
                paths.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                # the keyring last: without it the folder does not count as an installation
                for name in (_STORE, _KEYRING):
                    archive.extract(name, paths.folder)
        except zipfile.BadZipFile as error:
            raise UserError(
                _("This file is not a backup of Wasl, or it is damaged. Nothing was restored. Try an older one.")
            ) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    if sorted(archive.namelist()) != sorted((_STORE, _KEYRING)) or archive.testzip() is not None:
        raise zipfile.BadZipFile(archive.filename)


def last_backup(paths: HubPaths) -> int | None:
    """When the newest automatic copy was made, in epoch milliseconds."""
    made = [item.stat().st_mtime_ns // 1_000_000 for item in paths.backups.glob(f"*{SUFFIX}")]
    return max(made, default=None)
