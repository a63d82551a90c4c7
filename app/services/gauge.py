"""The two-thirds gauge: what reached beneficiaries, what is bound to, and what each number counts."""

from collections.abc import Iterable, Iterator

from app.domain.accounts import Permission
from app.domain.agreements import Agreement
from app.domain.budget import SpendingRow
from app.domain.funding import NOT_SIGNED_YET, FundingState
from app.domain.funding_rules import warnings_of
from app.domain.gauge import REACHING, Figure, Gauge, GaugeEntry, measure
from app.domain.ids import HubId
from app.services.access import require
from app.storage import budget as budget_rows
from app.storage import funding as rows
from app.storage.unit_of_work import UnitOfWork


def show(uow: UnitOfWork, hub: HubId | None = None) -> Gauge:
    """The gauge of all hubs, or of one: each payment in euros at the rate kept with it, rounded once, then summed.

    `Gauge.list_entries` lists what a number counts; `Gauge.warnings` says what is out of order, such as a tranche
    that two offices paid.
    """
    require(uow, Permission.READ_FUNDING)
    agreements = rows.agreements_of(uow.connection, None, None, hub)
    other = [item for item in budget_rows.spending(uow.connection) if hub in {None, item.hub_id}]
    entries = [*_entries(agreements), *map(_of_spending, other)]
    warnings = [warning for agreement in agreements for warning in warnings_of(agreement)]
    return measure(entries, warnings, sum(entry.figure is Figure.PAID and not entry.receipt for entry in entries))


def _entries(agreements: Iterable[Agreement]) -> Iterator[GaugeEntry]:
    for agreement in agreements:
        reaches = agreement.kind in REACHING
        for payment in agreement.payments:
            yield GaugeEntry(
                figure=Figure.PAID if reaches else Figure.ELSEWHERE,
                id=payment.id,
                agreement_id=agreement.id,
                hub_id=agreement.hub_id,
                kind=agreement.kind,
                day=payment.paid_on,
                label=agreement.holder,
                amount=payment.amount,
                currency=payment.currency,
                rate=payment.rate,
                rate_day=payment.rate_day,
                euros=payment.euros,
                receipt=payment.receipt,
            )
        if reaches and agreement.left > 0 and not agreement.removed:
            if agreement.kept in NOT_SIGNED_YET:
                yield _not_paid(agreement, Figure.FORECAST)
            elif agreement.kept is FundingState.SIGNED:
                yield _not_paid(agreement, Figure.COMMITTED)


def _not_paid(agreement: Agreement, figure: Figure) -> GaugeEntry:
    return GaugeEntry(
        figure=figure,
        id=agreement.id,
        agreement_id=agreement.id,
        hub_id=agreement.hub_id,
        kind=agreement.kind,
        day=agreement.signed_on or agreement.granted_on or agreement.requested_on,
        label=agreement.holder,
        amount=agreement.left,
        currency=agreement.currency,
        rate=agreement.rate,
        rate_day=agreement.rate_day,
        euros=agreement.left_in_euros,
        receipt=agreement.number,
    )


def _of_spending(item: SpendingRow) -> GaugeEntry:
    return GaugeEntry(
        figure=Figure.SPENDING,
        id=item.id,
        agreement_id=None,
        hub_id=item.hub_id,
        kind="",
        day=item.day,
        label=item.label,
        amount=item.amount,
        currency=item.currency,
        rate=item.rate,
        rate_day=item.rate_day,
        euros=item.euros,
    )
