"""Signed heads of streams: the writer of a stream vouches for all of it up to an op, whoever passes it on.

The hash of an op stands for all ops before it, so one signature is enough for a block.
"""

from typing import Final
from uuid import UUID

from app.sync.trust import SecretKeys, is_signed, sign

SIGNATURE_BYTES: Final = 64
_PURPOSE: Final = b"wasl head 1\n"


def sign_head(keys: SecretKeys, stream: bytes, installation: UUID, seq: int, digest: bytes) -> bytes:
    """The signature of an installation under its stream up to the op `seq`, whose hash is `digest`."""
    return sign(keys, _statement(stream, installation, seq, digest))


def is_head(key: bytes, signature: bytes, stream: bytes, installation: UUID, seq: int, digest: bytes) -> bool:
    """Whether an Ed25519 key has signed that head."""
    return is_signed(key, signature, _statement(stream, installation, seq, digest))


def _statement(stream: bytes, installation: UUID, seq: int, digest: bytes) -> bytes:
    return _PURPOSE + stream + installation.bytes + seq.to_bytes(8) + digest
