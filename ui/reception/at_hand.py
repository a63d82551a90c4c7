"""Whom a key means: one rule for checking out, receipts and records."""

from dataclasses import dataclass

from app.domain.ids import PersonId
from app.domain.people import PersonRow
from app.domain.visits import QueueRow, VisitRow
from ui.reception.snapshot import DeskSnapshot


@dataclass(frozen=True, slots=True)
class AtHand:
    """The visit and the person that the next key is about; either may be missing."""

    visit: VisitRow | None = None
    person_id: PersonId | None = None


def find_at_hand(
    snapshot: DeskSnapshot | None, *, listed: VisitRow | None, queued: QueueRow | None, person: PersonRow | None
) -> AtHand:
    """First whoever is marked in the queue that has the keys, then in the list in front, then before the desk."""
    visit = queued.visit if queued is not None else listed
    if visit is not None:
        return AtHand(visit, visit.person_id)
    if person is None:
        return AtHand()
    row = snapshot.open_visit_of(person.id) if snapshot is not None else None
    return AtHand(row.visit if row is not None else None, person.id)
