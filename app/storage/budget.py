"""Budget lines, rates of exchange and other spending: rows to values."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from app.domain.budget import BudgetLine, SpendingRow
from app.domain.money import NOTHING, Currency, Rate, read_amount, read_rate
from app.storage import schema_ventures as work
from app.storage.funding import read_day
from app.storage.types import AnyRow

_line, _rate, _spending = work.budget_line, work.exchange_rate, work.spending


def budget_lines(connection: sa.Connection) -> list[BudgetLine]:
    """All budget lines by their code."""
    query = sa.select(_line).where(~_line.c.deleted).order_by(_line.c.code, _line.c.id)
    return [
        BudgetLine(
            row.id, row.hub_id, row.code, row.label_fr, row.label_en, row.label_ar, row.kind,
            _read(row.amount_eur), row.hidden,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def rates(connection: sa.Connection) -> list[Rate]:
    """All rates that can be read, the newest day first."""
    query = sa.select(_rate).where(~_rate.c.deleted).order_by(_rate.c.day.desc(), _rate.c.id)
    found = [(read_rate(row.mad_per_eur), read_day(row.day), row.source) for row in connection.execute(query)]
    return [Rate(value, day, source) for value, day, source in found if value is not None and day is not None]


def rate_on(connection: sa.Connection, day: date) -> Rate | None:
    """The newest rate on or before a day."""
    query = sa.select(_rate).where(~_rate.c.deleted, _rate.c.day <= day.isoformat(), _rate.c.day != "")
    for row in connection.execute(query.order_by(_rate.c.day.desc(), _rate.c.id)):
        value, of = read_rate(row.mad_per_eur), read_day(row.day)
        if value is not None and of is not None:
            return Rate(value, of, row.source)
    return None


def spending(connection: sa.Connection, row_id: UUID | None = None) -> list[SpendingRow]:
    """What was spent on anything but agreements, by day; one entry where its id is given."""
    query = sa.select(_spending).where(~_spending.c.deleted).order_by(_spending.c.day, _spending.c.id)
    if row_id is not None:
        query = query.where(_spending.c.id == row_id)
    return [_to_spending(row) for row in connection.execute(query)]


def _to_spending(row: AnyRow) -> SpendingRow:
    currency = Currency.EUR if row.currency == Currency.EUR else Currency.MAD
    return SpendingRow(
        row.id, row.hub_id, read_day(row.day), _read(row.amount), currency, read_rate(row.rate),
        read_day(row.rate_day), row.label,
    )  # fmt: skip


def _read(text: str) -> Decimal:
    try:
        return read_amount(text)
    except ValueError:
        return NOTHING
