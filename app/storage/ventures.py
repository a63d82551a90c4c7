"""Ventures as rows and as values: who they are of, what is still to be done, how they moved, what they earned."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.codes import read_code
from app.domain.ids import VentureId
from app.domain.money import read_amount
from app.domain.path import CALL, StageMove
from app.domain.ventures import Member, MonthlyFigure, Registration, Venture, VentureStep
from app.storage import schema
from app.storage.schema_accompaniment import step
from app.storage.schema_ventures import member, monthly_figure, stage_move, venture
from app.storage.types import AnyRow, parts_of

STEP_KINDS: Final = ("registration", "milestone")
_person, _account = schema.person, schema.account

_rows: Final = (
    sa.select(venture, _account.c.name.label("advisor"))
    .outerjoin(_account, _account.c.id == venture.c.advisor_id)
    .where(~venture.c.deleted)
    .order_by(venture.c.id)
)
_members: Final = (
    sa.select(member, _person.c.number, _person.c.name, _person.c.name_ar, _person.c.sex)
    .join(_person, _person.c.id == member.c.person_id)
    .where(~member.c.deleted)
    .order_by(member.c.since, member.c.id)
)


def venture_rows(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Venture]:
    """Ventures in the order in which they were put on record."""
    return [_to_venture(row) for row in connection.execute(_rows.where(*where))]


def load_venture(connection: sa.Connection, venture_id: UUID) -> Venture | None:
    """One venture; None when there is none, or it was taken back."""
    return next(iter(venture_rows(connection, venture.c.id == venture_id)), None)


def find_by_number(connection: sa.Connection, number: str) -> VentureId | None:
    """The venture with a human number."""
    found: VentureId | None = connection.scalar(
        sa.select(venture.c.id).where(venture.c.number == number, ~venture.c.deleted)
    )
    return found


def members_of(connection: sa.Connection, ventures: Iterable[UUID]) -> dict[UUID, list[Member]]:
    """The members of each venture, also former ones, the first to join first."""
    found: dict[UUID, list[Member]] = {}
    for part in parts_of(ventures):
        for row in connection.execute(_members.where(member.c.venture_id.in_(part))):
            found.setdefault(row.venture_id, []).append(_to_member(row))
    return found


def load_member(connection: sa.Connection, member_id: UUID) -> Member | None:
    """One membership; None when there is none."""
    row = connection.execute(_members.where(member.c.id == member_id)).one_or_none()
    return None if row is None else _to_member(row)


def ventures_of(connection: sa.Connection, records: Iterable[UUID]) -> list[Venture]:
    """The ventures that somebody is or was a member of; `records` are all that are of the person."""
    ids = sa.select(member.c.venture_id).where(member.c.person_id.in_(list(records)), ~member.c.deleted)
    return venture_rows(connection, venture.c.id.in_(ids))


def moves_of(connection: sa.Connection, venture_id: UUID) -> list[StageMove]:
    """How a venture moved along its path, oldest first."""
    query = (
        sa.select(stage_move, _account.c.name.label("by_name"))
        .outerjoin(_account, _account.c.id == stage_move.c.by_id)
        .where(stage_move.c.venture_id == venture_id, ~stage_move.c.deleted)
        .order_by(stage_move.c.id)
    )
    return [
        StageMove(row.at, row.stage, row.former, row.by_name or "", row.reason) for row in connection.execute(query)
    ]


def steps_of(connection: sa.Connection, venture_id: UUID) -> list[VentureStep]:
    """The steps of registration, then the milestones, in their order; what was dropped is left out."""
    query = (
        sa.select(step)
        .where(step.c.venture_id == venture_id, step.c.kind.in_(STEP_KINDS), ~step.c.deleted, ~step.c.dropped)
        .order_by(step.c.kind.desc(), step.c.position, step.c.id)
    )
    return [
        VentureStep(row.id, row.kind, row.code, row.title, row.position, to_day(row.due), row.done_at)
        for row in connection.execute(query)
    ]


def figures_of(connection: sa.Connection, venture_id: UUID) -> list[MonthlyFigure]:
    """The monthly figures of a venture, oldest first."""
    query = (
        sa.select(monthly_figure)
        .where(monthly_figure.c.venture_id == venture_id, ~monthly_figure.c.deleted)
        .order_by(monthly_figure.c.month)
    )
    return [
        MonthlyFigure(month, to_amount(row.turnover), row.clients, row.jobs_women, row.jobs_men, row.note)
        for row in connection.execute(query)
        if (month := to_day(f"{row.month}-01")) is not None
    ]


def find_ids(connection: sa.Connection, table: sa.Table, ids: Iterable[UUID]) -> set[UUID]:
    """Which rows of a table are there, deleted ones left out."""
    found: set[UUID] = set()
    for part in parts_of(ids):
        found.update(connection.scalars(sa.select(table.c.id).where(table.c.id.in_(part), ~table.c.deleted)))
    return found


def to_day(text: str) -> date | None:
    """A stored day; None for none, and for what is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def to_amount(text: str) -> Decimal | None:
    """A stored amount; None for none, and for what is none."""
    try:
        return read_amount(text) if text else None
    except ValueError:
        return None


def _to_venture(row: AnyRow) -> Venture:
    return Venture(
        id=row.id,
        hub_id=row.hub_id,
        counter_id=row.counter_id,
        advisor_id=row.advisor_id,
        advisor=row.advisor or "",
        number=row.number,
        name=row.name,
        name_ar=row.name_ar,
        kind=row.kind,
        sector=row.sector,
        legal_form=row.legal_form,
        activity=row.activity,
        city=row.city,
        registration=read_code(Registration, row.registration or "none"),
        registered_number=row.registered_number,
        registered_on=to_day(row.registered_on),
        created_at=row.created_at,
        stage=row.stage or CALL,
        exit=row.exit,
        exit_on=to_day(row.exit_on),
    )


def _to_member(row: Any) -> Member:  # noqa: ANN401 - a row
    return Member(
        id=row.id,
        venture_id=row.venture_id,
        person_id=row.person_id,
        number=row.number,
        name=row.name,
        name_ar=row.name_ar,
        sex=row.sex,
        role=row.role,
        share=row.share,
        since=to_day(row.since),
        until=to_day(row.until),
    )
