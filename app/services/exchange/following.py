"""Following others to their new keys, by statements that those they had before vouch for."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from app.storage import key_statements, peers
from app.storage.incoming import NewOps
from app.storage.unit_of_work import UnitOfWork
from app.sync.rotation import Statement, StatementError, follow, former_keys, read_statement
from app.sync.trust import PublicKeys, SecretKeys


def known_statements(uow: UnitOfWork) -> list[Statement]:
    """What was learnt about keys, of every installation."""
    return list(read_all(key_statements.list_known(uow.connection)))


def statements_in(new: Iterable[NewOps]) -> list[Statement]:
    """What new ops say about keys, as far as it is signed as it must be."""
    return list(read_all(key_statements.stated_in(new)))


def learn(statements: Iterable[bytes], uow: UnitOfWork) -> None:
    """Take note of statements, and use the new keys of those who are enrolled and whose former keys vouch for them."""
    known = set(key_statements.list_known(uow.connection))
    for statement in read_all(raw for raw in statements if raw not in known):
        key_statements.learn(uow.connection, statement.installation, statement.before, statement.raw)
    follow_peers(uow)


def learn_from_rows(uow: UnitOfWork) -> None:
    """Take note also of what came while an older program was here, which could not read it."""
    learn(key_statements.stated_in_rows(uow.connection), uow)


def follow_peers(uow: UnitOfWork) -> None:
    """Use the newest keys of everybody who is enrolled. Nobody follows an installation that is believed no longer."""
    statements = known_statements(uow)
    for peer in peers.list_peers(uow.connection) if statements else ():
        if peer.revoked_at is None:
            chain = follow(peer.installation, PublicKeys(peer.age, peer.ed25519), statements)
            if chain:
                newest = chain[-1].keys
                peers.replace_keys(uow.connection, peer.installation, newest.age, newest.ed25519)
                uow.note("keys_followed", "installation", peer.installation, f"{peer.hub}-{peer.desk}")


def keys_of(installation: UUID, statements: Sequence[Statement], uow: UnitOfWork) -> tuple[bytes, ...]:
    """The Ed25519 keys with which an installation may have signed, now or before; none when it is not known here."""
    if installation == uow.actor.installation_id:
        known = [SecretKeys(*keys).public for keys in peers.all_keys(uow.connection)]
    else:
        known = [
            PublicKeys(peer.age, peer.ed25519)
            for peer in peers.list_peers(uow.connection)
            if peer.installation == installation
        ]
    if not known:
        return ()
    later = [item.keys.ed25519 for item in follow(installation, known[0], statements)]
    earlier = former_keys(installation, known[0].ed25519, statements)
    return tuple(dict.fromkeys([*later, *(keys.ed25519 for keys in known), *earlier]))


def replaced_keys(installation: UUID, uow: UnitOfWork) -> tuple[bytes, ...]:
    """The Ed25519 keys that an enrolled installation has replaced since."""
    return keys_of(installation, known_statements(uow), uow)[1:]


def read_all(statements: Iterable[bytes]) -> Iterable[Statement]:
    """Those that are signed as they must be; nobody would follow the others."""
    for raw in statements:
        try:
            yield read_statement(raw)
        except StatementError:
            continue
