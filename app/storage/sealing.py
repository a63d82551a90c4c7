"""Wrapping the database key, which is random and never written in clear.

A slot is the key sealed with ChaCha20-Poly1305 (RFC 8439) under Argon2id (RFC 9106) of a password. What a slot is
for (format, installation, login) is authenticated with it, so a slot can't be passed off as another account's.
"""

import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.storage.keyring import KdfCost, Keyring, Slot, with_slot

KEY_BYTES: Final = 32
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_CODE_GROUPS: Final = 8
_GROUP: Final = 4


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
    """A recovery code as it was issued, from what somebody typed.

    Any case, any separators, digits of any script, O for 0, I or L for 1.
    """
    folded = unicodedata.normalize("NFKC", typed).upper().translate(str.maketrans("OIL", "011"))
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)
    letters = "".join(char for char in plain if char in _ALPHABET)
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def wrap(key: DatabaseKey, ring: Keyring, login: str, secret: str, cost: KdfCost | None = None) -> Keyring:
    """The keyring with the key wrapped for a login, in place of its former slot."""
    cost = cost or KdfCost()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = ChaCha20Poly1305(_derive(secret, salt, cost)).encrypt(nonce, key.raw, _purpose(ring, login))
    return with_slot(ring, Slot(login, cost, _text(salt), _text(nonce), _text(wrapped)))


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


def _derive(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    # NFC: the same password typed on two keyboards may differ in how é is composed
    # surrogates: what a terminal could not decode is still a password, though none that opens anything
    password = unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(password)


def _purpose(ring: Keyring, login: str) -> bytes:
    return msgspec.json.encode(["wasl keyring", ring.format, ring.installation, login])


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
