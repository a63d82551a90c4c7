"""What the database driver, the disk or the folder complain about, as sentences that say what to do."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import AppError, DamagedStoreError, EnvironmentProblem
from app.i18n import _
from app.storage.keyring import KeyringError

DriverError: Final[Any] = sqlcipher.Error
_PRIMARY: Final = 0xFF
"""The part of SQLite's result code that names the kind (https://sqlite.org/rescode.html)."""
_ERROR, _BUSY, _LOCKED, _READ_ONLY, _IO, _DAMAGED, _FULL, _NO_OPEN, _PROTOCOL, _NO_DATABASE = (
    1, 5, 6, 8, 10, 11, 13, 14, 15, 26,
)  # fmt: skip
_NO_PERMISSION, _NOT_ALLOWED = 3, 23


@contextmanager
def worded() -> Iterator[None]:
    """Turn errors of driver, disk and folder that leave the block into their sentences."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlcipher.Error, OSError, KeyringError) as error:
        sentence = describe(error)
        if sentence is None:
            raise
        raise sentence from error


@contextmanager
def rules_kept(otherwise: Callable[[], AppError]) -> Iterator[None]:
    """Raise another error where what somebody else has written breaks a rule of the tables, such as a foreign key."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        raise otherwise() from error


def describe(error: BaseException) -> AppError | None:
    """The sentence for an error of the environment; None for what is a bug or already worded."""
    if isinstance(error, sa.exc.DBAPIError) and error.orig is not None:
        return describe(error.orig)
    if isinstance(error, sqlcipher.Error):
        return _describe_driver(_kind(error))
    if isinstance(error, KeyringError):
        return keyring_damaged()
    if isinstance(error, OSError):
        return _describe_system(error)
    return None


def is_mistake_in_sql(error: BaseException) -> bool:
    """Whether the driver understood the file and not the question: no such table, no such column."""
    return isinstance(error, sqlcipher.Error) and _kind(error) == _ERROR


def _kind(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY


def _describe_driver(kind: int) -> AppError | None:
    if kind == _FULL:
        return _disk_full()
    if kind in {_READ_ONLY, _NO_OPEN, _NO_PERMISSION, _NOT_ALLOWED}:
        return _read_only()
    if kind in {_BUSY, _LOCKED, _PROTOCOL}:
        return EnvironmentProblem(
            _(
                "Another program is using Wasl's records and did not finish in time. Nothing was changed. "
                "Close other Wasl windows or wait for a backup to end, then try again."
            )
        )
    if kind == _IO:
        return _disk_fails()
    if kind in {_DAMAGED, _NO_DATABASE}:
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
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return _disk_full()
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return _read_only()
    if error.errno in {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.ESTALE}:
        return _disk_fails()
    if error.errno == errno.ENOENT and isinstance(error.filename, str) and not Path(error.filename).parent.exists():
        # not the file, but its folder is gone: unplugged
        return _disk_fails()
    return None


def _disk_fails() -> EnvironmentProblem:
    return EnvironmentProblem(
        _(
            "The disk with Wasl's records did not answer, so the last step was not kept; everything before it is as it "
            "was. If it is a USB disk or a shared folder, connect it again; then do the last step again."
        )
    )


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


def keyring_damaged() -> EnvironmentProblem:
    """The store is there, and what opens it is not."""
    return EnvironmentProblem(
        _(
            "The file that opens the records (keyring.json) is missing or damaged. The records themselves were "
            "not touched. Put back the copy that is in the newest backup."
        )
    )
