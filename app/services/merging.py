"""Two records of one person: linked, never melted together, so that the link can be taken back. Links travel."""

from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.groups import group_of
from app.domain.ids import PersonId, VisitId, shared_id
from app.domain.visits import VisitState
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.storage import links, people, schema, visits
from app.storage.unit_of_work import UnitOfWork


def merge(first: PersonId, second: PersonId, uow: UnitOfWork) -> Outcome[PersonId]:
    """Say that two records are of one person, and return the one that stands for both.

    Where both are here now, one passage was written down twice: the visit that was called, else the one that came
    first, stays open; the other ends, marked as an entry by mistake, and its place in the queue with it. Undo brings
    it back; taking the link back later does not.

    Raises UserError where that is already so, NotFoundError where one of them is not here.
    """
    require(uow, Permission.MERGE_PEOPLE)
    low, high = sorted((first, second))
    if low == high or len(people.load_people(uow.connection, [low, high])) != 2:  # noqa: PLR2004 - both of them
        raise NotFoundError(_("Two different people are needed, both on record here. Nothing was changed."))
    roots = links.roots(uow.connection)
    if roots.get(low, low) == roots.get(high, high):
        raise UserError(_("These records are joined already. Nothing was changed."))
    row_id = shared_id("same_person", low.hex, high.hex)
    try:
        uow.update(schema.same_person, row_id, active=True, deleted=False)
    except LookupError:
        uow.insert(schema.same_person, id=row_id, first_id=low, second_id=high, active=True)
    root = links.roots(uow.connection)[low]
    ended = _end_second_visits(records_of(low, uow), uow)
    return Outcome(
        PersonId(root), Changes(people=frozenset({low, high, root}), visits=frozenset(ended)), uow.undo_token
    )


def keep_apart(first: PersonId, second: PersonId, uow: UnitOfWork) -> Outcome[None]:
    """Say that two records are of two people: they are not shown together again as perhaps one.

    Raises UserError where they are joined, NotFoundError where one of them is not here.
    """
    require(uow, Permission.MERGE_PEOPLE)
    low, high = sorted((first, second))
    if low == high or len(people.load_people(uow.connection, [low, high])) != 2:  # noqa: PLR2004 - both of them
        raise NotFoundError(_("Two different people are needed, both on record here. Nothing was changed."))
    roots = links.roots(uow.connection)
    if roots.get(low, low) == roots.get(high, high):
        raise UserError(_("These records are joined already. Nothing was changed."))
    row_id = shared_id("same_person", low.hex, high.hex)
    try:
        uow.update(schema.same_person, row_id, active=False, deleted=False)
    except LookupError:
        uow.insert(schema.same_person, id=row_id, first_id=low, second_id=high, active=False)
    return Outcome(None, Changes(people=frozenset({low, high})), uow.undo_token)


def unmerge(first: PersonId, second: PersonId, uow: UnitOfWork) -> Outcome[None]:
    """Take the links back that join two records; each is again as it was before.

    Where they are joined through others, the links of the second record to the group are taken back.
    """
    require(uow, Permission.MERGE_PEOPLE)
    roots = links.roots(uow.connection)
    if first == second or roots.get(first) is None or roots.get(first) != roots.get(second):
        raise UserError(_("These records are not joined. Nothing was changed."))
    known = links.links_of(uow.connection, [second])
    direct = [row_id for row_id, *ends in known if first in ends]
    for row_id in direct or [row_id for row_id, *_ends in known]:
        uow.update(schema.same_person, row_id, active=False)
    left = links.roots(uow.connection)
    if left.get(first, first) == left.get(second, second):
        for row_id, *_ends in links.links_of(uow.connection, [second]):
            uow.update(schema.same_person, row_id, active=False)
    return Outcome(None, Changes(people=frozenset({first, second})), uow.undo_token)


def _end_second_visits(records: frozenset[UUID], uow: UnitOfWork) -> list[VisitId]:
    """At most one visit of a person is open at a hub; those to other hubs are put right there."""
    found = visits.open_visits_of(uow.connection, records, uow.actor.hub_id)
    others = sorted(found, key=lambda visit: (visit.called_at is None, visit.arrived_at, visit.id))[1:]
    for visit in others:
        for place in visits.open_places(uow.connection, [visit.id], uow.actor.hub_id):
            uow.update(schema.place, place.id, ended_at=uow.now, outcome="void")
        uow.update(schema.visit, visit.id, state=str(VisitState.VOID))
    if others:
        people.reindex(uow.connection, records)
    return [visit.id for visit in others]


def records_of(person: PersonId, uow: UnitOfWork) -> frozenset[UUID]:
    """All records of the person that a record is of."""
    return group_of(person, links.roots(uow.connection))
