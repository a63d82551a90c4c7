"""Copies of a store: encrypted as it is, in one file with the keyring that opens it."""

import os
import shutil
import tempfile
import time
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import _
from app.paths import HubPaths
from app.storage import making, problems
from app.storage.files import sync_file, sync_folder
from app.storage.store import Store

SUFFIX: Final = ".waslbackup"
_STORE, _KEYRING = "wasl.db", "keyring.json"
_DRAFT: Final = ".wasl-"
_DRAFT_S: Final = 3600
"""No copy takes as long: a draft of before was cut off by a power cut."""


def back_up(store: Store, destination: Path | None, now: int) -> Path:
    """Write a copy of one state of the store to a file and return its path; an existing file is replaced whole.

    The copy is made with SQLCipher's own export, so it is consistent while others write, and encrypted with the same
    key. Raises UserError for a place that can't hold it, EnvironmentProblem, with no half file left behind.
    """
    if destination is None:
        with problems.worded():
            store.paths.backups.mkdir(mode=0o700, exist_ok=True)
        moment = datetime.fromtimestamp(now / 1000, UTC)
        destination = store.paths.backups / f"wasl-{moment:%Y%m%d-%H%M%S}{SUFFIX}"
    elif destination.is_dir() or not destination.parent.is_dir():
        raise UserError(_("There is no folder for this file, or it is a folder itself. No copy was made."))
    for draft in _drafts_in(destination.parent, older_s=_DRAFT_S):
        with suppress(OSError):
            shutil.rmtree(draft)
    with problems.worded(), tempfile.TemporaryDirectory(dir=destination.parent, prefix=_DRAFT) as folder:
        copy = Path(folder) / _STORE
        store.copy_to(copy)
        packed = Path(folder) / "backup"
        # a computer whose battery is dead lives in 1970, which a ZIP does not know
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
            archive.write(copy, _STORE)
            archive.write(store.paths.keyring, _KEYRING)
        packed.chmod(0o600)
        sync_file(packed)
        packed.replace(destination)
        sync_folder(destination.parent)
    return destination


def restore(backup: Path, paths: HubPaths) -> None:
    """Put a copy into a folder that holds no records; durable on return. The first opening notices that it is one.

    Raises UserError when the file is no backup or the folder is in use; nothing is overwritten. One that was cut off
    counts for nothing and can be begun again.
    """
    if making.is_installed(paths):
        raise UserError(
            _("There are records in this folder already. Nothing was changed. Restore into an empty folder.")
        )
    with problems.worded():
        try:
            with zipfile.ZipFile(backup) as archive:
                _check_archive(archive)
                making.begin(paths)
                # the keyring last: without it the folder does not count as an installation
                for name, target in ((_STORE, paths.database), (_KEYRING, paths.keyring)):
                    _extract(archive, name, target)
                making.finish(paths)
        except (zipfile.BadZipFile, FileNotFoundError, IsADirectoryError, NotImplementedError) as error:
            raise UserError(
                _("This file is not a backup of Wasl, or it is damaged. Nothing was restored. Try an older one.")
            ) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    if sorted(archive.namelist()) != sorted((_STORE, _KEYRING)) or archive.testzip() is not None:
        raise zipfile.BadZipFile(archive.filename)


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    draft = target.with_name(f".{target.name}.restored")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with archive.open(name) as source, os.fdopen(descriptor, "wb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
    draft.replace(target)
    sync_folder(target.parent)


def keep_newest(paths: HubPaths, prefix: str, count: int) -> None:
    """Remove all but the newest automatic copies whose names begin alike."""
    with problems.worded():
        for old in sorted(paths.backups.glob(f"{prefix}*{SUFFIX}"))[:-count]:
            old.unlink(missing_ok=True)


def forget_others(paths: HubPaths, kept: Path) -> None:
    """Remove the automatic copies except one, and what is left of those that were cut off."""
    with problems.worded():
        for draft in _drafts_in(paths.backups, older_s=0):
            shutil.rmtree(draft)
        for old in paths.backups.glob(f"*{SUFFIX}"):
            if old != kept:
                old.unlink(missing_ok=True)


def _drafts_in(folder: Path, older_s: int) -> list[Path]:
    """What is left of copies that were cut off, and nobody has touched for some seconds."""
    found = [draft for draft in folder.glob(f"{_DRAFT}*") if draft.is_dir()]
    return [draft for draft in found if draft.stat().st_mtime <= time.time() - older_s]


def last_backup(paths: HubPaths) -> int | None:
    """When the newest automatic copy was made, in epoch milliseconds."""
    made = [item.stat().st_mtime_ns // 1_000_000 for item in paths.backups.glob(f"*{SUFFIX}")]
    return max(made, default=None)
