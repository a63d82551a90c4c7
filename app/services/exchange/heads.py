"""Heads of streams: ours are signed when we send, those of others checked when they come and passed on as they are."""

from collections.abc import Iterable, Mapping, Sequence

from app.domain.ops import StreamOps
from app.services.exchange.following import keys_of, known_statements, statements_in
from app.services.exchange.keys import key_at
from app.storage import heads, outgoing
from app.storage.heads import Head
from app.storage.incoming import NewOps
from app.storage.oplog import hash_chain
from app.storage.outgoing import Written
from app.storage.unit_of_work import UnitOfWork
from app.sync.heads import is_head, sign_head
from app.sync.rotation import Statement
from app.sync.splitting import Tail, closed_part


class HeadError(ValueError):
    """Ops of an installation that we know are not signed by it."""


def check_heads(new: Sequence[NewOps], stated: Iterable[Statement], uow: UnitOfWork) -> None:
    """Make sure that the writers of new ops have signed them. `stated` is what else was said of keys. Raises HeadError.

    Of installations that are not enrolled here the keys are not known: what they are said to have written is believed
    on the word of the sender, as long as nobody enrols them.
    """
    statements = [*known_statements(uow), *stated, *statements_in(new)]
    for block in new:
        keys = keys_of(block.installation, statements, uow)
        if keys and not _is_signed(block, keys):
            raise HeadError(f"stream {block.stream.hex()} is not signed by {block.installation} at {block.ops[-1].seq}")


def check_block(block: StreamOps, stated: Iterable[Statement], uow: UnitOfWork) -> None:
    """Make sure that its writer has signed a block which does not fit what is here. Raises HeadError."""
    keys = keys_of(block.installation, [*known_statements(uow), *stated], uow)
    seq, digest = block.last, hash_chain(block.stream, block.before, block.ops)[-1]
    if keys and not any(is_head(key, block.signature, block.stream, block.installation, seq, digest) for key in keys):
        raise HeadError(f"stream {block.stream.hex()} differs, and is not signed by {block.installation} at {seq}")


def keep_heads(new: Iterable[NewOps], uow: UnitOfWork) -> None:
    """Keep the heads of ops that were written down, to pass them on."""
    for block in new:
        heads.keep_head(uow.connection, block.n, block.ops[-1].seq, block.signature)


def signed_ends(base: Mapping[bytes, int], most: int, uow: UnitOfWork) -> dict[bytes, Head]:
    """Up to where each stream is to be sent to somebody who has `base`, `most` ops in all, with the heads there.

    Streams of others end where they were signed. More than `most` only where no less can be taken in by itself.
    """
    connection = uow.connection
    written = [item for item in outgoing.list_written(connection) if item.last_seq > base.get(item.stream, 0)]
    kept = {n: dict(found) for n, found in heads.list_heads(connection).items()}
    ours = {item.n for item in written if item.installation == uow.actor.installation_id}
    ends = {item.n: item.last_seq if item.n in ours else max(kept.get(item.n, ()), default=0) for item in written}
    if sum(ends[item.n] - base.get(item.stream, 0) for item in written) > most:
        tails = [_tail(item, base, None if item.n in ours else kept.get(item.n, ()), uow) for item in written]
        parts = zip(written, closed_part(tails, most, outgoing.erased_spans(connection)), strict=True)
        ends = {item.n: base.get(item.stream, 0) + count for item, count in parts}
    return {
        item.stream: (ends[item.n], _sign(item, ends[item.n], uow) if item.n in ours else kept[item.n][ends[item.n]])
        for item in written
        if ends[item.n] > base.get(item.stream, 0)
    }


def _tail(item: Written, base: Mapping[bytes, int], heads_kept: Iterable[int] | None, uow: UnitOfWork) -> Tail:
    known = base.get(item.stream, 0)
    clocks = outgoing.clocks_after(uow.connection, item.n, known)
    return Tail(clocks, None if heads_kept is None else [seq - known for seq in heads_kept if seq > known])


def _sign(item: Written, seq: int, uow: UnitOfWork) -> bytes:
    digest = outgoing.hash_at(uow.connection, item, seq)
    keys = key_at(outgoing.clock_at(uow.connection, item.n, seq), uow)
    return sign_head(keys, item.stream, item.installation, seq, digest)


def _is_signed(block: NewOps, keys: Iterable[bytes]) -> bool:
    seq, digest = block.ops[-1].seq, block.hashes[-1]
    return any(is_head(key, block.signature, block.stream, block.installation, seq, digest) for key in keys)
