"""Bundles from others: verified, shown for what they would do, then taken in whole or not at all."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.changes import Changes
from app.collector import collector_paused
from app.domain.accounts import Permission
from app.domain.ops import OpBatch
from app.errors import UserError
from app.outcome import Outcome
from app.services.access import require
from app.services.erasing import hear
from app.services.exchange.asking import Question, first_open, questions, refuse
from app.services.exchange.finding import index
from app.services.exchange.following import learn, learn_from_rows, statements_in
from app.services.exchange.heads import check_block, check_heads, keep_heads
from app.services.exchange.healing import Moved, give_way, keep_shown
from app.services.exchange.plan import Plan, carry_out, make_plan
from app.services.exchange.revoking import Announced, announced_in, carry_out_revocations, held_back
from app.services.exchange.trust import find_peer
from app.services.exchange.two_copies import TwoCopiesError, note_copies_once, refuse_another_version, two_copies
from app.services.exchange.verifying import open_bundle, word_reason
from app.storage import disputes, forks, incoming, peers
from app.storage.incoming import ForkError, OpReader
from app.storage.peers import WaitingBundle
from app.storage.unit_of_work import UnitOfWork
from app.sync import bundle as bundles
from app.sync.bundle import Bundle, BundleError
from app.sync.packing import unpack
from app.sync.rotation import Statement


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bundle would do, or did. Counts are of records by table; `made_at` is by the sender's clock (epoch ms).

    `waits` says that it builds on a bundle that has not come yet: it is kept, and taken in when that has come.
    `asks` is to what a person must agree apart: that it deletes so much, or brings changes of offices that are believed
    no longer (`held_back`: how many, by hub and desk). `revocations` say who is to be believed no longer.
    """

    bundle_id: str
    sender: str
    sender_names: Mapping[str, str]
    made_at: int
    ops_new: int
    ops_known: int
    created: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    deleted: int = 0
    conflicts: int = 0
    erasures: int = 0
    ops_waiting: int = 0
    waits: bool = False
    asks: frozenset[Question] = frozenset()
    held_back: Mapping[str, int] = field(default_factory=dict)
    revocations: tuple[Announced, ...] = ()
    known: bool = False


def preview(content: bytes, uow: UnitOfWork) -> Preview:
    """Verify a bundle and work out what it would do; nothing is changed. Raises UserError saying why it can't be."""
    return examine(content, uow)[0]


@collector_paused()
def examine(content: bytes, uow: UnitOfWork) -> tuple[Preview, Bundle, Plan | None]:
    """As `preview`, with the bundle, and the plan where it can be made now: for a letter that names people."""
    opened = open_bundle(content, uow)
    if peers.is_taken_in(uow.connection, opened.id):
        return _known(opened), opened, None
    refuse_another_version(opened.manifest.base, opened.manifest.marks, uow)
    if _missing(opened.manifest.base, uow):
        return _describe(opened, None, uow), opened, None
    # what two computers wrote under one name may have to be put right before it can be told what the rest would do
    trial = uow.connection.begin_nested()
    try:
        plan, _put_right = _plan(opened.payload, uow, opened.followed)
    finally:
        trial.rollback()
    return _describe(opened, plan, uow), opened, plan


@collector_paused()
def take_in(content: bytes, uow: UnitOfWork, *, agreed: Collection[Question] = ()) -> Outcome[Preview]:
    """Take a bundle in: ops, rows, what its sender has, and the ledger in one transaction. The plan is made anew.

    Bundles that waited for this one are taken in with it. Raises UserError with nothing changed.
    """
    if agreed:
        # agreeing is a person's, never the program's by itself
        require(uow, Permission.EXCHANGE)
    opened = open_bundle(content, uow)
    if peers.is_taken_in(uow.connection, opened.id):
        return Outcome(_known(opened), Changes())
    sender, manifest = opened.sender, opened.manifest
    learn((item.raw for item in opened.followed), uow)
    refuse_another_version(manifest.base, manifest.marks, uow)
    if _missing(manifest.base, uow):
        done = _describe(opened, None, uow)
        peers.note_bundle(
            uow.connection, opened.id, sender.installation, manifest.made_at, uow.now, done.ops_waiting,
            base=manifest.base, waiting=opened.payload, marks=manifest.marks,
        )  # fmt: skip
        return Outcome(done, Changes())
    plan, put_right = _plan(opened.payload, uow)
    done = _describe(opened, plan, uow)
    if question := first_open(done.asks, agreed):
        raise refuse(question, done.deleted, done.held_back)
    touched = _apply(plan, uow)
    for moved in put_right:
        keep_shown(moved, uow)
    _heal_forks(sender.installation, uow)
    peers.note_heard(uow.connection, sender.installation, plan.vector, uow.now)
    peers.note_bundle(uow.connection, opened.id, sender.installation, manifest.made_at, uow.now, done.ops_new)
    touched |= _release_waiting(uow)
    uow.note("bundle_taken_in", "installation", sender.installation, f"{opened.id}: {done.ops_new}")
    return Outcome(done, Changes(everything=True) if touched else Changes())


