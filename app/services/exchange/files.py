"""Bundle and identity files on a stick or in a folder: written whole or not at all, read no further than is sane."""

from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import _
from app.storage import problems
from app.storage.files import write_atomically
from app.sync.bundle import LARGEST_FILE, MAGIC

_LARGEST_IDENTITY: Final = 65_536


def write_file(path: Path, content: bytes) -> None:
    """Write a file durably. Raises EnvironmentProblem for a full or missing stick, with no half file in its place."""
    with problems.worded():
        if not path.parent.is_dir():
            raise UserError(
                _("The folder {folder} is not there. Nothing was written. Is the stick still plugged in?").format(
                    folder=path.parent
                )
            )
        write_atomically(path, content)


def read_bundle_file(path: Path) -> bytes:
    """The content of a bundle file; what can't be one is not read through. Raises UserError, EnvironmentProblem."""
    with problems.worded():
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
    with problems.worded():
        try:
            with path.open("rb") as stream:
                return stream.read(_LARGEST_IDENTITY)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise _not_there(path) from error


def _not_there(path: Path) -> UserError:
    return UserError(_("The file {file} is not there. Nothing was changed.").format(file=path))
