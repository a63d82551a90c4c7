"""The search index after an import: who is to be found anew, and who came since."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.storage import schema
from app.storage.types import parts_of


def visitors_of(connection: sa.Connection, visits: Iterable[bytes]) -> set[UUID]:
    """Whose visits these are."""
    visit = schema.visit
    found: set[UUID] = set()
    for part in parts_of(visits):
        query = sa.select(visit.c.person_id).where(visit.c.id.in_(part), visit.c.person_id.is_not(None))
        found.update(connection.scalars(query))
    return found
