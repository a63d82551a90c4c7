"""The day at a desk: it opens with its first visit, shows its figures, and is closed by somebody."""

from datetime import date
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import CounterId, InstallationId, day_id
from app.domain.visits import DayFigures, VisitState
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.storage import days as day_rows
from app.storage import schema
from app.storage import visits as visit_rows
from app.storage.unit_of_work import UnitOfWork


def today(uow: UnitOfWork, day: date | None = None) -> DayFigures:
    """The figures of a day at this desk, today's unless another is named."""
    require(uow, Permission.READ_FIGURES)
    return _figures(day or day_of(uow.now), uow)


def open_day(day: date, uow: UnitOfWork, installation: InstallationId | None = None, *, again: bool = True) -> None:
    """Begin a day at a desk, this one unless another is named, if that was not done.

    An open visit on a closed day opens it again; one that has ended (`again` false) does not.
    """
    installation = installation or uow.actor.installation_id
    row_id = day_id(installation, day.isoformat())
    found = day_rows.closed_at(uow.connection, row_id)
    if found is None:
        uow.insert(schema.day, id=row_id, installation_id=installation, day=day.isoformat(), opened_at=uow.now)
    elif found.deleted or (again and found.closed_at is not None):
        uow.update(schema.day, row_id, closed_at=None, closed_by=None, deleted=False)


def close_day(uow: UnitOfWork, day: date | None = None) -> Outcome[DayFigures]:
    """End a day: its visits that are still open are closed and marked as closed with the day.

    No time is altered or made up: when they left stays unknown. Without a day: the earliest one that nobody closed.
    Raises UserError when there is nothing to close.
    """
    require(uow, Permission.CLOSE_DAY)
    actor, connection = uow.actor, uow.connection
    wanted = day or _first_unclosed(uow)
    row_id = day_id(actor.installation_id, wanted.isoformat())
    found = day_rows.closed_at(connection, row_id)
    if found is None or found.deleted or found.closed_at is not None:
        raise UserError(_("There is no open day to close. Nothing was changed. A day opens with its first visit."))
    changed, people = set[UUID](), set[UUID]()
    for visit in visit_rows.day_rows(connection, actor.installation_id, wanted):
        if visit.state in {VisitState.WAITING, VisitState.WITH_COUNTER}:
            uow.update(schema.visit, visit.id, state=str(VisitState.CLOSED_WITH_DAY))
            changed.add(visit.id)
            people |= {visit.person_id} if visit.person_id else set()
    for place in visit_rows.unended_places(connection, changed):
        uow.update(schema.place, place, outcome="closed_with_day")
    uow.update(schema.day, row_id, closed_at=uow.now, closed_by=actor.account_id)
    changes = Changes(visits=frozenset(changed), people=frozenset(people), days=frozenset({row_id}))
    return Outcome(_figures(wanted, uow), changes, uow.undo_token)


def _first_unclosed(uow: UnitOfWork) -> date:
    current = day_of(uow.now)
    return day_rows.unclosed_before(uow.connection, uow.actor.installation_id, current) or current


def _figures(day: date, uow: UnitOfWork) -> DayFigures:
    connection, installation = uow.connection, uow.actor.installation_id
    numbers = day_rows.day_numbers(connection, installation, day)
    found = day_rows.closed_at(connection, day_id(installation, day.isoformat()))
    by_counter = day_rows.day_by_counter(connection, installation, day)
    return DayFigures(
        day=day,
        here=day_rows.count_open(connection, uow.actor.hub_id),
        visits=numbers.visits,
        new_people=numbers.new_people,
        anonymous=numbers.anonymous,
        women=numbers.women,
        by_counter=tuple((CounterId(counter), count) for counter, count in by_counter),
        closed=found is not None and found.closed_at is not None and not found.deleted,
        unclosed=day_rows.unclosed_before(connection, installation, day),
    )
