"""Bundle files: what one installation sends to others, encrypted to them and signed by it.

Two lines of text and a signature, then an age file: whoever has a key needs `age` and `zstd` to read one, and any
Ed25519 tool to check who sent it. What the outside says (sender, recipients, id) stands again inside the encryption,
so that nobody can put his own name to somebody else's content. docs/bundle-format.md gives the form.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final
from uuid import UUID

import msgspec
import pyrage
import zstandard

from app.sync.rotation import Statement, follow, read_statement
from app.sync.trust import Identity, SecretKeys, is_signed, sign

SUFFIX: Final = ".wasl"
LARGEST_CONTENT: Final = 256 * 2**20
"""Bytes that a bundle may hold once decompressed; a hub's year takes under 10 MiB."""
LARGEST_FILE: Final = 256 * 2**20
"""Bytes that a bundle file may have."""
MAGIC: Final = b"wasl-bundle 1\n"
"""What every bundle file begins with."""
MOST_RECIPIENTS: Final = 100
MOST_STATEMENTS: Final = 16
"""Changes of keys that a bundle carries outside; who has missed more must enrol the sender again."""
MARK_BYTES: Final = 4
LARGEST_MARKS: Final = MARK_BYTES * 65_536
"""For as many streams as a bundle may speak of."""
_FAMILY: Final = b"wasl-bundle "
_LONGEST_LINE: Final = 16_384
_LONGEST_KEYS: Final = 16_384
_SIGNATURE_LINE: Final = 89
_LEVEL: Final = 12
_SMALL: Final = 1024
_TRIES: Final = 20
"""So often is what is small encrypted, 0.5 ms each, to take the shortest: `_seal` says why."""
KNOWN_CAPABILITIES: Final = frozenset({"ops-1"})
"""What a bundle may require of its reader; an unknown one refuses the bundle before anything is touched."""


class BundleError(ValueError):
    """The file can't be taken in, or not be written. `reason` says why, as one of the constants of this module."""

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


_Hex8 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$", max_length=16)]
_Hex16 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$", max_length=32)]
_Bytes8 = Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
_Bytes16 = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_Label = Annotated[str, msgspec.Meta(max_length=64)]
_Statement = Annotated[str, msgspec.Meta(max_length=600)]
_SEVERAL = msgspec.Meta(min_length=1, max_length=MOST_RECIPIENTS)


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What can be read without a key: which bundle, from which installation, for which. Ids are hexadecimal.

    `chain` are statements about the sender's keys (Base64), for recipients who may not know its newest ones.
    """

    id: _Hex8
    sender: _Hex16 = msgspec.field(name="from")
    recipients: Annotated[tuple[_Hex16, ...], _SEVERAL] = msgspec.field(name="to")
    chain: Annotated[tuple[_Statement, ...], msgspec.Meta(max_length=MOST_STATEMENTS)] = msgspec.field(
        name="keys", default=()
    )

    @property
    def key(self) -> str:
        """Sender and id: what a ledger knows a bundle by, for nobody can sign as another sender."""
        return f"{self.sender}-{self.id}"


class Manifest(msgspec.Struct, frozen=True):
    """The first part of the content: the header again, and what a reader needs to know before the ops.

    `base` is what the sender takes for granted: how far the recipients have each stream. `marks` say what it means by
    that: the first MARK_BYTES of the hash of each of these ops, in the order of `base`. `ops` is how many there are.
    Moments are epoch milliseconds by the sender's clock, which may be wrong.
    """

    id: _Bytes8
    sender: _Bytes16 = msgspec.field(name="from")
    recipients: Annotated[tuple[_Bytes16, ...], _SEVERAL] = msgspec.field(name="to")
    made_at: _Count
    expires_at: _Count | None
    requires: Annotated[tuple[_Label, ...], msgspec.Meta(max_length=100)]
    program: _Label
    base: dict[_Bytes8, _Count]
    ops: _Count
    marks: Annotated[bytes, msgspec.Meta(max_length=LARGEST_MARKS)] = b""

    @property
    def header(self) -> Header:
        """What the outside must say."""
        return Header(self.id.hex(), self.sender.hex(), tuple(recipient.hex() for recipient in self.recipients))


class _Requirements(msgspec.Struct):
    """The one part of a manifest that stays as it is in every version."""

    requires: Annotated[tuple[_Label, ...], msgspec.Meta(max_length=100)]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was verified: who sent it, what it says of itself, and its packed ops.

    `sender` has its newest keys; `followed` are the statements that led to them from the keys that were known.
    """

    sender: Identity
    manifest: Manifest
    payload: bytes
    followed: tuple[Statement, ...] = ()

    @property
    def id(self) -> str:
        """What the ledger knows the bundle by."""
        return self.manifest.header.key


