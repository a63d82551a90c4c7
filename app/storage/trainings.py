"""Trainings with their days and hubs, enrolments with what is noted of each day: rows to values."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.domain.codes import read_code
from app.domain.trainings import (
    Assessment,
    Day,
    Enrolment,
    EnrolmentState,
    Mark,
    Presence,
    Result,
    Training,
    TrainingState,
    state_of,
)
from app.storage import schema
from app.storage.funding import read_day
from app.storage.schema_trainings import assessment, enrolment, presence, training, training_day, training_hub
from app.storage.types import AnyRow, parts_of

_person, _account = schema.person, schema.account
_TRAININGS = (
    sa.select(training, _account.c.name.label("colleague"))
    .outerjoin(_account, _account.c.id == training.c.trainer_id)
    .where(~training.c.deleted)
    .order_by(training.c.id)
)
_ENROLMENTS = (
    sa.select(enrolment, _person.c.number, _person.c.name, _person.c.name_ar)
    .join(_person, _person.c.id == enrolment.c.person_id)
    .where(~enrolment.c.deleted, ~enrolment.c.erased)
    .order_by(_person.c.name, _person.c.name_ar, enrolment.c.id)
)


def trainings(connection: sa.Connection, today: date, *where: sa.ColumnElement[bool]) -> list[Training]:
    """Trainings in the order in which they were planned."""
    rows = connection.execute(_TRAININGS.where(*where)).all()
    ids = [row.id for row in rows]
    days, hubs, counts = days_of(connection, ids), _hubs_of(connection, ids), _counts(connection, ids)
    return [_to_training(row, days.get(row.id, []), hubs.get(row.id, []), counts, today) for row in rows]


def days_of(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, list[Day]]:
    """The days of trainings in their order, with how many people each has a mark for."""
    found: dict[UUID, list[Day]] = {}
    marked = (
        sa.select(sa.func.count())
        .where(presence.c.day_id == training_day.c.id, presence.c.mark != "", ~presence.c.deleted)
        .scalar_subquery()
    )
    order = (training_day.c.day, training_day.c.from_time, training_day.c.id)
    for part in parts_of(ids):
        query = sa.select(training_day, marked.label("marked")).where(
            training_day.c.training_id.in_(part), ~training_day.c.deleted
        )
        for row in connection.execute(query.order_by(*order)):
            day = read_day(row.day)
            if day is not None:
                made = Day(
                    row.id, row.training_id, day, _time(row.from_time), _time(row.to_time), row.break_minutes,
                    row.marked,
                )  # fmt: skip
                found.setdefault(row.training_id, []).append(made)
    return found


def training_of_day(connection: sa.Connection, day_id: UUID) -> UUID | None:
    """The training that a day is of; None where there is no such day."""
    return connection.scalar(
        sa.select(training_day.c.training_id).where(training_day.c.id == day_id, ~training_day.c.deleted)
    )


def training_of_enrolment(connection: sa.Connection, enrolment_id: UUID) -> UUID | None:
    """The training that somebody is enrolled in; None where there is no such enrolment."""
    return connection.scalar(
        sa.select(enrolment.c.training_id).where(
            enrolment.c.id == enrolment_id, ~enrolment.c.deleted, ~enrolment.c.erased
        )
    )


def enrolments(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Enrolment]:
    """Enrolments by the people's names, without those of people who were erased."""
    rows = connection.execute(_ENROLMENTS.where(*where)).all()
    ids = [row.id for row in rows]
    marks, results = _presences(connection, ids), _assessments(connection, ids)
    return [
        Enrolment(
            row.id, row.training_id, row.person_id, row.number, row.name, row.name_ar, row.hub_id,
            read_code(EnrolmentState, row.state), row.asked_at, row.reason, tuple(marks.get(row.id, ())),
            results.get(row.id),
        )
        for row in rows
    ]  # fmt: skip


def trainings_of(connection: sa.Connection, people: Iterable[UUID]) -> set[UUID]:
    """The trainings that these people are or were enrolled in."""
    found: set[UUID] = set()
    for part in parts_of(people):
        query = sa.select(enrolment.c.training_id).where(enrolment.c.person_id.in_(part), ~enrolment.c.deleted)
        found.update(connection.scalars(query))
    return found


