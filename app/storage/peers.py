"""Who this installation exchanges with: its own keys, those of others, and the bundles that went to and fro."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.domain.ids import AccountId, InstallationId
from app.storage import schema
from app.storage.exchange_tables import bundle, own_keys, peer
from app.storage.types import AnyRow

_SEAL: Final = "seal"
_vectors = msgspec.msgpack.Decoder(dict[bytes, int])
# before marks were kept, a waiting bundle's base stood alone
_bases = msgspec.msgpack.Decoder(dict[bytes, int] | tuple[dict[bytes, int], bytes])


@dataclass(frozen=True, slots=True)
class Peer:
    """An installation that was enrolled. `vector` is what it last said it has; moments are epoch milliseconds."""

    installation: InstallationId
    hub: str
    desk: str
    names: Mapping[str, str]
    age: str
    ed25519: bytes
    enrolled_at: int
    revoked_at: int | None
    vector: Mapping[bytes, int]
    heard_at: int | None
    sent_at: int | None


def current_keys(connection: sa.Connection) -> tuple[str, bytes] | None:
    """The secret keys in use (age, ed25519); None before the first ones are made."""
    query = sa.select(own_keys.c.age, own_keys.c.ed25519).order_by(own_keys.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.age, row.ed25519)


def all_keys(connection: sa.Connection) -> list[tuple[str, bytes]]:
    """All secret keys (age, ed25519), newest first: bundles for the former ones may still be on their way."""
    query = sa.select(own_keys.c.age, own_keys.c.ed25519).order_by(own_keys.c.id.desc())
    return [(row.age, row.ed25519) for row in connection.execute(query)]


def keep_keys(connection: sa.Connection, age: str, ed25519: bytes, now: int) -> None:
    """Begin to use secret keys; the former ones stay, for bundles that are on their way."""
    connection.execute(own_keys.update().where(own_keys.c.retired_at.is_(None)).values(retired_at=now))
    connection.execute(own_keys.insert().values(age=age, ed25519=ed25519, made_at=now))


def forget_keys(connection: sa.Connection) -> None:
    """Have no secret keys any more, also none for bundles that are on their way, nor the seal of PDF files."""
    connection.execute(own_keys.delete())
    connection.execute(schema.meta.delete().where(schema.meta.c.key == _SEAL))


def load_seal(connection: sa.Connection) -> str | None:
    """What PDF files are signed with here, as it was kept; None before the first is made."""
    return connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == _SEAL))


def keep_seal(connection: sa.Connection, seal: str) -> None:
    """Keep what PDF files are signed with here; it is not sent to anybody."""
    connection.execute(schema.meta.insert().values(key=_SEAL, value=seal))


def list_peers(connection: sa.Connection) -> list[Peer]:
    """Everybody enrolled, the revoked ones included, by hub and desk."""
    return [_to_peer(row) for row in connection.execute(sa.select(peer).order_by(peer.c.hub, peer.c.desk))]


def save_peer(connection: sa.Connection, saved: Peer, by: AccountId) -> None:
    """Enrol an installation, or take its new identity in place of the former."""
    values = {
        "hub": saved.hub,
        "desk": saved.desk,
        "names": msgspec.json.encode(dict(saved.names)).decode(),
        "age": saved.age,
        "ed25519": saved.ed25519,
        "enrolled_at": saved.enrolled_at,
        "enrolled_by": by,
        "revoked_at": saved.revoked_at,
    }
    changed = connection.execute(peer.update().where(peer.c.installation_id == saved.installation).values(**values))
    if changed.rowcount == 0:
        connection.execute(peer.insert().values(installation_id=saved.installation, **values))


def replace_keys(connection: sa.Connection, who: UUID, age: str, ed25519: bytes) -> None:
    """An installation has replaced its public keys, and the former ones vouch for that."""
    connection.execute(peer.update().where(peer.c.installation_id == who).values(age=age, ed25519=ed25519))


def revoke_peer(connection: sa.Connection, who: UUID, now: int) -> None:
    """Believe an installation no longer."""
    connection.execute(peer.update().where(peer.c.installation_id == who).values(revoked_at=now))


def note_heard(connection: sa.Connection, who: UUID, vector: Mapping[bytes, int], now: int) -> None:
    """An installation has said how far it has each stream; that is believed even where it is less than before."""
    encoded = msgspec.msgpack.encode(dict(vector))
    connection.execute(peer.update().where(peer.c.installation_id == who).values(vector=encoded, heard_at=now))


def note_sent(connection: sa.Connection, who: UUID, now: int) -> None:
    """A bundle was written for an installation; whether it arrives is not known."""
    connection.execute(peer.update().where(peer.c.installation_id == who).values(sent_at=now))


def is_taken_in(connection: sa.Connection, bundle_id: str) -> bool:
    """Whether a bundle was taken in before (one that waits does not count)."""
    query = sa.select(bundle.c.id).where(bundle.c.id == bundle_id, bundle.c.waiting.is_(None))
    return connection.scalar(query) is not None


def note_bundle(
    connection: sa.Connection,
    bundle_id: str,
    sender: UUID,
    made_at: int,
    now: int,
    ops: int,
    *,
    base: Mapping[bytes, int] | None = None,
    waiting: bytes | None = None,
    marks: bytes = b"",
) -> None:
    """Enter a bundle into the ledger, with its packed ops, base and marks where it has to wait for others."""
    connection.execute(bundle.delete().where(bundle.c.id == bundle_id))
    connection.execute(
        bundle.insert().values(
            id=bundle_id,
            sender=sender,
            made_at=made_at,
            taken_in_at=now,
            ops=ops,
            base=msgspec.msgpack.encode((dict(base or {}), marks)),
            waiting=waiting,
        )
    )


def drop_bundle(connection: sa.Connection, bundle_id: str) -> None:
    """Forget a bundle that waited and does not fit."""
    connection.execute(bundle.delete().where(bundle.c.id == bundle_id))


def news_taken_in(connection: sa.Connection) -> dict[UUID, int]:
    """When something new was last taken in from each installation (epoch ms)."""
    query = (
        sa.select(bundle.c.sender, sa.func.max(bundle.c.taken_in_at))
        .where(bundle.c.ops > 0, bundle.c.waiting.is_(None))
        .group_by(bundle.c.sender)
    )
    return dict(connection.execute(query).all())


@dataclass(frozen=True, slots=True)
class WaitingBundle:
    """A bundle that builds on what is not here yet. `marks` say what it means by `base`, as in a manifest."""

    id: str
    sender: UUID
    made_at: int
    ops: int
    base: Mapping[bytes, int]
    payload: bytes
    marks: bytes


def list_waiting(connection: sa.Connection) -> list[WaitingBundle]:
    """The bundles that wait, oldest first."""
    query = sa.select(bundle).where(bundle.c.waiting.is_not(None)).order_by(bundle.c.taken_in_at)
    found = []
    for row in connection.execute(query):
        kept = _bases.decode(row.base)
        base, marks = (kept, b"") if isinstance(kept, dict) else kept
        found.append(WaitingBundle(row.id, row.sender, row.made_at, row.ops, base, row.waiting, marks))
    return found


def _to_peer(row: AnyRow) -> Peer:
    return Peer(
        installation=row.installation_id,
        hub=row.hub,
        desk=row.desk,
        names=msgspec.json.decode(row.names, type=dict[str, str]),
        age=row.age,
        ed25519=row.ed25519,
        enrolled_at=row.enrolled_at,
        revoked_at=row.revoked_at,
        vector=_vectors.decode(row.vector) if row.vector else {},
        heard_at=row.heard_at,
        sent_at=row.sent_at,
    )
