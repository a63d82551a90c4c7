"""What the desk shows besides the search, read in one go: counters, reasons, queues, figures."""

from dataclasses import dataclass
from datetime import date

from app.bootstrap import UnitOfWork
from app.domain.codes import Code, code_label
from app.domain.ids import CounterId, PersonId
from app.domain.visits import Counter, CounterQueue, DayFigures, QueueRow
from app.i18n import current_language
from app.services import counters, days, reasons, visits


@dataclass(frozen=True, slots=True)
class DeskSnapshot:
    """The desk at one moment. Queues stand in the order of the counters' numbers."""

    counters: tuple[Counter, ...]
    reasons: tuple[Code, ...]
    queues: tuple[CounterQueue, ...]
    figures: DayFigures

    @property
    def today(self) -> date:
        """The day that the figures are of."""
        return self.figures.day

    @property
    def positions(self) -> dict[str, int]:
        """The number of each counter by its code."""
        return {counter.code: counter.position for counter in self.counters}

    def counter(self, counter_id: CounterId) -> Counter | None:
        """A counter, also one that is out of use but has somebody waiting."""
        known = (*self.counters, *(queue.counter for queue in self.queues))
        return next((counter for counter in known if counter.id == counter_id), None)

    def counter_at(self, position: int) -> Counter | None:
        """The counter in use with a number."""
        return next((counter for counter in self.counters if counter.position == position), None)

    def word_counter(self, counter_id: CounterId) -> str:
        """A counter's number and name: 2 Auto-entrepreneur."""
        counter = self.counter(counter_id)
        return f"{counter.position} {counter.label(current_language())}" if counter else ""

    def open_visit_of(self, person_id: PersonId) -> QueueRow | None:
        """The visit that is open for a person, None when the person is not here."""
        places = (row for queue in self.queues for row in queue.rows)
        return next((row for row in places if row.visit.person_id == person_id), None)


def read_desk(uow: UnitOfWork) -> DeskSnapshot:
    """Read the desk as it is now."""
    return DeskSnapshot(counters.list_counters(uow), reasons.list_reasons(uow), visits.queues(uow), days.today(uow))


def word_reason(code: str) -> str:
    """The label of a reason in the language in use."""
    return code_label("visit_reasons", code, current_language())
