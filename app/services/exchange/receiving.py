"""Bundles from others: verified, shown for what they would do, then taken in whole or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from app.changes import Changes
from app.collector import collector_paused
from app.domain.accounts import Permission
from app.domain.ops import OpBatch
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.services.erasing import confirm
from app.services.exchange.finding import index
from app.services.exchange.following import learn, learn_from_rows, replaced_keys, statements_in
from app.services.exchange.heads import check_block, check_heads, keep_heads
from app.services.exchange.healing import Moved, give_way, keep_shown
from app.services.exchange.keys import former_own_keys
from app.services.exchange.plan import Plan, carry_out, make_plan
from app.services.exchange.separating import TwoCopiesError
from app.services.exchange.trust import find_peer, identity_of, own_keys
from app.storage import disputes, forks, incoming, peers
from app.storage.incoming import ForkError, OpReader
from app.storage.unit_of_work import UnitOfWork
from app.sync import bundle as bundles
from app.sync.bundle import Bundle, BundleError, read_bundle
from app.sync.packing import unpack
from app.sync.rotation import Statement
from app.sync.trust import Identity

_MANY_DELETED: Final = 0.05
_ALWAYS_FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bundle would do, or did. Counts are of records by table; `made_at` is by the sender's clock (epoch ms).

    `waits` says that it builds on a bundle that has not come yet: it is kept, and taken in when that has come.
    `asks` says that it deletes so much that a person must agree to that apart.
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
    asks: bool = False
    known: bool = False


def preview(content: bytes, uow: UnitOfWork) -> Preview:
    """Verify a bundle and work out what it would do; nothing is changed. Raises UserError saying why it can't be."""
    return examine(content, uow)[0]


@collector_paused()
def examine(content: bytes, uow: UnitOfWork) -> tuple[Preview, Bundle, Plan | None]:
    """As `preview`, with the bundle, and the plan where it can be made now: for a letter that names people."""
    opened = _open(content, uow)
    if peers.is_taken_in(uow.connection, opened.id):
        return _known(opened), opened, None
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
def take_in(content: bytes, uow: UnitOfWork, *, deletions_agreed: bool = False) -> Outcome[Preview]:
    """Take a bundle in: ops, rows, what its sender has, and the ledger in one transaction. The plan is made anew.

    Bundles that waited for this one are taken in with it. Raises UserError with nothing changed.
    """
    if deletions_agreed:
        # agreeing is a person's, never the program's by itself
        require(uow, Permission.EXCHANGE)
    opened = _open(content, uow)
    if peers.is_taken_in(uow.connection, opened.id):
        return Outcome(_known(opened), Changes())
    sender, manifest = opened.sender, opened.manifest
    learn((item.raw for item in opened.followed), uow)
    if _missing(manifest.base, uow):
        done = _describe(opened, None, uow)
        peers.note_bundle(
            uow.connection, opened.id, sender.installation, manifest.made_at, uow.now, done.ops_waiting,
            manifest.base, opened.payload,
        )  # fmt: skip
        return Outcome(done, Changes())
    plan, put_right = _plan(opened.payload, uow)
    done = _describe(opened, plan, uow)
    if done.asks and not deletions_agreed:
        raise UserError(
            _("This bundle deletes {count} records. Nothing was taken in. Agree to that first.").format(
                count=done.deleted
            )
        )
    touched = _apply(plan, uow)
    for moved in put_right:
        keep_shown(moved, uow)
    _heal_forks(sender.installation, uow)
    peers.note_heard(uow.connection, sender.installation, plan.vector, uow.now)
    peers.note_bundle(uow.connection, opened.id, sender.installation, manifest.made_at, uow.now, done.ops_new)
    touched |= _release_waiting(uow)
    uow.note("bundle_taken_in", "installation", sender.installation, f"{opened.id}: {done.ops_new}")
    return Outcome(done, Changes(everything=True) if touched else Changes())


def _open(content: bytes, uow: UnitOfWork) -> Bundle:
    require(uow, Permission.CARRY_BUNDLES)

    def known(installation: UUID) -> Identity | None:
        peer = find_peer(installation, uow)
        return None if peer is None or peer.revoked_at is not None else identity_of(peer)

    try:
        return read_bundle(
            content, me=uow.actor.installation_id, keys=own_keys(uow), known=known, now=uow.now,
            former=former_own_keys(uow), replaced=lambda installation: replaced_keys(installation, uow),
        )  # fmt: skip
    except BundleError as error:
        raise UserError(_reason(error)) from error


