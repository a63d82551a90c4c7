"""What holds for every step of a visit, whichever use case takes it: checks, and the place in the queue."""

from typing import Final
from uuid import UUID

from app.changes import Changes
from app.clock import day_of, to_local
from app.domain.codes import is_code
from app.domain.ids import CounterId, PersonId, VisitId, day_id
from app.domain.visits import OPEN_STATES, VisitRow
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.services.merging import records_of
from app.storage import schema
from app.storage import visits as visit_rows
from app.storage.types import AnyRow
from app.storage.unit_of_work import UnitOfWork

_AHEAD_MS: Final = 3_600_000
_EARLIEST: Final = 946_684_800_000
"""2000-01-01: a slip of the pen, not a visit that somebody notes down later."""


class AlreadyHereError(UserError):
    """The person has an open visit at this hub: `visit_id`, since `since` (epoch ms)."""

    def __init__(self, message: str, visit_id: VisitId, since: int) -> None:
        super().__init__(message)
        self.visit_id = visit_id
        self.since = since


def load(visit_id: VisitId, uow: UnitOfWork) -> VisitRow:
    """A visit. Raises NotFoundError."""
    found = visit_rows.load_visit(uow.connection, visit_id)
    if found is None:
        raise NotFoundError(_("There is no such visit; it may have been taken back. Nothing was changed."))
    return found


def load_own(visit_id: VisitId, uow: UnitOfWork) -> VisitRow:
    """A visit to this hub: those to others are read here, and put right there."""
    if visit_rows.hub_of(uow.connection, visit_id) != uow.actor.hub_id:
        raise NotFoundError(_("There is no such visit; it may have been taken back. Nothing was changed."))
    return load(visit_id, uow)


def load_open(visit_id: VisitId, uow: UnitOfWork) -> VisitRow:
    """A visit to this hub that nobody has ended. Raises UserError."""
    found = load_own(visit_id, uow)
    if found.state not in OPEN_STATES:
        raise UserError(_("This visit has ended already. Nothing was changed."))
    return found


def check_reason(code: str) -> str:
    """A reason of the list. Raises UserError."""
    if not is_code("visit_reasons", code):
        raise UserError(
            _("“{reason}” is not on the list of reasons. Nothing was changed. Choose one of the list.").format(
                reason=code
            )
        )
    return code


def check_moment(moment: int, uow: UnitOfWork) -> int:
    """A time of arrival that somebody typed. Raises UserError for one to come, or of another century."""
    if moment > uow.now + _AHEAD_MS:
        raise UserError(
            _("That time is still to come. Nothing was changed. Check the time, and this computer's clock.")
        )
    if moment < _EARLIEST:
        raise UserError(_("That time is too long ago. Nothing was changed. Check the date."))
    return moment


def refuse_second_visit(person_id: PersonId, uow: UnitOfWork) -> None:
    """Raise AlreadyHereError when the person's last visit to this hub is still open."""
    found = visit_rows.open_visit_of(uow.connection, records_of(person_id, uow), uow.actor.hub_id)
    if found is not None:
        since = to_local(found.arrived_at)
        raise AlreadyHereError(
            _(
                "{name} is here already, since {time}. No second visit was logged. "
                "Hand over to another counter, or check out first."
            ).format(name=found.name or found.name_ar, time=since.strftime("%H:%M")),
            found.id,
            found.arrived_at,
        )


def queue(visit_id: VisitId, counter: CounterId, at: int, uow: UnitOfWork, called_at: int | None = None) -> None:
    """Put a visit into a counter's queue."""
    uow.insert(schema.place, visit_id=visit_id, counter_id=counter, queued_at=at, called_at=called_at)


def open_place(visit_id: VisitId, uow: UnitOfWork) -> AnyRow | None:
    """The place in a queue that nobody has ended."""
    return next(iter(visit_rows.open_places(uow.connection, [visit_id], uow.actor.hub_id)), None)


def end_place(visit_id: VisitId, outcome: str, uow: UnitOfWork) -> None:
    """End the place in the queue, now."""
    if place := open_place(visit_id, uow):
        uow.update(schema.place, place.id, ended_at=uow.now, outcome=outcome)


def changed(visit: VisitRow, uow: UnitOfWork, *people: PersonId | None) -> Changes:
    """What a step of a visit concerns: the visit, who came, its day and today."""
    days = {day_id(uow.actor.installation_id, day.isoformat()) for day in (visit.day, day_of(uow.now))}
    concerned = frozenset[UUID](who for who in (visit.person_id, *people) if who is not None)
    return Changes(visits=frozenset({visit.id}), people=concerned, days=frozenset(days))
