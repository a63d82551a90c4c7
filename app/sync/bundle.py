"""Bundle files: what one installation sends to others, encrypted to them and signed by it.

Two lines of text and a signature, then an age file: whoever has a key needs `age` and `zstd` to read one, and any
Ed25519 tool to check who sent it. What the outside says (sender, recipients, id) stands again inside the encryption,
so that nobody can put his own name to somebody else's content. docs/bundle-format.md gives the form.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
import pyrage
import zstandard

from app.sync.trust import Identity, SecretKeys, is_signed, sign

SUFFIX: Final = ".wasl"
LARGEST_CONTENT: Final = 512 * 2**20
"""Bytes that a bundle may hold once decompressed; a hub's year takes under 20 MiB."""
LARGEST_FILE: Final = 256 * 2**20
"""Bytes that a bundle file may have."""
MAGIC: Final = b"wasl-bundle 1\n"
"""What every bundle file begins with."""
_LONGEST_LINE: Final = 65_536
_LEVEL: Final = 12
KNOWN_CAPABILITIES: Final = frozenset({"ops-1"})
"""What a bundle may require of its reader; an unknown one refuses the bundle before anything is touched."""


class BundleError(ValueError):
    """The file can't be taken in. `reason` says why, as one of the constants of this module."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


NOT_A_BUNDLE: Final = "not_a_bundle"
ALTERED: Final = "altered"
UNKNOWN_SENDER: Final = "unknown_sender"
NOT_FOR_US: Final = "not_for_us"
TOO_LARGE: Final = "too_large"
NEEDS_NEWER: Final = "needs_newer"
EXPIRED: Final = "expired"


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be read without a key: which bundle, from which installation, for which. Ids are hexadecimal."""

    id: str
    sender: str = msgspec.field(name="from")
    recipients: tuple[str, ...] = msgspec.field(name="to")


class Manifest(msgspec.Struct, frozen=True):
    """The first part of the content: the header again, and what a reader needs to know before the ops.

    `base` is what the sender takes for granted: how far the recipients have each stream. Moments are epoch
    milliseconds by the sender's clock, which may be wrong.
    """

    header: Header
    made_at: int
    expires_at: int | None
    requires: tuple[str, ...]
    program: str
    base: dict[bytes, int]
    ops: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was verified: who sent it, what it says of itself, and its packed ops."""

    sender: Identity
    manifest: Manifest
    payload: bytes

    @property
    def id(self) -> str:
        """The bundle's id, which no other bundle has."""
        return self.manifest.header.id


_headers = msgspec.json.Decoder(Header)
_manifests = msgspec.msgpack.Decoder(tuple[Manifest, bytes])


def write_bundle(
    payload: bytes,
    *,
    sender: Identity,
    keys: SecretKeys,
    recipients: Sequence[Identity],
    base: Mapping[bytes, int],
    ops: int,
    made_at: int,
    program: str,
    expires_at: int | None = None,
) -> bytes:
    """The content of a bundle file with packed ops for some recipients."""
    header = Header(
        secrets.token_hex(8), sender.installation.hex, tuple(identity.installation.hex for identity in recipients)
    )
    manifest = Manifest(header, made_at, expires_at, tuple(sorted(KNOWN_CAPABILITIES)), program, dict(base), ops)
    content = msgspec.msgpack.encode((manifest, payload))
    compressed = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(content)
    sealed: bytes = pyrage.encrypt(compressed, [pyrage.x25519.Recipient.from_str(item.keys.age) for item in recipients])
    outside = MAGIC + msgspec.json.encode(header) + b"\n"
    return outside + b64encode(sign(keys, outside + sealed)) + b"\n" + sealed


def read_header(content: bytes) -> Header:
    """What the outside of a file says, not verified. Raises BundleError(NOT_A_BUNDLE)."""
    return _split(content)[0]


def read_bundle(
    content: bytes, *, me: UUID, keys: SecretKeys, known: Callable[[UUID], Identity | None], now: int
) -> Bundle:
    """Verify and open a bundle file. `known` gives the enrolled installation of an id. Raises BundleError.

    The signature is checked before anything is decrypted, the inside against the outside before anything is believed.
    """
    header, outside, signature, sealed = _split(content)
    sender = known(UUID(header.sender))
    if sender is None:
        raise BundleError(UNKNOWN_SENDER, header.sender)
    if not is_signed(sender.keys.ed25519, signature, outside + sealed):
        raise BundleError(ALTERED, "signature")
    if me.hex not in header.recipients:
        raise BundleError(NOT_FOR_US)
    try:
        compressed = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(keys.age)])
    except pyrage.DecryptError as error:
        raise BundleError(NOT_FOR_US, str(error)) from error
    manifest, payload = _open_content(_decompress(compressed))
    if manifest.header != header:
        raise BundleError(ALTERED, "the inside names another sender, recipient or id than the outside")
    if not set(manifest.requires) <= KNOWN_CAPABILITIES:
        raise BundleError(NEEDS_NEWER, ", ".join(sorted(set(manifest.requires) - KNOWN_CAPABILITIES)))
    if manifest.expires_at is not None and manifest.expires_at < now:
        raise BundleError(EXPIRED)
    return Bundle(sender, manifest, payload)


def _split(content: bytes) -> tuple[Header, bytes, bytes, bytes]:
    """Header, the signed lines, the signature, and the age file."""
    if not content.startswith(MAGIC):
        raise BundleError(NOT_A_BUNDLE)
    end = content.find(b"\n", len(MAGIC), _LONGEST_LINE)
    sealed_at = content.find(b"\n", end + 1, end + 200) + 1
    if end < 0 or sealed_at <= 0:
        raise BundleError(NOT_A_BUNDLE, "cut off")
    try:
        header = _headers.decode(content[len(MAGIC) : end])
        signature = b64decode(content[end + 1 : sealed_at - 1], validate=True)
        UUID(hex=header.sender)
    except (msgspec.DecodeError, ValueError) as error:
        raise BundleError(NOT_A_BUNDLE, str(error)) from error
    return header, content[: end + 1], signature, content[sealed_at:]


def _decompress(compressed: bytes) -> bytes:
    try:
        if zstandard.frame_content_size(compressed) > LARGEST_CONTENT:
            raise BundleError(TOO_LARGE)
        # one byte more than allowed tells a frame that lies about its size
        return zstandard.ZstdDecompressor(max_window_size=2**27).decompress(
            compressed, max_output_size=LARGEST_CONTENT, allow_extra_data=False
        )
    except zstandard.ZstdError as error:
        raise BundleError(ALTERED, str(error)) from error


def _open_content(content: bytes) -> tuple[Manifest, bytes]:
    try:
        return _manifests.decode(content)
    except msgspec.DecodeError as error:
        raise BundleError(ALTERED, str(error)) from error
