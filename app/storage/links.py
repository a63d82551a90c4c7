"""Links between records of one person."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.domain.groups import roots_of
from app.storage import schema
from app.storage.search.statements import fetch

_table = schema.same_person
_LINKS = sa.select(_table.c.first_id, _table.c.second_id).where(_table.c.active, ~_table.c.deleted)


def roots(connection: sa.Connection) -> dict[UUID, UUID]:
    """The root of every record that is linked to another; links are few, so all are read."""
    return roots_of((UUID(bytes=first), UUID(bytes=second)) for first, second in fetch(connection, _LINKS))


def groups(connection: sa.Connection) -> dict[UUID, list[UUID]]:
    """For every linked record all records of the same person."""
    of = roots(connection)
    members: dict[UUID, list[UUID]] = {}
    for record, root in of.items():
        members.setdefault(root, []).append(record)
    return {record: members[root] for record, root in of.items()}


def links_of(connection: sa.Connection, records: Iterable[UUID]) -> list[tuple[UUID, UUID, UUID]]:
    """The links (id, first, second) that name one of these records."""
    wanted = list(records)
    query = sa.select(_table.c.id, _table.c.first_id, _table.c.second_id).where(
        sa.or_(_table.c.first_id.in_(wanted), _table.c.second_id.in_(wanted)), _table.c.active, ~_table.c.deleted
    )
    return [(row.id, row.first_id, row.second_id) for row in connection.execute(query)]
