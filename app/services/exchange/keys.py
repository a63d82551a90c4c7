"""New keys for this installation: stated with the former ones, so that the others follow without being asked."""

from collections.abc import Iterable, Mapping

from app.domain.accounts import Permission
from app.services.access import require
from app.services.exchange.following import learn, read_all
from app.services.exchange.trust import own_identity, own_keys
from app.storage import key_statements, peers, schema
from app.storage.unit_of_work import UnitOfWork
from app.sync.rotation import Statement, state_new_keys
from app.sync.trust import SecretKeys, fingerprint, new_keys


def rotate(uow: UnitOfWork) -> str:
    """Use new keys from now on; return the words to compare by phone, which are others now.

    The other offices follow by themselves: the former keys vouch for the new ones.
    """
    require(uow, Permission.EXCHANGE)
    installation, made = uow.actor.installation_id, new_keys()
    statement = state_new_keys(installation, own_keys(uow), made, max(0, uow.now))
    uow.insert(schema.key_change, installation_id=installation, statement=statement.raw)
    peers.keep_keys(uow.connection, made.age, made.ed25519, uow.now)
    learn([statement.raw], uow)
    words = fingerprint(own_identity(uow))
    uow.note("keys_replaced", "installation", installation, words)
    return words


def former_own_keys(uow: UnitOfWork) -> list[SecretKeys]:
    """The secret keys that were replaced, newest first."""
    return [SecretKeys(*keys) for keys in peers.all_keys(uow.connection)[1:]]


def key_at(clock: int, uow: UnitOfWork) -> SecretKeys:
    """The keys that were ours at a reading of the clock: with these is signed what ends there.

    Who takes that in need not have heard of later ones.
    """
    stated = key_statements.places_of(uow.connection, uow.actor.installation_id)
    if not stated:
        return own_keys(uow)
    ours = {keys.public.ed25519: keys for keys in (SecretKeys(*keys) for keys in peers.all_keys(uow.connection))}
    changes = [(since, statement) for (_, _, since, raw) in stated for statement in read_all([raw])]
    for since, statement in reversed(changes):
        if since <= clock and statement.keys.ed25519 in ours:
            return ours[statement.keys.ed25519]
    return ours.get(changes[0][1].before, own_keys(uow)) if changes else own_keys(uow)


def chain_for(vectors: Iterable[Mapping[bytes, int]], uow: UnitOfWork) -> tuple[Statement, ...]:
    """Our statements from the first one on that somebody with one of these vectors has not got."""
    stated = key_statements.places_of(uow.connection, uow.actor.installation_id)
    lacking = [n for vector in vectors for n, (stream, seq, _, _) in enumerate(stated) if vector.get(stream, 0) < seq]
    return tuple(read_all(raw for *_place, raw in stated[min(lacking) :])) if lacking else ()
