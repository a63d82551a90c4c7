"""The trainings of a person as entries of the timeline."""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from app.clock import day_of, to_moment
from app.domain.timeline import EntryKind, TimelineEntry
from app.domain.training_rules import facts_of
from app.domain.trainings import Enrolment, Training
from app.i18n import current_language
from app.storage import schema
from app.storage import trainings as rows
from app.storage.schema_trainings import enrolment, training
from app.storage.unit_of_work import UnitOfWork


def training_entries(records: Iterable[UUID], uow: UnitOfWork) -> list[TimelineEntry]:
    """One entry for each training that somebody is or was in, at noon of its first day.

    `state` is the result of the assessment, else whether the person has a place; `minutes` are those attended.
    """
    people = sorted(records)
    found = rows.enrolments(uow.connection, enrolment.c.person_id.in_(people))
    ids = {item.training_id for item in found}
    if not ids:
        return []
    known = {item.id: item for item in rows.trainings(uow.connection, day_of(uow.now), training.c.id.in_(ids))}
    hub = schema.hub
    codes = {row.id: row.code for row in uow.connection.execute(hub.select())}
    return [
        _entry(known[item.training_id], item, codes.get(known[item.training_id].hub_id, ""))
        for item in found
        if item.training_id in known
    ]


def _entry(found: Training, person: Enrolment, hub: str) -> TimelineEntry:
    result = person.assessment
    return TimelineEntry(
        EntryKind.TRAINING,
        person.asked_at if found.first_day is None else _noon(found.first_day),
        person.id,
        code=found.kind,
        state=str(person.state if result is None else result.result),
        text=found.title(current_language()),
        author=found.trainer,
        hub=hub,
        subject_id=found.id,
        minutes=facts_of(found, person).minutes_attended,
    )


def _noon(day: date) -> int:
    return to_moment(datetime.combine(day, time(12)))
