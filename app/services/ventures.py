"""The use cases about ventures: put on record, find, show, correct, take along the registration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import AccountId, CounterId, HubId, PersonId, VentureId
from app.domain.path import CALL, Missing, StageMove, missing_for, next_stage
from app.domain.people import clean_name, is_arabic
from app.domain.recognition.folding import fold_name
from app.domain.ventures import (
    Member,
    NewVenture,
    Registration,
    Remark,
    ShareSum,
    Venture,
    VentureStep,
    remarks_on,
    share_sums,
)
from app.domain.visits import FieldChange
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import counters
from app.services import venture_rules as rules
from app.services.access import require
from app.services.merging import records_of
from app.storage import history as histories
from app.storage import ventures as rows
from app.storage.schema_ventures import venture as table
from app.storage.unit_of_work import UnitOfWork

_CODES: Final = {"kind": "venture_kinds", "sector": "sectors", "legal_form": "legal_forms"}
_TEXTS: Final = frozenset({"activity", "city"})
_NAMES: Final = ("name", "name_ar")
EDITABLE: Final = frozenset({*_NAMES, *_CODES, *_TEXTS, "advisor_id", "counter_id"})


@dataclass(frozen=True, slots=True)
class VentureView:
    """All that is shown of a venture. `missing` is for the stage `next`; `shares` from the beginning on.

    `registration_steps` and `milestones` are in their order; `remarks` hold for today.
    """

    venture: Venture
    members: tuple[Member, ...]
    shares: tuple[ShareSum, ...]
    remarks: tuple[Remark, ...]
    moves: tuple[StageMove, ...]
    next: str | None
    missing: tuple[Missing, ...]
    registration_steps: tuple[VentureStep, ...]
    milestones: tuple[VentureStep, ...]


def add(new: NewVenture, uow: UnitOfWork) -> Outcome[Venture]:
    """Put a venture on record, at the beginning of its path; it gets a number. Raises UserError."""
    require(uow, Permission.EDIT_VENTURES)
    cells = _check({name: getattr(new, name) for name in EDITABLE}, None, uow)
    actor = uow.actor
    number = f"{actor.hub_code}-V-{actor.desk}{uow.next_number('venture'):05d}"
    made = VentureId(
        uow.insert(
            table,
            hub_id=actor.hub_id,
            number=number,
            created_at=uow.now,
            stage=CALL,
            registration=str(Registration.NONE),
            **cells,
        )
    )
    return Outcome(rules.load(made, uow), rules.changed(made), uow.undo_token)


def edit(venture_id: VentureId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Venture]:
    """Correct fields of a venture, those of EDITABLE. Raises UserError."""
    require(uow, Permission.EDIT_VENTURES)
    uow.update(table, venture_id, **_check(fields, rules.load(venture_id, uow), uow))
    return Outcome(rules.load(venture_id, uow), rules.changed(venture_id), uow.undo_token)


def set_registration(
    venture_id: VentureId, state: Registration, number: str, day: date | None, uow: UnitOfWork
) -> Outcome[Venture]:
    """Say how far a venture is on record with the State; a full registration has its number and its day."""
    require(uow, Permission.EDIT_VENTURES)
    rules.load(venture_id, uow)
    known = clean_name(number)
    if state is Registration.FULL and not (known and day):
        raise UserError(
            _("A full registration has its number and its day. Nothing was changed. Fill in both, or leave it open.")
        )
    if day is not None and day > day_of(uow.now):
        raise UserError(_("The day of registration is still to come. Nothing was changed. Check the date."))
    uow.update(
        table,
        venture_id,
        registration=str(Registration(rules.check_code("registration_states", state, needed=True))),
        registered_number="" if state is Registration.NONE else known,
        registered_on=day.isoformat() if day and state is not Registration.NONE else "",
    )
    return Outcome(rules.load(venture_id, uow), rules.changed(venture_id), uow.undo_token)


def show(venture_id: VentureId, uow: UnitOfWork) -> VentureView:
    """Everything about a venture; that it was looked at goes on the audit trail. Raises NotFoundError."""
    require(uow, Permission.READ_VENTURES)
    venture = rules.load(venture_id, uow)
    members = rules.members_of(venture_id, uow)
    steps = rows.steps_of(uow.connection, venture_id)
    following = next_stage(venture.stage)
    uow.note("read", "venture", venture_id)
    return VentureView(
        venture,
        members,
        share_sums(members),
        remarks_on(venture.kind, members, day_of(uow.now)),
        tuple(rows.moves_of(uow.connection, venture_id)),
        following,
        missing_for(venture.stage, following, rules.facts_of(venture, uow)) if following else (),
        tuple(step for step in steps if step.kind == "registration"),
        tuple(step for step in steps if step.kind == "milestone"),
    )


def list_ventures(
    uow: UnitOfWork,
    query: str = "",
    *,
    hub_id: HubId | None = None,
    stage: str | None = None,
    advisor_id: AccountId | None = None,
) -> tuple[Venture, ...]:
    """Ventures of all hubs, or those asked for; `query` is looked for in numbers, names, activities and cities."""
    require(uow, Permission.READ_VENTURES)
    where = [
        column == wanted
        for column, wanted in ((table.c.hub_id, hub_id), (table.c.stage, stage), (table.c.advisor_id, advisor_id))
        if wanted is not None
    ]
    words = fold_name(query).split()
    return tuple(
        venture
        for venture in rows.venture_rows(uow.connection, *where)
        if not words or all(word in text for text in [_searched(venture)] for word in words)
    )


def list_of_person(person_id: PersonId, uow: UnitOfWork) -> tuple[Venture, ...]:
    """The ventures that a person is or was a member of."""
    require(uow, Permission.READ_VENTURES)
    return tuple(rows.ventures_of(uow.connection, records_of(person_id, uow)))


def history(venture_id: VentureId, uow: UnitOfWork) -> tuple[FieldChange, ...]:
    """Who wrote what about a venture, oldest first."""
    require(uow, Permission.READ_VENTURES)
    rules.load(venture_id, uow)
    return tuple(histories.row_history(uow.connection, venture_id))


def resolve(reference: str, uow: UnitOfWork) -> VentureId:
    """The venture with an id or a human number. Raises NotFoundError."""
    require(uow, Permission.READ_VENTURES)
    text = clean_name(reference)
    try:
        found: VentureId | None = VentureId(UUID(text))
    except ValueError:
        found = rows.find_by_number(uow.connection, text.upper())
    if found is None or rows.load_venture(uow.connection, found) is None:
        raise NotFoundError(_("There is no venture “{number}” on record here.").format(number=text))
    return found


def _searched(venture: Venture) -> str:
    parts = (venture.number, venture.name, venture.name_ar, venture.activity, venture.city)
    return " ".join(fold_name(part) for part in parts)


def _check(fields: Mapping[str, object], before: Venture | None, uow: UnitOfWork) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, value in fields.items():
        if name in _CODES and isinstance(value, str):
            cells[name] = rules.check_code(_CODES[name], value, needed=name == "kind")
        elif name in _TEXTS | set(_NAMES) and isinstance(value, str):
            cells[name] = clean_name(value)
        elif name == "advisor_id" and (value is None or isinstance(value, UUID)):
            cells[name] = rules.check_advisor(None if value is None else AccountId(value), uow)
        elif name == "counter_id" and (value is None or isinstance(value, UUID)):
            cells[name] = None if value is None else counters.load_counter(CounterId(value), uow).id
        else:
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name)
            )
    return _named(cells, before)


def _named(cells: dict[str, object], before: Venture | None) -> dict[str, object]:
    """Names in the field of their script, and at least one of them."""
    if before is not None and not cells.keys() & set(_NAMES):
        return cells
    name = str(cells.get("name", before.name if before else ""))
    name_ar = str(cells.get("name_ar", before.name_ar if before else ""))
    if name and not name_ar and is_arabic(name):
        name, name_ar = "", name
    elif name_ar and not name and not is_arabic(name_ar):
        name, name_ar = name_ar, ""
    if not any(char.isalnum() for char in name + name_ar):
        raise UserError(_("A venture needs a name, in Latin or in Arabic letters. Nothing was kept."))
    return {**cells, "name": name, "name_ar": name_ar}
