"""The way out when two computers have been writing as one office, or older records were put back whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from app.domain.accounts import Permission
from app.domain.ids import InstallationId
from app.errors import UserError
from app.i18n import _
from app.services.access import require
from app.services.exchange import automatic, healing
from app.services.exchange.trust import own_identity, own_keys
from app.storage import forks, heads, outgoing, peers, places, schema, sequences
from app.storage.forks import Fork
from app.storage.peers import Peer
from app.storage.unit_of_work import UnitOfWork
from app.sync.heads import sign_head
from app.sync.trust import Identity, SecretKeys, new_keys


@dataclass(frozen=True, slots=True)
class TwoCopies:
    """What the Exchange page says of it. `ours`: one of the two computers is this one, which may be told apart now.

    `names` are those of the office that both write as; `moved` is how many changes of here would be written again.
    """

    ours: bool
    hub: str
    desk: str
    names: Mapping[str, str]
    certain: bool
    moved: int


@dataclass(frozen=True, slots=True)
class Separated:
    """What this office is now, and how many of its changes were written again."""

    office: str
    moved: int


def list_copies(uow: UnitOfWork) -> tuple[TwoCopies, ...]:
    """Offices as which two computers have been writing, as far as that is known and not put right."""
    require(uow, Permission.EXCHANGE)
    mine = forks.own_installations(uow.connection)
    known = {peer.installation: peer for peer in peers.list_peers(uow.connection)}
    here = own_identity(uow)
    found = []
    for fork in _open_forks(uow):
        ours = fork.installation in mine
        of = here if ours else known.get(InstallationId(fork.installation))
        if of is not None:
            found.append(TwoCopies(ours, of.hub, of.desk, of.names, fork.certain, fork.last - fork.common))
    return tuple(found)


def separate(uow: UnitOfWork, desk: str = "", *, fresh: bool = False) -> Separated:
    """Make this computer an office of its own: another id, another letter, keys of its own, and all its records.

    What it wrote since the copy was made is written again under its own name; the rest stays that of the other
    computer, which goes on as before and is known here from now on. `fresh` says that nothing was written here since
    the copy was made, where no bundle has shown yet what is written twice. Raises UserError.
    """
    require(uow, Permission.EXCHANGE)
    split = _own_forks(uow)
    if not split and not fresh:
        raise _nothing_shown()
    letter = _letter(desk, uow)
    former, keys, actor = own_identity(uow), own_keys(uow), uow.actor
    installation = InstallationId(uow.new_id())
    place = places.installation_row(uow.connection, actor.installation_id)
    forks.become(uow.connection, installation)
    moved = healing.move(split, healing.as_installation(actor, installation, letter), uow)
    uow.insert(
        schema.installation, id=installation, hub_id=actor.hub_id, desk=letter, created_at=uow.now, demo=place.demo
    )
    _sign_former(former, keys, uow)
    peers.forget_keys(uow.connection)
    made = new_keys()
    peers.keep_keys(uow.connection, made.age, made.ed25519, uow.now)
    peers.save_peer(uow.connection, _as_peer(former, uow), actor.account_id)
    automatic.drop(uow)
    uow.note("separated", "installation", installation, f"{former.label}, {moved}")
    return Separated(f"{actor.hub_code}-{letter}", moved)


def resume(uow: UnitOfWork) -> Separated:
    """Go on as the same office after older records were put back whole: no other computer writes as this office.

    What was written since is written again behind what comes back from the others, and no number is given twice.
    Raises UserError.
    """
    require(uow, Permission.EXCHANGE)
    split = _own_forks(uow)
    if not split:
        raise _nothing_shown()
    sequences.leap(uow.connection, uow.now)
    moved = healing.move(split, uow.actor, uow)
    uow.note("resumed", "installation", uow.actor.installation_id, str(moved))
    return Separated(f"{uow.actor.hub_code}-{uow.actor.desk}", moved)


def _open_forks(uow: UnitOfWork) -> list[Fork]:
    return [fork for fork in forks.list_forks(uow.connection, uow.now) if not fork.healed]


def _own_forks(uow: UnitOfWork) -> list[Fork]:
    mine = forks.own_installations(uow.connection)
    found = [fork for fork in _open_forks(uow) if fork.installation in mine]
    if any(not fork.certain for fork in found):
        raise UserError(
            _(
                "It is not clear yet what was written twice. Nothing was changed. Send the other offices a bundle, "
                "take in the next one that comes from them, then try again."
            )
        )
    return found


def _nothing_shown() -> UserError:
    return UserError(
        _(
            "Nothing shows that two computers write as this office. Nothing was changed. Send the other offices a "
            "bundle, take in the next one that comes from them, then try again."
        )
    )


def _letter(wanted: str, uow: UnitOfWork) -> str:
    """The letter of the new desk: the one given, or the first that no desk of the hub is known to have."""
    actor = uow.actor
    used = places.desks_of(uow.connection, actor.hub_id) | {actor.desk}
    used |= {peer.desk for peer in peers.list_peers(uow.connection) if peer.hub == actor.hub_code}
    letter = wanted.strip().upper()
    if not letter:
        letter = next((free for free in ascii_uppercase if free not in used), "")
    if len(letter) != 1 or letter not in ascii_uppercase or letter in used:
        raise UserError(_("A desk has one letter, A to Z, that no other computer of the hub has. Nothing was changed."))
    return letter


def _sign_former(former: Identity, keys: SecretKeys, uow: UnitOfWork) -> None:
    """Vouch for what both computers have alike while its key is here: nobody may have been sent it yet."""
    for item in outgoing.list_written(uow.connection):
        if item.installation == former.installation and item.last_seq:
            signature = sign_head(keys, item.stream, item.installation, item.last_seq, item.last_hash)
            heads.keep_head(uow.connection, item.n, item.last_seq, signature)


def _as_peer(former: Identity, uow: UnitOfWork) -> Peer:
    """The other computer, whose keys are known here better than anywhere."""
    return Peer(
        installation=InstallationId(former.installation),
        hub=former.hub,
        desk=former.desk,
        names=former.names,
        age=former.keys.age,
        ed25519=former.keys.ed25519,
        enrolled_at=uow.now,
        revoked_at=None,
        vector={},
        heard_at=None,
        sent_at=None,
    )
