"""Cases and steps: rows to values, and the questions that an advisor's day asks."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.coaching import Case, Step, StepTemplate
from app.domain.ids import AccountId, CaseId, HubId, StepId
from app.storage import schema
from app.storage.schema_accompaniment import attendance, case_file, session, step, step_template
from app.storage.types import AnyRow, parts_of

Templates = Callable[[UUID, str, str], StepTemplate | None]
"""Finds the template of a hub, a kind and a code."""
_person, _account = schema.person, schema.account
_open_step = sa.and_(step.c.done_at.is_(None), ~step.c.dropped, ~step.c.deleted)

_CASES: Final = (
    sa.select(case_file, _person.c.number, _person.c.name, _person.c.name_ar, _account.c.name.label("advisor"))
    .join(_person, _person.c.id == case_file.c.person_id)
    .outerjoin(_account, _account.c.id == case_file.c.advisor_id)
    .where(~case_file.c.deleted, ~case_file.c.erased)
    .order_by(case_file.c.opened_at.desc(), case_file.c.id.desc())
)
_STEPS: Final = (
    sa.select(step, _person.c.number, _person.c.name, _person.c.name_ar, _account.c.name.label("assigned"))
    .outerjoin(_person, _person.c.id == step.c.person_id)
    .outerjoin(_account, _account.c.id == step.c.assigned_to)
    .where(~step.c.deleted, ~step.c.erased)
    # what has no day comes last
    .order_by(step.c.due == "", step.c.due, step.c.position, step.c.id)
)


def find_cases(connection: sa.Connection, today: date, *where: sa.ColumnElement[bool]) -> list[Case]:
    """Cases with what hangs on them counted, the newest first."""
    rows = list(connection.execute(_CASES.where(*where)))
    ids = [row.id for row in rows]
    sessions = _sessions_of(connection, ids)
    steps = _open_steps_of(connection, ids, today)
    return [_to_case(row, sessions.get(row.id, (0, None)), steps.get(row.id, (0, 0, ""))) for row in rows]


def load_case(connection: sa.Connection, case_id: CaseId, today: date) -> Case | None:
    """One case; None when there is none, or it was taken back."""
    return next(iter(find_cases(connection, today, case_file.c.id == case_id)), None)


def cases_of(connection: sa.Connection, records: Iterable[UUID], today: date) -> list[Case]:
    """All cases of a person, at any hub; `records` are all that are of the person."""
    return find_cases(connection, today, case_file.c.person_id.in_(list(records)))


def which_cases(
    hub: HubId, records: Iterable[UUID] | None, advisor: AccountId | None, *, closed: bool
) -> list[sa.ColumnElement[bool]]:
    """What says which cases: those of a person at any hub, or those of a hub, where asked only an advisor's."""
    where: list[sa.ColumnElement[bool]] = []
    if records is not None:
        where.append(case_file.c.person_id.in_(list(records)))
    else:
        where.append(case_file.c.hub_id == hub)
        if not closed:
            where.append(case_file.c.closed_at.is_(None))
    if advisor is not None:
        where.append(case_file.c.advisor_id == advisor)
    return where


def open_cases_of(connection: sa.Connection, records: Iterable[UUID], hub: HubId) -> list[AnyRow]:
    """The open cases (id, person_id, kind, advisor_id) of these records at a hub, the newest first."""
    query = (
        sa.select(case_file.c.id, case_file.c.person_id, case_file.c.kind, case_file.c.advisor_id)
        .where(
            case_file.c.person_id.in_(list(records)), case_file.c.hub_id == hub,
            case_file.c.closed_at.is_(None), ~case_file.c.deleted, ~case_file.c.erased,
        )
        .order_by(case_file.c.opened_at.desc(), case_file.c.id.desc())
    )  # fmt: skip
    return list(connection.execute(query))


def counters_of(connection: sa.Connection, advisor: AccountId) -> frozenset[UUID]:
    """The counters at which an advisor has open cases."""
    query = sa.select(case_file.c.counter_id).where(
        case_file.c.advisor_id == advisor, case_file.c.closed_at.is_(None), case_file.c.counter_id.is_not(None),
        ~case_file.c.deleted,
    )  # fmt: skip
    return frozenset(connection.scalars(query.distinct()))


def find_steps(connection: sa.Connection, templates: Templates, *where: sa.ColumnElement[bool]) -> list[Step]:
    """Steps, the first due first; `templates` give the words of those that were laid from one."""
    return [_to_step(row, templates) for row in connection.execute(_STEPS.where(*where))]


def which_steps(records: Iterable[UUID] | None, **owners: UUID | None) -> list[sa.ColumnElement[bool]]:
    """What says which steps: those of a person, of whatever else owns them, or of both."""
    where: list[sa.ColumnElement[bool]] = [step.c[name] == owner for name, owner in owners.items() if owner is not None]
    return where if records is None else [*where, step.c.person_id.in_(list(records))]


