"""Trust between installations: our own identity, and whose bundles are believed."""

from typing import Final
from uuid import UUID

from app.domain.accounts import Permission
from app.domain.ids import InstallationId
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.services.access import require
from app.services.exchange.following import follow_peers
from app.storage import peers, places
from app.storage.peers import Peer
from app.storage.unit_of_work import UnitOfWork
from app.sync.trust import (
    Identity,
    IdentityError,
    PublicKeys,
    SecretKeys,
    fingerprint,
    new_keys,
    read_identity,
    same_fingerprint,
    write_identity,
)

ALL: Final = "all"


def own_keys(uow: UnitOfWork) -> SecretKeys:
    """The secret keys of this installation; made the first time they are asked for, in a writing transaction."""
    kept = peers.current_keys(uow.connection)
    if kept is None:
        made = new_keys()
        peers.keep_keys(uow.connection, made.age, made.ed25519, uow.now)
        return made
    return SecretKeys(*kept)


def own_identity(uow: UnitOfWork) -> Identity:
    """This installation as it presents itself to others."""
    actor = uow.actor
    place = places.installation_row(uow.connection, actor.installation_id)
    names = {"fr": place.label_fr, "en": place.label_en, "ar": place.label_ar}
    return Identity(actor.installation_id, actor.hub_code, actor.desk, names, own_keys(uow).public)


def identity_file(uow: UnitOfWork) -> tuple[bytes, str]:
    """The content of our identity file, and its fingerprint to be read out by phone."""
    require(uow, Permission.EXCHANGE)
    identity = own_identity(uow)
    return write_identity(identity, own_keys(uow)), fingerprint(identity)


def examine(content: bytes, uow: UnitOfWork) -> tuple[Identity, str]:
    """Whose identity file this is, and the fingerprint that its owner must read out. Raises UserError."""
    require(uow, Permission.EXCHANGE)
    try:
        identity = read_identity(content)
    except IdentityError as error:
        raise UserError(
            _("This is not the identity file of a Wasl office, or it was altered on the way. Ask for it again.")
        ) from error
    if identity.installation == uow.actor.installation_id:
        raise UserError(_("This is this office's own identity file. It is for the other offices."))
    return identity, fingerprint(identity)


def enroll(content: bytes, uow: UnitOfWork, words: str | None = None) -> Peer:
    """Believe an installation from now on. With `words`, only if they are the fingerprint of the file.

    Raises UserError where they are not, and for somebody who was enrolled with other keys: that must be revoked first.
    """
    identity, _words = examine(content, uow)
    if words is not None and not same_fingerprint(words, identity):
        raise UserError(
            _(
                "The words are not those of this file, so nobody was enrolled. "
                "Somebody may have put another file in its place: ask for it again by another way."
            )
        )
    known = find_peer(identity.installation, uow)
    if known is not None and known.revoked_at is None and _keys(known) != identity.keys:
        raise UserError(
            _(
                "{office} is enrolled with other keys. Nothing was changed. Revoke it first if its computer was lost."
            ).format(office=f"{known.hub}-{known.desk}")
        )
    saved = Peer(
        installation=InstallationId(identity.installation),
        hub=identity.hub,
        desk=identity.desk,
        names=identity.names,
        age=identity.keys.age,
        ed25519=identity.keys.ed25519,
        enrolled_at=uow.now,
        revoked_at=None,
        vector=known.vector if known else {},
        heard_at=known.heard_at if known else None,
        sent_at=known.sent_at if known else None,
    )
    peers.save_peer(uow.connection, saved, uow.actor.account_id)
    follow_peers(uow)
    uow.note("enrolled", "installation", identity.installation, identity.label)
    return saved


def find_peer(installation: UUID, uow: UnitOfWork) -> Peer | None:
    """An enrolled installation by its id."""
    return next((peer for peer in peers.list_peers(uow.connection) if peer.installation == installation), None)


def choose(reference: str, uow: UnitOfWork) -> list[Peer]:
    """The enrolled installations that a hub's code, a code with desk (TNG-A), an id, or `all` means.

    Several are told apart by commas.
    """
    active = [peer for peer in peers.list_peers(uow.connection) if peer.revoked_at is None]
    wanted = reference.strip()
    if wanted.lower() == ALL:
        found = active
    else:
        parts = [part.strip() for part in wanted.split(",")]
        named = [{part.upper(), part.lower().replace("-", "")} for part in parts]
        means = [[peer for peer in active if names & _names_of(peer)] for names in named]
        chosen = {peer.installation for some in means for peer in some}
        found = [peer for peer in active if peer.installation in chosen] if all(means) else []
    if not found:
        raise NotFoundError(
            _("No office “{office}” is enrolled here. Nothing was written. Exchange identity files first.").format(
                office=reference
            )
        )
    return found


def identity_of(peer: Peer) -> Identity:
    """An enrolled installation as bundles know it."""
    return Identity(peer.installation, peer.hub, peer.desk, dict(peer.names), _keys(peer))


def _names_of(peer: Peer) -> set[str]:
    return {peer.hub, f"{peer.hub}-{peer.desk}", peer.installation.hex}


def _keys(peer: Peer) -> PublicKeys:
    return PublicKeys(peer.age, peer.ed25519)
