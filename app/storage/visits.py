"""Visits and their places in the queues: rows to values, and the questions the desk asks all day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.codes import read_code
from app.domain.ids import HubId, InstallationId, VisitId
from app.domain.visits import OPEN_STATES, VisitRow, VisitState
from app.storage import schema
from app.storage.types import AnyRow, parts_of

_visit, _person, _place, _day = schema.visit, schema.person, schema.place, schema.day
_OPEN = [str(state) for state in sorted(OPEN_STATES)]
_counted = sa.and_(~_visit.c.deleted, _visit.c.state != VisitState.VOID)


def _select_rows() -> sa.Select[*tuple[Any, ...]]:
    companion = _visit.alias("companion")
    groups = (
        sa.select(sa.func.count())
        .where(companion.c.group_id == _visit.c.group_id, ~companion.c.deleted)
        .scalar_subquery()
    )
    called = (
        sa.select(sa.func.max(_place.c.called_at))
        .where(_place.c.visit_id == _visit.c.id, ~_place.c.deleted)
        .scalar_subquery()
    )
    return (
        sa.select(
            _visit, _person.c.number, _person.c.name, _person.c.name_ar,
            called.label("called_at"), groups.label("group_size"),
        )
        .outerjoin(_person, _person.c.id == _visit.c.person_id)
        .where(~_visit.c.deleted)
        .order_by(_visit.c.id)
    )  # fmt: skip


# Statements are built once: putting one together costs as much as running it, and the desk asks after every action.
_rows: Final = _select_rows()
_ROW: Final = _rows.where(_visit.c.id == sa.bindparam("visit"))
_OF_DAY: Final = _rows.where(_visit.c.installation_id == sa.bindparam("desk"), _visit.c.day == sa.bindparam("of_day"))
_OPEN_HERE: Final = _rows.where(_visit.c.hub_id == sa.bindparam("hub"), _visit.c.state.in_(_OPEN))
_OPEN_OF: Final = _OPEN_HERE.where(_visit.c.person_id.in_(sa.bindparam("records", expanding=True)))
_HUB: Final = sa.select(_visit.c.hub_id).where(_visit.c.id == sa.bindparam("visit"))
_PLACES: Final = (
    sa.select(_place.c.id, _place.c.visit_id, _place.c.counter_id, _place.c.queued_at, _place.c.called_at)
    .join(_visit, _visit.c.id == _place.c.visit_id)
    .where(
        _place.c.ended_at.is_(None), _place.c.outcome == "", ~_place.c.deleted, ~_visit.c.deleted,
        _visit.c.hub_id == sa.bindparam("hub"), _visit.c.state.in_(_OPEN),
    )
    .order_by(_place.c.id)
)  # fmt: skip
_PLACES_OF: Final = _PLACES.where(_place.c.visit_id.in_(sa.bindparam("visits", expanding=True)))


def visit_rows(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[VisitRow]:
    """Visits with the name of who came, in the order in which they were logged. Void ones are included."""
    return _read(connection, _rows.where(*where))


def _read(connection: sa.Connection, rows: sa.Select[*tuple[Any, ...]], **values: Any) -> list[VisitRow]:  # noqa: ANN401
    return [_to_row(row) for row in connection.execute(rows, values)]


def load_visit(connection: sa.Connection, visit_id: VisitId) -> VisitRow | None:
    """One visit; None when there is none, or it was taken back."""
    return next(iter(_read(connection, _ROW, visit=visit_id)), None)


def hub_of(connection: sa.Connection, visit_id: VisitId) -> HubId | None:
    """The hub that a visit was to."""
    found: HubId | None = connection.scalar(_HUB, {"visit": visit_id})
    return found


def installation_of(connection: sa.Connection, visit_id: VisitId) -> InstallationId:
    """The desk that logged a visit."""
    found: InstallationId = connection.execute(
        sa.select(_visit.c.installation_id).where(_visit.c.id == visit_id)
    ).scalar_one()
    return found


def day_rows(connection: sa.Connection, installation: InstallationId, day: date) -> list[VisitRow]:
    """What this desk logged on a day."""
    return _read(connection, _OF_DAY, desk=installation, of_day=day.isoformat())


def person_visits(connection: sa.Connection, records: Iterable[UUID]) -> list[VisitRow]:
    """All visits of a person, at any hub; `records` are all that are of the person."""
    return visit_rows(connection, _visit.c.person_id.in_(list(records)))


def open_rows(connection: sa.Connection, hub: HubId) -> list[VisitRow]:
    """Visits of the hub that nobody has ended."""
    return _read(connection, _OPEN_HERE, hub=hub)


def open_visit_of(connection: sa.Connection, records: Iterable[UUID], hub: HubId) -> VisitRow | None:
    """The open visit of a person at a hub; there is at most one. `records` are all that are of the person."""
    return next(iter(open_visits_of(connection, records, hub)), None)


def open_visits_of(connection: sa.Connection, records: Iterable[UUID], hub: HubId) -> list[VisitRow]:
    """The open visits of these records at a hub, in the order in which they were logged."""
    return _read(connection, _OPEN_OF, records=list(records), hub=hub)


def open_places(connection: sa.Connection, visits: Sequence[UUID] | None, hub: HubId) -> list[AnyRow]:
    """Places that nobody has ended (id, visit_id, counter_id, queued_at, called_at), first come first."""
    if visits is None:
        return list(connection.execute(_PLACES, {"hub": hub}))
    return list(connection.execute(_PLACES_OF, {"hub": hub, "visits": list(visits)}))


def unended_places(connection: sa.Connection, visits: Iterable[UUID]) -> list[UUID]:
    """The places of these visits that nobody has ended."""
    found: list[UUID] = []
    for part in parts_of(visits):
        query = sa.select(_place.c.id).where(
            _place.c.visit_id.in_(part), _place.c.ended_at.is_(None), _place.c.outcome == "", ~_place.c.deleted
        )
        found += connection.scalars(query)
    return found


def days_of(connection: sa.Connection, visits: Iterable[UUID]) -> set[str]:
    """The days of these visits, as YYYY-MM-DD."""
    found: set[str] = set()
    for part in parts_of(visits):
        found.update(connection.scalars(sa.select(_visit.c.day).where(_visit.c.id.in_(part))))
    return found


def breaks_a_rule(connection: sa.Connection, visits: Iterable[UUID]) -> bool:
    """Whether one of these visits is open where it may not be: on a closed day, or beside another of the person."""
    other = _visit.alias("other")
    beside = sa.exists().where(
        other.c.person_id == _visit.c.person_id, other.c.hub_id == _visit.c.hub_id, other.c.id != _visit.c.id,
        other.c.state.in_(_OPEN), ~other.c.deleted,
    )  # fmt: skip
    unopened = ~sa.exists().where(
        _day.c.installation_id == _visit.c.installation_id, _day.c.day == _visit.c.day,
        _day.c.closed_at.is_(None), ~_day.c.deleted,
    )  # fmt: skip
    for part in parts_of(visits):
        query = sa.select(_visit.c.id).where(
            _visit.c.id.in_(part), _visit.c.state.in_(_OPEN), ~_visit.c.deleted, sa.or_(beside, unopened)
        )
        if connection.scalar(query.limit(1)) is not None:
            return True
    return False


def _to_row(row: AnyRow) -> VisitRow:
    return VisitRow(
        id=row.id,
        person_id=row.person_id,
        number=row.number or "",
        name=row.name or "",
        name_ar=row.name_ar or "",
        counter_id=row.counter_id,
        reason=row.reason,
        state=read_code(VisitState, row.state),
        arrived_at=row.arrived_at,
        called_at=row.called_at,
        left_at=row.left_at,
        day=date.fromisoformat(row.day),
        group=row.group_size if row.group_id else 0,
    )