def _plan(payload: bytes, uow: UnitOfWork, stated: Sequence[Statement] = ()) -> tuple[Plan, list[Moved]]:
    """What a payload would do, and what has been put right for that; `stated` was said of keys outside of it."""
    own = incoming.own_stream(uow.connection)
    try:
        batch = unpack(payload, OpReader(uow.connection).row_of)
        plan, put_right = _plan_or_give_way(batch, own, stated, uow)
        check_heads(plan.new, stated, uow)
    except ForkError as error:
        raise two_copies(error.stream, batch, uow) from error
    except (LookupError, ValueError) as error:
        raise UserError(word_reason(BundleError(bundles.ALTERED, str(error)))) from error
    return plan, put_right


def _plan_or_give_way(
    batch: OpBatch, own: bytes, stated: Sequence[Statement], uow: UnitOfWork
) -> tuple[Plan, list[Moved]]:
    """A plan, for which streams that were written twice may have to give way. Raises ForkError."""
    put_right: list[Moved] = []
    while True:
        try:
            return make_plan(batch, own, uow), put_right
        except ForkError as error:
            # what nobody has signed shows nothing about two computers
            check_block(next(block for block in batch.streams if block.stream == error.stream), stated, uow)
            moved = give_way(batch, error.stream, uow)
            if moved is None:
                raise
            put_right.append(moved)


def _apply(plan: Plan, uow: UnitOfWork) -> bool:
    plan = carry_out(plan, uow)
    keep_heads(plan.new, uow)
    learn([item.raw for item in statements_in(plan.new)], uow)
    learn_from_rows(uow)
    carry_out_revocations(uow)
    index(plan, uow)
    newly = [UUID(bytes=row_id) for (name, row_id), new in plan.erased().items() if name == "person" and new]
    hear(newly, {*(name for name, _id in plan.rows), *(name for name, rows in plan.makings.items() if rows)}, uow)
    return bool(plan.rows) or any(plan.makings.values())


def _release_waiting(uow: UnitOfWork) -> bool:
    """Take in bundles that waited, as long as one of them can be; each may release the next."""
    released = False
    progress = True
    while progress:
        progress = False
        for waiting in peers.list_waiting(uow.connection):
            if not _missing(waiting.base, uow):
                progress |= _release(waiting, uow)
                released |= progress
    return released


def _release(waiting: WaitingBundle, uow: UnitOfWork) -> bool:
    """Take in a bundle that waited. It goes on waiting where a person must agree, and goes where nobody believes it."""
    sender = find_peer(waiting.sender, uow)
    if sender is None or sender.revoked_at is not None:
        _drop(waiting, uow)
        return False
    try:
        refuse_another_version(waiting.base, waiting.marks, uow)
    except TwoCopiesError as error:
        # what has come meanwhile is another version of what it builds on
        note_copies_once(error, uow)
        _drop(waiting, uow)
        return False
    trial = uow.connection.begin_nested()
    try:
        plan, put_right = _plan(waiting.payload, uow)
    except TwoCopiesError:
        trial.rollback()
        return False
    except UserError:
        trial.rollback()
        _drop(waiting, uow)
        return False
    if questions(plan.deleted(), held_back(plan.new, uow), uow):
        trial.rollback()
        return False
    trial.commit()
    _apply(plan, uow)
    for moved in put_right:
        keep_shown(moved, uow)
    peers.note_bundle(uow.connection, waiting.id, waiting.sender, waiting.made_at, uow.now, waiting.ops)
    return True


def _drop(waiting: WaitingBundle, uow: UnitOfWork) -> None:
    """Nothing is lost by it: the office was never told that it has arrived, so what it holds is sent again."""
    peers.drop_bundle(uow.connection, waiting.id)
    uow.note("bundle_refused", "installation", waiting.sender, waiting.id)


def _heal_forks(sender: UUID, uow: UnitOfWork) -> None:
    """Where an office that was enrolled later is understood, what was written twice has been told apart."""
    peer = find_peer(sender, uow)
    if peer is not None:
        forks.heal_until(uow.connection, peer.enrolled_at)


def _missing(base: Mapping[bytes, int], uow: UnitOfWork) -> bool:
    """Whether a bundle builds on ops that are not here."""
    here = incoming.have(uow.connection)
    return any(here.get(stream, 0) < seq for stream, seq in base.items())


def _known(opened: Bundle) -> Preview:
    sender = opened.sender
    return Preview(opened.id, sender.label, sender.names, opened.manifest.made_at, 0, 0, known=True)


def _describe(opened: Bundle, plan: Plan | None, uow: UnitOfWork) -> Preview:
    sender, made_at = opened.sender, opened.manifest.made_at
    if plan is None:
        return Preview(
            opened.id, sender.label, sender.names, made_at, 0, 0, ops_waiting=opened.manifest.ops, waits=True
        )
    before = disputes.rows_in_dispute(uow.connection)
    settled = sum(before.get(key, 0) for key in plan.disputed)
    deleted, held = plan.deleted(), held_back(plan.new, uow)
    return Preview(
        bundle_id=opened.id,
        sender=sender.label,
        sender_names=sender.names,
        made_at=made_at,
        ops_new=plan.ops,
        ops_known=plan.known_ops,
        created=_counts(plan.created()),
        changed=_counts(plan.changed()),
        deleted=deleted,
        erasures=sum(new for (name, _id), new in plan.erased().items() if name == "person"),
        conflicts=max(0, sum(len(cells) for cells in plan.disputed.values()) - settled),
        asks=questions(deleted, held, uow),
        held_back=held,
        revocations=announced_in(plan.new, uow),
    )


def _counts(counter: Counter[str]) -> Mapping[str, int]:
    return dict(sorted(counter.items()))
