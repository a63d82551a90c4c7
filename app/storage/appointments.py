"""Appointments: rows to values, and what an advisor has in a span of time."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.calendar import LONGEST_MINUTES, MINUTE_MS, Appointment, AppointmentState, find_clashes
from app.domain.codes import read_code
from app.domain.ids import AccountId, AppointmentId
from app.storage import schema
from app.storage.schema_accompaniment import appointment, session
from app.storage.types import AnyRow, parts_of

_person, _account = schema.person, schema.account
_session = (
    sa.select(sa.func.min(session.c.id))
    .where(session.c.appointment_id == appointment.c.id, ~session.c.deleted)
    .scalar_subquery()
)
_ROWS: Final = (
    sa.select(
        appointment, _person.c.number, _person.c.name, _person.c.name_ar, _account.c.name.label("advisor"),
        _session.label("session_id"),
    )
    .outerjoin(_person, _person.c.id == appointment.c.person_id)
    .outerjoin(_account, _account.c.id == appointment.c.advisor_id)
    .where(~appointment.c.deleted, ~appointment.c.erased)
    .order_by(appointment.c.starts_at, appointment.c.id)
)  # fmt: skip
_LONGEST_MS: Final = LONGEST_MINUTES * MINUTE_MS


def find_appointments(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Appointment]:
    """Appointments in the order of their beginning, without what they clash with."""
    return [_to_appointment(row) for row in connection.execute(_ROWS.where(*where))]


def load_appointment(connection: sa.Connection, appointment_id: AppointmentId) -> Appointment | None:
    """One appointment with what it clashes with; None when there is none, or it was taken back."""
    found = next(iter(find_appointments(connection, appointment.c.id == appointment_id)), None)
    if found is None:
        return None
    beside = appointments_in(connection, found.advisor_id, found.starts_at, found.ends_at)
    return next((item for item in beside if item.id == found.id), found)


def appointments_in(connection: sa.Connection, advisor: AccountId, since: int, until: int) -> list[Appointment]:
    """What an advisor has from a moment (epoch ms) until before another, with what clashes."""
    # one that begins before may reach into the span
    around = find_appointments(
        connection, appointment.c.advisor_id == advisor, appointment.c.starts_at >= since - _LONGEST_MS,
        appointment.c.starts_at < until + _LONGEST_MS,
    )  # fmt: skip
    clashes = find_clashes(around)
    return [
        replace(item, clashes=clashes.get(item.id, ()))
        for item in around
        if item.starts_at < until and (item.ends_at > since or item.starts_at >= since)
    ]


def appointments_of(connection: sa.Connection, records: Iterable[UUID]) -> list[Appointment]:
    """All appointments of a person, with whomever; `records` are all that are of the person."""
    return find_appointments(connection, appointment.c.person_id.in_(list(records)))


def by_uid(connection: sa.Connection, advisor: AccountId, uids: Iterable[str]) -> dict[str, AppointmentId]:
    """The appointments of an advisor that calendar files name so."""
    found: dict[str, AppointmentId] = {}
    for part in parts_of(uids):
        query = sa.select(appointment.c.uid, appointment.c.id).where(
            appointment.c.advisor_id == advisor, appointment.c.uid.in_(part), ~appointment.c.deleted
        )
        found.update(
            (uid, AppointmentId(row_id)) for uid, row_id in connection.execute(query.order_by(appointment.c.id))
        )
    return found


def _to_appointment(row: AnyRow) -> Appointment:
    return Appointment(
        id=row.id,
        hub_id=row.hub_id,
        advisor_id=row.advisor_id,
        advisor=row.advisor or "",
        person_id=row.person_id,
        number=row.number or "",
        name=row.name or "",
        name_ar=row.name_ar or "",
        case_id=row.case_id,
        venture_id=row.venture_id,
        starts_at=row.starts_at,
        minutes=row.minutes,
        purpose=row.purpose,
        state=read_code(AppointmentState, row.state or str(AppointmentState.PLANNED)),
        uid=row.uid,
        session_id=row.session_id,
    )
