"""Calls for applications: the call, its criteria and weights, its jury."""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from datetime import date
from typing import Final

from app.changes import Changes
from app.domain.accounts import PERMISSIONS, Account, Permission
from app.domain.ids import AccountId, CallId, CriterionId, shared_id
from app.domain.people import clean_name
from app.domain.selection import Call, CallState, Criterion, Juror, NewCall, NewCriterion
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import jury
from app.services import venture_rules as rules
from app.services.access import put, require
from app.storage import calls as rows
from app.storage import schema_ventures as schema
from app.storage.unit_of_work import UnitOfWork

_LABELS: Final = ("label_fr", "label_en", "label_ar")
_MOST_PLACES: Final = 10_000
_MOST_POINTS: Final = 1000
EDITABLE: Final = frozenset({field.name for field in fields_of(NewCall)} | {"state"})


def add_call(new: NewCall, uow: UnitOfWork) -> Outcome[Call]:
    """Prepare a call; it is a draft until its state is set to open. Raises UserError."""
    require(uow, Permission.RUN_CALLS)
    cells = _check_call({field.name: getattr(new, field.name) for field in fields_of(NewCall)}, None, uow)
    made = CallId(uow.insert(schema.call_for, hub_id=uow.actor.hub_id, state=str(CallState.DRAFT), **cells))
    return _call_outcome(made, uow)


def edit_call(call_id: CallId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Call]:
    """Change a call: fields of `NewCall`, or its `state`, which any step may be taken back from."""
    require(uow, Permission.RUN_CALLS)
    uow.update(schema.call_for, call_id, **_check_call(fields, load(call_id, uow), uow))
    return _call_outcome(call_id, uow)


def list_calls(uow: UnitOfWork) -> tuple[Call, ...]:
    """All calls on record here, the newest first."""
    require(uow, Permission.READ_VENTURES)
    return tuple(rows.call_rows(uow.connection))


def show_call(call_id: CallId, uow: UnitOfWork) -> tuple[Call, tuple[Criterion, ...], tuple[Juror, ...]]:
    """A call with its criteria and how far each juror has come. No points. Raises NotFoundError."""
    require(uow, Permission.READ_VENTURES)
    panel = jury.panel_of(load(call_id, uow), uow)
    return panel.call, panel.criteria, panel.standing()


def resolve(reference: str, uow: UnitOfWork) -> CallId:
    """The call with an id, or the newest with a code. Raises NotFoundError."""
    require(uow, Permission.READ_VENTURES)
    text = clean_name(reference)
    for call in rows.call_rows(uow.connection):
        if text in {str(call.id), call.code}:
            return call.id
    raise NotFoundError(_("There is no call “{code}” on record here.").format(code=text))


def add_criterion(call_id: CallId, new: NewCriterion, uow: UnitOfWork) -> Outcome[Criterion]:
    """Add what the jury looks at. Raises UserError once points were given."""
    require(uow, Permission.RUN_CALLS)
    _refuse_scored(load(call_id, uow).id, uow)
    cells = _check_criterion({field.name: getattr(new, field.name) for field in fields_of(NewCriterion)})
    place = max((one.position for one in rows.criteria_of(uow.connection, call_id)), default=0) + 1
    made = CriterionId(uow.insert(schema.criterion, call_id=call_id, position=place, **cells))
    return _criterion_outcome(made, call_id, uow)


def edit_criterion(criterion_id: CriterionId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Criterion]:
    """Change labels, `weight`, `most` or `position` of a criterion. Raises UserError once points were given."""
    require(uow, Permission.RUN_CALLS)
    call_id = _call_of(criterion_id, uow)
    _refuse_scored(call_id, uow)
    uow.update(schema.criterion, criterion_id, **_check_criterion(fields))
    return _criterion_outcome(criterion_id, call_id, uow)


def remove_criterion(criterion_id: CriterionId, uow: UnitOfWork) -> Outcome[None]:
    """Take a criterion out. Raises UserError once points were given."""
    require(uow, Permission.RUN_CALLS)
    call_id = _call_of(criterion_id, uow)
    _refuse_scored(call_id, uow)
    uow.update(schema.criterion, criterion_id, deleted=True)
    return Outcome(None, _changed(call_id), uow.undo_token)


def possible_jurors(uow: UnitOfWork) -> tuple[Account, ...]:
    """Accounts in use that may give points, of all hubs."""
    require(uow, Permission.RUN_CALLS)
    return tuple(
        one for one in rows.accounts_in_use(uow.connection) if Permission.SCORE in PERMISSIONS.get(one.role, ())
    )


