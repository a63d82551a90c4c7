"""Whose key a paper is signed with: of this office, of those enrolled, and of those that were and are so no longer."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from app.domain.paper_code import KEY_ID, Signed
from app.services.exchange.following import keys_of, known_statements
from app.storage import peers
from app.storage.unit_of_work import UnitOfWork
from app.sync.trust import is_signed


@dataclass(frozen=True, slots=True)
class Signer:
    """An office whose key is known here. `revoked_at` (epoch ms) since when it is believed no longer."""

    installation: UUID
    hub: str
    desk: str
    key: bytes
    revoked_at: int | None
    heard_at: int | None


def key_id(key: bytes) -> bytes:
    """How a code names the key it is signed with: enough to find it among those known, and no more."""
    return hashlib.sha256(b"wasl paper key 1\n" + key).digest()[:KEY_ID]


def find_signers(wanted: bytes, uow: UnitOfWork) -> list[Signer]:
    """The offices with a key of this id, used now or before; several only by chance."""
    actor, statements = uow.actor, known_statements(uow)
    offices: list[tuple[UUID, str, str, int | None, int | None]] = [
        (actor.installation_id, actor.hub_code, actor.desk, None, uow.now)
    ]
    offices += [
        (peer.installation, peer.hub, peer.desk, peer.revoked_at, peer.heard_at)
        for peer in peers.list_peers(uow.connection)
    ]
    return [
        Signer(installation, hub, desk, key, revoked_at, heard_at)
        for installation, hub, desk, revoked_at, heard_at in offices
        for key in keys_of(installation, statements, uow)
        if key_id(key) == wanted
    ]


def find_signer(signed: Signed, signers: list[Signer]) -> Signer | None:
    """Who of these signed it; a number of another hub or desk is not theirs to sign."""
    number = signed.claim.number
    for signer in signers:
        if (signer.hub, signer.desk) == (number.hub, number.desk) and is_signed(
            signer.key, signed.signature, signed.message
        ):
            return signer
    return None
