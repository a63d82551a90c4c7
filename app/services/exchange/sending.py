"""Bundles for others: what each lacks, counted from what it last said it has, never from what was sent before."""

from dataclasses import dataclass

from app import __version__
from app.domain.accounts import Permission
from app.services.access import require
from app.services.exchange.trust import choose, identity_of, own_identity, own_keys
from app.storage import outgoing, peers
from app.storage.unit_of_work import UnitOfWork
from app.sync.bundle import write_bundle
from app.sync.packing import pack


@dataclass(frozen=True, slots=True)
class SentBundle:
    """A bundle as it is to be written to a file: for which offices, with how many changes."""

    content: bytes
    recipients: tuple[str, ...]
    ops: int


def make_bundle(to: str, uow: UnitOfWork) -> SentBundle:
    """A bundle for an office, several desks of a hub, or all. It is full again until they answer: nothing gets lost."""
    require(uow, Permission.CARRY_BUNDLES)
    chosen = choose(to, uow)
    streams = {stream for peer in chosen for stream in peer.vector}
    base = {stream: min(peer.vector.get(stream, 0) for peer in chosen) for stream in streams}
    batch = outgoing.ops_after(uow.connection, base)
    content = write_bundle(
        pack(batch),
        sender=own_identity(uow),
        keys=own_keys(uow),
        recipients=[identity_of(peer) for peer in chosen],
        base={stream: seq for stream, seq in base.items() if seq},
        ops=len(batch),
        made_at=uow.now,
        program=__version__,
    )
    for peer in chosen:
        peers.note_sent(uow.connection, peer.installation, uow.now)
    uow.note("bundle_written", "installation", None, ", ".join(f"{peer.hub}-{peer.desk}" for peer in chosen))
    return SentBundle(content, tuple(f"{peer.hub}-{peer.desk}" for peer in chosen), len(batch))