def set_juror(call_id: CallId, account_id: AccountId, uow: UnitOfWork, *, active: bool = True) -> Outcome[Juror]:
    """Call somebody into the jury, or let them leave it; the points of those who left count nothing.

    Once all have finished and the results are known, nobody joins any more, and nobody leaves. Where the results
    become known by this, it can't be taken back.
    """
    require(uow, Permission.RUN_CALLS)
    call = load(call_id, uow)
    if account_id not in {one.id for one in possible_jurors(uow)} and active:
        raise UserError(_("A juror is an account in use that may give points. Nothing was changed. Choose another."))
    refuse_open(call, uow)
    row = shared_id("juror", call_id.hex, account_id.hex)
    if not active and account_id not in {one for one, _name, here in rows.jury_of(uow.connection, call_id) if here}:
        raise NotFoundError(_("This account is not in the jury. Nothing was changed."))
    put(schema.juror, row, {"call_id": call_id, "account_id": account_id, "active": active}, uow)
    panel = jury.panel_of(call, uow)
    made = next(one for one in panel.standing() if one.account_id == account_id)
    return Outcome(made, _changed(call_id), None if panel.open else uow.undo_token)


def load(call_id: CallId, uow: UnitOfWork) -> Call:
    """A call. Raises NotFoundError."""
    found = rows.load_call(uow.connection, call_id)
    if found is None:
        raise NotFoundError(_("There is no such call on record here; it may have been taken back."))
    return found


def refuse_open(call: Call, uow: UnitOfWork) -> None:
    """Raise UserError where the jury has finished: what was scored is known, so who scores what stays as it is."""
    if jury.panel_of(call, uow).open:
        raise UserError(
            _(
                "The jury has finished and the results are known, so this can't be changed any more. "
                "Nothing was changed."
            )
        )


def _refuse_scored(call_id: CallId, uow: UnitOfWork) -> None:
    if rows.has_scores(uow.connection, call_id):
        raise UserError(
            _("Points were given already, so the criteria stay as they are. Nothing was changed. Make another call.")
        )


def _check_call(fields: Mapping[str, object], before: Call | None, uow: UnitOfWork) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, value in fields.items():
        if name in _LABELS and isinstance(value, str):
            cells[name] = clean_name(value)
        elif name == "code" and isinstance(value, str):
            cells[name] = _check_new_code(value, before, uow)
        elif name == "kinds" and isinstance(value, tuple):
            cells[name] = " ".join(rules.check_code("venture_kinds", str(kind), needed=True) for kind in value)
        elif name in {"opens", "closes"} and (value is None or isinstance(value, date)):
            cells[name] = value.isoformat() if value else ""
        elif name == "places" and isinstance(value, int) and 0 <= value <= _MOST_PLACES:
            cells[name] = value
        elif name == "state" and isinstance(value, str):
            cells[name] = rules.check_code("call_states", value, needed=True)
        else:
            raise _not_kept(name, value)
    opens = str(cells.get("opens", before.opens.isoformat() if before and before.opens else ""))
    closes = str(cells.get("closes", before.closes.isoformat() if before and before.closes else ""))
    if opens and closes and closes < opens:
        raise UserError(_("The call closes before it opens. Nothing was changed. Check the days."))
    if any(cells.get(label) == "" for label in _LABELS):
        raise UserError(_("A call needs its name in the three languages. Nothing was changed."))
    return cells


def _check_new_code(text: str, before: Call | None, uow: UnitOfWork) -> str:
    code = "".join(clean_name(text).upper().split())
    other = rows.find_by_code(uow.connection, code)
    if not code or (other is not None and (before is None or other != before.id)):
        raise UserError(_("A call needs a code that no other call has. Nothing was changed."))
    return code


def _check_criterion(fields: Mapping[str, object]) -> dict[str, object]:
    cells: dict[str, object] = {}
    lowest = {"weight": 0, "most": 1, "position": 1}
    for name, value in fields.items():
        if name in _LABELS and isinstance(value, str):
            cells[name] = clean_name(value)
        elif name in lowest and type(value) is int and lowest[name] <= value <= _MOST_POINTS:
            cells[name] = value
        else:
            raise _not_kept(name, value)
    if any(cells.get(label) == "" for label in _LABELS):
        raise UserError(_("A criterion needs its name in the three languages. Nothing was changed."))
    return cells


def _not_kept(name: str, value: object) -> UserError:
    return UserError(_("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name))


def _call_of(criterion_id: CriterionId, uow: UnitOfWork) -> CallId:
    found = rows.call_of_criterion(uow.connection, criterion_id)
    if found is None:
        raise NotFoundError(_("There is no such criterion; it may have been taken out. Nothing was changed."))
    return found


def _changed(call_id: CallId) -> Changes:
    return Changes(calls=frozenset({call_id}))


def _call_outcome(call_id: CallId, uow: UnitOfWork) -> Outcome[Call]:
    return Outcome(load(call_id, uow), _changed(call_id), uow.undo_token)


def _criterion_outcome(criterion_id: CriterionId, call_id: CallId, uow: UnitOfWork) -> Outcome[Criterion]:
    made = next(one for one in rows.criteria_of(uow.connection, call_id) if one.id == criterion_id)
    return Outcome(made, _changed(call_id), uow.undo_token)
