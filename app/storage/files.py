"""Files beside the store: replaced whole or not at all, also when the power fails."""

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_DRAFT_BYTES: Final = 4
_DRAFT_S: Final = 3600
"""Nothing that is written in one go takes as long."""


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file: temporary file, fsync, rename, fsync of the folder. On OSError the old file stands."""
    draft = write_draft(path, content)
    try:
        put_in_place(draft, path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


def write_draft(path: Path, content: bytes) -> Path:
    """Write what is to become a file under another name beside it, durably; on OSError nothing is left."""
    draft = path.with_name(f"{draft_prefix(path)}{secrets.token_hex(_DRAFT_BYTES)}")
    try:
        # Windows would otherwise turn line ends into its own
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    return draft


def put_in_place(draft: Path, path: Path) -> None:
    """Make a draft the file, durably. Needs no space on the disk."""
    draft.replace(path)
    sync_folder(path.parent)


def draft_prefix(path: Path) -> str:
    """What the names of a file's drafts begin with."""
    return f".{path.name}."


def forget_drafts(folder: Path) -> None:
    """Remove drafts that a power cut or a full disk left in a folder; what is younger, somebody may be writing now."""
    for draft in folder.glob(f".*.{'[0-9a-f]' * 2 * _DRAFT_BYTES}"):
        with suppress(OSError):
            if draft.stat().st_mtime < time.time() - _DRAFT_S:
                draft.unlink()


def sync_file(path: Path) -> None:
    """Make what was written to a file durable."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
