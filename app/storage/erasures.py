"""Which installations have signed that they erased whom."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.storage import schema
from app.storage.exchange_tables import peer
from app.storage.types import parts_of

_table = schema.erasure


def is_confirmed(connection: sa.Connection, row_id: UUID) -> bool:
    """Whether a confirmation is on record."""
    return connection.scalar(sa.select(_table.c.id).where(_table.c.id == row_id)) is not None


def count(connection: sa.Connection, person_id: UUID) -> int:
    """How many installations have confirmed the erasure of a person."""
    query = sa.select(sa.func.count()).select_from(_table).where(_table.c.person_id == person_id, ~_table.c.deleted)
    return connection.scalar(query) or 0


def count_installations(connection: sa.Connection) -> int:
    """How many installations take part: this one, and those enrolled that are not revoked."""
    query = sa.select(sa.func.count()).select_from(peer).where(peer.c.revoked_at.is_(None))
    return 1 + (connection.scalar(query) or 0)


def receipts(connection: sa.Connection, people: Iterable[UUID]) -> dict[UUID, dict[UUID, int]]:
    """For each of these people: which installations have confirmed the erasure, and when (epoch ms)."""
    found: dict[UUID, dict[UUID, int]] = {}
    for part in parts_of(people):
        query = sa.select(_table.c.person_id, _table.c.installation_id, _table.c.at).where(
            _table.c.person_id.in_(part), ~_table.c.deleted
        )
        for person, installation, at in connection.execute(query):
            found.setdefault(person, {})[installation] = at
    return found


def newest_erased(connection: sa.Connection, limit: int) -> list[UUID]:
    """Who was erased, the latest first."""
    when = sa.func.min(_table.c.at)
    query = sa.select(_table.c.person_id).where(~_table.c.deleted).group_by(_table.c.person_id)
    return list(connection.scalars(query.order_by(when.desc()).limit(limit)))


def erased_people(connection: sa.Connection) -> list[UUID]:
    """The records of everybody who was erased."""
    return list(connection.scalars(sa.select(schema.person.c.id).where(schema.person.c.erased)))
