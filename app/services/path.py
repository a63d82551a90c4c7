"""The board of the path: which ventures stand where, what is missing for the next stage, and moving along."""

from datetime import date
from typing import Final

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import VentureId
from app.domain.path import (
    EXIT,
    BoardFilter,
    Card,
    Column,
    Missing,
    is_forward,
    missing_for,
    next_stage,
    stages,
)
from app.domain.ventures import Member, Venture
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import venture_rules as rules
from app.services.access import require
from app.storage import ventures as rows
from app.storage.path_facts import Known, amounts, known_of
from app.storage.schema_ventures import stage_move, venture
from app.storage.unit_of_work import UnitOfWork

_DAY_MS: Final = 86_400_000
_LEADS: Final = ("holder", "managing", "president")


class NotReadyError(UserError):
    """Something is missing for the stage, and no reason was given: `missing` says what."""

    def __init__(self, message: str, missing: tuple[Missing, ...]) -> None:
        super().__init__(message)
        self.missing = missing


def missing(venture_id: VentureId, stage: str, uow: UnitOfWork) -> tuple[Missing, ...]:
    """What is missing for a venture to be moved to a stage; of all stages passed on the way."""
    require(uow, Permission.READ_VENTURES)
    found = rules.load(venture_id, uow)
    return missing_for(found.stage, rules.check_code("stages", stage, needed=True), rules.facts_of(found, uow))


def move(
    venture_id: VentureId,
    stage: str,
    uow: UnitOfWork,
    *,
    reason: str = "",
    outcome: str = "",
    outcome_on: date | None = None,
) -> Outcome[Venture]:
    """Move a venture along its path. `outcome` is a code of the list exits, for the stage exit; its day is today.

    Raises NotReadyError where something is missing, and UserError for a move back, unless a reason is given, which
    stays on record with the move.
    """
    require(uow, Permission.EDIT_VENTURES)
    before = rules.load(venture_id, uow)
    rules.check_code("stages", stage, needed=True)
    why = rules.check_reason(reason)
    if stage == before.stage:
        raise UserError(_("The venture is at that stage already. Nothing was changed."))
    _write_outcome(before, stage, outcome, outcome_on, uow)
    lacking = missing_for(before.stage, stage, rules.facts_of(rules.load(venture_id, uow), uow))
    if lacking and not why:
        raise NotReadyError(
            _("Something is missing for this stage. Nothing was changed. Complete it, or give a reason."), lacking
        )
    if not why and not is_forward(before.stage, stage):
        raise UserError(_("Going back needs a reason, which stays on record. Nothing was changed."))
    record_move(before, stage, uow, why)
    return Outcome(rules.load(venture_id, uow), rules.changed(venture_id), uow.undo_token)


def record_move(before: Venture, stage: str, uow: UnitOfWork, reason: str = "") -> None:
    """Write a move along the path, as a use case has checked it."""
    uow.update(venture, before.id, stage=stage)
    uow.insert(
        stage_move,
        venture_id=before.id,
        stage=stage,
        former=before.stage,
        at=uow.now,
        by_id=uow.actor.account_id,
        reason=reason,
    )


def board(uow: UnitOfWork, which: BoardFilter | None = None) -> tuple[Column, ...]:
    """The stages in their order, each with its ventures, those longest there first. Amounts for those allowed."""
    require(uow, Permission.READ_VENTURES)
    wanted = which or BoardFilter()
    where = [
        column == value
        for column, value in (
            (venture.c.hub_id, wanted.hub_id),
            (venture.c.counter_id, wanted.counter_id),
            (venture.c.advisor_id, wanted.advisor_id),
        )
        if value is not None
    ]
    ventures = rows.venture_rows(uow.connection, *where)
    ids = [one.id for one in ventures]
    members, known = rows.members_of(uow.connection, ids), known_of(uow.connection, ids)
    cards: dict[str, list[Card]] = {stage: [] for stage in stages()}
    for one in ventures:
        cards.setdefault(one.stage, []).append(_card(one, members.get(one.id, []), known[one.id], uow))
    return tuple(
        Column(stage, tuple(sorted(found, key=lambda card: (card.since, card.number))))
        for stage, found in cards.items()
    )


def _card(one: Venture, members: list[Member], known: Known, uow: UnitOfWork) -> Card:
    today = day_of(uow.now)
    here = [member for member in members if member.holds_on(today)]
    lead = min(here, key=_lead_order, default=None)
    since = known.stage_since if known.stage_since is not None else one.created_at
    following = next_stage(one.stage)
    lacking = missing_for(one.stage, following, known.facts(one, members, today)) if following else ()
    money = uow.actor.may(Permission.READ_FUNDING)
    return Card(
        id=one.id,
        hub_id=one.hub_id,
        counter_id=one.counter_id,
        advisor_id=one.advisor_id,
        advisor=one.advisor,
        number=one.number,
        name=one.name,
        name_ar=one.name_ar,
        kind=one.kind,
        sector=one.sector,
        stage=one.stage,
        since=since,
        days=max(0, (uow.now - since) // _DAY_MS),
        lead=lead.name if lead else "",
        lead_ar=lead.name_ar if lead else "",
        members=len({member.person_id for member in here}),
        lacks=lacking,
        agreed=amounts(known.agreed) if money else (),
        paid=amounts(known.paid) if money else (),
    )


def _lead_order(member: Member) -> tuple[int, int, date]:
    """Who stands for a venture: by role, then by share, then who came first."""
    place = _LEADS.index(member.role) if member.role in _LEADS else len(_LEADS)
    return (place, -member.share, member.since or date.min)


def _write_outcome(before: Venture, stage: str, code: str, day: date | None, uow: UnitOfWork) -> None:
    """The outcome belongs to the stage exit: it comes with it, and goes when the venture comes back."""
    if stage == EXIT and code:
        today = day_of(uow.now)
        if day is not None and day > today:
            raise UserError(_("The day of the exit is still to come. Nothing was changed. Check the date."))
        uow.update(venture, before.id, exit=rules.check_code("exits", code), exit_on=(day or today).isoformat())
    elif before.stage == EXIT and before.exit:
        uow.update(venture, before.id, exit="", exit_on="")