def at_hub(hub_id: UUID) -> sa.ColumnElement[bool]:
    """The condition that a hub plans a training, takes part in it, or has somebody enrolled."""
    invited = sa.select(training_hub.c.training_id).where(training_hub.c.hub_id == hub_id, ~training_hub.c.deleted)
    sent = sa.select(enrolment.c.training_id).where(enrolment.c.hub_id == hub_id, ~enrolment.c.deleted)
    return sa.or_(training.c.hub_id == hub_id, training.c.id.in_(invited), training.c.id.in_(sent))


def _hubs_of(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for part in parts_of(ids):
        query = sa.select(training_hub.c.training_id, training_hub.c.hub_id).where(
            training_hub.c.training_id.in_(part), ~training_hub.c.deleted
        )
        for training_id, hub_id in connection.execute(query.order_by(training_hub.c.hub_id)):
            found.setdefault(training_id, []).append(hub_id)
    return found


def _counts(connection: sa.Connection, ids: Iterable[UUID]) -> dict[tuple[UUID, str, bool], int]:
    """How many enrolments of each training are of a state, by whether the person was erased."""
    found: dict[tuple[UUID, str, bool], int] = {}
    for part in parts_of(ids):
        query = (
            sa.select(enrolment.c.training_id, enrolment.c.state, enrolment.c.erased, sa.func.count())
            .where(enrolment.c.training_id.in_(part), ~enrolment.c.deleted)
            .group_by(enrolment.c.training_id, enrolment.c.state, enrolment.c.erased)
        )
        for training_id, state, erased, count in connection.execute(query):
            found[training_id, state, bool(erased)] = count
    return found


def _presences(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, list[Presence]]:
    found: dict[UUID, list[Presence]] = {}
    for part in parts_of(ids):
        query = (
            sa.select(presence)
            .join(training_day, training_day.c.id == presence.c.day_id)
            .where(presence.c.enrolment_id.in_(part), presence.c.mark != "", ~presence.c.deleted)
            .where(~training_day.c.deleted)
            .order_by(training_day.c.day, training_day.c.from_time, training_day.c.id)
        )
        for row in connection.execute(query):
            made = Presence(row.day_id, read_code(Mark, row.mark), row.minutes)
            found.setdefault(row.enrolment_id, []).append(made)
    return found


def _assessments(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, Assessment]:
    found: dict[UUID, Assessment] = {}
    for part in parts_of(ids):
        query = (
            sa.select(assessment, _account.c.name.label("assessor"))
            .outerjoin(_account, _account.c.id == assessment.c.assessor_id)
            .where(assessment.c.enrolment_id.in_(part), assessment.c.result != "", ~assessment.c.deleted)
        )
        for row in connection.execute(query.order_by(assessment.c.id)):
            found[row.enrolment_id] = Assessment(
                read_code(Result, row.result), row.points, read_day(row.day), row.assessor or "", row.note
            )
    return found


def _to_training(
    row: AnyRow, days: Sequence[Day], hubs: Sequence[Any], counts: dict[tuple[UUID, str, bool], int], today: date
) -> Training:
    kept = read_code(TrainingState, row.state)
    return Training(
        id=row.id, hub_id=row.hub_id, kind=row.kind, title_fr=row.label_fr, title_en=row.label_en,
        title_ar=row.label_ar, objectives_fr=row.objectives_fr, objectives_en=row.objectives_en,
        objectives_ar=row.objectives_ar, skills_fr=row.skills_fr, skills_en=row.skills_en, skills_ar=row.skills_ar,
        trainer_id=row.trainer_id, trainer=row.trainer or row.colleague or "", place=row.place,
        announced_minutes=row.minutes, places=row.places, least_share=row.least_share, pass_mark=row.pass_mark,
        best_mark=row.best_mark, note=row.note, kept=kept, state=state_of(kept, days, today),
        hubs=(row.hub_id, *(hub for hub in hubs if hub != row.hub_id)), days=tuple(days),
        enrolled=counts.get((row.id, EnrolmentState.ENROLLED.value, False), 0),
        waiting=counts.get((row.id, EnrolmentState.WAITING.value, False), 0),
        erased=counts.get((row.id, EnrolmentState.ENROLLED.value, True), 0),
    )  # fmt: skip


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return time(0)
