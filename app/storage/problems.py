"""What the database driver, the disk or the folder complain about, as sentences that say what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import AppError, DamagedStoreError, EnvironmentProblem
from app.i18n import _

_DAMAGED = ("file is not a database", "malformed", "file is encrypted", "disk i/o error")


@contextmanager
def worded() -> Iterator[None]:
    """Turn errors of driver, disk and folder that leave the block into their sentences."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlcipher.Error, OSError) as error:
        sentence = describe(error)
        if sentence is None:
            raise
        raise sentence from error


def describe(error: BaseException) -> AppError | None:
    """The sentence for an error of the environment; None for what is a bug or already worded."""
    if isinstance(error, sa.exc.DBAPIError) and error.orig is not None:
        return describe(error.orig)
    if isinstance(error, sqlcipher.Error | sqlite3.Error):
        return _describe_driver(str(error).lower())
    if isinstance(error, OSError):
        return _describe_system(error)
    return None


def _describe_driver(text: str) -> AppError | None:
    if "full" in text:
        return _disk_full()
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return _read_only()
    if "locked" in text or "busy" in text:
        return EnvironmentProblem(
            _(
                "Another program is using Wasl's records and did not finish in time. Nothing was changed. "
                "Close other Wasl windows or wait for a backup to end, then try again."
            )
        )
    if any(words in text for words in _DAMAGED):
        return damaged()
    return None


def damaged() -> DamagedStoreError:
    """The file can't be read as the store it should be."""
    return DamagedStoreError(
        _(
            "The file with the records is damaged or is not a Wasl file. It was left exactly as it is. "
            "Restore the newest backup (waslctl restore) and keep the damaged file: parts of it may still be readable."
        )
    )


def _describe_system(error: OSError) -> AppError | None:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _disk_full()
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return _read_only()
    return None


def _disk_full() -> EnvironmentProblem:
    return EnvironmentProblem(
        _(
            "The disk is full, so the last step was not kept; everything before it is safe. "
            "Free some space, then do the last step again."
        )
    )


def _read_only() -> EnvironmentProblem:
    return EnvironmentProblem(
        _(
            "Wasl may not write in the folder of its records. Nothing was changed. "
            "Ask whoever looks after this computer to allow it, or choose another folder."
        )
    )


def missing() -> EnvironmentProblem:
    """The keyring is there and the store is not."""
    return EnvironmentProblem(
        _(
            "The file with the records is missing from its folder. Wasl made no new one in its place. "
            "If it was moved, put it back; otherwise restore the newest backup (waslctl restore)."
        )
    )