_headers = msgspec.json.Decoder(Header)
_parts = msgspec.msgpack.Decoder(Annotated[list[msgspec.Raw], msgspec.Meta(max_length=16)])
_requirements = msgspec.msgpack.Decoder(_Requirements)
_contents = msgspec.msgpack.Decoder(tuple[Manifest, bytes])


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
    marks: bytes = b"",
    expires_at: int | None = None,
    chain: Sequence[Statement] = (),
) -> bytes:
    """The content of a bundle file with packed ops for some recipients. Raises BundleError where nobody would take it.

    `base`, `marks` and `ops` are as in Manifest; moments are epoch milliseconds. `chain` leads to the sender's keys,
    for recipients who may know earlier ones.
    """
    manifest = Manifest(
        secrets.token_bytes(8),
        sender.installation.bytes,
        tuple(identity.installation.bytes for identity in recipients),
        made_at,
        expires_at,
        tuple(sorted(KNOWN_CAPABILITIES)),
        program,
        dict(base),
        ops,
        marks,
    )
    content = msgspec.msgpack.encode((manifest, payload))
    if len(content) > LARGEST_CONTENT or len(recipients) > MOST_RECIPIENTS:
        raise BundleError(TOO_LARGE, f"{len(content)} bytes for {len(recipients)}")
    compressed = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(content)
    sealed = _seal(compressed, [pyrage.x25519.Recipient.from_str(item.keys.age) for item in recipients])
    stated = tuple(b64encode(item.raw).decode("ascii") for item in chain[-MOST_STATEMENTS:])
    outside = MAGIC + msgspec.json.encode(msgspec.structs.replace(manifest.header, chain=stated)) + b"\n"
    return outside + b64encode(sign(keys, outside + sealed)) + b"\n" + sealed


def _seal(compressed: bytes, recipients: Sequence[pyrage.x25519.Recipient]) -> bytes:
    """Encrypt to all of these.

    The library adds a stanza of random length, up to 190 bytes, that no reader needs. It knows nothing of the content,
    so that choosing among several tells nothing.
    """
    tries = _TRIES if len(compressed) <= _SMALL else 1
    sealed: bytes = min((pyrage.encrypt(compressed, recipients) for _try in range(tries)), key=len)
    return sealed


def read_header(content: bytes) -> Header:
    """What the outside of a file says, not verified. Raises BundleError(NOT_A_BUNDLE)."""
    return _split(content)[0]


