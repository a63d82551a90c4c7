"""Believing an installation no longer: its computer was lost, or somebody else has its keys. It travels to all hubs.

Whoever is believed no longer can't end the belief in others. Only a person ends a revocation, by enrolling again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.accounts import Permission
from app.domain.ids import InstallationId
from app.services.access import require
from app.services.exchange.trust import choose, find_peer, own_identity
from app.storage import peers, revocations, schema
from app.storage.incoming import NewOps
from app.storage.revocations import Revocation
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Party:
    """An office as it is called: hub and desk, and the hub's names by language."""

    label: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Announced:
    """A revocation as people are told: whose computer, who believes it no longer, since when (epoch ms), and why.

    `ours` says that it is the computer of this office.
    """

    who: Party
    by: Party
    at: int
    reason: str
    ours: bool


def revoke(reference: str, uow: UnitOfWork, reason: str = "") -> tuple[InstallationId, ...]:
    """Refuse the bundles of an office from now on, and write none for it; the others do so when they hear of it.

    What it sent before stays. Raises NotFoundError when no such office is enrolled.
    """
    require(uow, Permission.EXCHANGE)
    chosen = choose(reference, uow)
    for peer in chosen:
        peers.revoke_peer(uow.connection, peer.installation, uow.now)
        row_id = uow.insert(
            schema.revocation,
            installation_id=peer.installation,
            by_id=uow.actor.installation_id,
            at=uow.now,
            reason=" ".join(reason.split()),
        )
        revocations.note_seen(uow.connection, row_id)
        uow.note("revoked", "installation", peer.installation, f"{peer.hub}-{peer.desk}")
    return tuple(peer.installation for peer in chosen)


def carry_out_revocations(uow: UnitOfWork) -> None:
    """Believe no longer whom others, who are believed, have revoked. Each revocation is looked at once."""
    for item, counts in _judge(revocations.unseen(uow.connection), uow):
        revocations.note_seen(uow.connection, item.row_id)
        if not counts:
            uow.note("revocation_ignored", "installation", item.who, item.by.hex)
        elif item.who == uow.actor.installation_id:
            uow.note("revoked_by_others", "installation", item.who, item.by.hex)
        elif find_peer(item.who, uow) is not None:
            peers.revoke_peer(uow.connection, item.who, uow.now)
            uow.note("revoked", "installation", item.who, f"{_party(item.by, uow).label}: {item.reason}")


def announced_in(new: Iterable[NewOps], uow: UnitOfWork) -> tuple[Announced, ...]:
    """The revocations that new ops bring and that count here."""
    judged = _judge(revocations.revocations_in(new), uow)
    return tuple(_announce(item, uow) for item, counts in judged if counts and _concerns_us(item, uow))


def announced_of(installation: UUID, uow: UnitOfWork) -> Announced | None:
    """What was said last of an installation that was believed no longer somewhere."""
    found = revocations.latest_of(uow.connection, installation)
    return None if found is None else _announce(found, uow)


def still_revoked(installation: UUID, uow: UnitOfWork) -> Announced | None:
    """What another office that is believed here says of one that is about to be believed: that it revoked it.

    None where nobody did, or only this office, or somebody who is believed no longer.
    """
    believed = {peer.installation for peer in peers.list_peers(uow.connection) if peer.revoked_at is None}
    found = [item for item in revocations.all_of(uow.connection, installation) if item.by in believed]
    return _announce(found[-1], uow) if found else None


def held_back(new: Iterable[NewOps], uow: UnitOfWork) -> dict[str, int]:
    """How many new ops are of installations that are believed no longer, by hub and desk."""
    revoked = {
        peer.installation: f"{peer.hub}-{peer.desk}"
        for peer in peers.list_peers(uow.connection)
        if peer.revoked_at is not None
    }
    found: dict[str, int] = {}
    for block in new:
        label = revoked.get(InstallationId(block.installation))
        if label is not None:
            found[label] = found.get(label, 0) + len(block.ops)
    return found


def _judge(found: Iterable[Revocation], uow: UnitOfWork) -> list[tuple[Revocation, bool]]:
    """Which of these count, in their order: those of installations that are believed when their turn comes."""
    believed = {peer.installation for peer in peers.list_peers(uow.connection) if peer.revoked_at is None}
    believed.add(uow.actor.installation_id)
    judged = []
    for item in found:
        counts = item.by in believed
        judged.append((item, counts))
        if counts and item.who != uow.actor.installation_id:
            believed.discard(InstallationId(item.who))
    return judged


def _concerns_us(item: Revocation, uow: UnitOfWork) -> bool:
    peer = find_peer(item.who, uow)
    return item.who == uow.actor.installation_id or (peer is not None and peer.revoked_at is None)


def _announce(item: Revocation, uow: UnitOfWork) -> Announced:
    ours = item.who == uow.actor.installation_id
    return Announced(_party(item.who, uow), _party(item.by, uow), item.at, item.reason, ours)


def _party(installation: UUID, uow: UnitOfWork) -> Party:
    if installation == uow.actor.installation_id:
        here = own_identity(uow)
        return Party(here.label, here.names)
    peer = find_peer(installation, uow)
    return Party(installation.hex[:8], {}) if peer is None else Party(f"{peer.hub}-{peer.desk}", peer.names)
