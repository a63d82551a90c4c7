"""What holds for every entry of accompaniment, whichever use case makes it."""

from collections.abc import Iterable
from uuid import UUID

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.calendar import LONGEST_MINUTES, Appointment
from app.domain.coaching import Case, Session
from app.domain.codes import is_code
from app.domain.ids import AccountId, AppointmentId, CaseId, PersonId, SessionId, VentureId
from app.domain.people import Person, clean_name
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.services.merging import records_of
from app.storage import appointments as appointment_rows
from app.storage import coaching, people, places, sessions
from app.storage.schema_ventures import venture
from app.storage.unit_of_work import UnitOfWork


def load_people(ids: Iterable[PersonId], uow: UnitOfWork) -> dict[UUID, Person]:
    """People on record. Raises NotFoundError where one is not, or was erased."""
    wanted = set(ids)
    found: dict[UUID, Person] = {person.id: person for person in people.load_people(uow.connection, wanted)}
    if wanted - found.keys():
        raise NotFoundError(_("There is no such person on record here. Nothing was changed. Search by name or phone."))
    return found


def load_case(case_id: CaseId, uow: UnitOfWork) -> Case:
    """A case of any hub. Raises NotFoundError."""
    found = coaching.load_case(uow.connection, case_id, day_of(uow.now))
    if found is None:
        raise NotFoundError(_("There is no such case; it may have been taken back. Nothing was changed."))
    return found


def load_own_case(case_id: CaseId, uow: UnitOfWork) -> Case:
    """A case of this hub: those of others are read here, and kept there."""
    found = load_case(case_id, uow)
    if found.hub_id != uow.actor.hub_id:
        raise UserError(_("This case is kept at another hub. Nothing was changed. Refer the person, or open one here."))
    return found


def load_session(session_id: SessionId, uow: UnitOfWork) -> Session:
    """A session, with its notes where the account may read them. Raises NotFoundError."""
    found = sessions.load_session(uow.connection, session_id, notes=uow.actor.may(Permission.READ_SESSION_NOTES))
    if found is None:
        raise NotFoundError(_("There is no such session; it may have been taken back. Nothing was changed."))
    return found


def load_appointment(appointment_id: AppointmentId, uow: UnitOfWork) -> Appointment:
    """An appointment. Raises NotFoundError."""
    found = appointment_rows.load_appointment(uow.connection, appointment_id)
    if found is None:
        raise NotFoundError(_("There is no such appointment; it may have been taken back. Nothing was changed."))
    return found


def refuse_elsewhere(hub_id: UUID, uow: UnitOfWork) -> None:
    """Raise UserError for what another hub keeps."""
    if hub_id != uow.actor.hub_id:
        raise UserError(
            _("This is kept at another hub. It can be read here and is changed there. Nothing was changed.")
        )


def check_account(account_id: AccountId | None, uow: UnitOfWork) -> AccountId:
    """Who is to do it: an account of this hub in use, or else the one that acts. Raises NotFoundError."""
    if account_id is None or account_id == uow.actor.account_id:
        return uow.actor.account_id
    found = places.account_of(uow.connection, account_id)
    if found is None or found.hub_id != uow.actor.hub_id or not found.active:
        raise NotFoundError(_("This hub has no such account in use. Nothing was changed. Choose a colleague."))
    return found.id


def check_venture(venture_id: VentureId | None, uow: UnitOfWork) -> None:
    """Raise NotFoundError for a venture that is not on record here."""
    if venture_id is None:
        return
    query = venture.select().where(venture.c.id == venture_id, ~venture.c.deleted)
    if uow.connection.execute(query).first() is None:
        raise NotFoundError(_("There is no such venture on record here. Nothing was changed."))


def check_code(name: str, code: str) -> str:
    """A code of a list. Raises UserError."""
    if not is_code(name, code):
        raise UserError(
            _("“{code}” is not on the list. Nothing was changed. Choose one of the list.").format(code=code)
        )
    return code


def check_minutes(minutes: int) -> int:
    """How long something takes, from a minute to a day. Raises UserError."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise UserError(
            _("A duration is from 1 to {most} minutes. Nothing was changed. Check the minutes.").format(
                most=LONGEST_MINUTES
            )
        )
    return minutes


def check_title(text: str) -> str:
    """What is to be done, in a line. Raises UserError where nothing is said."""
    title = clean_name(text)
    if not title:
        raise UserError(_("A step needs a word on what is to be done. Nothing was changed."))
    return title


def open_case_of(person_id: PersonId, uow: UnitOfWork) -> Case | None:
    """The case that somebody's session here belongs to: the newest open one, the account's own before others'."""
    rows = coaching.open_cases_of(uow.connection, records_of(person_id, uow), uow.actor.hub_id)
    chosen = next((row for row in rows if row.advisor_id == uow.actor.account_id), next(iter(rows), None))
    return None if chosen is None else load_case(CaseId(chosen.id), uow)