def read_bundle(
    content: bytes,
    *,
    me: UUID,
    keys: SecretKeys,
    known: Callable[[UUID], Identity | None],
    now: int,
    former: Sequence[SecretKeys] = (),
    replaced: Callable[[UUID], Sequence[bytes]] = lambda _installation: (),
) -> Bundle:
    """Verify and open a bundle file. `known` gives the enrolled installation of an id. Raises BundleError.

    `me` and `keys` are this installation's, `former` its earlier keys, for what was on its way when they were replaced;
    `now` is epoch milliseconds. `replaced` gives the earlier keys of an installation: what is signed with one of these
    is out of date. The signature is checked before anything is decrypted, the inside against the outside before
    anything is believed.
    """
    header, outside, signature, sealed = _split(content)
    sender = known(UUID(header.sender))
    if sender is None:
        raise BundleError(UNKNOWN_SENDER, header.sender)
    followed = follow(sender.installation, sender.keys, _read_chain(header))
    if followed:
        sender = replace(sender, keys=followed[-1].keys)
    if not is_signed(sender.keys.ed25519, signature, outside + sealed):
        outdated = any(is_signed(key, signature, outside + sealed) for key in replaced(sender.installation))
        raise BundleError(EXPIRED if outdated else ALTERED, "signature")
    if me.hex not in header.recipients:
        raise BundleError(NOT_FOR_US)
    if sealed.find(b"\n---", 0, _LONGEST_KEYS) < 0:
        # the time that reading them takes grows with the square of their number
        raise BundleError(ALTERED, "more keys than there can be recipients")
    try:
        compressed = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(some.age) for some in (keys, *former)])
    except pyrage.DecryptError as error:
        raise BundleError(NOT_FOR_US, str(error)) from error
    manifest, payload = _open_content(_decompress(compressed))
    if manifest.header != msgspec.structs.replace(header, chain=()):
        raise BundleError(ALTERED, "the inside names another sender, recipient or id than the outside")
    if manifest.expires_at is not None and manifest.expires_at < now:
        raise BundleError(EXPIRED)
    return Bundle(sender, manifest, payload, followed)


def _read_chain(header: Header) -> list[Statement]:
    try:
        return [read_statement(b64decode(item, validate=True)) for item in header.chain]
    except ValueError as error:
        raise BundleError(ALTERED, str(error)) from error


def _split(content: bytes) -> tuple[Header, bytes, bytes, bytes]:
    """Header, the signed lines, the signature, and the age file. There is one way only to write each line."""
    if not content.startswith(MAGIC):
        raise BundleError(NEEDS_NEWER if content.startswith(_FAMILY) else NOT_A_BUNDLE)
    end = content.find(b"\n", len(MAGIC), _LONGEST_LINE) + 1
    sealed_at = end + _SIGNATURE_LINE
    line, signature_line = content[len(MAGIC) : end], content[end:sealed_at]
    try:
        header = _headers.decode(line)
        signature = b64decode(signature_line[:-1], validate=True)
    except ValueError as error:
        raise BundleError(ALTERED, str(error)) from error
    if line != msgspec.json.encode(header) + b"\n" or signature_line != b64encode(signature) + b"\n":
        raise BundleError(ALTERED, "a line that is not written as it should be")
    return header, content[:end], signature, content[sealed_at:]


def _decompress(compressed: bytes) -> bytes:
    """The content, with no more memory than its size, which it must state. That it is stated wrongly, zstd notices."""
    try:
        size = zstandard.frame_content_size(compressed)
        if size > LARGEST_CONTENT:
            raise BundleError(TOO_LARGE, f"{size} bytes")
        if size < 0:
            raise BundleError(ALTERED, "the size is not stated")
        return zstandard.ZstdDecompressor().decompress(compressed, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise BundleError(ALTERED, str(error)) from error


def _open_content(content: bytes) -> tuple[Manifest, bytes]:
    """Manifest and payload. What is required comes first: a newer version may write all else in another form."""
    try:
        required = _requirements.decode(_parts.decode(content)[0]).requires
    except (ValueError, IndexError, RecursionError) as error:
        raise BundleError(ALTERED, str(error)) from error
    if unknown := set(required) - KNOWN_CAPABILITIES:
        raise BundleError(NEEDS_NEWER, ", ".join(sorted(unknown)))
    try:
        return _contents.decode(content)
    except (ValueError, RecursionError) as error:
        raise BundleError(ALTERED, str(error)) from error
