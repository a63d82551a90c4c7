"""New keys of an installation, vouched for by the ones it had: who knows those can follow, and asks nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

import msgspec
import pyrage
from msgspec import Meta

from app.sync.trust import PublicKeys, SecretKeys, is_signed, sign

_PURPOSE: Final = b"wasl keys 1\n"
_Bytes16 = Annotated[bytes, Meta(min_length=16, max_length=16)]
_Bytes32 = Annotated[bytes, Meta(min_length=32, max_length=32)]
_Bytes64 = Annotated[bytes, Meta(min_length=64, max_length=64)]


class StatementError(ValueError):
    """The bytes are no statement of an installation about its keys."""


@dataclass(frozen=True, slots=True)
class Statement:
    """From `before` (an Ed25519 key) on to `keys`, at a moment (epoch ms) by the clock of the installation."""

    installation: UUID
    before: bytes
    keys: PublicKeys
    at: int
    raw: bytes


class _Form(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    installation: _Bytes16
    before: _Bytes32
    age: Annotated[str, Meta(max_length=100)]
    ed25519: _Bytes32
    at: Annotated[int, Meta(ge=0, le=2**46)]
    by_former: _Bytes64
    by_new: _Bytes64


_forms = msgspec.msgpack.Decoder(_Form)


def state_new_keys(installation: UUID, former: SecretKeys, new: SecretKeys, at: int) -> Statement:
    """The statement by which an installation goes over to new keys; signed with both, so that it has both."""
    before = former.public.ed25519
    said = _said(installation, before, new.public, at)
    public = new.public
    form = _Form(installation.bytes, before, public.age, public.ed25519, at, sign(former, said), sign(new, said))
    return Statement(installation, before, public, at, msgspec.msgpack.encode(form))


def read_statement(raw: bytes) -> Statement:
    """A statement that both keys have signed. Raises StatementError for anything else."""
    try:
        form = _forms.decode(raw)
        pyrage.x25519.Recipient.from_str(form.age)
    except (ValueError, pyrage.RecipientError) as error:
        raise StatementError(str(error)) from error
    installation, keys = UUID(bytes=form.installation), PublicKeys(form.age, form.ed25519)
    said = _said(installation, form.before, keys, form.at)
    if msgspec.msgpack.encode(form) != raw:
        raise StatementError("not written as it should be")
    if not is_signed(form.before, form.by_former, said) or not is_signed(form.ed25519, form.by_new, said):
        raise StatementError("not signed by both keys")
    return Statement(installation, form.before, keys, form.at, raw)


def follow(installation: UUID, keys: PublicKeys, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements that lead on from the keys one knows, in their order. Of two from one key the first counts."""
    onward: dict[bytes, Statement] = {}
    for statement in statements:
        if statement.installation == installation:
            onward.setdefault(statement.before, statement)
    chain: list[Statement] = []
    key = keys.ed25519
    # each is used once: somebody who goes back to a former key does not go round for ever
    while (following := onward.pop(key, None)) is not None:
        chain.append(following)
        key = following.keys.ed25519
    return tuple(chain)


def former_keys(installation: UUID, key: bytes, statements: Iterable[Statement]) -> tuple[bytes, ...]:
    """The Ed25519 keys that an installation had before one that is known to be its own, newest first."""
    back = {item.keys.ed25519: item.before for item in statements if item.installation == installation}
    found: list[bytes] = []
    while (before := back.pop(key, None)) is not None:
        found.append(before)
        key = before
    return tuple(found)


def _said(installation: UUID, before: bytes, keys: PublicKeys, at: int) -> bytes:
    return _PURPOSE + msgspec.msgpack.encode([installation.bytes, before, keys.age, keys.ed25519, at])
