"""Visits, the queue at each counter, and the day they belong to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import CounterId, PersonId, PlaceId, VisitId


class VisitState(StrEnum):
    """Where a visit stands. VOID is an entry made by mistake: kept, not counted."""

    WAITING = "waiting"
    WITH_COUNTER = "with_counter"
    CHECKED_OUT = "checked_out"
    CLOSED_WITH_DAY = "closed_with_day"
    VOID = "void"


OPEN_STATES = frozenset({VisitState.WAITING, VisitState.WITH_COUNTER})


@dataclass(frozen=True, slots=True)
class Counter:
    """A hub's counter (guichet): data that a manager edits. `position` is the number on its key and its sign."""

    id: CounterId
    code: str
    position: int
    label_fr: str
    label_en: str
    label_ar: str
    colour: int
    hidden: bool = False

    def label(self, language: str) -> str:
        """The name in a language of `app.i18n`."""
        return {"fr": self.label_fr, "ar": self.label_ar}.get(language, self.label_en)


@dataclass(frozen=True, slots=True)
class LogVisit:
    """Somebody came. `person_id` None is an anonymous passage; `at` (epoch ms) None is now."""

    person_id: PersonId | None
    counter_id: CounterId
    reason: str = "information"
    at: int | None = None


@dataclass(frozen=True, slots=True)
class LogGroup:
    """Several people who came together for one counter: the known ones, and how many more without a name."""

    people: tuple[PersonId, ...]
    anonymous: int
    counter_id: CounterId
    reason: str = "information"


@dataclass(frozen=True, slots=True)
class CorrectVisit:
    """A correction of an entry. None leaves the field as it is; the former values stay in its history."""

    visit_id: VisitId
    person_id: PersonId | None = None
    counter_id: CounterId | None = None
    reason: str | None = None
    arrived_at: int | None = None
    void: bool | None = None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in a list. Times are epoch milliseconds; `name` is empty for an anonymous passage."""

    id: VisitId
    person_id: PersonId | None
    number: str
    name: str
    name_ar: str
    counter_id: CounterId
    reason: str
    state: VisitState
    arrived_at: int
    called_at: int | None
    left_at: int | None
    day: date
    group: int = 0


@dataclass(frozen=True, slots=True)
class QueueRow:
    """Somebody waiting or being served at a counter. `waited` is whole minutes, never negative."""

    visit: VisitRow
    place_id: PlaceId
    queued_at: int
    waited: int
    called: bool


@dataclass(frozen=True, slots=True)
class CounterQueue:
    """One counter: who waits, first come first, then who is being served."""

    counter: Counter
    rows: tuple[QueueRow, ...]
    waiting: int
    longest_wait: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day at this desk. `here` counts open visits of any day; `unclosed` is an earlier day that nobody closed."""

    day: date
    here: int
    visits: int
    new_people: int
    anonymous: int
    women: int
    by_counter: tuple[tuple[CounterId, int], ...]
    closed: bool
    unclosed: date | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One step in the history of a record: who set which field to what, and when (epoch ms)."""

    at: int
    author: str
    field: str
    before: object
    after: object
