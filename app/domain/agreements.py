"""An agreement with its tranches, payments and justifications, and all that follows from their figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.domain.funding import FundingState
from app.domain.ids import (
    AccountId,
    AgreementId,
    ApplicationId,
    BudgetLineId,
    HubId,
    PaymentId,
    PersonId,
    TrancheId,
    VentureId,
)
from app.domain.money import NOTHING, Currency, sum_of, to_euro


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment, negative where it was recovered. `counted` is in the agreement's currency, None without a rate."""

    id: PaymentId
    tranche_id: TrancheId
    paid_on: date | None
    amount: Decimal
    currency: Currency
    rate: Decimal | None
    rate_day: date | None
    counted: Decimal | None
    way: str
    receipt: str
    received_by: PersonId | None
    receiver: str
    made_by: AccountId | None
    maker: str
    override_reason: str
    recovered: bool
    attachments: int = 0
    readable: bool = True

    @property
    def euros(self) -> Decimal | None:
        """In euros at the rate that was kept with it; None without one."""
        return to_euro(self.amount, self.currency, self.rate)


@dataclass(frozen=True, slots=True)
class JustificationRow:
    """What was accounted for of a tranche, by which evidence. The amount is in the agreement's currency."""

    id: UUID
    tranche_id: TrancheId
    day: date | None
    amount: Decimal
    note: str
    accepted_by: AccountId | None
    accepter: str
    attachments: int = 0


class TrancheState(StrEnum):
    """Where a tranche stands, by its condition, its payments and what was accounted for."""

    WAITING = "waiting"
    READY = "ready"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVER_PAID = "over_paid"
    JUSTIFIED = "justified"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class TrancheRow:
    """A tranche with its payments and justifications, in the agreement's currency."""

    id: TrancheId
    agreement_id: AgreementId
    position: int
    amount: Decimal
    condition: str
    due: date | None
    met_on: date | None
    met_note: str
    payments: tuple[PaymentRow, ...] = ()
    justifications: tuple[JustificationRow, ...] = ()
    attachments: int = 0
    removed: bool = False

    @property
    def paid(self) -> Decimal:
        """What is out: payments less what was recovered."""
        return sum_of([item.counted or NOTHING for item in self.payments])

    @property
    def justified(self) -> Decimal:
        """What was accounted for."""
        return sum_of([item.amount for item in self.justifications])

    @property
    def over_paid(self) -> Decimal:
        """What was paid above the tranche's amount."""
        return max(NOTHING, self.paid - (NOTHING if self.removed else self.amount))

    @property
    def left(self) -> Decimal:
        """What is still to be paid of it."""
        return NOTHING if self.removed else max(NOTHING, self.amount - self.paid)

    @property
    def is_met(self) -> bool:
        """Whether nothing stands before its payment: no condition, or one that was met."""
        return not self.condition or self.met_on is not None

    @property
    def state(self) -> TrancheState:
        """Where it stands."""
        if self.over_paid > 0:
            return TrancheState.OVER_PAID
        if self.paid > 0:
            if self.justified >= self.paid and self.left == 0:
                return TrancheState.JUSTIFIED
            return TrancheState.PART_PAID if self.left > 0 else TrancheState.PAID
        if self.payments:
            return TrancheState.RECOVERED
        return TrancheState.READY if self.is_met else TrancheState.WAITING


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with all that was written under it. `holder` is the name of its venture or person."""

    id: AgreementId
    number: str
    hub_id: HubId
    venture_id: VentureId | None
    person_id: PersonId | None
    holder: str
    application_id: ApplicationId | None
    budget_line_id: BudgetLineId | None
    kind: str
    amount: Decimal
    currency: Currency
    rate: Decimal | None
    rate_day: date | None
    kept: FundingState
    requested_on: date | None
    granted_on: date | None
    signed_on: date | None
    note: str
    tranches: tuple[TrancheRow, ...] = ()
    removed: bool = False
    readable: bool = True

    @property
    def payments(self) -> tuple[PaymentRow, ...]:
        """All payments, tranche by tranche."""
        return tuple(payment for tranche in self.tranches for payment in tranche.payments)

    @property
    def planned(self) -> Decimal:
        """The sum of the tranches."""
        return sum_of([tranche.amount for tranche in self.tranches if not tranche.removed])

    @property
    def unplanned(self) -> Decimal:
        """What was agreed and stands in no tranche; negative where the tranches come to more."""
        return self.amount - self.planned

    @property
    def paid(self) -> Decimal:
        """What is out: payments less what was recovered."""
        return sum_of([tranche.paid for tranche in self.tranches])

    @property
    def justified(self) -> Decimal:
        """What was accounted for."""
        return sum_of([tranche.justified for tranche in self.tranches])

    @property
    def left(self) -> Decimal:
        """What was agreed and is not paid."""
        return max(NOTHING, self.amount - self.paid)

    @property
    def left_in_euros(self) -> Decimal | None:
        """What is not paid, at the rate that was kept with the agreement; None without one."""
        return to_euro(self.left, self.currency, self.rate)

    @property
    def over_paid(self) -> Decimal:
        """What was paid above what was agreed, for a tranche or altogether."""
        return max(sum_of([tranche.over_paid for tranche in self.tranches]), self.paid - self.amount, NOTHING)

    @property
    def is_accounted_for(self) -> bool:
        """Whether money is out and all of it was accounted for."""
        return self.paid > 0 and all(tranche.justified >= tranche.paid for tranche in self.tranches)

    @property
    def state(self) -> FundingState:
        """What is shown: the state kept, unless the payments say that it is further on."""
        if self.kept is FundingState.SETTLED and self.is_accounted_for:
            return FundingState.SETTLED
        if self.paid > 0:
            return FundingState.JUSTIFIED if self.is_accounted_for else FundingState.PAID
        if self.payments:
            return FundingState.RECOVERED
        return FundingState.SIGNED if self.kept is FundingState.SETTLED else self.kept

    @property
    def is_signed(self) -> bool:
        """Whether the agreement was signed."""
        return self.kept in {FundingState.SIGNED, FundingState.SETTLED}
