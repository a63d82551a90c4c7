"""The keyring file: the database key, wrapped once for each account and once for the recovery code (see `sealing`).

It holds logins, which the sign-in page must show before anything is unlocked, and nothing else about anybody.
"""

from pathlib import Path
from typing import Final

import msgspec

from app.storage.files import write_atomically

RECOVERY: Final = ""
"""The login under which the recovery code's slot is kept; no account can have it."""


class KdfCost(msgspec.Struct, frozen=True):
    """Cost of Argon2id: RFC 9106's second recommended option takes 150 ms on an office PC."""

    memory_kib: int = 65536
    iterations: int = 3
    lanes: int = 4


class Slot(msgspec.Struct, frozen=True):
    """The database key wrapped for one login."""

    login: str
    cost: KdfCost
    salt: str
    nonce: str
    wrapped: str


class Keyring(msgspec.Struct, frozen=True):
    """All slots of an installation; `installation` is its id in hexadecimal."""

    installation: str
    slots: tuple[Slot, ...]
    format: int = 1

    def logins(self) -> tuple[str, ...]:
        """Accounts that have a password here, in the order in which they got one."""
        return tuple(slot.login for slot in self.slots if slot.login != RECOVERY)


class KeyringError(Exception):
    """The keyring file is missing, damaged, or of a newer format; the message is technical."""


def without(ring: Keyring, login: str) -> Keyring:
    """The keyring after an account lost its access here."""
    return Keyring(ring.installation, tuple(item for item in ring.slots if item.login != login), ring.format)


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
    return ring


def write_keyring(path: Path, ring: Keyring) -> None:
    """Replace the keyring file, durably."""
    write_atomically(path, msgspec.json.format(msgspec.json.encode(ring), indent=1))
