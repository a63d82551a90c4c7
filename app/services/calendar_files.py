"""Appointments to and from calendar files (.ics).

A calendar file leaves the encrypted store, for a telephone that others unlock and for the computers of whoever keeps
its copies. So it says when, for how long, and the first letter of a first name, which the advisor recognises and
nobody else does. What an appointment is for is left out too: it is free text, and may name somebody. Both are written
only where they are asked for, by an account that accompanies people; either way it goes on the audit trail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.changes import Changes
from app.clock import HUB_ZONE, to_local, to_moment
from app.domain.accounts import Permission
from app.domain.calendar import LONGEST_MINUTES, USUAL_MINUTES, Appointment, AppointmentState, NewAppointment
from app.domain.ids import AppointmentId
from app.domain.people import clean_name
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import appointments
from app.services import coaching_rules as rules
from app.services.access import require
from app.storage import appointments as rows
from app.storage.schema_accompaniment import appointment
from app.storage.unit_of_work import UnitOfWork

_OURS = "@wasl"
_LONGEST_UID = 255


@dataclass(frozen=True, slots=True)
class Imported:
    """What a calendar file brought: appointments that are new, that changed, and what of it is none.

    `skipped` counts whole days, series, and events of other centuries; `kept` those that are over here already.
    """

    added: tuple[AppointmentId, ...]
    changed: tuple[AppointmentId, ...]
    unchanged: int
    kept: int
    skipped: int


def export_calendar(chosen: Sequence[AppointmentId], uow: UnitOfWork, *, names: bool = False) -> bytes:
    """A calendar file with these appointments; with `names`, who comes and what for. Raises NotFoundError."""
    require(uow, Permission.READ_CASES)
    return _write([rules.load_appointment(item, uow) for item in chosen], uow, names=names)


def export_week(uow: UnitOfWork, day: date | None = None, *, names: bool = False) -> bytes:
    """A calendar file with the account's week (from Monday) that a day is of, today if None."""
    return _write(appointments.list_week(uow, day), uow, names=names)


def import_calendar(content: bytes, uow: UnitOfWork) -> Outcome[Imported]:
    """Take appointments of the account from a calendar file.

    An event that is known by its UID gets the file's time; of one that was made here, the purpose stays as it is. Any
    other becomes an appointment with nobody. What was kept or missed here already is left alone. Raises UserError.
    """
    from app.exchange.calendar_file import BrokenCalendarError, read_calendar  # noqa: PLC0415 - 80 ms, seldom needed

    require(uow, Permission.ACCOMPANY)
    try:
        read = read_calendar(content)
    except BrokenCalendarError as error:
        raise UserError(
            _(
                "This is not a calendar file, or only a part of one. Nothing was changed. "
                "Export it again as .ics (iCalendar) from the other program."
            )
        ) from error
    known = rows.by_uid(uow.connection, uow.actor.account_id, [event.uid[:_LONGEST_UID] for event in read.events])
    added: list[AppointmentId] = []
    changed: list[AppointmentId] = []
    unchanged, kept, skipped = 0, 0, read.skipped
    for event in read.events:
        uid = event.uid[:_LONGEST_UID]
        starts = _moment_of(event.starts)
        if starts is None:
            skipped += 1
            continue
        minutes = min(event.minutes, LONGEST_MINUTES) if event.minutes > 0 else USUAL_MINUTES
        if uid not in known:
            if not event.cancelled:
                planned = NewAppointment(starts, minutes, purpose=event.summary)
                added.append(appointments.insert_appointment(planned, uow, uid))
            continue
        before = rules.load_appointment(known[uid], uow)
        if before.state not in {AppointmentState.PLANNED, AppointmentState.CANCELLED}:
            kept += 1
            continue
        state = AppointmentState.CANCELLED if event.cancelled else AppointmentState.PLANNED
        cells: dict[str, object] = {"starts_at": starts, "minutes": minutes, "state": str(state)}
        if not uid.endswith(_OURS):
            cells["purpose"] = clean_name(event.summary)
        if uow.update(appointment, before.id, **cells):
            changed.append(before.id)
        else:
            unchanged += 1
    uow.note("imported", "appointment", None, f"{len(added)} added, {len(changed)} changed")
    changes = Changes(appointments=frozenset({*added, *changed}))
    done = Imported(tuple(added), tuple(changed), unchanged, kept, skipped)
    return Outcome(done, changes, uow.undo_token)


def _write(chosen: Sequence[Appointment], uow: UnitOfWork, *, names: bool) -> bytes:
    from app.exchange.calendar_file import CalendarEvent, write_calendar  # noqa: PLC0415

    if names:
        require(uow, Permission.ACCOMPANY)
    uow.note("exported", "appointment", None, f"{len(chosen)} to a calendar file{', with names' if names else ''}")
    events = [
        CalendarEvent(
            item.uid or f"{item.id.hex}{_OURS}",
            to_local(item.starts_at),
            item.minutes,
            _summary(item, names=names),
            cancelled=item.state is AppointmentState.CANCELLED,
        )
        for item in chosen
    ]
    return write_calendar(events, to_local(uow.now))


def _summary(item: Appointment, *, names: bool) -> str:
    name = item.name or item.name_ar
    if names:
        return " · ".join(part for part in (name, item.purpose) if part) or _("Appointment")
    return f"{_('Appointment')} {name[:1]}." if name else _("Appointment")


def _moment_of(starts: datetime) -> int | None:
    """Epoch ms of an event's beginning; the time on the wall is that of Morocco. None out of all reason."""
    try:
        local = starts if starts.tzinfo else starts.replace(tzinfo=HUB_ZONE)
        moment = to_moment(local)
    except (OverflowError, ValueError):
        return None
    return moment if appointments.is_likely(moment) else None