def load_step(connection: sa.Connection, step_id: StepId, templates: Templates) -> Step | None:
    """One step; None when there is none, or it was taken back."""
    return next(iter(find_steps(connection, templates, step.c.id == step_id)), None)


def open_steps_until(connection: sa.Connection, assigned: AccountId, day: date, templates: Templates) -> list[Step]:
    """The steps that somebody is to have done by a day, that day included."""
    return find_steps(
        connection, templates, _open_step, step.c.assigned_to == assigned, step.c.due != "",
        step.c.due <= day.isoformat(),
    )  # fmt: skip


def overdue_steps(connection: sa.Connection, hub: HubId, day: date, templates: Templates) -> list[Step]:
    """The steps of a hub whose day is past, whoever they are for."""
    return find_steps(
        connection, templates, _open_step, step.c.hub_id == hub, step.c.due != "", step.c.due < day.isoformat()
    )


def last_position(connection: sa.Connection, owner: sa.ColumnElement[bool]) -> int:
    """The highest number of the steps of one thing; 0 where there are none."""
    return connection.scalar(sa.select(sa.func.max(step.c.position)).where(owner, ~step.c.deleted)) or 0


def edited_templates(connection: sa.Connection) -> list[tuple[HubId, StepTemplate]]:
    """The templates that hubs have written themselves."""
    query = sa.select(step_template).where(~step_template.c.deleted)
    return [
        (
            row.hub_id,
            StepTemplate(
                row.kind, row.code, row.position, row.days, row.label_fr, row.label_en, row.label_ar, row.hidden,
                shipped=False,
            ),
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _sessions_of(connection: sa.Connection, cases: Iterable[UUID]) -> dict[UUID, tuple[int, int | None]]:
    found: dict[UUID, tuple[int, int | None]] = {}
    for part in parts_of(cases):
        query = (
            sa.select(
                attendance.c.case_id, sa.func.count(session.c.id.distinct()), sa.func.max(session.c.starts_at)
            )
            .join(session, session.c.id == attendance.c.session_id)
            .where(attendance.c.case_id.in_(part), attendance.c.present, ~attendance.c.deleted, ~session.c.deleted)
            .group_by(attendance.c.case_id)
        )  # fmt: skip
        found.update((case, (number, last)) for case, number, last in connection.execute(query))
    return found


def _open_steps_of(connection: sa.Connection, cases: Iterable[UUID], today: date) -> dict[UUID, tuple[int, int, str]]:
    late = sa.and_(step.c.due != "", step.c.due < today.isoformat())
    first = sa.func.min(sa.case((step.c.due != "", step.c.due)))
    found: dict[UUID, tuple[int, int, str]] = {}
    for part in parts_of(cases):
        query = (
            sa.select(step.c.case_id, sa.func.count(), sa.func.sum(sa.case((late, 1), else_=0)), first)
            .where(step.c.case_id.in_(part), _open_step)
            .group_by(step.c.case_id)
        )
        found.update((case, (number, overdue, due or "")) for case, number, overdue, due in connection.execute(query))
    return found


def read_day(text: str) -> date | None:
    """A stored day; None where there is none, or only a newer program knows what it means."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _to_case(row: AnyRow, sessions: tuple[int, int | None], steps: tuple[int, int, str]) -> Case:
    return Case(
        id=row.id,
        hub_id=row.hub_id,
        person_id=row.person_id,
        number=row.number,
        name=row.name,
        name_ar=row.name_ar,
        counter_id=row.counter_id,
        advisor_id=row.advisor_id,
        advisor=row.advisor or "",
        kind=row.kind,
        goal=row.goal,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        exit=row.exit,
        sessions=sessions[0],
        last_session=sessions[1],
        open_steps=steps[0],
        overdue=steps[1],
        next_due=read_day(steps[2]),
    )


def _to_step(row: AnyRow, templates: Templates) -> Step:
    template = templates(row.hub_id, row.kind, row.code) if row.code else None
    return Step(
        id=row.id,
        hub_id=row.hub_id,
        person_id=row.person_id,
        number=row.number or "",
        name=row.name or "",
        name_ar=row.name_ar or "",
        case_id=row.case_id,
        session_id=row.session_id,
        venture_id=row.venture_id,
        placement_id=row.placement_id,
        assigned_to=row.assigned_to,
        assigned=row.assigned or "",
        kind=row.kind,
        code=row.code,
        title=row.title,
        label_fr=template.label_fr if template else "",
        label_en=template.label_en if template else "",
        label_ar=template.label_ar if template else "",
        position=row.position,
        due=read_day(row.due),
        done_at=row.done_at,
        dropped=row.dropped,
    )
