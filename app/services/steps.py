"""The use cases about steps: what is to be done, by whom and by when."""

from collections.abc import Sequence
from datetime import date

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.coaching import NewStep, Step
from app.domain.ids import AccountId, CaseId, PersonId, PlacementId, StepId, VentureId
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services.access import require
from app.services.laying import list_templates, order_templates, save_template, words_of_templates
from app.services.merging import records_of
from app.storage import coaching
from app.storage.schema_accompaniment import step
from app.storage.unit_of_work import UnitOfWork

__all__ = [
    "add_step", "assign_step", "drop_step", "list_overdue", "list_steps", "list_templates", "mark_done", "mark_undone",
    "move_step", "order_templates", "rename_step", "save_template",
]  # fmt: skip


def add_step(command: NewStep, uow: UnitOfWork) -> Outcome[Step]:
    """Note that something is to be done."""
    require(uow, Permission.ACCOMPANY)
    return _outcome([insert_step(command, uow)], uow)


def insert_step(command: NewStep, uow: UnitOfWork) -> StepId:
    """Write a new step, checked; of a case it is for the case's person where nobody is named."""
    person_id = command.person_id
    owner = step.c.person_id == person_id
    if command.case_id is not None:
        person_id = person_id or rules.load_case(command.case_id, uow).person_id
        owner = step.c.case_id == command.case_id
    elif command.venture_id is not None:
        rules.check_venture(command.venture_id, uow)
        owner = step.c.venture_id == command.venture_id
    if person_id is not None:
        rules.load_people([person_id], uow)
    return StepId(
        uow.insert(
            step,
            hub_id=uow.actor.hub_id,
            person_id=person_id,
            case_id=command.case_id,
            session_id=command.session_id,
            venture_id=command.venture_id,
            placement_id=command.placement_id,
            assigned_to=rules.check_account(command.assigned_to, uow),
            title=rules.check_title(command.title),
            position=coaching.last_position(uow.connection, owner) + 1,
            due=command.due.isoformat() if command.due else "",
        )
    )


def mark_done(step_id: StepId, uow: UnitOfWork) -> Outcome[Step]:
    """Say that a step is done, now; one that was dropped is done all the same."""
    return _write(step_id, uow, done_at=uow.now, dropped=False)


def mark_undone(step_id: StepId, uow: UnitOfWork) -> Outcome[Step]:
    """Say that a step is to be done after all, whether it was done or dropped."""
    return _write(step_id, uow, done_at=None, dropped=False)


def drop_step(step_id: StepId, uow: UnitOfWork) -> Outcome[Step]:
    """Say that a step is not needed any more."""
    return _write(step_id, uow, dropped=True)


def move_step(step_id: StepId, due: date | None, uow: UnitOfWork) -> Outcome[Step]:
    """Give a step another day, or none."""
    return _write(step_id, uow, due=due.isoformat() if due else "")


def rename_step(step_id: StepId, title: str, uow: UnitOfWork) -> Outcome[Step]:
    """Say in other words what is to be done."""
    return _write(step_id, uow, title=rules.check_title(title))


def assign_step(step_id: StepId, account_id: AccountId, uow: UnitOfWork) -> Outcome[Step]:
    """Give a step to a colleague of this hub."""
    require(uow, Permission.ACCOMPANY)
    return _write(step_id, uow, assigned_to=rules.check_account(account_id, uow))


def list_steps(
    uow: UnitOfWork,
    *,
    case_id: CaseId | None = None,
    person_id: PersonId | None = None,
    venture_id: VentureId | None = None,
    placement_id: PlacementId | None = None,
) -> tuple[Step, ...]:
    """The steps of one thing, the first due first, done and dropped ones included. Raises UserError for none at all."""
    require(uow, Permission.READ_CASES)
    records = None if person_id is None else records_of(person_id, uow)
    where = coaching.which_steps(records, case_id=case_id, venture_id=venture_id, placement_id=placement_id)
    if not where:
        raise UserError(_("Choose whose steps are to be shown."))
    return tuple(coaching.find_steps(uow.connection, words_of_templates(uow), *where))


def list_overdue(uow: UnitOfWork) -> tuple[Step, ...]:
    """What is overdue at this hub, whoever it is for, the oldest first."""
    require(uow, Permission.READ_CASES)
    today = day_of(uow.now)
    return tuple(coaching.overdue_steps(uow.connection, uow.actor.hub_id, today, words_of_templates(uow)))


def _write(step_id: StepId, uow: UnitOfWork, **cells: object) -> Outcome[Step]:
    require(uow, Permission.ACCOMPANY)
    rules.refuse_elsewhere(_load(step_id, uow).hub_id, uow)
    uow.update(step, step_id, **cells)
    return _outcome([step_id], uow)


def _load(step_id: StepId, uow: UnitOfWork) -> Step:
    found = coaching.load_step(uow.connection, step_id, words_of_templates(uow))
    if found is None:
        raise NotFoundError(_("There is no such step; it may have been taken back. Nothing was changed."))
    return found


def _outcome(ids: Sequence[StepId], uow: UnitOfWork) -> Outcome[Step]:
    kept = _load(ids[0], uow)
    changes = Changes(
        steps=frozenset(ids),
        cases=frozenset({kept.case_id} if kept.case_id else ()),
        people=frozenset({kept.person_id} if kept.person_id else ()),
        ventures=frozenset({kept.venture_id} if kept.venture_id else ()),
    )
    return Outcome(kept, changes, uow.undo_token)
