"""Bundle and identity files on a stick or in a folder: written whole or not at all, read no further than is sane."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Final

from app.errors import EnvironmentProblem, UserError
from app.i18n import _
from app.storage.files import draft_prefix, write_atomically
from app.sync.bundle import LARGEST_FILE, MAGIC

_LARGEST_IDENTITY: Final = 65_536
_DRAFT_END: Final = "[0-9a-f]" * 8
"""How the names of drafts end (`app.storage.files`)."""
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LOCKED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_file(path: Path, content: bytes) -> None:
    """Write a file durably. Raises EnvironmentProblem for a full or missing stick, with no half file in its place."""
    with worded(path.parent):
        if not path.parent.is_dir():
            raise UserError(
                _("The folder {folder} is not there. Nothing was written. Is the stick still plugged in?").format(
                    folder=path.parent
                )
            )
        clear_drafts(path.parent, escape(draft_prefix(path)))
        write_atomically(path, content)


def clear_drafts(folder: Path, beginning: str) -> None:
    """Remove what a stick that was pulled out has kept of files half written, by a pattern of how their names begin.

    To be called where nobody of this office can be writing: within a writing transaction.
    """
    with suppress(OSError):
        for draft in list(folder.glob(f"{beginning}{_DRAFT_END}")):
            with suppress(OSError):
                draft.unlink()


def read_bundle_file(path: Path) -> bytes:
    """The content of a bundle file; what can't be one is not read through. Raises UserError, EnvironmentProblem."""
    with worded(path.parent):
        try:
            with path.open("rb") as stream:
                beginning = stream.read(len(MAGIC))
                if beginning != MAGIC:
                    raise UserError(
                        _("This file is not a bundle of Wasl. Nothing was changed. Choose a file that ends in .wasl.")
                    )
                if path.stat().st_size > LARGEST_FILE:
                    raise UserError(_("This file is far larger than any bundle. It was not opened."))
                return beginning + stream.read(LARGEST_FILE)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise _not_there(path) from error


def read_identity_file(path: Path) -> bytes:
    """The content of an identity file. Raises UserError, EnvironmentProblem."""
    with worded(path.parent):
        try:
            with path.open("rb") as stream:
                return stream.read(_LARGEST_IDENTITY)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise _not_there(path) from error


@contextmanager
def worded(folder: Path) -> Iterator[None]:
    """Turn what a stick or a shared folder complains about into sentences about it, not about the disk of records."""
    try:
        yield
    except OSError as error:
        raise _describe(error, folder) from error


def _describe(error: OSError, folder: Path) -> EnvironmentProblem:
    if error.errno in _FULL:
        return EnvironmentProblem(
            _(
                "There is no room left in {folder}, so nothing was written. The records on this computer are as they "
                "were. Delete something there, or take another stick."
            ).format(folder=folder)
        )
    if error.errno in _LOCKED:
        return EnvironmentProblem(
            _(
                "This computer may not write or read in {folder}. The records are as they were. If it is a stick with "
                "a small lock on its side, open it; otherwise take another stick or folder."
            ).format(folder=folder)
        )
    return EnvironmentProblem(
        _(
            "{folder} did not answer. The records on this computer are as they were. Plug the stick in again, or "
            "connect the folder, then try once more."
        ).format(folder=folder)
    )


def _not_there(path: Path) -> UserError:
    return UserError(_("The file {file} is not there. Nothing was changed.").format(file=path))
