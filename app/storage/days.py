"""Days of a desk."""

from uuid import UUID

import sqlalchemy as sa

from app.storage import schema
from app.storage.types import AnyRow


def closed_at(connection: sa.Connection, row_id: UUID) -> AnyRow | None:
    """closed_at and deleted of a day; None when it was never opened."""
    table = schema.day
    query = sa.select(table.c.closed_at, table.c.deleted).where(table.c.id == row_id)
    return connection.execute(query).one_or_none()
