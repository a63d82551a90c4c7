"""The steps that come with a kind of case: templates, and what is laid from them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.calendar import due_on
from app.domain.coaching import StepTemplate
from app.domain.codes import code_list
from app.domain.ids import AccountId, CaseId, shared_id
from app.domain.people import clean_name
from app.domain.placements import FOREIGN_STEPS
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services.access import put, require
from app.storage import coaching
from app.storage.schema_accompaniment import step, step_template
from app.storage.unit_of_work import UnitOfWork

_LATEST = 3660
_FIXED: Final = {FOREIGN_STEPS: FOREIGN_STEPS, "registration": "registration_steps", "milestone": "milestones"}
"""Kinds of steps whose words are a list of codes, by kind."""


@cache
def shipped_templates() -> Mapping[str, tuple[StepTemplate, ...]]:
    """The steps for each kind of case as the program came, in their order."""
    text = (files("resources") / "codes" / "step_templates.json").read_text(encoding="utf-8")
    return {
        kind: tuple(
            StepTemplate(kind, entry["code"], place, entry["days"], entry["fr"], entry["en"], entry["ar"])
            for place, entry in enumerate(entries, start=1)
        )
        for kind, entries in json.loads(text).items()
    }


def list_templates(uow: UnitOfWork, kind: str = "", *, hidden: bool = False) -> tuple[StepTemplate, ...]:
    """The templates of this hub by kind and order, of one kind or all; with `hidden`, those out of use too."""
    require(uow, Permission.READ_CASES)
    return tuple(item for item in _of_hub(uow) if kind in {"", item.kind} and (hidden or not item.hidden))


def save_template(template: StepTemplate, uow: UnitOfWork) -> Outcome[StepTemplate]:
    """Keep a template of this hub, new or in the place of the one with its kind and code. Steps already laid stay.

    Raises UserError where a label is missing, or a number does not fit.
    """
    require(uow, Permission.EDIT_TEMPLATES)
    rules.check_code("case_kinds", template.kind)
    code = template.code.strip().lower()
    labels = {name: clean_name(getattr(template, name)) for name in ("label_fr", "label_en", "label_ar")}
    if not code.isidentifier() or not code.isascii():
        raise UserError(_("The code of a step is made of letters a to z and _. Nothing was changed."))
    if not all(labels.values()):
        raise UserError(_("A step needs its name in the three languages. Nothing was changed."))
    if not 0 <= template.days <= _LATEST or template.position < 0:
        raise UserError(
            _("A step is due from 0 to {most} days after the case was opened. Nothing was changed.").format(
                most=_LATEST
            )
        )
    hub = uow.actor.hub_id
    row_id = shared_id("step_template", hub.hex, template.kind, code)
    cells: dict[str, object] = {
        "hub_id": hub, "kind": template.kind, "code": code, "position": template.position, "days": template.days,
        "hidden": template.hidden, **labels,
    }  # fmt: skip
    put(step_template, row_id, cells, uow)
    kept = next(item for item in _of_hub(uow) if (item.kind, item.code) == (template.kind, code))
    return Outcome(kept, Changes(steps=frozenset({row_id})), uow.undo_token)


def order_templates(kind: str, codes: Sequence[str], moved: str, uow: UnitOfWork) -> Outcome[StepTemplate]:
    """Put the templates of a kind in this order, those out of use among them; the value is the one that `moved`.

    Raises UserError unless `codes` are just those of the kind.
    """
    require(uow, Permission.EDIT_TEMPLATES)
    known = {item.code: item for item in _of_hub(uow) if item.kind == kind}
    if set(codes) != set(known) or moved not in known:
        raise UserError(_("The steps were changed meanwhile. Nothing was moved. Look again and move the step."))
    touched: frozenset[UUID] = frozenset()
    for place, code in enumerate(codes, start=1):
        if known[code].position != place:
            touched |= save_template(replace(known[code], position=place), uow).changes.steps
    kept = next(item for item in _of_hub(uow) if (item.kind, item.code) == (kind, moved))
    return Outcome(kept, Changes(steps=touched), uow.undo_token)


def words_of_templates(uow: UnitOfWork) -> Callable[[UUID, str, str], StepTemplate | None]:
    """What finds the template of a hub, a kind and a code, for the words of steps that were laid at any hub."""
    edited: dict[tuple[UUID, str, str], StepTemplate] = {
        (hub, item.kind, item.code): item for hub, item in coaching.edited_templates(uow.connection)
    }
    return lambda hub, kind, code: edited.get((hub, kind, code)) or _shipped(kind, code)


def _shipped(kind: str, code: str) -> StepTemplate | None:
    if kind in _FIXED:
        return _fixed_steps(kind).get(code)
    return next((item for item in shipped_templates().get(kind, ()) if item.code == code), None)


@cache
def _fixed_steps(kind: str) -> Mapping[str, StepTemplate]:
    """The words of steps that come from a list of codes, and are no hub's to edit."""
    return {
        item.code: StepTemplate(kind, item.code, place, 0, item.fr, item.en, item.ar)
        for place, item in enumerate(code_list(_FIXED[kind]), start=1)
    }


def _of_hub(uow: UnitOfWork) -> list[StepTemplate]:
    """The templates of this hub, those out of use included, by kind and order."""
    found = {(item.kind, item.code): item for items in shipped_templates().values() for item in items}
    own = uow.actor.hub_id
    found |= {(item.kind, item.code): item for hub, item in coaching.edited_templates(uow.connection) if hub == own}
    return sorted(found.values(), key=lambda item: (item.kind, item.position, item.days, item.code))


def lay_steps(kind: str, opened: date, uow: UnitOfWork, **cells: object) -> frozenset[UUID]:
    """Make the steps of a kind for whatever `cells` say they belong to; due days are moved off Sundays."""
    hub = uow.actor.hub_id
    rows = [
        {
            "id": uow.new_id(), "hub_id": hub, "kind": kind, "code": item.code, "position": item.position,
            "due": due_on(opened, item.days).isoformat(), **cells,
        }
        for item in _of_hub(uow)
        if item.kind == kind and not item.hidden
    ]  # fmt: skip
    uow.insert_many(step, rows)
    return frozenset(row["id"] for row in rows if isinstance(row["id"], UUID))


def drop_open(case_id: CaseId, uow: UnitOfWork) -> frozenset[UUID]:
    """Drop what is still to be done of a case."""
    return _write_open(case_id, uow, dropped=True)


def hand_on(case_id: CaseId, account_id: AccountId, uow: UnitOfWork) -> frozenset[UUID]:
    """Give what is still to be done of a case to somebody else."""
    return _write_open(case_id, uow, assigned_to=account_id)


def _write_open(case_id: CaseId, uow: UnitOfWork, **cells: object) -> frozenset[UUID]:
    steps = coaching.find_steps(
        uow.connection, lambda *_key: None, step.c.case_id == case_id, step.c.done_at.is_(None), ~step.c.dropped
    )
    for item in steps:
        uow.update(step, item.id, **cells)
    return frozenset(item.id for item in steps)
