"""Which installations have signed that they erased whom."""

from uuid import UUID

import sqlalchemy as sa

from app.storage import schema
from app.storage.exchange_tables import peer

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
