"""The two-thirds rule of the fund: how much reached beneficiaries, how much is bound to, against grant and spending.

More than two thirds of the 2,000,000 EUR must reach beneficiaries as start-up funds and work grants: strictly more
than 1,333,333.33 EUR. Every figure is the sum of entries that can be listed; each entry was rounded once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.domain.funding import FundingWarning
from app.domain.ids import AgreementId, HubId
from app.domain.money import NOTHING, Currency, sum_of

GRANT_EUR: Final = Decimal("2000000.00")
THRESHOLD_EUR: Final = Decimal("1333333.33")
REACHING: Final = frozenset({"startup_fund", "work_grant", "agr_grant", "equipment"})
"""The kinds of funding that reach beneficiaries. The cost of formalities goes to offices and notaries."""


class Figure(StrEnum):
    """What an entry counts as."""

    PAID = "paid"
    """Payments less what was recovered, in a kind that reaches beneficiaries."""
    COMMITTED = "committed"
    """Agreed and signed, not yet paid."""
    FORECAST = "forecast"
    """Requested or granted, not signed."""
    ELSEWHERE = "elsewhere"
    """Payments in a kind that does not reach beneficiaries."""
    SPENDING = "spending"
    """What the project spent on anything else."""


@dataclass(frozen=True, slots=True)
class GaugeEntry:
    """One thing that is counted. `euros` is None where there is no rate: it counts as nothing and is warned of."""

    figure: Figure
    id: UUID
    agreement_id: AgreementId | None
    hub_id: HubId | None
    kind: str
    day: date | None
    label: str
    amount: Decimal
    currency: Currency
    rate: Decimal | None
    rate_day: date | None
    euros: Decimal | None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The three figures of a hub or a kind of funding, in euros."""

    key: UUID | str | None
    paid: Decimal
    committed: Decimal
    forecast: Decimal


@dataclass(frozen=True, slots=True)
class Gauge:
    """The two-thirds rule, in euros. `spent` is all payments and all other spending."""

    paid: Decimal
    committed: Decimal
    forecast: Decimal
    spent: Decimal
    by_hub: tuple[Part, ...]
    by_kind: tuple[Part, ...]
    entries: tuple[GaugeEntry, ...]
    warnings: tuple[FundingWarning, ...] = ()
    without_receipt: int = 0

    @property
    def is_reached(self) -> bool:
        """Whether what was paid is strictly above two thirds of the grant."""
        return self.paid > THRESHOLD_EUR

    @property
    def is_reached_of_spending(self) -> bool:
        """Whether what was paid is strictly above two thirds of what was spent so far."""
        return self.paid * 3 > self.spent * 2

    @property
    def missing(self) -> Decimal:
        """How much more has to be paid for the rule to hold: a centime above the threshold is enough."""
        return max(NOTHING, THRESHOLD_EUR + Decimal("0.01") - self.paid)

    @property
    def share_of_grant(self) -> Decimal:
        """What was paid as a share of the grant, 0 to 1, four digits."""
        return _share(self.paid, GRANT_EUR)

    @property
    def share_of_spending(self) -> Decimal | None:
        """What was paid as a share of what was spent, None where nothing was."""
        return _share(self.paid, self.spent) if self.spent > 0 else None

    def list_entries(self, figure: Figure, hub: HubId | None = None, kind: str | None = None) -> tuple[GaugeEntry, ...]:
        """What a number counts: of a figure, for one hub or kind where given."""
        return tuple(
            entry
            for entry in self.entries
            if entry.figure is figure and hub in {None, entry.hub_id} and kind in {None, entry.kind}
        )


def measure(entries: Iterable[GaugeEntry], warnings: Iterable[FundingWarning] = (), without_receipt: int = 0) -> Gauge:
    """The gauge of these entries, whatever their order."""
    known = tuple(sorted(entries, key=lambda entry: (entry.day or date.min, entry.id, entry.figure)))
    hubs = sorted({entry.hub_id for entry in known if entry.figure in _SHOWN}, key=str)
    kinds = sorted({entry.kind for entry in known if entry.figure in _SHOWN})
    return Gauge(
        paid=_total(known, Figure.PAID),
        committed=_total(known, Figure.COMMITTED),
        forecast=_total(known, Figure.FORECAST),
        spent=sum_of([_total(known, figure) for figure in (Figure.PAID, Figure.ELSEWHERE, Figure.SPENDING)]),
        by_hub=tuple(_part(hub, [entry for entry in known if entry.hub_id == hub]) for hub in hubs),
        by_kind=tuple(_part(kind, [entry for entry in known if entry.kind == kind]) for kind in kinds),
        entries=known,
        warnings=tuple(warnings),
        without_receipt=without_receipt,
    )


_SHOWN: Final = (Figure.PAID, Figure.COMMITTED, Figure.FORECAST)


def _part(key: UUID | str | None, entries: list[GaugeEntry]) -> Part:
    paid, committed, forecast = (_total(entries, figure) for figure in _SHOWN)
    return Part(key, paid, committed, forecast)


def _total(entries: Iterable[GaugeEntry], figure: Figure) -> Decimal:
    return sum_of([entry.euros or NOTHING for entry in entries if entry.figure is figure])


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole).quantize(Decimal("0.0001"))
