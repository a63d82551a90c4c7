"""The use cases of agreements: ask for money, plan its tranches, decide, sign, settle, cancel."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from app.domain.accounts import Permission
from app.domain.agreements import Agreement, TrancheRow
from app.domain.funding import MOVES, FundingState, Move, NewAgreement, NewTranche
from app.domain.funding_rules import obstacle_to_move
from app.domain.ids import AgreementId, BudgetLineId, HubId, PersonId, TrancheId, VentureId
from app.domain.money import stored, stored_rate
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import funding_checks as checks
from app.services import people
from app.services.access import require, update_row
from app.services.budget import known_line, propose_rate
from app.services.merging import records_of
from app.storage import funding as rows
from app.storage import schema_ventures as work
from app.storage.unit_of_work import UnitOfWork

_ASKED: Final = frozenset({FundingState.REQUESTED, FundingState.PRESELECTED, FundingState.IN_COMMITTEE})
_ADVISORS: Final = frozenset({Move.PRESELECT, Move.SEND_TO_COMMITTEE})
_DATED: Final = {Move.GRANT: "granted_on", Move.SIGN: "signed_on"}
_WITH_REASON: Final = frozenset({Move.REOPEN, Move.CANCEL})


def list_agreements(
    uow: UnitOfWork,
    *,
    hub: HubId | None = None,
    venture: VentureId | None = None,
    person: PersonId | None = None,
    states: frozenset[FundingState] | None = None,
) -> tuple[Agreement, ...]:
    """Agreements, the latest first: of a hub, a venture, a person (all records of theirs), in some states."""
    require(uow, Permission.READ_FUNDING)
    records = None if person is None else sorted(records_of(person, uow))
    found = rows.agreements_of(uow.connection, None if venture is None else [venture], records, hub)
    return tuple(item for item in reversed(found) if states is None or item.state in states)


def show(agreement_id: AgreementId, uow: UnitOfWork) -> Agreement:
    """An agreement with its tranches, payments and justifications. That it was read goes on the audit trail."""
    require(uow, Permission.READ_FUNDING)
    agreement = checks.load(agreement_id, uow)
    uow.note("read", "agreement", agreement_id)
    return agreement


def resolve(reference: str, uow: UnitOfWork) -> AgreementId:
    """The agreement with an id or a number. Raises NotFoundError."""
    require(uow, Permission.READ_FUNDING)
    text = reference.strip()
    try:
        found: UUID | None = UUID(text)
    except ValueError:
        found = rows.agreement_by_number(uow.connection, text.upper())
    if found is None:
        raise NotFoundError(_("There is no such agreement on record here. Nothing was changed. Look in the list."))
    return checks.load(AgreementId(found), uow).id


def add(new: NewAgreement, uow: UnitOfWork) -> Outcome[Agreement]:
    """Ask for money, for a venture or a person, with tranches where they are known already.

    The newest rate on or before the day is kept with it, to state in euros what is not paid yet. Raises UserError,
    also where the tranches come to more than the amount.
    """
    require(uow, Permission.REQUEST_FUNDING)
    if (new.venture_id is None) == (new.person_id is None):
        raise UserError(_("Money is asked for one venture or for one person. Nothing was kept."))
    if new.person_id is not None:
        people.resolve(str(new.person_id), uow)
    if new.venture_id is not None and not rows.venture_exists(uow.connection, new.venture_id):
        raise NotFoundError(_("There is no such venture on record here. Nothing was changed."))
    day = checks.check_day(new.requested_on, uow)
    amount = checks.check_amount(new.amount.amount)
    made = AgreementId(
        uow.insert(
            work.agreement,
            hub_id=uow.actor.hub_id,
            venture_id=new.venture_id,
            person_id=new.person_id,
            application_id=new.application_id,
            budget_line_id=known_line(new.budget_line_id, uow),
            number=checks.new_number(checks.AGREEMENT, uow),
            kind=checks.check_code("funding_kinds", new.kind),
            amount=stored(amount),
            currency=str(new.amount.currency),
            state=str(FundingState.REQUESTED),
            requested_on=day.isoformat(),
            note=checks.clean_text(new.note),
            **_rate_cells(day, uow),
        )
    )
    for tranche in new.tranches:
        _add_tranche(checks.load(made, uow), tranche, uow)
    return _outcome(made, uow)


def edit(agreement_id: AgreementId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Agreement]:
    """Correct `kind`, `note` or `budget_line_id` of an agreement. The kind stays once something was paid."""
    require(uow, Permission.REQUEST_FUNDING)
    agreement = checks.load(agreement_id, uow)
    cells: dict[str, object] = {}
    for name, value in fields.items():
        if name == "note" and isinstance(value, str):
            cells[name] = checks.clean_text(value)
        elif name == "budget_line_id" and (value is None or isinstance(value, UUID)):
            cells[name] = known_line(None if value is None else BudgetLineId(value), uow)
        elif name == "kind" and isinstance(value, str):
            cells[name] = checks.check_code("funding_kinds", value)
        else:
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name)
            )
    if agreement.kept not in _ASKED:
        require(uow, Permission.PAY)
    if agreement.payments and cells.get("kind", agreement.kind) != agreement.kind:
        raise UserError(_("Money was paid as this kind of funding; it stays as it is. Nothing was changed."))
    update_row(uow, work.agreement, agreement_id, **cells)
    return _outcome(agreement_id, uow)


def move(
    agreement_id: AgreementId, step: Move, uow: UnitOfWork, *, on: date | None = None, reason: str = ""
) -> Outcome[Agreement]:
    """Take an agreement a step further, on a day (today): shortlist, committee, grant, sign, settle, reopen, cancel.

    Reopening and cancelling need a reason, which is added to the note. Raises UserError where the step does not
    follow from where the agreement stands (`app.domain.funding.MOVES`), or its money forbids it.
    """
    require(uow, Permission.REQUEST_FUNDING if step in _ADVISORS else Permission.PAY)
    agreement = checks.load(agreement_id, uow)
    if obstacle := obstacle_to_move(agreement, step):
        checks.refuse([obstacle], agreement)
    day = checks.check_day(on, uow)
    before = max(filter(None, (agreement.requested_on, agreement.granted_on)), default=None)
    if step in _DATED and before is not None and day < before:
        raise UserError(_("That day is before the step that came first. Nothing was changed. Check the date."))
    cells: dict[str, object] = {"state": str(MOVES[step][1])}
    if step in _DATED:
        cells |= {_DATED[step]: day.isoformat(), **_rate_cells(day, uow)}
    if step in _WITH_REASON:
        said = checks.clean_text(reason)
        if not said:
            raise UserError(_("Say why: the reason is kept with the agreement. Nothing was changed."))
        cells["note"] = checks.clean_text(f"{agreement.note} {day:%d/%m/%Y}: {said}")
    update_row(uow, work.agreement, agreement_id, **cells)
    return _outcome(agreement_id, uow)


def amend(agreement_id: AgreementId, amount: Decimal, reason: str, uow: UnitOfWork) -> Outcome[Agreement]:
    """Agree on another amount, in the agreement's currency, with a reason that is added to its note.

    Raises UserError below what the tranches come to or what is paid, or once it is settled or cancelled.
    """
    require(uow, Permission.READ_FUNDING)
    agreement = checks.load(agreement_id, uow)
    require(uow, _planner(agreement))
    _refuse_ended(agreement)
    checks.check_amount(amount)
    said = checks.clean_text(reason)
    if not said:
        raise UserError(_("Say why: the reason is kept with the agreement. Nothing was changed."))
    if amount < max(agreement.planned, agreement.paid):
        raise UserError(
            _(
                "The tranches or the payments already come to {sum}. Nothing was changed. Lower the tranches first."
            ).format(sum=checks.money_text(max(agreement.planned, agreement.paid), agreement.currency))
        )
    note = checks.clean_text(f"{agreement.note} {agreement.amount:f} → {amount:f} {agreement.currency}: {said}")
    update_row(uow, work.agreement, agreement_id, amount=stored(amount), note=note)
    return _outcome(agreement_id, uow)


def add_tranche(agreement_id: AgreementId, new: NewTranche, uow: UnitOfWork) -> Outcome[TrancheRow]:
    """Plan a tranche after those there are. Raises UserError where they would come to more than was agreed."""
    require(uow, Permission.READ_FUNDING)
    agreement = checks.load(agreement_id, uow)
    require(uow, _planner(agreement))
    made = _add_tranche(agreement, new, uow)
    after = checks.load(agreement_id, uow)
    return Outcome(checks.tranche_of(after, made), checks.changed(after, made), uow.undo_token)


def edit_tranche(tranche_id: TrancheId, new: NewTranche, uow: UnitOfWork) -> Outcome[TrancheRow]:
    """Change amount, condition or day of a tranche; the condition stays once something was paid."""
    require(uow, Permission.READ_FUNDING)
    agreement = checks.load_with("tranche", tranche_id, uow)
    require(uow, _planner(agreement))
    tranche = checks.tranche_of(agreement, tranche_id)
    _refuse_ended(agreement)
    cells = _tranche_cells(new)
    if tranche.payments and cells["condition"] != tranche.condition:
        raise UserError(_("Money was paid on this condition; it stays as it is. Nothing was changed."))
    if new.amount < tranche.paid:
        raise UserError(
            _("{paid} is paid of this tranche already. Nothing was changed.").format(
                paid=checks.money_text(tranche.paid, agreement.currency)
            )
        )
    _refuse_more(agreement, new.amount - tranche.amount)
    update_row(uow, work.tranche, tranche_id, **cells)
    after = checks.load(agreement.id, uow)
    return Outcome(checks.tranche_of(after, tranche_id), checks.changed(after, tranche_id), uow.undo_token)


def drop_tranche(tranche_id: TrancheId, uow: UnitOfWork) -> Outcome[Agreement]:
    """Take a tranche out of the plan. Raises UserError once something was paid."""
    require(uow, Permission.READ_FUNDING)
    agreement = checks.load_with("tranche", tranche_id, uow)
    require(uow, _planner(agreement))
    tranche = checks.tranche_of(agreement, tranche_id)
    _refuse_ended(agreement)
    if tranche.payments:
        raise UserError(_("There are payments of this tranche; it stays. Nothing was changed."))
    update_row(uow, work.tranche, tranche_id, deleted=True)
    return _outcome(agreement.id, uow, tranche_id)


def meet(tranche_id: TrancheId, note: str, uow: UnitOfWork, *, on: date | None = None) -> Outcome[TrancheRow]:
    """Keep that the condition of a tranche is met, with what shows it; a file is attached by the tranche's id."""
    require(uow, Permission.PAY)
    agreement = checks.load_with("tranche", tranche_id, uow)
    tranche = checks.tranche_of(agreement, tranche_id)
    _refuse_ended(agreement)
    if not tranche.condition:
        raise UserError(_("This tranche has no condition: it can be paid. Nothing was changed."))
    said = checks.clean_text(note)
    if not said and not tranche.attachments:
        raise UserError(_("Say what shows that the condition is met. Nothing was changed."))
    update_row(uow, work.tranche, tranche_id, met_on=checks.check_day(on, uow).isoformat(), met_note=said)
    after = checks.load(agreement.id, uow)
    return Outcome(checks.tranche_of(after, tranche_id), checks.changed(after, tranche_id), uow.undo_token)


