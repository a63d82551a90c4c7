"""Sessions and who attended them: rows to values. Notes are read only for those who may."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.coaching import Attended, Session
from app.domain.ids import AccountId, CaseId, HubId, SessionId, VentureId
from app.storage import schema
from app.storage.schema_accompaniment import appointment, attendance, session
from app.storage.types import AnyRow, parts_of

_person, _account = schema.person, schema.account
_SESSIONS: Final = (
    sa.select(session, _account.c.name.label("advisor"))
    .outerjoin(_account, _account.c.id == session.c.advisor_id)
    .where(~session.c.deleted, ~session.c.erased)
    .order_by(session.c.starts_at.desc(), session.c.id.desc())
)
_ATTENDED: Final = (
    sa.select(attendance, _person.c.number, _person.c.name, _person.c.name_ar)
    .join(_person, _person.c.id == attendance.c.person_id)
    .where(~attendance.c.deleted, ~attendance.c.erased)
    .order_by(attendance.c.id)
)


def find_sessions(
    connection: sa.Connection, *where: sa.ColumnElement[bool], notes: bool, limit: int | None = None
) -> list[Session]:
    """Sessions with everybody who was to be there, the newest first; without `notes`, theirs are None."""
    rows = list(connection.execute(_SESSIONS.where(*where).limit(limit)))
    attended: dict[UUID, list[AnyRow]] = {}
    for part in parts_of(row.id for row in rows):
        for item in connection.execute(_ATTENDED.where(attendance.c.session_id.in_(part))):
            attended.setdefault(item.session_id, []).append(item)
    return [_to_session(row, attended.get(row.id, []), notes=notes) for row in rows]


def load_session(connection: sa.Connection, session_id: SessionId, *, notes: bool) -> Session | None:
    """One session; None when there is none, or it was taken back."""
    return next(iter(find_sessions(connection, session.c.id == session_id, notes=notes)), None)


def with_people(records: Iterable[UUID]) -> sa.ColumnElement[bool]:
    """Sessions in which one of these records is named."""
    query = sa.select(attendance.c.session_id).where(attendance.c.person_id.in_(list(records)), ~attendance.c.deleted)
    return session.c.id.in_(query)


def of_case(case_id: CaseId) -> sa.ColumnElement[bool]:
    """Sessions that belong to a case."""
    query = sa.select(attendance.c.session_id).where(attendance.c.case_id == case_id, ~attendance.c.deleted)
    return session.c.id.in_(query)


def of_venture(venture_id: VentureId) -> sa.ColumnElement[bool]:
    """Sessions that were held for a venture."""
    return session.c.venture_id == venture_id


def of_advisor(advisor: AccountId, since: int, until: int) -> sa.ColumnElement[bool]:
    """Sessions of an advisor from a moment (epoch ms) until before another."""
    return sa.and_(session.c.advisor_id == advisor, session.c.starts_at >= since, session.c.starts_at < until)


def of_hub(hub: HubId, since: int, until: int) -> sa.ColumnElement[bool]:
    """Sessions of a hub from a moment (epoch ms) until before another."""
    return sa.and_(session.c.hub_id == hub, session.c.starts_at >= since, session.c.starts_at < until)


def without_note() -> sa.ColumnElement[bool]:
    """Sessions of which nobody noted anything, neither for all nor for one who attended."""
    noted = sa.exists().where(attendance.c.session_id == session.c.id, attendance.c.note != "", ~attendance.c.deleted)
    return sa.and_(session.c.note == "", ~noted)


def attendances_of(connection: sa.Connection, session_id: SessionId) -> list[AnyRow]:
    """Rows (id, person_id, case_id, present, note) of who was to be there."""
    query = sa.select(attendance).where(attendance.c.session_id == session_id, ~attendance.c.deleted)
    return list(connection.execute(query.order_by(attendance.c.id)))


def has_sessions(connection: sa.Connection, case_id: CaseId) -> bool:
    """Whether a case has had a session yet."""
    return connection.scalar(sa.select(session.c.id).where(of_case(case_id), ~session.c.deleted).limit(1)) is not None


def session_of_appointment(connection: sa.Connection, appointment_id: UUID) -> SessionId | None:
    """What was logged of an appointment."""
    query = sa.select(session.c.id).where(session.c.appointment_id == appointment_id, ~session.c.deleted)
    found = connection.scalars(query.order_by(session.c.id).limit(1)).one_or_none()
    return SessionId(found) if found else None


def unlogged(advisor: AccountId, since: int, until: int) -> sa.ColumnElement[bool]:
    """Appointments of an advisor that are over, of which nothing was said since and nothing was logged."""
    logged = sa.exists().where(session.c.appointment_id == appointment.c.id, ~session.c.deleted)
    return sa.and_(
        appointment.c.advisor_id == advisor, appointment.c.starts_at >= since, appointment.c.starts_at < until,
        appointment.c.state == "planned", ~logged,
    )  # fmt: skip


def _to_session(row: AnyRow, attended: list[AnyRow], *, notes: bool) -> Session:
    return Session(
        id=row.id,
        hub_id=row.hub_id,
        advisor_id=row.advisor_id,
        advisor=row.advisor or "",
        kind=row.kind,
        starts_at=row.starts_at,
        minutes=row.minutes,
        title=row.title,
        result=row.result,
        note=row.note if notes else None,
        noted=bool(row.note) or any(item.note for item in attended),
        venture_id=row.venture_id,
        visit_id=row.visit_id,
        appointment_id=row.appointment_id,
        attendees=tuple(
            Attended(
                item.person_id, item.number, item.name, item.name_ar, item.case_id, item.present,
                item.note if notes else None,
            )
            for item in attended
        ),
    )  # fmt: skip
