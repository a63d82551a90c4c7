"""The rules of trainings: hours attended, the order of the waiting list, and who has earned which paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.trainings import (
    HUNDREDTHS,
    WAS_THERE,
    Day,
    Enrolment,
    EnrolmentState,
    Presence,
    Result,
    Training,
)


class WhyNot(StrEnum):
    """Why somebody is not given a paper of a training."""

    NOT_ENROLLED = "not_enrolled"
    NO_ATTENDANCE = "no_attendance"
    TOO_FEW_HOURS = "too_few_hours"
    NOT_ASSESSED = "not_assessed"
    NOT_PASSED = "not_passed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What certificates ask about one person in a training. Empty reasons mean that the paper may be given.

    `minutes_attended` are never more than the days planned come to; `days_attended` counts days somebody was there.
    """

    enrolment: Enrolment
    minutes_attended: int
    minutes_planned: int
    days_attended: int
    days_planned: int
    first_day: date | None
    last_day: date | None
    passed: bool | None
    points: int | None
    participation: tuple[WhyNot, ...]
    certificate: tuple[WhyNot, ...]


def minutes_of(presence: Presence | None, day: Day) -> int:
    """What a day counts for somebody: nothing unless the person was there, and never more than the day."""
    if presence is None or presence.mark not in WAS_THERE:
        return 0
    return day.minutes if presence.minutes is None else max(0, min(presence.minutes, day.minutes))


def waiting_order(enrolments: Iterable[Enrolment]) -> tuple[Enrolment, ...]:
    """Those who wait, who asked first before the others, in whatever order the records came."""
    waiting = (item for item in enrolments if item.state is EnrolmentState.WAITING)
    return tuple(sorted(waiting, key=lambda item: (item.asked_at, item.id)))


def who_moves_up(enrolments: Sequence[Enrolment], places: int) -> tuple[Enrolment, ...]:
    """Who of those waiting gets a place that is free, in order; `places` 0 is without limit."""
    taken = sum(item.state is EnrolmentState.ENROLLED for item in enrolments)
    waiting = waiting_order(enrolments)
    return waiting[: max(0, places - taken)] if places else waiting


def result_of(points: int, pass_mark: int) -> Result:
    """What a mark comes to."""
    return Result.PASSED if points >= pass_mark else Result.FAILED


def facts_of(training: Training, enrolment: Enrolment) -> Facts:
    """What is known of one person in a training, and what keeps a paper from being given."""
    by_day = {item.day_id: item for item in enrolment.presences}
    attended = sum(minutes_of(by_day.get(day.id), day) for day in training.days)
    there = [day for day in training.days if day.id in by_day and by_day[day.id].mark in WAS_THERE]
    found = enrolment.assessment
    passed = None if found is None else found.result is Result.PASSED
    missing: list[WhyNot] = []
    if enrolment.state is not EnrolmentState.ENROLLED:
        missing.append(WhyNot.NOT_ENROLLED)
    if not there:
        missing.append(WhyNot.NO_ATTENDANCE)
    more = list(missing)
    if there and attended * HUNDREDTHS < training.minutes * training.least_share:
        more.append(WhyNot.TOO_FEW_HOURS)
    if passed is not True:
        more.append(WhyNot.NOT_ASSESSED if passed is None else WhyNot.NOT_PASSED)
    return Facts(
        enrolment=enrolment,
        minutes_attended=attended,
        minutes_planned=training.minutes,
        days_attended=len({day.day for day in there}),
        days_planned=len({day.day for day in training.days}),
        first_day=there[0].day if there else None,
        last_day=there[-1].day if there else None,
        passed=passed,
        points=None if found is None else found.points,
        participation=tuple(missing),
        certificate=tuple(more),
    )
