"""The steps of a venture's registration, by its legal form, and its milestones."""

import json
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.codes import is_code
from app.domain.ids import StepId, VentureId, shared_id
from app.domain.people import clean_name
from app.domain.ventures import VentureStep
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import venture_rules as rules
from app.services.access import put, require
from app.storage import ventures as rows
from app.storage.schema_accompaniment import step as table
from app.storage.unit_of_work import UnitOfWork

REGISTRATION: Final = "registration"
MILESTONE: Final = "milestone"


@cache
def registration_template(legal_form: str) -> tuple[tuple[str, int], ...]:
    """The steps of a legal form in their order: code of the list registration_steps, days from the first day on."""
    text = (files("resources") / "codes" / "registration_by_form.json").read_text(encoding="utf-8")
    return tuple(json.loads(text).get(legal_form, {}).items())


def lay_registration(
    venture_id: VentureId, uow: UnitOfWork, start: date | None = None
) -> Outcome[tuple[VentureStep, ...]]:
    """Lay out the steps of the venture's legal form, due from `start` (today) on.

    Steps of another form that nobody has done are dropped; what is done stays, and what was added in own words.
    Raises UserError without a legal form.
    """
    require(uow, Permission.EDIT_VENTURES)
    venture = rules.load(venture_id, uow)
    template = registration_template(venture.legal_form)
    if not template:
        raise UserError(_("Choose the legal form first: its steps follow from it. Nothing was changed."))
    first = start or day_of(uow.now)
    all_held = [step for step in rows.steps_of(uow.connection, venture_id) if step.kind == REGISTRATION]
    held = {step.code: step for step in all_held if step.code}
    touched = set()
    for place, (code, days) in enumerate(template, 1):
        if code not in held:
            step_id = shared_id("registration_step", venture_id.hex, code)
            touched.add(step_id)
            due = (first + timedelta(days=days)).isoformat()
            put(table, step_id, _cells(venture_id, REGISTRATION, code, "", place, due, uow) | {"dropped": False}, uow)
        elif held[code].position != place:
            uow.update(table, held[code].id, position=place)
            touched.add(held[code].id)
    for code, step in held.items():
        if code not in dict(template) and step.done_at is None:
            uow.update(table, step.id, dropped=True)
            touched.add(step.id)
    laid = tuple(step for step in rows.steps_of(uow.connection, venture_id) if step.kind == REGISTRATION)
    return Outcome(laid, rules.changed(venture_id, steps=frozenset(touched)), uow.undo_token)


def add_milestone(
    venture_id: VentureId, uow: UnitOfWork, *, code: str = "", title: str = "", due: date | None = None
) -> Outcome[VentureStep]:
    """Set a milestone: a code of the list milestones, or one's own words."""
    require(uow, Permission.EDIT_VENTURES)
    rules.load(venture_id, uow)
    words = clean_name(title)
    if code and not is_code("milestones", code):
        rules.check_code("milestones", code)
    if not code and not words:
        raise UserError(_("A milestone needs a name. Nothing was changed. Choose one of the list, or write it."))
    place = len([step for step in rows.steps_of(uow.connection, venture_id) if step.kind == MILESTONE]) + 1
    day = due.isoformat() if due else ""
    made = uow.insert(table, **_cells(venture_id, MILESTONE, code, words, place, day, uow))
    return _done(StepId(made), venture_id, uow)


def add_registration_step(
    venture_id: VentureId, uow: UnitOfWork, *, code: str = "", title: str = "", due: date | None = None
) -> Outcome[VentureStep]:
    """Add a step that this registration needs besides those of its form, or again after it was dropped.

    A code of the list registration_steps, or one's own words. A code that is laid out already keeps its place.
    """
    require(uow, Permission.EDIT_VENTURES)
    rules.load(venture_id, uow)
    words = clean_name(title)
    if code:
        rules.check_code("registration_steps", code)
    elif not words:
        raise UserError(_("A step needs a name. Nothing was changed. Choose one of the list, or write it."))
    laid = [step for step in rows.steps_of(uow.connection, venture_id) if step.kind == REGISTRATION]
    if code and any(step.code == code for step in laid):
        raise UserError(_("This step is among those of the venture already. Nothing was changed."))
    place = max((step.position for step in laid), default=0) + 1
    cells = _cells(venture_id, REGISTRATION, code, words, place, due.isoformat() if due else "", uow)
    if not code:
        return _done(StepId(uow.insert(table, **cells)), venture_id, uow)
    step_id = StepId(shared_id("registration_step", venture_id.hex, code))
    put(table, step_id, cells | {"dropped": False, "done_at": None}, uow)
    return _done(step_id, venture_id, uow)


def edit_step(
    step_id: StepId, venture_id: VentureId, uow: UnitOfWork, *, title: str, due: date | None
) -> Outcome[VentureStep]:
    """Say in other words what is to be done, and by when. A step of a list is named as there where `title` is empty."""
    require(uow, Permission.EDIT_VENTURES)
    words = clean_name(title)
    if not words and not _load(step_id, venture_id, uow).code:
        raise UserError(_("A step needs a name. Nothing was changed. Choose one of the list, or write it."))
    uow.update(table, step_id, title=words, due=due.isoformat() if due else "")
    return _done(step_id, venture_id, uow)


def mark_step(step_id: StepId, venture_id: VentureId, uow: UnitOfWork, *, done: bool) -> Outcome[VentureStep]:
    """Say that a step is done, now, or not yet."""
    require(uow, Permission.EDIT_VENTURES)
    _load(step_id, venture_id, uow)
    uow.update(table, step_id, done_at=uow.now if done else None)
    return _done(step_id, venture_id, uow)


def set_due(step_id: StepId, venture_id: VentureId, due: date | None, uow: UnitOfWork) -> Outcome[VentureStep]:
    """Give a step another day, or none."""
    require(uow, Permission.EDIT_VENTURES)
    _load(step_id, venture_id, uow)
    uow.update(table, step_id, due=due.isoformat() if due else "")
    return _done(step_id, venture_id, uow)


def drop_step(step_id: StepId, venture_id: VentureId, uow: UnitOfWork) -> Outcome[None]:
    """Say that a step is not needed for this venture."""
    require(uow, Permission.EDIT_VENTURES)
    _load(step_id, venture_id, uow)
    uow.update(table, step_id, dropped=True)
    return Outcome(None, rules.changed(venture_id, steps=frozenset({step_id})), uow.undo_token)


def _cells(
    venture_id: VentureId, kind: str, code: str, title: str, position: int, due: str, uow: UnitOfWork
) -> dict[str, object]:
    venture = rules.load(venture_id, uow)
    return {
        "hub_id": venture.hub_id,
        "venture_id": venture_id,
        "assigned_to": venture.advisor_id,
        "kind": kind,
        "code": code,
        "title": title,
        "position": position,
        "due": due,
    }


def _load(step_id: StepId, venture_id: VentureId, uow: UnitOfWork) -> VentureStep:
    for step in rows.steps_of(uow.connection, venture_id):
        if step.id == step_id:
            return step
    raise NotFoundError(_("There is no such step; it may have been taken back. Nothing was changed."))


def _done(step_id: StepId, venture_id: VentureId, uow: UnitOfWork) -> Outcome[VentureStep]:
    changes = rules.changed(venture_id, steps=frozenset({step_id}))
    return Outcome(_load(step_id, venture_id, uow), changes, uow.undo_token)
