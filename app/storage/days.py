"""Days of a desk, and their figures. Read after every action at the desk: the statements are built once."""

from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.ids import HubId, InstallationId
from app.domain.visits import OPEN_STATES, VisitState
from app.storage import schema
from app.storage.types import AnyRow

_visit, _person, _day = schema.visit, schema.person, schema.day
_earlier = _visit.alias("earlier")
_desk: Final = sa.bindparam("desk", type_=_visit.c.installation_id.type)
_of_day: Final = sa.bindparam("of_day", type_=sa.Text())
_on_day = sa.and_(
    ~_visit.c.deleted, _visit.c.state != VisitState.VOID, _visit.c.installation_id == _desk, _visit.c.day == _of_day
)
_came_before = (
    sa.select(_earlier.c.id)
    .where(
        _earlier.c.person_id == _visit.c.person_id,
        ~_earlier.c.deleted,
        _earlier.c.state != VisitState.VOID,
        _earlier.c.day < _of_day,
    )
    .exists()
)
_CLOSED: Final = sa.select(_day.c.closed_at, _day.c.deleted).where(_day.c.id == sa.bindparam("row_id"))
_OPEN: Final = (
    sa.select(sa.func.count())
    .select_from(_visit)
    .where(
        _visit.c.hub_id == sa.bindparam("hub"),
        _visit.c.state.in_([str(state) for state in sorted(OPEN_STATES)]),
        ~_visit.c.deleted,
    )
)
_UNCLOSED: Final = sa.select(sa.func.min(_day.c.day)).where(
    _day.c.installation_id == _desk, _day.c.closed_at.is_(None), _day.c.day < _of_day, ~_day.c.deleted
)
_NUMBERS: Final = (
    sa.select(
        sa.func.count().label("visits"),
        (sa.func.count() - sa.func.count(_visit.c.person_id)).label("anonymous"),
        sa.func.count(sa.case((_person.c.sex == "f", 1))).label("women"),
        sa.func.count(sa.distinct(sa.case((~_came_before, _visit.c.person_id)))).label("new_people"),
    )
    .select_from(_visit.outerjoin(_person, _person.c.id == _visit.c.person_id))
    .where(_on_day)
)
_BY_COUNTER: Final = sa.select(_visit.c.counter_id, sa.func.count()).where(_on_day).group_by(_visit.c.counter_id)


def closed_at(connection: sa.Connection, row_id: UUID) -> AnyRow | None:
    """closed_at and deleted of a day; None when it was never opened."""
    return connection.execute(_CLOSED, {"row_id": row_id}).one_or_none()


def count_open(connection: sa.Connection, hub: HubId) -> int:
    """How many are here now."""
    return connection.scalar(_OPEN, {"hub": hub}) or 0


def unclosed_before(connection: sa.Connection, installation: InstallationId, day: date) -> date | None:
    """The earliest day before `day` that this desk opened and nobody closed."""
    found = connection.scalar(_UNCLOSED, {"desk": installation, "of_day": day.isoformat()})
    return date.fromisoformat(found) if found else None


def day_numbers(connection: sa.Connection, installation: InstallationId, day: date) -> AnyRow:
    """visits, anonymous, women, new_people of this desk on a day; each passage counts, void ones do not.

    New is who has no counted visit before that day, at any hub that this installation has heard of.
    """
    return connection.execute(_NUMBERS, {"desk": installation, "of_day": day.isoformat()}).one()


def day_by_counter(connection: sa.Connection, installation: InstallationId, day: date) -> list[tuple[UUID, int]]:
    """Counted visits of this desk on a day for each counter that had any."""
    return [
        (counter, number)
        for counter, number in connection.execute(_BY_COUNTER, {"desk": installation, "of_day": day.isoformat()})
    ]
