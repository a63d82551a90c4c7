"""Whose bundles are believed: keys of an installation, its identity file, and the words to compare by phone.

Bundles are encrypted with age to X25519 keys and signed with Ed25519 (RFC 8032). An identity file carries the two
public keys and is signed with its own key, which proves that nobody put another's signing key into it; that it comes
from the right office is for two people to make sure of, by reading the fingerprint to each other.
"""

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

IDENTITY_SUFFIX: Final = ".wasl-id"
_PURPOSE: Final = b"wasl identity 1\n"
_LARGEST_IDENTITY: Final = 16_384
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_WORDS: Final = 5


class IdentityError(ValueError):
    """The file is no identity of an installation, or its signature is not its own."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The keys that others need: `age` to encrypt to an installation, `ed25519` (32 bytes) to check its signatures."""

    age: str
    ed25519: bytes


@dataclass(frozen=True, slots=True)
class SecretKeys:
    """The keys of this installation; kept in the encrypted store, never beside it. The repr says nothing."""

    age: str
    ed25519: bytes

    def __repr__(self) -> str:
        return "SecretKeys(…)"

    @property
    def public(self) -> PublicKeys:
        """The keys to be given to others."""
        signing = Ed25519PrivateKey.from_private_bytes(self.ed25519)
        recipient = pyrage.x25519.Identity.from_str(self.age).to_public()
        return PublicKeys(str(recipient), signing.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Identity:
    """An installation as it presents itself to others. `hub` is the hub's code; `names` its names by language."""

    installation: UUID
    hub: str
    desk: str
    names: dict[str, str]
    keys: PublicKeys

    @property
    def label(self) -> str:
        """Short name for lists: hub and desk."""
        return f"{self.hub}-{self.desk}"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form of an identity file (JSON)."""

    wasl_identity: int
    installation: UUID
    hub: str
    desk: str
    names: dict[str, str]
    age: str
    ed25519: str
    signature: str


def new_keys() -> SecretKeys:
    """Fresh random keys."""
    signing = Ed25519PrivateKey.generate()
    return SecretKeys(str(pyrage.x25519.Identity.generate()), signing.private_bytes_raw())


def sign(keys: SecretKeys, message: bytes) -> bytes:
    """The Ed25519 signature (64 bytes) of a message."""
    return Ed25519PrivateKey.from_private_bytes(keys.ed25519).sign(message)


def is_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 key has signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def write_identity(identity: Identity, keys: SecretKeys) -> bytes:
    """The content of an identity file: JSON that can be read by people and sent by e-mail; nothing in it is secret."""
    return _write_form(identity, sign(keys, _signed_part(identity)))


def read_identity(content: bytes) -> Identity:
    """The identity in a file. Raises IdentityError for anything that is not one, or that was altered."""
    try:
        form = msgspec.json.decode(content[:_LARGEST_IDENTITY], type=_File)
        key = b64decode(form.ed25519, validate=True)
        signature = b64decode(form.signature, validate=True)
        pyrage.x25519.Recipient.from_str(form.age)
    except (msgspec.DecodeError, ValueError, pyrage.RecipientError) as error:
        raise IdentityError(str(error)) from error
    identity = Identity(form.installation, form.hub, form.desk, form.names, PublicKeys(form.age, key))
    # there is one way only to write an identity: what differs by a space was altered as well
    if content != _write_form(identity, signature) or not is_signed(key, signature, _signed_part(identity)):
        raise IdentityError("altered, or of another format")
    return identity


def fingerprint(identity: Identity) -> str:
    """Five words to compare by phone: 80 bits of SHA-256 as proquints (Wilkerson, 2009), sayable in any language."""
    digest = hashlib.sha256(_PURPOSE + identity.installation.bytes + _keys_part(identity.keys)).digest()
    words = [int.from_bytes(digest[start : start + 2]) for start in range(0, 2 * _WORDS, 2)]
    return "-".join(_proquint(word) for word in words)


def same_fingerprint(typed: str, identity: Identity) -> bool:
    """Whether somebody typed the fingerprint of an identity, in any case and with any separators."""
    letters = "".join(char for char in typed.lower() if char.isalpha())
    return letters == fingerprint(identity).replace("-", "")


def _proquint(word: int) -> str:
    return (
        _CONSONANTS[word >> 12]
        + _VOWELS[word >> 10 & 3]
        + _CONSONANTS[word >> 6 & 15]
        + _VOWELS[word >> 4 & 3]
        + _CONSONANTS[word & 15]
    )


def _write_form(identity: Identity, signature: bytes) -> bytes:
    form = _File(
        1,
        identity.installation,
        identity.hub,
        identity.desk,
        identity.names,
        identity.keys.age,
        b64encode(identity.keys.ed25519).decode("ascii"),
        b64encode(signature).decode("ascii"),
    )
    return msgspec.json.format(msgspec.json.encode(form), indent=1) + b"\n"


def _keys_part(keys: PublicKeys) -> bytes:
    return keys.age.encode("ascii") + b"\n" + keys.ed25519


def _signed_part(identity: Identity) -> bytes:
    about = [identity.installation.bytes, identity.hub, identity.desk, sorted(identity.names.items())]
    return _PURPOSE + msgspec.msgpack.encode(about) + _keys_part(identity.keys)
