"""What follows from a session: the next step, the next appointment."""

from app.changes import Changes
from app.domain.calendar import NewAppointment
from app.domain.coaching import LogSession, NewStep, NextStep
from app.domain.ids import SessionId
from app.errors import UserError
from app.i18n import _
from app.services import appointments, steps
from app.storage.schema_accompaniment import attachment, step
from app.storage.unit_of_work import UnitOfWork


def note_next(wanted: NextStep, session_id: SessionId, logged: LogSession, uow: UnitOfWork) -> Changes:
    """Note a step for each who was there, or one of the venture; and an appointment where there is a time for one.

    A group has one appointment, which is with nobody in particular. Raises UserError where nothing is said.
    """
    if not wanted.title.strip() and wanted.starts_at is None:
        raise UserError(_("The next step needs a word on what is to be done, or a time. Nothing was kept."))
    there = [item for item in logged.attendees if item.present]
    changes = Changes()
    if wanted.title.strip():
        changes |= _steps(wanted, session_id, logged, uow)
    if wanted.starts_at is not None:
        alone = there[0] if len(there) == 1 else None
        planned = NewAppointment(
            wanted.starts_at,
            wanted.minutes,
            person_id=alone.person_id if alone else None,
            case_id=alone.case_id if alone else None,
            venture_id=logged.venture_id,
            purpose=wanted.title,
            advisor_id=wanted.assigned_to,
        )
        changes |= Changes(appointments=frozenset({appointments.insert_appointment(planned, uow)}))
    return changes


def _steps(wanted: NextStep, session_id: SessionId, logged: LogSession, uow: UnitOfWork) -> Changes:
    common = NewStep(
        wanted.title,
        wanted.due,
        session_id=session_id,
        venture_id=logged.venture_id,
        assigned_to=wanted.assigned_to,
    )
    owners: list[NewStep] = []
    if logged.venture_id is None:
        owners = [
            NewStep(wanted.title, wanted.due, item.person_id, item.case_id, session_id, assigned_to=wanted.assigned_to)
            for item in logged.attendees
            if item.present
        ]
    made = [steps.insert_step(item, uow) for item in owners or [common]]
    return Changes(steps=frozenset(made))


def let_go(session_id: SessionId, uow: UnitOfWork) -> None:
    """Refuse to delete a session on which papers were kept, and let its steps stand by themselves."""
    query = attachment.select().where(attachment.c.session_id == session_id, ~attachment.c.deleted)
    if uow.connection.execute(query).first() is not None:
        raise UserError(_("Papers are attached to this session. Delete them first. Nothing was changed."))
    for found in uow.connection.execute(step.select().where(step.c.session_id == session_id, ~step.c.deleted)):
        uow.update(step, found.id, session_id=None)
