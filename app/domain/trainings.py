"""Trainings: planned days and places, who is enrolled or waits, what is noted of each day, assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from app.domain.ids import AccountId, EnrolmentId, HubId, PersonId, TrainingDayId, TrainingId

HUNDREDTHS: Final = 100
"""Marks are kept in hundredths of a point."""
_HOUR: Final = 60


class TrainingState(StrEnum):
    """Where a training stands. Code list `training_states`; RUNNING and OVER follow from its days and are not kept."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"
    FINISHED = "finished"
    CANCELLED = "cancelled"


KEPT_STATES: Final = frozenset({TrainingState.PLANNED, TrainingState.FINISHED, TrainingState.CANCELLED})


class EnrolmentState(StrEnum):
    """Whether somebody has a place. Code list `enrolment_states`."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Mark(StrEnum):
    """What is noted of somebody on a day. Code list `presence_marks`."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


WAS_THERE: Final = frozenset({Mark.PRESENT, Mark.LATE})


class Result(StrEnum):
    """What an assessment says. Code list `assessment_results`."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class NewDay:
    """A day of a training, by the clock on the wall; `break_minutes` count for nobody."""

    day: date
    from_time: time = time(9)
    to_time: time = time(12)
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """What the day counts for; 0 where its times make no sense."""
        return minutes_between(self.from_time, self.to_time, self.break_minutes)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is planned. `minutes` is what it counts for whoever was there all the time."""

    id: TrainingDayId
    training_id: TrainingId
    day: date
    from_time: time
    to_time: time
    break_minutes: int
    marked: int = 0

    @property
    def minutes(self) -> int:
        """What the day counts for."""
        return minutes_between(self.from_time, self.to_time, self.break_minutes)


@dataclass(frozen=True, slots=True)
class NewTraining:
    """A training to be planned. The title is needed in one language; the others may follow.

    `minutes` are those announced, `places` 0 takes as many as come, `least_share` is the share of the planned hours in
    per cent that the certificate asks for; with a `pass_mark` (of `best_mark`, in hundredths) the mark says who
    passed, else the assessor. `hubs` are those that take part beside the own one.
    """

    title_fr: str = ""
    title_en: str = ""
    title_ar: str = ""
    kind: str = "other"
    objectives_fr: str = ""
    objectives_en: str = ""
    objectives_ar: str = ""
    skills_fr: str = ""
    skills_en: str = ""
    skills_ar: str = ""
    trainer_id: AccountId | None = None
    trainer: str = ""
    place: str = ""
    minutes: int = 0
    places: int = 0
    least_share: int = 0
    pass_mark: int = 0
    best_mark: int = 0
    note: str = ""
    days: tuple[NewDay, ...] = ()
    hubs: tuple[HubId, ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """A training in a list. `trainer` is the name of whoever gives it; `hubs` are all that take part, the own first.

    `enrolled` have a place (`erased` of them are no longer on record), `waiting` are on the list.
    """

    id: TrainingId
    hub_id: HubId
    kind: str
    title_fr: str
    title_en: str
    title_ar: str
    objectives_fr: str
    objectives_en: str
    objectives_ar: str
    skills_fr: str
    skills_en: str
    skills_ar: str
    trainer_id: AccountId | None
    trainer: str
    place: str
    announced_minutes: int
    places: int
    least_share: int
    pass_mark: int
    best_mark: int
    note: str
    kept: TrainingState
    state: TrainingState
    hubs: tuple[HubId, ...]
    days: tuple[Day, ...]
    enrolled: int = 0
    waiting: int = 0
    erased: int = 0

    @property
    def minutes(self) -> int:
        """Planned minutes: what was announced, or what the days come to where that is more."""
        return max(self.announced_minutes, sum(day.minutes for day in self.days))

    @property
    def free(self) -> int | None:
        """Places that nobody has; None where there is no limit."""
        return max(0, self.places - self.enrolled) if self.places else None

    @property
    def over(self) -> int:
        """How many more have a place than there are, as two hubs can enrol without knowing of each other."""
        return max(0, self.enrolled - self.places) if self.places else 0

    @property
    def first_day(self) -> date | None:
        """Its first day; None where none is planned."""
        return self.days[0].day if self.days else None

    @property
    def last_day(self) -> date | None:
        """Its last day."""
        return self.days[-1].day if self.days else None

    def next_day(self, today: date) -> Day | None:
        """The first day that is not past."""
        return next((day for day in self.days if day.day >= today), None)

    def title(self, language: str) -> str:
        """The title in a language, or in one that there is."""
        return _said(language, self.title_fr, self.title_en, self.title_ar)

    def objectives(self, language: str) -> str:
        """What it aims at."""
        return _said(language, self.objectives_fr, self.objectives_en, self.objectives_ar)

    def skills(self, language: str) -> str:
        """What people can do afterwards."""
        return _said(language, self.skills_fr, self.skills_en, self.skills_ar)


@dataclass(frozen=True, slots=True)
class Presence:
    """What is noted of somebody on a day; `minutes` where it is not the whole day."""

    day_id: TrainingDayId
    mark: Mark
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an assessment gave. `points` in hundredths where there is a mark; `assessor` is a name."""

    result: Result
    points: int | None
    day: date | None
    assessor: str
    note: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Somebody in a training, with what is noted of each day. `asked_at` (epoch ms) orders the waiting list."""

    id: EnrolmentId
    training_id: TrainingId
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    hub_id: HubId
    state: EnrolmentState
    asked_at: int
    reason: str = ""
    presences: tuple[Presence, ...] = ()
    assessment: Assessment | None = None

    def on(self, day_id: TrainingDayId) -> Presence | None:
        """What is noted of a day."""
        return next((item for item in self.presences if item.day_id == day_id), None)


@dataclass(frozen=True, slots=True)
class TrainingView:
    """A training with everybody in it: those with a place by name, those who wait in their order, who withdrew."""

    training: Training
    enrolled: tuple[Enrolment, ...]
    waiting: tuple[Enrolment, ...]
    withdrawn: tuple[Enrolment, ...]


def minutes_between(begin: time, end: time, pause: int) -> int:
    """Minutes from a time to another of the same day without the break; never less than nothing."""
    return max(0, end.hour * _HOUR + end.minute - begin.hour * _HOUR - begin.minute - max(0, pause))


def state_of(kept: TrainingState, days: Sequence[Day], today: date) -> TrainingState:
    """Where a training stands today: its days say whether it runs, until somebody closes or cancels it."""
    if kept is not TrainingState.PLANNED or not days or today < days[0].day:
        return kept
    return TrainingState.RUNNING if today <= days[-1].day else TrainingState.OVER


def _said(language: str, french: str, english: str, arabic: str) -> str:
    wanted = {"fr": french, "ar": arabic}.get(language, english)
    return wanted or french or english or arabic
