"""The search index after an import: who is to be found anew, at once or, of many, right after the import is durable.

Indexing names takes three times as long as importing them. So a large import only notes whom it concerns, in its own
transaction; they are indexed in short ones after it, also when the program was ended in between.
"""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.storage import schema
from app.storage.bulk import delete_rows, insert_rows
from app.storage.exchange_tables import to_index
from app.storage.people import reindex
from app.storage.types import parts_of

AT_ONCE: Final = 500
"""So many people are indexed with the import itself: 30 ms."""
_CHUNK: Final = 2000
"""People that one transaction catches up with: 0.1 to 0.4 s, in which nobody else can write."""


def index_or_note(connection: sa.Connection, people: Collection[bytes], gone: Collection[bytes]) -> None:
    """Have people found as their rows say; whoever is `gone` is not from now on, however many others there are."""
    if len(people) <= AT_ONCE:
        reindex(connection, [UUID(bytes=person) for person in (*people, *gone)])
        return
    reindex(connection, [UUID(bytes=person) for person in gone])
    known = {person.bytes for person in connection.scalars(sa.select(to_index.c.person_id))}
    insert_rows(connection, to_index, ("person_id",), [(person,) for person in sorted(people) if person not in known])


def is_complete(connection: sa.Connection) -> bool:
    """Whether everybody is found."""
    return connection.execute(sa.select(to_index.c.person_id).limit(1)).first() is None


def catch_up(connection: sa.Connection) -> bool:
    """Index some of those who were noted. Returns whether all are found now."""
    some = list(connection.scalars(sa.select(to_index.c.person_id).limit(_CHUNK)))
    reindex(connection, some)
    delete_rows(connection, to_index, ("person_id",), [(person.bytes,) for person in some])
    return len(some) < _CHUNK


def visitors_of(connection: sa.Connection, visits: Iterable[bytes]) -> set[UUID]:
    """Whose visits these are."""
    visit = schema.visit
    found: set[UUID] = set()
    for part in parts_of(visits):
        query = sa.select(visit.c.person_id).where(visit.c.id.in_(part), visit.c.person_id.is_not(None))
        found.update(connection.scalars(query))
    return found
