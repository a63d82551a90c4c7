"""Calls, applications, juries and what they scored: rows to values. Who may see points is decided by the services."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from app.domain.accounts import Account, Role
from app.domain.codes import read_code
from app.domain.ids import AccountId, ApplicationId, CallId, CriterionId
from app.domain.selection import Application, ApplicationState, Call, CallState, Criterion
from app.storage import schema
from app.storage.schema_ventures import application, call_for, criterion, juror, score, score_sheet, venture
from app.storage.types import AnyRow, parts_of
from app.storage.ventures import to_day

_account = schema.account
SheetKey = tuple[UUID, UUID]
"""Application and account."""


@dataclass(slots=True)
class SheetRow:
    """One juror's sheet for one application; points in hundredths by criterion."""

    finished_at: int | None = None
    comment: str = ""
    recused: bool = False
    points: dict[CriterionId, int] = field(default_factory=dict)


def call_rows(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Call]:
    """Calls with how many applied and what their weights add up to, the newest first."""
    applied = (
        sa.select(sa.func.count())
        .where(
            application.c.call_id == call_for.c.id,
            ~application.c.deleted,
            application.c.state != ApplicationState.WITHDRAWN,
        )
        .scalar_subquery()
    )
    weights = (
        sa.select(sa.func.coalesce(sa.func.sum(criterion.c.weight), 0))
        .where(criterion.c.call_id == call_for.c.id, ~criterion.c.deleted)
        .scalar_subquery()
    )
    query = (
        sa.select(call_for, applied.label("applications"), weights.label("weights"))
        .where(~call_for.c.deleted, *where)
        .order_by(call_for.c.id.desc())
    )
    return [_to_call(row) for row in connection.execute(query)]


def load_call(connection: sa.Connection, call_id: UUID) -> Call | None:
    """One call; None when there is none, or it was taken back."""
    return next(iter(call_rows(connection, call_for.c.id == call_id)), None)


def find_by_code(connection: sa.Connection, code: str) -> CallId | None:
    """The newest call with a code."""
    query = sa.select(call_for.c.id).where(call_for.c.code == code, ~call_for.c.deleted).order_by(call_for.c.id.desc())
    found: CallId | None = connection.scalar(query.limit(1))
    return found


def criteria_of(connection: sa.Connection, call_id: UUID) -> list[Criterion]:
    """The criteria of a call in their order."""
    query = (
        sa.select(criterion)
        .where(criterion.c.call_id == call_id, ~criterion.c.deleted)
        .order_by(criterion.c.position, criterion.c.id)
    )
    return [
        Criterion(row.id, row.position, row.label_fr, row.label_en, row.label_ar, row.weight, row.most)
        for row in connection.execute(query)
    ]


def call_of_criterion(connection: sa.Connection, criterion_id: UUID) -> CallId | None:
    """The call that a criterion belongs to."""
    found: CallId | None = connection.scalar(
        sa.select(criterion.c.call_id).where(criterion.c.id == criterion_id, ~criterion.c.deleted)
    )
    return found


def application_rows(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Application]:
    """Applications in the order in which they came, withdrawn ones included; what they lack is not worked out."""
    query = (
        sa.select(application, venture.c.number, venture.c.name, venture.c.name_ar, venture.c.kind)
        .join(venture, venture.c.id == application.c.venture_id)
        .where(~application.c.deleted, *where)
        .order_by(application.c.received_at, application.c.id)
    )
    return [_to_application(row) for row in connection.execute(query)]


def applications_of(connection: sa.Connection, call_id: UUID) -> list[Application]:
    """The applications to a call."""
    return application_rows(connection, application.c.call_id == call_id)


def applications_by(connection: sa.Connection, venture_id: UUID) -> list[Application]:
    """The applications of a venture."""
    return application_rows(connection, application.c.venture_id == venture_id)


def load_application(connection: sa.Connection, application_id: UUID) -> Application | None:
    """One application; None when there is none."""
    return next(iter(application_rows(connection, application.c.id == application_id)), None)


