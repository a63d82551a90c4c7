"""The keyring file: the database key, wrapped once for each account and once for the recovery code (see `sealing`).

It holds logins, which the sign-in page must show before anything is unlocked, and nothing else about anybody.
"""

import hashlib
from pathlib import Path
from typing import Annotated, Final

import msgspec

from app.storage.files import write_atomically

RECOVERY: Final = ""
"""The login under which the recovery code's slot is kept; no account can have it."""


class KdfCost(msgspec.Struct, frozen=True):
    """Cost of Argon2id: RFC 9106's second recommended option takes 150 ms on an office PC.

    Bounded when it is read, so that an altered file can't make the sign-in take all memory.
    """

    memory_kib: Annotated[int, msgspec.Meta(ge=8, le=1 << 20)] = 65536
    iterations: Annotated[int, msgspec.Meta(ge=1, le=100)] = 3
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)] = 4


class Slot(msgspec.Struct, frozen=True):
    """The database key wrapped for one login."""

    login: str
    cost: KdfCost
    salt: str
    nonce: str
    wrapped: str


class Keyring(msgspec.Struct, frozen=True):
    """All slots of an installation; `installation` is its id in hexadecimal.

    `check` is a hash over the rest, made when the file is written: without it a damaged slot would look like a wrong
    password to the one person who types the right one. It guards against accidents; against forgery the seals do.
    """

    installation: str
    slots: tuple[Slot, ...]
    format: int = 1
    check: str = ""

    def logins(self) -> tuple[str, ...]:
        """Accounts that have a password here, in the order in which they got one."""
        return tuple(slot.login for slot in self.slots if slot.login != RECOVERY)


class KeyringError(Exception):
    """The keyring file is missing, damaged, or of a newer format; the message is technical."""


def without(ring: Keyring, login: str) -> Keyring:
    """The keyring after an account lost its access here."""
    return Keyring(ring.installation, tuple(item for item in ring.slots if item.login != login), ring.format)


def with_slot(ring: Keyring, slot: Slot) -> Keyring:
    """The keyring with a slot in place of the former one of its login."""
    others = tuple(item for item in ring.slots if item.login != slot.login)
    return Keyring(ring.installation, (*others, slot), ring.format)


def read_keyring(path: Path) -> Keyring:
    """The keyring of an installation. Raises KeyringError, or OSError other than a missing file."""
    try:
        ring = msgspec.json.decode(path.read_bytes(), type=Keyring)
    except FileNotFoundError as error:
        raise KeyringError(str(path)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KeyringError(str(error)) from error
    if ring.format != 1:
        raise KeyringError(f"format {ring.format}")
    if ring.check != _check(ring):
        raise KeyringError("the check does not agree with the content")
    return ring


def keyring_bytes(ring: Keyring) -> bytes:
    """A keyring as its file holds it."""
    checked = Keyring(ring.installation, ring.slots, ring.format, _check(ring))
    return msgspec.json.format(msgspec.json.encode(checked), indent=1)


def write_keyring(path: Path, ring: Keyring) -> None:
    """Replace the keyring file, durably."""
    write_atomically(path, keyring_bytes(ring))


def _check(ring: Keyring) -> str:
    return hashlib.sha256(msgspec.json.encode([ring.format, ring.installation, ring.slots])).hexdigest()
