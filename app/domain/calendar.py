"""Days and hours of an advisor: appointments, due days, and what overlaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.domain.ids import AccountId, AppointmentId, CaseId, HubId, PersonId, SessionId, VentureId

MINUTE_MS: Final = 60_000
USUAL_MINUTES: Final = 45
"""What a session or an appointment takes unless somebody says otherwise."""
LONGEST_MINUTES: Final = 24 * 60
_SUNDAY: Final = 6
_FIVE_MINUTES: Final = 5 * MINUTE_MS


class AppointmentState(StrEnum):
    """What became of an appointment. Code list `appointment_states`."""

    PLANNED = "planned"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """Somebody is to come, or an advisor to go. `starts_at` in epoch ms; `advisor_id` None is the account that acts."""

    starts_at: int
    minutes: int = USUAL_MINUTES
    person_id: PersonId | None = None
    case_id: CaseId | None = None
    venture_id: VentureId | None = None
    purpose: str = ""
    advisor_id: AccountId | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment in a list. Times are epoch ms; `session_id` is what was logged of it.

    `clashes` are the planned appointments of the same advisor that overlap it: they are told, never refused. `uid`
    names it in calendar files.
    """

    id: AppointmentId
    hub_id: HubId
    advisor_id: AccountId
    advisor: str
    person_id: PersonId | None
    number: str
    name: str
    name_ar: str
    case_id: CaseId | None
    venture_id: VentureId | None
    starts_at: int
    minutes: int
    purpose: str
    state: AppointmentState
    uid: str
    session_id: SessionId | None = None
    clashes: tuple[AppointmentId, ...] = ()

    @property
    def ends_at(self) -> int:
        """When it ends, in epoch ms."""
        return self.starts_at + self.minutes * MINUTE_MS


def round_to_five(moment: int) -> int:
    """The last full five minutes before a moment (epoch ms), so that what is logged now is not still to come."""
    return moment - moment % _FIVE_MINUTES


def off_sunday(day: date) -> date:
    """The day itself, or the Monday after it where it is a Sunday: no hub is open then."""
    return day + timedelta(days=1) if day.weekday() == _SUNDAY else day


def due_on(opened: date, days: int) -> date:
    """When a step is due that comes `days` days after its case was opened."""
    return off_sunday(opened + timedelta(days=days))


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of the week (ISO 8601, from Monday) that a day is of."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=number) for number in range(7))


def overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans (from, to; epoch ms) have time in common; the one may begin where the other ends."""
    return max(first[0], second[0]) < min(first[1], second[1])


def find_clashes(appointments: Iterable[Appointment]) -> dict[AppointmentId, tuple[AppointmentId, ...]]:
    """For each planned appointment those of the same advisor that overlap it, in the order of their beginning."""
    planned = sorted(
        (item for item in appointments if item.state is AppointmentState.PLANNED),
        key=lambda item: (item.starts_at, item.id),
    )
    found: dict[AppointmentId, list[tuple[int, AppointmentId]]] = {}
    running: list[Appointment] = []
    for item in planned:
        running = [other for other in running if other.ends_at > item.starts_at]
        for other in running:
            if other.advisor_id == item.advisor_id and overlap(
                (other.starts_at, other.ends_at), (item.starts_at, item.ends_at)
            ):
                found.setdefault(item.id, []).append((other.starts_at, other.id))
                found.setdefault(other.id, []).append((item.starts_at, item.id))
        running.append(item)
    return {key: tuple(other for _at, other in sorted(others)) for key, others in found.items()}
