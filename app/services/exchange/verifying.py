"""Bundles verified and opened, or refused in words that say what to do."""

from uuid import UUID

from app.domain.accounts import Permission
from app.errors import UserError
from app.i18n import _, current_language
from app.services.access import require
from app.services.exchange.following import replaced_keys
from app.services.exchange.keys import former_own_keys
from app.services.exchange.revoking import announced_of
from app.services.exchange.trust import find_peer, identity_of, own_keys
from app.storage.unit_of_work import UnitOfWork
from app.sync import bundle as bundles
from app.sync.bundle import Bundle, BundleError, read_bundle, read_header
from app.sync.trust import Identity


def open_bundle(content: bytes, uow: UnitOfWork) -> Bundle:
    """A bundle that is for us, whole, and from somebody whom we believe. Raises UserError."""
    require(uow, Permission.CARRY_BUNDLES)

    def known(installation: UUID) -> Identity | None:
        peer = find_peer(installation, uow)
        return None if peer is None or peer.revoked_at is not None else identity_of(peer)

    try:
        _refuse_revoked(UUID(read_header(content).sender), uow)
        return read_bundle(
            content, me=uow.actor.installation_id, keys=own_keys(uow), known=known, now=uow.now,
            former=former_own_keys(uow), replaced=lambda installation: replaced_keys(installation, uow),
        )  # fmt: skip
    except BundleError as error:
        raise UserError(word_reason(error)) from error


def _refuse_revoked(sender: UUID, uow: UnitOfWork) -> None:
    """An office that is believed no longer is not the same as one that nobody knows."""
    peer = find_peer(sender, uow)
    if peer is None or peer.revoked_at is None:
        return
    sentence = _(
        "This bundle comes from a computer of {office} that is no longer trusted here. Nothing was changed. If that is "
        "a mistake, add the office again with a fresh identity file."
    ).format(office=peer.names.get(current_language(), peer.hub))
    announced = announced_of(sender, uow)
    if announced is not None:
        why = f": {announced.reason}" if announced.reason else ""
        sentence += " " + _("That was decided by {office}{why}.").format(office=announced.by.label, why=why)
    raise UserError(sentence)


def altered() -> UserError:
    """For a bundle that says what no program of ours says, which shows only when it is written."""
    return UserError(word_reason(BundleError(bundles.ALTERED)))


def word_reason(error: BundleError) -> str:
    """The sentence for a bundle that can't be taken in."""
    damaged = _("This bundle was damaged or altered on the way. Nothing was changed. Ask the office to send it again.")
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
    }.get(error.reason, damaged)