def jury_of(connection: sa.Connection, call_id: UUID) -> list[tuple[AccountId, str, bool]]:
    """(account, name, active) of the jury, by name; those who left it included."""
    query = (
        sa.select(juror.c.account_id, _account.c.name, juror.c.active)
        .join(_account, _account.c.id == juror.c.account_id)
        .where(juror.c.call_id == call_id, ~juror.c.deleted)
        .order_by(_account.c.name, juror.c.account_id)
    )
    return [(row.account_id, row.name, bool(row.active)) for row in connection.execute(query)]


def accounts_in_use(connection: sa.Connection) -> list[Account]:
    """The accounts in use of all hubs, by name."""
    query = sa.select(_account).where(_account.c.active, ~_account.c.deleted).order_by(_account.c.name)
    return [
        Account(row.id, row.login, row.name, read_code(Role, row.role), bool(row.active), row.hub_id)
        for row in connection.execute(query)
    ]


def sheets_of(connection: sa.Connection, applications: Iterable[UUID]) -> dict[SheetKey, SheetRow]:
    """All sheets for these applications, whoever filled them in."""
    found: dict[SheetKey, SheetRow] = {}
    for part in parts_of(applications):
        sheets = sa.select(score_sheet).where(score_sheet.c.application_id.in_(part), ~score_sheet.c.deleted)
        for row in connection.execute(sheets):
            sheet = found.setdefault((row.application_id, row.account_id), SheetRow())
            sheet.finished_at, sheet.comment, sheet.recused = row.finished_at, row.comment, bool(row.recused)
        points = sa.select(score).where(score.c.application_id.in_(part), ~score.c.deleted)
        for row in connection.execute(points):
            found.setdefault((row.application_id, row.account_id), SheetRow()).points[row.criterion_id] = row.points
    return found


def has_scores(connection: sa.Connection, call_id: UUID) -> bool:
    """Whether anybody has given points in a call."""
    query = (
        sa.select(score.c.id)
        .join(application, application.c.id == score.c.application_id)
        .where(application.c.call_id == call_id, ~score.c.deleted)
    )
    return connection.scalar(query.limit(1)) is not None


def calls_with_a_jury(connection: sa.Connection) -> list[CallId]:
    """The calls that have a jury."""
    query = sa.select(juror.c.call_id).where(~juror.c.deleted, juror.c.active).distinct()
    return list(connection.scalars(query))


def calls_of(connection: sa.Connection, changed: Mapping[str, Iterable[UUID]]) -> set[UUID]:
    """The calls that these rows of juries and sheets belong to, by table."""
    found: set[UUID] = set()
    for part in parts_of(changed.get("juror", ())):
        found.update(connection.scalars(sa.select(juror.c.call_id).where(juror.c.id.in_(part))))
    for table in (score, score_sheet):
        for part in parts_of(changed.get(str(table.name), ())):
            query = sa.select(application.c.call_id).join(table, table.c.application_id == application.c.id)
            found.update(connection.scalars(query.where(table.c.id.in_(part))))
    return found


def writer_of(connection: sa.Connection, table: str, row_id: UUID) -> AccountId | None:
    """The juror whose score or sheet a row is."""
    column = {"score": score, "score_sheet": score_sheet}[table].c
    found: AccountId | None = connection.scalar(sa.select(column.account_id).where(column.id == row_id))
    return found


def _to_call(row: AnyRow) -> Call:
    return Call(
        id=row.id,
        hub_id=row.hub_id,
        code=row.code,
        label_fr=row.label_fr,
        label_en=row.label_en,
        label_ar=row.label_ar,
        kinds=tuple(row.kinds.split()),
        opens=to_day(row.opens),
        closes=to_day(row.closes),
        places=row.places,
        state=read_code(CallState, row.state or "draft"),
        applications=row.applications,
        weights=row.weights,
    )


def _to_application(row: AnyRow) -> Application:
    return Application(
        id=ApplicationId(row.id),
        call_id=row.call_id,
        venture_id=row.venture_id,
        number=row.number,
        name=row.name,
        name_ar=row.name_ar,
        kind=row.kind,
        received_at=row.received_at,
        complete=bool(row.complete),
        state=read_code(ApplicationState, row.state or "received"),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
    )