def _add_tranche(agreement: Agreement, new: NewTranche, uow: UnitOfWork) -> TrancheId:
    _refuse_ended(agreement)
    cells = _tranche_cells(new)
    _refuse_more(agreement, new.amount)
    position = max((tranche.position for tranche in agreement.tranches), default=0) + 1
    return TrancheId(uow.insert(work.tranche, agreement_id=agreement.id, position=position, **cells))


def _tranche_cells(new: NewTranche) -> dict[str, object]:
    return {
        "amount": stored(checks.check_amount(new.amount)),
        "condition": checks.clean_text(new.condition),
        "due": new.due.isoformat() if new.due else "",
    }


def _planner(agreement: Agreement) -> Permission:
    """Who may change the plan: an advisor until the money is granted, then whoever pays."""
    return Permission.REQUEST_FUNDING if agreement.kept in _ASKED else Permission.PAY


def _refuse_ended(agreement: Agreement) -> None:
    if agreement.removed or agreement.kept in {FundingState.SETTLED, FundingState.CANCELLED}:
        raise UserError(_("This agreement is settled or cancelled. Nothing was changed. Reopen it first."))


def _refuse_more(agreement: Agreement, more: Decimal) -> None:
    if more > agreement.unplanned and more > 0:
        raise UserError(
            _("The tranches would come to more than was agreed; {left} is left to plan. Nothing was changed. "
              "Agree on a new amount first.").format(
                left=checks.money_text(max(agreement.unplanned, Decimal("0.00")), agreement.currency)
            )
        )  # fmt: skip


def _rate_cells(day: date, uow: UnitOfWork) -> dict[str, str]:
    rate = propose_rate(day, uow)
    return {"rate": stored_rate(rate.mad_per_eur), "rate_day": rate.day.isoformat()} if rate else {}


def _outcome(agreement_id: AgreementId, uow: UnitOfWork, *others: UUID) -> Outcome[Agreement]:
    after = checks.load(agreement_id, uow)
    return Outcome(after, checks.changed(after, *others), uow.undo_token)
