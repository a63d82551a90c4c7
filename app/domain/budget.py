"""Budget lines, and what is spent on anything but agreements."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.domain.ids import BudgetLineId, HubId
from app.domain.money import Currency, Money, to_euro


@dataclass(frozen=True, slots=True)
class NewBudgetLine:
    """A line of the budget, in euros: for a kind of funding where given, for one hub where given."""

    code: str
    label_fr: str
    label_en: str
    label_ar: str
    amount_eur: Decimal
    kind: str = ""
    hub_id: HubId | None = None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget on record; `code` is kept for ever."""

    id: BudgetLineId
    hub_id: HubId | None
    code: str
    label_fr: str
    label_en: str
    label_ar: str
    kind: str
    amount_eur: Decimal
    hidden: bool = False

    def label(self, language: str) -> str:
        """The name in a language of `app.i18n`."""
        return {"fr": self.label_fr, "ar": self.label_ar}.get(language, self.label_en)


@dataclass(frozen=True, slots=True)
class LineUse:
    """How far a budget line is used, in euros: what is paid, and what is signed and not paid."""

    line: BudgetLine
    paid: Decimal
    committed: Decimal

    @property
    def free(self) -> Decimal:
        """What is left; negative where more was used than there is."""
        return self.line.amount_eur - self.paid - self.committed


@dataclass(frozen=True, slots=True)
class NewSpending:
    """Money spent by the project on anything but an agreement. `rate` None takes the newest on or before the day."""

    label: str
    money: Money
    day: date | None = None
    hub_id: HubId | None = None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """Other spending on record."""

    id: UUID
    hub_id: HubId | None
    day: date | None
    amount: Decimal
    currency: Currency
    rate: Decimal | None
    rate_day: date | None
    label: str

    @property
    def euros(self) -> Decimal | None:
        """In euros at the rate that was kept with it."""
        return to_euro(self.amount, self.currency, self.rate)
