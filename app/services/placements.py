"""Placements: begun with a contract, with the steps of a foreigner's one, checked at three months, ended."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.codes import code_list, is_code
from app.domain.ids import EmployerId, HubId, PersonId, PlacementId, StepId
from app.domain.people import clean_name
from app.domain.placements import (
    FOREIGN_STEPS,
    FOREIGN_WORKER,
    FREE_OF_ATTESTATION,
    NewPlacement,
    OfferRow,
    PlacementRow,
    PlacementState,
    StillThere,
)
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import employers, people
from app.services.access import require, update_row
from app.services.merging import records_of
from app.storage import placements as rows
from app.storage.schema_accompaniment import placement, step
from app.storage.unit_of_work import UnitOfWork

STEP_DAYS: Final = {
    "anapec": -45,
    "contract": -30,
    "taechir": -15,
    "entry_visa": -7,
    "registration_card": 90,
    "cnss": 30,
}
"""When each step of a foreigner's contract is due, in days from the first day of work.

The contract takes effect with the ministry's visa (Labour Code, art. 516), so what leads to it comes before; a
registration card is applied for within 90 days of the entry; the CNSS has to know of a hire within a month.
"""


def place(new: NewPlacement, uow: UnitOfWork) -> Outcome[PlacementRow]:
    """Keep that somebody begins work, and lay the steps of a foreigner's contract where it is one.

    Raises UserError where employer, title or kind are not known, the person is in that post already, or all places
    of the offer are taken by others.
    """
    require(uow, Permission.ACCOMPANY)
    people.resolve(str(new.person_id), uow)
    offer = None if new.offer_id is None else employers.load_offer(new.offer_id, uow)
    employer_id = new.employer_id or (offer.employer_id if offer else None)
    kind, title = new.kind or (offer.kind if offer else ""), clean_name(new.title) or (offer.title if offer else "")
    if employer_id is None or not title or not is_code("placements", kind):
        raise UserError(_("A placement needs an employer, a post and a kind of contract. Nothing was kept."))
    if offer is not None and offer.employer_id != employer_id:
        raise UserError(_("This offer is another employer's. Nothing was kept. Choose the employer of the offer."))
    employers.load_employer(employer_id, uow)
    _check_days(new.starts, new.ends)
    _refuse_twice(new.person_id, employer_id, title, uow)
    if offer is not None:
        _take_place(offer, new.person_id, uow)
    made = PlacementId(
        uow.insert(
            placement,
            hub_id=uow.actor.hub_id,
            person_id=new.person_id,
            employer_id=employer_id,
            offer_id=new.offer_id,
            case_id=new.case_id,
            kind=kind,
            title=title,
            starts=new.starts.isoformat(),
            ends=new.ends.isoformat() if new.ends else "",
            state=str(PlacementState.CURRENT),
            note=clean_name(new.note),
        )
    )
    steps = _lay_steps(made, new, uow) if kind == FOREIGN_WORKER else ()
    return _outcome(made, uow, steps)


def show(placement_id: PlacementId, uow: UnitOfWork) -> PlacementRow:
    """A placement with its steps. Raises NotFoundError."""
    require(uow, Permission.READ_CASES)
    return _load(placement_id, uow)


def list_placements(
    uow: UnitOfWork,
    *,
    hub: HubId | None = None,
    person: PersonId | None = None,
    employer: EmployerId | None = None,
    current: bool = False,
) -> tuple[PlacementRow, ...]:
    """Placements, the latest first: of a hub, a person, an employer; with `current`, only those that go on."""
    require(uow, Permission.READ_CASES)
    where = []
    if hub is not None:
        where.append(placement.c.hub_id == hub)
    if person is not None:
        where.append(placement.c.person_id.in_(sorted(records_of(person, uow))))
    if employer is not None:
        where.append(placement.c.employer_id == employer)
    found = reversed(rows.placements(uow.connection, *where))
    return tuple(row for row in found if not current or row.state is PlacementState.CURRENT)


def list_due(uow: UnitOfWork) -> tuple[PlacementRow, ...]:
    """Placements of this hub whose check at three months is due, the longest overdue first."""
    require(uow, Permission.READ_CASES)
    today = day_of(uow.now)
    found = rows.placements(uow.connection, placement.c.hub_id == uow.actor.hub_id, ~placement.c.erased)
    return tuple(row for row in found if row.is_due(today))


def check(
    placement_id: PlacementId, answer: StillThere, uow: UnitOfWork, *, on: date | None = None, note: str = ""
) -> Outcome[PlacementRow]:
    """Keep whether the person is still there after three months; who was not reached stays on the list."""
    require(uow, Permission.ACCOMPANY)
    row = _load(placement_id, uow)
    day, today = on or day_of(uow.now), day_of(uow.now)
    if answer not in set(StillThere) or row.check_due is None or not row.check_due <= day <= today:
        raise UserError(_("The check is made once three months are past, and not ahead. Nothing was changed."))
    if answer is StillThere.YES and row.state is not PlacementState.CURRENT and row.ends and row.ends < row.check_due:
        raise UserError(_("This placement ended before three months were past. Nothing was changed."))
    cells: dict[str, object] = {"checked": day.isoformat(), "still_there": str(answer)}
    if said := clean_name(note):
        cells["note"] = said
    update_row(uow, placement, placement_id, **cells)
    return _outcome(placement_id, uow)


def end(
    placement_id: PlacementId, reason: PlacementState, uow: UnitOfWork, *, on: date | None = None, note: str = ""
) -> Outcome[PlacementRow]:
    """End a placement on a day (today) with its reason; steps that are not done yet are dropped.

    Raises UserError for one that has ended, a day before its first or still to come, or where somebody was still
    there on a later day.
    """
    require(uow, Permission.ACCOMPANY)
    row = _load(placement_id, uow)
    if row.state is not PlacementState.CURRENT:
        raise UserError(_("This placement has ended already. Nothing was changed."))
    if reason not in set(PlacementState) or reason is PlacementState.CURRENT:
        raise UserError(_("Say why the placement ended. Nothing was changed."))
    today = day_of(uow.now)
    day = on or today
    if day > today or (row.starts is not None and day < row.starts):
        raise UserError(_("A placement ends after its first day and not ahead. Nothing was changed. Check the date."))
    if row.answer is StillThere.YES and row.check_due and day < row.check_due:
        raise UserError(
            _("The person was still there after three months. Nothing was changed. Correct the check first.")
        )
    cells: dict[str, object] = {"state": str(reason), "ends": day.isoformat()}
    if said := clean_name(note):
        cells["note"] = said
    update_row(uow, placement, placement_id, **cells)
    open_steps = [item.id for item in row.steps if item.done_at is None and not item.dropped]
    for step_id in open_steps:
        update_row(uow, step, step_id, dropped=True)
    return _outcome(placement_id, uow, open_steps)


def edit(placement_id: PlacementId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[PlacementRow]:
    """Correct `title`, `note`, `starts` or `ends` of a placement. Its kind of contract stays: end it and begin anew."""
    require(uow, Permission.ACCOMPANY)
    row = _load(placement_id, uow)
    cells: dict[str, object] = {}
    for name, value in fields.items():
        if name in {"title", "note"} and isinstance(value, str) and (name == "note" or clean_name(value)):
            cells[name] = clean_name(value)
        elif (name == "starts" and isinstance(value, date)) or (name == "ends" and isinstance(value, date | None)):
            cells[name] = value.isoformat() if value else ""
        else:
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name)
            )
    starts, ends = fields.get("starts", row.starts), fields.get("ends", row.ends)
    if row.state is not PlacementState.CURRENT and ends is None:
        raise UserError(_("This placement has ended: it keeps its last day. Nothing was changed."))
    _check_days(starts if isinstance(starts, date) else None, ends if isinstance(ends, date) else None)
    update_row(uow, placement, placement_id, **cells)
    return _outcome(placement_id, uow)


def set_step(step_id: StepId, uow: UnitOfWork, *, done: bool) -> Outcome[PlacementRow]:
    """Tick a step of a foreigner's contract, or take the tick away. Raises NotFoundError."""
    require(uow, Permission.ACCOMPANY)
    owner = rows.placement_of_step(uow.connection, step_id)
    if owner is None:
        raise NotFoundError(_("There is no such step on record here. Nothing was changed. Look in the list."))
    update_row(uow, step, step_id, done_at=uow.now if done else None, dropped=False)
    return _outcome(PlacementId(owner), uow, [step_id])


