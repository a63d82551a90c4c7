"""The use cases about appointments: plan, move, cancel, say what became of them."""

import secrets
from datetime import date, datetime, time, timedelta

from app.changes import Changes
from app.clock import day_of, to_moment
from app.domain.accounts import Permission
from app.domain.calendar import Appointment, AppointmentState, NewAppointment, week_of
from app.domain.ids import AccountId, AppointmentId, PersonId
from app.domain.people import clean_name
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services.access import require
from app.services.merging import records_of
from app.storage import appointments as rows
from app.storage.schema_accompaniment import appointment
from app.storage.unit_of_work import UnitOfWork

_EARLIEST = 946_684_800_000
_LATEST = 4_102_444_800_000
"""2000 to 2100: anything else is a slip of the pen."""


def add_appointment(command: NewAppointment, uow: UnitOfWork) -> Outcome[Appointment]:
    """Plan an appointment. What it clashes with is told in the answer, not refused. Raises UserError, NotFoundError."""
    require(uow, Permission.ACCOMPANY)
    return _outcome(insert_appointment(command, uow), uow)


def insert_appointment(command: NewAppointment, uow: UnitOfWork, uid: str = "") -> AppointmentId:
    """Write a new appointment, checked. `uid` is what a calendar file calls it, made up where it comes from none."""
    if command.person_id is not None:
        rules.load_people([command.person_id], uow)
    if command.case_id is not None:
        rules.load_case(command.case_id, uow)
    rules.check_venture(command.venture_id, uow)
    return AppointmentId(
        uow.insert(
            appointment,
            hub_id=uow.actor.hub_id,
            advisor_id=rules.check_account(command.advisor_id, uow),
            person_id=command.person_id,
            case_id=command.case_id,
            venture_id=command.venture_id,
            starts_at=_check_start(command.starts_at),
            minutes=rules.check_minutes(command.minutes),
            purpose=clean_name(command.purpose),
            state=str(AppointmentState.PLANNED),
            # says nothing of who is meant or where it was made
            uid=uid or f"{secrets.token_hex(16)}@wasl",
        )
    )


def move_appointment(
    appointment_id: AppointmentId, starts_at: int, uow: UnitOfWork, minutes: int | None = None
) -> Outcome[Appointment]:
    """Give an appointment another time (epoch ms), and another length where one is given; it is planned again."""
    cells: dict[str, object] = {"starts_at": _check_start(starts_at), "state": str(AppointmentState.PLANNED)}
    if minutes is not None:
        cells["minutes"] = rules.check_minutes(minutes)
    return _write(appointment_id, uow, **cells)


def edit_appointment(
    appointment_id: AppointmentId,
    uow: UnitOfWork,
    *,
    purpose: str | None = None,
    person_id: PersonId | None = None,
    advisor_id: AccountId | None = None,
) -> Outcome[Appointment]:
    """Say what an appointment is for, with whom it is, or who keeps it; None leaves it as it is."""
    require(uow, Permission.ACCOMPANY)
    cells: dict[str, object] = {}
    if purpose is not None:
        cells["purpose"] = clean_name(purpose)
    if person_id is not None:
        rules.load_people([person_id], uow)
        cells["person_id"] = person_id
    if advisor_id is not None:
        cells["advisor_id"] = rules.check_account(advisor_id, uow)
    return _write(appointment_id, uow, **cells)


def cancel_appointment(appointment_id: AppointmentId, uow: UnitOfWork) -> Outcome[Appointment]:
    """Say that an appointment does not take place."""
    return _write(appointment_id, uow, state=str(AppointmentState.CANCELLED))


def keep_appointment(appointment_id: AppointmentId, uow: UnitOfWork) -> Outcome[Appointment]:
    """Say that it took place, where no session is logged of it."""
    return _write(appointment_id, uow, state=str(AppointmentState.KEPT))


def miss_appointment(appointment_id: AppointmentId, uow: UnitOfWork) -> Outcome[Appointment]:
    """Say that the person did not come."""
    return _write(appointment_id, uow, state=str(AppointmentState.MISSED))


def show_appointment(appointment_id: AppointmentId, uow: UnitOfWork) -> Appointment:
    """One appointment with what it clashes with. Raises NotFoundError."""
    require(uow, Permission.READ_CASES)
    return rules.load_appointment(appointment_id, uow)


def list_day(uow: UnitOfWork, day: date | None = None, advisor_id: AccountId | None = None) -> tuple[Appointment, ...]:
    """What an advisor has on a day, today if None, cancelled ones included; the account itself unless one is named."""
    require(uow, Permission.READ_CASES)
    chosen = day or day_of(uow.now)
    since, until = span(chosen, chosen)
    return tuple(rows.appointments_in(uow.connection, advisor_id or uow.actor.account_id, since, until))


def list_week(uow: UnitOfWork, day: date | None = None, advisor_id: AccountId | None = None) -> tuple[Appointment, ...]:
    """What an advisor has in the week (from Monday) that a day is of; this week, and the account itself, if None."""
    require(uow, Permission.READ_CASES)
    days = week_of(day or day_of(uow.now))
    since, until = span(days[0], days[-1])
    return tuple(rows.appointments_in(uow.connection, advisor_id or uow.actor.account_id, since, until))


def list_of_person(person_id: PersonId, uow: UnitOfWork) -> tuple[Appointment, ...]:
    """All appointments of a person, with whomever, in the order of their beginning."""
    require(uow, Permission.READ_CASES)
    return tuple(rows.appointments_of(uow.connection, records_of(person_id, uow)))


def span(first: date, last: date) -> tuple[int, int]:
    """From the beginning of a day to the end of another, in epoch ms, by the legal time of Morocco."""
    ends = last + timedelta(days=1)
    return to_moment(datetime.combine(first, time())), to_moment(datetime.combine(ends, time()))


def is_likely(moment: int) -> bool:
    """Whether a moment (epoch ms) is of a year that an appointment can be in."""
    return _EARLIEST <= moment < _LATEST


def _check_start(moment: int) -> int:
    if not is_likely(moment):
        raise UserError(_("An appointment is between the years 2000 and 2100. Nothing was changed. Check the date."))
    return moment


def _write(appointment_id: AppointmentId, uow: UnitOfWork, **cells: object) -> Outcome[Appointment]:
    require(uow, Permission.ACCOMPANY)
    before = rules.load_appointment(appointment_id, uow)
    rules.refuse_elsewhere(before.hub_id, uow)
    uow.update(appointment, appointment_id, **cells)
    return _outcome(appointment_id, uow)


def _outcome(appointment_id: AppointmentId, uow: UnitOfWork) -> Outcome[Appointment]:
    kept = rules.load_appointment(appointment_id, uow)
    changes = Changes(appointments=frozenset({kept.id}), people=frozenset({kept.person_id} if kept.person_id else ()))
    return Outcome(kept, changes, uow.undo_token)
