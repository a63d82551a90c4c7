"""The use cases about cases: open at a counter, change hands, close with an exit, open again."""

from collections.abc import Mapping
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import PERMISSIONS, Permission
from app.domain.coaching import Case, OpenCase, kind_at_counter
from app.domain.ids import AccountId, CaseId, PersonId
from app.domain.people import clean_name
from app.domain.visits import FieldChange
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services import counters, laying
from app.services.access import require
from app.services.merging import records_of
from app.storage import coaching, places
from app.storage import history as histories
from app.storage.schema_accompaniment import case_file
from app.storage.unit_of_work import UnitOfWork


class SecondCaseError(UserError):
    """The person has an open case of this kind here: `case_id`. With `anyway` a second one is opened."""

    def __init__(self, message: str, case_id: CaseId) -> None:
        super().__init__(message)
        self.case_id = case_id


def open_case(command: OpenCase, uow: UnitOfWork) -> Outcome[Case]:
    """Open a case and lay the steps of its kind.

    Raises SecondCaseError where one of the kind is open already, unless it is to be opened anyway.
    """
    require(uow, Permission.ACCOMPANY)
    person = rules.load_people([command.person_id], uow)[command.person_id]
    counter = None if command.counter_id is None else counters.load_in_use(command.counter_id, uow)
    kind = command.kind or kind_at_counter(counter.code if counter else "")
    rules.check_code("case_kinds", kind)
    if not command.anyway:
        _refuse_second(command.person_id, kind, person.name or person.name_ar, uow)
    case_id = CaseId(
        uow.insert(
            case_file,
            hub_id=uow.actor.hub_id,
            person_id=command.person_id,
            counter_id=command.counter_id,
            advisor_id=uow.actor.account_id,
            kind=kind,
            goal=clean_name(command.goal),
            opened_at=uow.now,
        )
    )
    steps = laying.lay_steps(
        kind, day_of(uow.now), uow, case_id=case_id, person_id=command.person_id, assigned_to=uow.actor.account_id
    )
    return _outcome(case_id, uow, steps)


def close_case(case_id: CaseId, exit_code: str, uow: UnitOfWork) -> Outcome[Case]:
    """End the accompaniment with what came of it (code list `exits`); steps still open are dropped."""
    require(uow, Permission.ACCOMPANY)
    case = rules.load_own_case(case_id, uow)
    rules.check_code("exits", exit_code)
    if case.closed_at is not None:
        raise UserError(_("This case is closed already. Nothing was changed."))
    uow.update(case_file, case_id, closed_at=uow.now, exit=exit_code)
    return _outcome(case_id, uow, laying.drop_open(case_id, uow))


def reopen_case(case_id: CaseId, uow: UnitOfWork) -> Outcome[Case]:
    """Go on with a case that was closed; what its exit was stays in its history. Dropped steps stay dropped."""
    require(uow, Permission.ACCOMPANY)
    if rules.load_own_case(case_id, uow).closed_at is None:
        raise UserError(_("This case is open. Nothing was changed."))
    uow.update(case_file, case_id, closed_at=None, exit="")
    return _outcome(case_id, uow)


def edit_case(case_id: CaseId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Case]:
    """Change `goal`, `kind`, `exit` (of a closed case) or `advisor_id`: who goes on with it, open steps included."""
    require(uow, Permission.ACCOMPANY)
    case = rules.load_own_case(case_id, uow)
    cells: dict[str, object] = {}
    steps: frozenset[UUID] = frozenset()
    for name, value in fields.items():
        if name == "goal" and isinstance(value, str):
            cells[name] = clean_name(value)
        elif name == "kind" and isinstance(value, str):
            cells[name] = rules.check_code("case_kinds", value)
        elif name == "exit" and isinstance(value, str) and case.closed_at is not None:
            cells[name] = rules.check_code("exits", value)
        elif name == "advisor_id" and isinstance(value, UUID):
            cells[name] = rules.check_account(AccountId(value), uow)
            steps = laying.hand_on(case_id, AccountId(value), uow)
        else:
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name)
            )
    if cells:
        uow.update(case_file, case_id, **cells)
    return _outcome(case_id, uow, steps)


def show_case(case_id: CaseId, uow: UnitOfWork) -> Case:
    """One case, of any hub; that it was looked at goes on the audit trail."""
    require(uow, Permission.READ_CASES)
    found = rules.load_case(case_id, uow)
    uow.note("read", "case_file", case_id)
    return found


def list_cases(
    uow: UnitOfWork,
    *,
    person_id: PersonId | None = None,
    advisor_id: AccountId | None = None,
    closed: bool = False,
) -> tuple[Case, ...]:
    """Cases, the newest first: those of a person at any hub, of an advisor, or of this hub; `closed` ones on request.

    Of a person the closed ones always come too.
    """
    require(uow, Permission.READ_CASES)
    records = None if person_id is None else records_of(person_id, uow)
    where = coaching.which_cases(uow.actor.hub_id, records, advisor_id, closed=closed)
    return tuple(coaching.find_cases(uow.connection, day_of(uow.now), *where))


def advisors(uow: UnitOfWork, *, everyone: bool = False) -> tuple[tuple[AccountId, str], ...]:
    """The colleagues of this hub who may go on with a case, as (id, name); with `everyone`, all that ever were."""
    require(uow, Permission.READ_CASES)
    return tuple(
        (one.id, one.name)
        for one in places.accounts_of(uow.connection, uow.actor.hub_id)
        if everyone or (one.active and Permission.ACCOMPANY in PERMISSIONS.get(one.role, ()))
    )


def case_history(case_id: CaseId, uow: UnitOfWork) -> tuple[FieldChange, ...]:
    """What was written about a case, by whom and when, oldest first; ids are bytes."""
    require(uow, Permission.READ_CASES)
    rules.load_case(case_id, uow)
    return tuple(histories.row_history(uow.connection, case_id))


def _refuse_second(person_id: PersonId, kind: str, name: str, uow: UnitOfWork) -> None:
    for row in coaching.open_cases_of(uow.connection, records_of(person_id, uow), uow.actor.hub_id):
        if row.kind == kind:
            raise SecondCaseError(
                _("{name} has an open case of this kind already. No second one was opened.").format(name=name),
                CaseId(row.id),
            )


def _outcome(case_id: CaseId, uow: UnitOfWork, steps: frozenset[UUID] = frozenset()) -> Outcome[Case]:
    case = rules.load_case(case_id, uow)
    changes = Changes(cases=frozenset({case_id}), people=frozenset({case.person_id}), steps=steps)
    return Outcome(case, changes, uow.undo_token)
