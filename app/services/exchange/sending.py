"""Bundles for others: what each lacks, counted from what it last said it has, never from what was sent before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app import __version__
from app.domain.accounts import Permission
from app.domain.ops import OpBatch
from app.errors import UserError
from app.i18n import _
from app.services.access import require
from app.services.exchange.heads import signed_ends
from app.services.exchange.keys import chain_for
from app.services.exchange.trust import choose, identity_of, own_identity, own_keys
from app.services.exchange.two_copies import marks_of
from app.storage import forks, outgoing, peers
from app.storage.incoming import have
from app.storage.peers import Peer
from app.storage.unit_of_work import UnitOfWork
from app.sync.bundle import write_bundle
from app.sync.layout import MOST_OPS
from app.sync.packing import PackingError, pack


@dataclass(frozen=True, slots=True)
class SentBundle:
    """A bundle as it is to be written to a file: for which offices, with how many changes.

    `left` are those that it could not hold; they go with the next one, once the offices have answered.
    """

    content: bytes
    recipients: tuple[str, ...]
    ops: int
    left: int = 0


def make_bundle(to: str, uow: UnitOfWork) -> SentBundle:
    """A bundle for an office, several desks of a hub, or all. It is full again until they answer: nothing gets lost."""
    require(uow, Permission.CARRY_BUNDLES)
    chosen = choose(to, uow)
    base = _base(chosen, uow)
    batch, packed = _pack(base, uow)
    content = write_bundle(
        packed,
        sender=own_identity(uow),
        keys=own_keys(uow),
        recipients=[identity_of(peer) for peer in chosen],
        base=base,
        marks=marks_of(base, uow),
        ops=len(batch),
        made_at=uow.now,
        program=__version__,
        chain=chain_for((peer.vector for peer in chosen), uow),
    )
    for peer in chosen:
        peers.note_sent(uow.connection, peer.installation, uow.now)
    uow.note("bundle_written", "installation", None, ", ".join(f"{peer.hub}-{peer.desk}" for peer in chosen))
    left = outgoing.count_after(uow.connection, base) - len(batch)
    return SentBundle(content, tuple(f"{peer.hub}-{peer.desk}" for peer in chosen), len(batch), left)


def _base(chosen: Sequence[Peer], uow: UnitOfWork) -> dict[bytes, int]:
    """How far all of these are known to have each stream, as far as that is here: others may claim more."""
    split = forks.list_forks(uow.connection, uow.now)
    # as whom two computers write, what one says it has says nothing of the other
    doubtful = {fork.installation for fork in split if not fork.healed}
    vectors = [{} if peer.installation in doubtful else peer.vector for peer in chosen]
    base = {of: min(last, *(vector.get(of, 0) for vector in vectors)) for of, last in have(uow.connection).items()}
    for fork in split:
        # somebody may hold another version of what follows
        base[fork.stream] = min(base[fork.stream], fork.common)
    return {stream: seq for stream, seq in base.items() if seq}


def collect(base: Mapping[bytes, int], uow: UnitOfWork, most: int = MOST_OPS) -> OpBatch:
    """What somebody who has `base` lacks, each stream with its head: all, or the part that he can take in first."""
    return outgoing.ops_after(uow.connection, base, signed_ends(base, most, uow))


def _pack(base: Mapping[bytes, int], uow: UnitOfWork) -> tuple[OpBatch, bytes]:
    """As much as one bundle holds. How much that is depends on what the ops say, so less is tried until it fits."""
    most = MOST_OPS
    while True:
        batch = collect(base, uow, most)
        try:
            return batch, pack(batch)
        except PackingError as error:
            most = min(most, len(batch)) // 2
            if not most:
                raise UserError(
                    _("There is more to send than fits into one bundle. Nothing was written. Ask for help.")
                ) from error