def _plan(payload: bytes, uow: UnitOfWork, stated: Sequence[Statement] = ()) -> tuple[Plan, list[Moved]]:
    """What a payload would do, and what has been put right for that; `stated` was said of keys outside of it."""
    own = incoming.own_stream(uow.connection)
    try:
        batch = unpack(payload, OpReader(uow.connection).row_of)
        plan, put_right = _plan_or_give_way(batch, own, stated, uow)
        check_heads(plan.new, stated, uow)
    except ForkError as error:
        raise _two_copies(error.stream, batch, uow) from error
    except (LookupError, ValueError) as error:
        raise UserError(_reason(BundleError(bundles.ALTERED, str(error)))) from error
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


def _two_copies(stream: bytes, batch: OpBatch, uow: UnitOfWork) -> TwoCopiesError:
    block = next(block for block in batch.streams if block.stream == stream)
    common, certain = forks.find_common(uow.connection, block)
    if block.installation in forks.own_installations(uow.connection):
        sentence = _word_ours()
    else:
        sentence = _(
            "Two computers have been writing as the same office, probably because its folder was copied. Nothing was "
            "taken in, and nothing is lost. Send that office a bundle: it shows there what to do."
        )
    return TwoCopiesError(sentence, stream, common, certain=certain)


def _word_ours() -> str:
    return _(
        "Another computer has been writing as this office, probably because its folder was copied. Nothing was taken "
        "in, and nothing is lost. The Exchange page says how one of the two becomes an office of its own."
    )


def _apply(plan: Plan, uow: UnitOfWork) -> bool:
    carry_out(plan, uow)
    keep_heads(plan.new, uow)
    learn([item.raw for item in statements_in(plan.new)], uow)
    learn_from_rows(uow)
    index(plan, uow)
    for (name, row_id), new_here in plan.erased().items():
        if name == "person" and new_here:
            confirm(UUID(bytes=row_id), uow)
    return bool(plan.rows) or any(plan.makings.values())


def _release_waiting(uow: UnitOfWork) -> bool:
    """Take in bundles that waited, as long as one of them can be; each may release the next."""
    released = False
    progress = True
    while progress:
        progress = False
        for waiting in peers.list_waiting(uow.connection):
            if not _missing(waiting.base, uow):
                plan, put_right = _plan(waiting.payload, uow)
                released |= _apply(plan, uow)
                for moved in put_right:
                    keep_shown(moved, uow)
                peers.note_bundle(uow.connection, waiting.id, waiting.sender, waiting.made_at, uow.now, waiting.ops)
                progress = True
    return released


def _heal_forks(sender: UUID, uow: UnitOfWork) -> None:
    """Where an office that was enrolled later is understood, what was written twice has been told apart."""
    peer = find_peer(sender, uow)
    if peer is not None:
        forks.heal_until(uow.connection, peer.enrolled_at)


def _missing(base: Mapping[bytes, int], uow: UnitOfWork) -> bool:
    """Whether a bundle builds on ops that are not here. Raises TwoCopiesError if only this office can write them."""
    here, own = incoming.have(uow.connection), incoming.own_stream(uow.connection)
    if base.get(own, 0) > here[own]:
        raise TwoCopiesError(_word_ours(), own, 0, certain=False)
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
    deleted = plan.deleted()
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
        asks=deleted > _ALWAYS_FEW and deleted > _MANY_DELETED * incoming.count_rows(uow.connection),
    )


def _counts(counter: Counter[str]) -> Mapping[str, int]:
    return dict(sorted(counter.items()))


def _reason(error: BundleError) -> str:
    """The sentence for a bundle that can't be taken in."""
    altered = _("This bundle was damaged or altered on the way. Nothing was changed. Ask the office to send it again.")
    return {
        bundles.NOT_A_BUNDLE: _(
            "This file is not a bundle of Wasl. Nothing was changed. Choose a file that ends in .wasl."
        ),
        bundles.UNKNOWN_SENDER: _(
            "This bundle comes from an office that is not enrolled here. Nothing was changed. "
            "Exchange identity files with that office first."
        ),
        bundles.NOT_FOR_US: _(
            "This bundle was made for other offices. Nothing was changed. Ask for one for this office."
        ),
        bundles.TOO_LARGE: _(
            "This file holds far more than any bundle does. It was not opened, and nothing was changed."
        ),
        bundles.NEEDS_NEWER: _(
            "This bundle was made by a newer version of Wasl. Nothing was changed. Update Wasl here, then try again."
        ),
        bundles.EXPIRED: _("This bundle is out of date. Nothing was changed. Ask for a new one."),
    }.get(error.reason, altered)
