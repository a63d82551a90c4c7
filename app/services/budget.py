"""Rates of exchange, budget lines and other spending: what dirhams are in euros, and what money is booked on."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.budget import BudgetLine, LineUse, NewBudgetLine, NewSpending, SpendingRow
from app.domain.ids import BudgetLineId, shared_id
from app.domain.money import Currency, Rate, parse_rate, stored, stored_rate, sum_of
from app.domain.people import clean_name
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import funding_checks as checks
from app.services.access import put, require, update_row
from app.storage import budget as rows
from app.storage import funding as agreement_rows
from app.storage import schema_ventures as work
from app.storage.unit_of_work import UnitOfWork


def list_rates(uow: UnitOfWork) -> tuple[Rate, ...]:
    """All rates on record, the newest day first."""
    require(uow, Permission.READ_FUNDING)
    return tuple(rows.rates(uow.connection))


def propose_rate(day: date, uow: UnitOfWork) -> Rate | None:
    """The newest rate on or before a day, None where there is none."""
    require(uow, Permission.READ_FUNDING)
    return rows.rate_on(uow.connection, day)


def set_rate(day: date, mad_per_eur: Decimal, source: str, uow: UnitOfWork) -> Outcome[Rate]:
    """Keep how many dirhams a euro was worth on a day; payments made before keep the rate that they used.

    Every office gives the day's rate the same id, so that two of them can only dispute about it. Raises UserError.
    """
    require(uow, Permission.PAY)
    _check_rate(mad_per_eur)
    if day > day_of(uow.now):
        raise UserError(_("That day is still to come. Nothing was changed. Check the date."))
    made = shared_id("exchange_rate", day.isoformat())
    cells = {"day": day.isoformat(), "mad_per_eur": stored_rate(mad_per_eur), "source": checks.clean_text(source)}
    put(work.exchange_rate, made, cells, uow)
    rate = Rate(mad_per_eur, day, cells["source"])
    return Outcome(rate, Changes(funding=frozenset({made})), uow.undo_token)


def list_lines(uow: UnitOfWork, *, hidden: bool = False) -> tuple[LineUse, ...]:
    """The budget lines by code, each with what is paid and bound on it; with `hidden`, those out of use too."""
    require(uow, Permission.READ_FUNDING)
    everything = agreement_rows.agreements(uow.connection)
    found = []
    for line in rows.budget_lines(uow.connection):
        if line.hidden and not hidden:
            continue
        booked = [item for item in everything if item.budget_line_id == line.id]
        found.append(
            LineUse(
                line,
                sum_of([euros for item in booked for one in item.payments if (euros := one.euros) is not None]),
                sum_of([euros for item in booked if item.is_signed and (euros := item.left_in_euros) is not None]),
            )
        )
    return tuple(found)


def add_line(new: NewBudgetLine, uow: UnitOfWork) -> Outcome[BudgetLine]:
    """Open a budget line. Raises UserError for a code that was ever used, a missing name, an unknown kind."""
    require(uow, Permission.PAY)
    code = clean_name(new.code).upper()
    if not code or any(line.code == code for line in rows.budget_lines(uow.connection)):
        raise UserError(_("The code “{code}” is or was in use; codes are never reused.").format(code=code))
    made = BudgetLineId(shared_id("budget_line", code))
    labels = {name: clean_name(getattr(new, name)) for name in ("label_fr", "label_en", "label_ar")}
    if not all(labels.values()):
        raise UserError(_("A budget line needs its name in the three languages. Nothing was changed."))
    cells: dict[str, object] = {
        "hub_id": new.hub_id,
        "code": code,
        "kind": checks.check_code("funding_kinds", new.kind) if new.kind else "",
        "amount_eur": stored(checks.check_amount(new.amount_eur)),
        "hidden": False,
        **labels,
    }
    put(work.budget_line, made, cells, uow)
    return Outcome(_line(made, uow), Changes(funding=frozenset({made})), uow.undo_token)


def edit_line(
    line_id: BudgetLineId, uow: UnitOfWork, *, amount_eur: Decimal | None = None, hidden: bool | None = None
) -> Outcome[BudgetLine]:
    """Change the amount of a budget line, or take it out of use."""
    require(uow, Permission.PAY)
    _line(line_id, uow)
    cells: dict[str, object] = {} if hidden is None else {"hidden": hidden}
    if amount_eur is not None:
        cells["amount_eur"] = stored(checks.check_amount(amount_eur))
    update_row(uow, work.budget_line, line_id, **cells)
    return Outcome(_line(line_id, uow), Changes(funding=frozenset({line_id})), uow.undo_token)


def known_line(line_id: BudgetLineId | None, uow: UnitOfWork) -> BudgetLineId | None:
    """A budget line in use, or none. Raises NotFoundError, UserError."""
    require(uow, Permission.READ_FUNDING)
    if line_id is not None and _line(line_id, uow).hidden:
        raise UserError(_("This budget line is not in use any more. Nothing was changed."))
    return line_id


def list_spending(uow: UnitOfWork) -> tuple[SpendingRow, ...]:
    """What was spent on anything but agreements, the latest day first."""
    require(uow, Permission.READ_FUNDING)
    return tuple(reversed(rows.spending(uow.connection)))


def add_spending(new: NewSpending, uow: UnitOfWork) -> Outcome[SpendingRow]:
    """Keep what was spent on anything but an agreement. Raises UserError where there is no rate for dirhams."""
    require(uow, Permission.PAY)
    label = checks.clean_text(new.label)
    if not label:
        raise UserError(_("Say what the money was spent on. Nothing was kept."))
    day = checks.check_day(new.day, uow)
    made = uow.insert(
        work.spending,
        hub_id=new.hub_id,
        day=day.isoformat(),
        amount=stored(checks.check_amount(new.money.amount)),
        currency=str(new.money.currency),
        label=label,
        **rate_cells(new.money.currency, day, new.rate, None, uow),
    )
    found = rows.spending(uow.connection, made)[0]
    return Outcome(found, Changes(funding=frozenset({made})), uow.undo_token)


def drop_spending(spending_id: UUID, uow: UnitOfWork) -> Outcome[None]:
    """Take an entry of other spending off the record; its history stays. Raises NotFoundError."""
    require(uow, Permission.PAY)
    if not rows.spending(uow.connection, spending_id):
        raise NotFoundError(_("This is not on record here any more. Nothing was changed. Look in the list."))
    update_row(uow, work.spending, spending_id, deleted=True)
    return Outcome(None, Changes(funding=frozenset({spending_id})), uow.undo_token)


def rate_cells(
    currency: Currency, day: date, rate: Decimal | None, rate_day: date | None, uow: UnitOfWork, *, needed: bool = False
) -> dict[str, str]:
    """The rate that is kept with what was paid on a day: the one given, else the newest. Raises UserError for none."""
    require(uow, Permission.READ_FUNDING)
    if rate is not None:
        _check_rate(rate)
        return {"rate": stored_rate(rate), "rate_day": (rate_day or day).isoformat()}
    found = rows.rate_on(uow.connection, day)
    if found is not None:
        return {"rate": stored_rate(found.mad_per_eur), "rate_day": found.day.isoformat()}
    if currency is Currency.EUR and not needed:
        return {}
    raise UserError(
        _("There is no rate of exchange on or before {day}. Nothing was kept. Enter that day's rate first.").format(
            day=f"{day:%d/%m/%Y}"
        )
    )


def _check_rate(rate: Decimal) -> None:
    try:
        fits = rate.is_finite() and parse_rate(f"{rate:f}") == rate
    except ValueError:
        fits = False
    if not fits:
        raise UserError(_("A rate is dirhams for one euro, such as 10.85. Nothing was changed."))


def _line(line_id: BudgetLineId, uow: UnitOfWork) -> BudgetLine:
    for line in rows.budget_lines(uow.connection):
        if line.id == line_id:
            return line
    raise NotFoundError(_("There is no such budget line. Nothing was changed. Choose one of those shown."))
