"""Believing an installation no longer: its computer was lost, or somebody else has its keys."""

from app.domain.accounts import Permission
from app.domain.ids import InstallationId
from app.services.access import require
from app.services.exchange.trust import choose
from app.storage import peers
from app.storage.unit_of_work import UnitOfWork


def revoke(reference: str, uow: UnitOfWork) -> tuple[InstallationId, ...]:
    """Refuse the bundles of an office from now on, and write none for it. What it sent before stays.

    Raises NotFoundError when no such office is enrolled.
    """
    require(uow, Permission.EXCHANGE)
    chosen = choose(reference, uow)
    for peer in chosen:
        peers.revoke_peer(uow.connection, peer.installation, uow.now)
        uow.note("revoked", "installation", peer.installation, f"{peer.hub}-{peer.desk}")
    return tuple(peer.installation for peer in chosen)
