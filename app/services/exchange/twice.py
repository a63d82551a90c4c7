"""Visitors who are here twice: two offices or desks wrote down one passage each, and a bundle says it is one person.

Both visits stay open, because only somebody at the desk can tell which of them is the right one, and several computers
of the hub would otherwise end different ones. Whoever sits there is told, and ends one as always.
"""

from collections import defaultdict

from app.domain.visits import VisitRow
from app.storage import links, visits
from app.storage.unit_of_work import UnitOfWork


def list_twice(uow: UnitOfWork) -> tuple[tuple[VisitRow, ...], ...]:
    """The open visits to this hub of each person who has several, in the order in which they were logged."""
    found: dict[object, list[VisitRow]] = defaultdict(list)
    here = visits.open_rows(uow.connection, uow.actor.hub_id)
    roots = links.roots(uow.connection) if len(here) > 1 else {}
    for visit in here:
        if visit.person_id is not None:
            found[roots.get(visit.person_id, visit.person_id)].append(visit)
    return tuple(tuple(several) for several in found.values() if len(several) > 1)


def count_twice(uow: UnitOfWork) -> int:
    """How many people are here twice; everybody may know that, for everybody sees the queue."""
    return len(list_twice(uow))
