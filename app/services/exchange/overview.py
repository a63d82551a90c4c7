"""Each office at a glance: when it was last heard of, what it has of ours, what waits."""

from dataclasses import dataclass

from app.domain.accounts import Permission
from app.domain.ids import InstallationId
from app.services.access import require
from app.services.exchange.separating import TwoCopies, list_copies
from app.storage import disputes, incoming, outgoing, peers, unread
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Office:
    """An enrolled office. `to_send` is how many changes it is not known to have, `heard_at` and `sent_at` epoch ms."""

    installation: InstallationId
    hub: str
    desk: str
    names: dict[str, str]
    heard_at: int | None
    sent_at: int | None
    to_send: int
    revoked: bool


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A bundle that was taken in but builds on one that has not come: from whom, made when (epoch ms)."""

    bundle_id: str
    office: str
    made_at: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of exchange at this installation; `ops` is how many changes it holds, of every origin.

    `unread` is how many records hold something that only a newer version of the program can read.
    """

    offices: tuple[Office, ...]
    waiting: tuple[WaitingFile, ...]
    disputes: int
    ops: int
    copies: tuple[TwoCopies, ...]
    unread: int


def overview(uow: UnitOfWork) -> Overview:
    """What the sync page and `waslctl sync status` show."""
    require(uow, Permission.EXCHANGE)
    known = peers.list_peers(uow.connection)
    names = {peer.installation: f"{peer.hub}-{peer.desk}" for peer in known}
    offices = tuple(
        Office(
            installation=peer.installation,
            hub=peer.hub,
            desk=peer.desk,
            names=dict(peer.names),
            heard_at=peer.heard_at,
            sent_at=peer.sent_at,
            to_send=outgoing.count_after(uow.connection, peer.vector),
            revoked=peer.revoked_at is not None,
        )
        for peer in known
    )
    waiting = tuple(
        WaitingFile(item.id, names.get(InstallationId(item.sender), item.sender.hex[:8]), item.made_at)
        for item in peers.list_waiting(uow.connection)
    )
    here = sum(incoming.have(uow.connection).values())
    return Overview(
        offices, waiting, disputes.count(uow.connection), here, list_copies(uow), unread.count(uow.connection)
    )
