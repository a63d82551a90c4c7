"""The database key, random and never written in clear: wrapped once for each account and once for the recovery code.

A slot is the key sealed with ChaCha20-Poly1305 (RFC 8439) under Argon2id (RFC 9106) of the password. What a slot is
for (format, installation, login) is authenticated with it, so a slot can't be passed off as another account's.
The file holds logins, which the sign-in page must show before anything is unlocked, and nothing else about anybody.
"""

import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.storage.files import write_atomically

KEY_BYTES: Final = 32
RECOVERY: Final = ""
"""The login under which the recovery code's slot is kept; no account can have it."""
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_CODE_GROUPS: Final = 8
_GROUP: Final = 4


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


class NoSuchSlotError(Exception):
    """The secret opens no slot of that login, or there is none."""


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The raw key of the store. Never printed: its repr says nothing."""

    raw: bytes

    def __repr__(self) -> str:
        return "DatabaseKey(…)"


def new_database_key() -> DatabaseKey:
    """A random key of 256 bits."""
    return DatabaseKey(secrets.token_bytes(KEY_BYTES))


def new_recovery_code() -> str:
    """160 random bits in eight groups of four letters and digits that can't be mistaken for each other on paper."""
    letters = [secrets.choice(_ALPHABET) for _ in range(_CODE_GROUPS * _GROUP)]
    return "-".join("".join(letters[start : start + _GROUP]) for start in range(0, len(letters), _GROUP))


def read_recovery_code(typed: str) -> str:
    """A recovery code as it was issued, from what somebody typed: any case, any separators, O for 0, I or L for 1."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(str.maketrans("OIL", "011"))
    letters = "".join(char for char in plain if char in _ALPHABET)
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def wrap(key: DatabaseKey, ring: Keyring, login: str, secret: str, cost: KdfCost | None = None) -> Keyring:
    """The keyring with the key wrapped for a login, in place of its former slot."""
    cost = cost or KdfCost()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = ChaCha20Poly1305(_derive(secret, salt, cost)).encrypt(nonce, key.raw, _purpose(ring, login))
    slot = Slot(login, cost, _text(salt), _text(nonce), _text(wrapped))
    return Keyring(ring.installation, (*(item for item in ring.slots if item.login != login), slot), ring.format)


def unwrap(ring: Keyring, login: str, secret: str) -> DatabaseKey:
    """The database key. Raises NoSuchSlotError; it takes as long for an unknown login as for a wrong password."""
    slot = next((item for item in ring.slots if item.login == login), None)
    if slot is None:
        _derive(secret, bytes(16), ring.slots[0].cost if ring.slots else KdfCost())
        raise NoSuchSlotError(login)
    try:
        sealed = ChaCha20Poly1305(_derive(secret, b64decode(slot.salt), slot.cost))
        return DatabaseKey(sealed.decrypt(b64decode(slot.nonce), b64decode(slot.wrapped), _purpose(ring, login)))
    except (InvalidTag, ValueError) as error:
        raise NoSuchSlotError(login) from error


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


def _derive(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    # NFC: the same password typed on two keyboards may differ in how é is composed
    password = unicodedata.normalize("NFC", secret).encode()
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(password)


def _purpose(ring: Keyring, login: str) -> bytes:
    return msgspec.json.encode(["wasl keyring", ring.format, ring.installation, login])


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
