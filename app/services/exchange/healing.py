"""Ops that two computers wrote under one name, put right: none is lost, and no number stands for two of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.accounts import Actor
from app.domain.ids import InstallationId
from app.domain.ops import OpBatch, OpRecord
from app.services.exchange.plan import all_defaults
from app.services.exchange.rebuilding import rebuild
from app.storage import disputes, forks, incoming, rewriting, schema
from app.storage.forks import Fork
from app.storage.incoming import RowKey, StoredRow
from app.storage.oplog import Dot
from app.storage.recorder import new_stream
from app.storage.unit_of_work import UnitOfWork
from app.sync.merge import ERASED


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows as they were, and where the ops went that have another name now: to which number of which stream."""

    before: Mapping[RowKey, StoredRow]
    dots: Mapping[Dot, tuple[bytes, int]]


def move(split: Sequence[Fork], actor: Actor, uow: UnitOfWork) -> int:
    """Write what parts from the other version again, op by op, under a new stream of the actor's installation.

    Returns how many ops that were. The streams end where both versions are alike; the other version can come then.
    """
    connection = uow.connection
    keys = {key for fork in split for key in rewriting.rows_written(connection, fork.n, fork.common)}
    before = incoming.load_rows(connection, keys)
    new_stream(connection, actor.installation_id)
    target = incoming.stream_numbers(connection)[incoming.own_stream(connection)]
    dots: dict[Dot, tuple[bytes, int]] = {}
    for fork in split:
        dots |= rewriting.move_ops(connection, fork.n, fork.common, target)
        forks.heal(connection, fork.stream)
    uow.begin_again(actor)
    keep_shown(Moved(before, dots), uow)
    return len(dots)


def give_way(batch: OpBatch, stream: bytes, uow: UnitOfWork) -> Moved | None:
    """Let go of what is here of a stream that was written twice, where another stream says all of it again.

    None where it does not, or where it can't be told. The batch can be taken in then.
    """
    connection = uow.connection
    block = next(block for block in batch.streams if block.stream == stream)
    n = incoming.stream_numbers(connection).get(stream)
    common, certain = forks.find_common(connection, block)
    if n is None or not certain or stream == incoming.own_stream(connection):
        return None
    ours = rewriting.ops_after(connection, n, common)
    theirs = [op for op in block.ops if op.seq > common]
    again = _find_again(ours, stream, batch, uow)
    if again is None or not ours:
        return None
    if theirs and _find_again(theirs, stream, batch, uow) and (ours[0].salt or b"") < (theirs[0].salt or b""):
        # both versions were written again: all offices keep the same one
        return None
    keys = rewriting.rows_written(connection, n, common)
    before = incoming.load_rows(connection, keys)
    rewriting.cut(connection, n, common)
    rebuild(keys, uow)
    forks.note(connection, stream, common, uow.now, certain=True)
    forks.heal(connection, stream)
    name, by = again
    return Moved(before, {(n, op.seq): (name, op.seq + by) for op in ours})


def keep_shown(moved: Moved, uow: UnitOfWork) -> None:
    """Make the rows anew, and replace values once more that had been replaced before they got another name."""
    rebuild(moved.before.keys(), uow)
    numbers = incoming.stream_numbers(uow.connection)
    named = {dot: (numbers[stream], seq) for dot, (stream, seq) in moved.dots.items()}
    rows = incoming.load_rows(uow.connection, moved.before)
    for (name, row_id), before in moved.before.items():
        after = rows.get((name, row_id))
        if after is None or after.values[ERASED] is True:
            continue
        for cell in all_defaults()[name]:
            shown = {named.get(dot, dot) for dot in before.versions.dots(cell)}
            now = set(after.versions.dots(cell))
            # where something new stands beside it, that is for a person to settle
            if len(shown) == 1 and shown < now and now - shown <= set(named.values()):
                value = disputes.value_at(uow.connection, next(iter(shown)), cell)
                uow.settle(schema.SYNCED[name], UUID(bytes=row_id), cell, value)


def as_installation(actor: Actor, installation: UUID, desk: str) -> Actor:
    """The same account at another installation."""
    return replace(actor, installation_id=InstallationId(installation), desk=desk)


def _find_again(ops: Sequence[OpRecord], stream: bytes, batch: OpBatch, uow: UnitOfWork) -> tuple[bytes, int] | None:
    """The stream that says these ops again, one after the other, and by how much their numbers differ."""
    if not ops:
        return None
    for name, others in _candidates(ops[0], len(ops), stream, batch, uow):
        by = others[0].seq - ops[0].seq
        if len(others) == len(ops) and all(
            _says_again(op, other, stream, ops[0].seq - 1, name, by) for op, other in zip(ops, others, strict=True)
        ):
            return name, by
    return None


def _candidates(
    first: OpRecord, count: int, stream: bytes, batch: OpBatch, uow: UnitOfWork
) -> Iterable[tuple[bytes, Sequence[OpRecord]]]:
    for block in batch.streams:
        if block.stream != stream:
            starts = (at for at, op in enumerate(block.ops) if _is_alike(first, op))
            yield from ((block.stream, block.ops[at : at + count]) for at in starts)
    for name, run in rewriting.runs_like(uow.connection, first, count, stream):
        rest = [op for block in batch.streams if block.stream == name for op in block.ops if op.seq > run[-1].seq]
        yield name, [*run, *rest][:count]


def _is_alike(op: OpRecord, other: OpRecord) -> bool:
    return (op.hlc, op.at, op.author, op.table, op.row_id) == (
        other.hlc,
        other.at,
        other.author,
        other.table,
        other.row_id,
    )


def _says_again(op: OpRecord, other: OpRecord, stream: bytes, after: int, name: bytes, by: int) -> bool:
    if not _is_alike(op, other) or other.seq - op.seq != by:
        return False
    if op.body is None or other.body is None:
        # erased there, here or at both: nothing of it is to be kept
        return True
    return op.salt == other.salt and rewriting.renumber(op.body, stream, after, name, by) == other.body
