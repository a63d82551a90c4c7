"""What an advisor finds in the morning, in one answer."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar import Appointment
from app.domain.coaching import Case, Session, Step
from app.domain.ids import CounterId, HubId, PersonId, ReferralId
from app.domain.visits import CounterQueue, VisitRow


@dataclass(frozen=True, slots=True)
class Referred:
    """Somebody who was sent to this account or hub, and whom nobody has answered for. `sent_at` in epoch ms."""

    id: ReferralId
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    from_hub_id: HubId
    from_hub: str
    sent_by: str
    sent_at: int
    service: str
    reason: str
    to_me: bool


@dataclass(frozen=True, slots=True)
class MyDay:
    """The day of an advisor. Appointments are in the order of their beginning; steps the longest due first.

    `overdue` are steps whose day is past, `due` those of the day. `unlogged` are appointments of the last weeks that
    are over and of which nothing was logged; `without_note` the account's sessions of which nobody noted anything.
    `queues` are all counters; `counters` those at which the account has open cases (empty: none yet, show all).
    """

    day: date
    appointments: tuple[Appointment, ...]
    overdue: tuple[Step, ...]
    due: tuple[Step, ...]
    referred: tuple[Referred, ...]
    unlogged: tuple[Appointment, ...]
    without_note: tuple[Session, ...]
    sessions: tuple[Session, ...]
    queues: tuple[CounterQueue, ...]
    counters: frozenset[CounterId]


@dataclass(frozen=True, slots=True)
class Taken:
    """A visitor whom an advisor took over: what the form of a session begins with. Times are epoch ms.

    `case` is the open case that the session belongs to, None where there is none or nobody knows who came;
    `appointment` is the one of today that this visit may be.
    """

    visit: VisitRow
    case: Case | None
    appointment: Appointment | None
    kind: str
    starts_at: int
    minutes: int