def _take_place(offer: OfferRow, person_id: PersonId, uow: UnitOfWork) -> None:
    records = records_of(person_id, uow)
    accepted = any(
        item.person_id in records and item.state == "accepted" for item in employers.list_candidates(offer.id, uow)
    )
    if not accepted and offer.free == 0:
        raise UserError(_("All places of this offer are taken. Nothing was changed. Give the offer more places first."))


def _refuse_twice(person_id: PersonId, employer_id: EmployerId, title: str, uow: UnitOfWork) -> None:
    for row in list_placements(uow, person=person_id, employer=employer_id, current=True):
        if row.title.casefold() == title.casefold():
            raise UserError(_("This person is in that post already. Nothing was kept."))


def _check_days(starts: date | None, ends: date | None) -> None:
    if starts is not None and ends is not None and ends < starts:
        raise UserError(_("A placement does not end before it begins. Nothing was changed. Check the dates."))


def _lay_steps(placement_id: PlacementId, new: NewPlacement, uow: UnitOfWork) -> tuple[UUID, ...]:
    free = rows.nationality_of(uow.connection, new.person_id) in FREE_OF_ATTESTATION
    attested = not free if new.needs_attestation is None else new.needs_attestation
    left_out = {code for code, needed in (("anapec", attested), ("entry_visa", new.needs_visa)) if not needed}
    return tuple(
        uow.insert(
            step,
            hub_id=uow.actor.hub_id,
            person_id=new.person_id,
            case_id=new.case_id,
            placement_id=placement_id,
            assigned_to=uow.actor.account_id,
            kind=FOREIGN_STEPS,
            code=item.code,
            position=position,
            due=(new.starts + timedelta(days=STEP_DAYS[item.code])).isoformat(),
        )
        for position, item in enumerate(code_list(FOREIGN_STEPS), start=1)
        if item.code not in left_out
    )


def _load(placement_id: PlacementId, uow: UnitOfWork) -> PlacementRow:
    for row in rows.placements(uow.connection, placement.c.id == placement_id):
        return row
    raise NotFoundError(_("There is no such placement on record here. Nothing was changed. Look in the list."))


def _outcome(placement_id: PlacementId, uow: UnitOfWork, steps: Iterable[UUID] = ()) -> Outcome[PlacementRow]:
    row = _load(placement_id, uow)
    touched = frozenset({row.id, row.employer_id} | ({row.offer_id} if row.offer_id else set()))
    changes = Changes(placements=touched, people=frozenset({row.person_id}), steps=frozenset(steps))
    return Outcome(row, changes, uow.undo_token)
