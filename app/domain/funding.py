"""Funding: its states and the moves between them, what an advisor or a manager asks for, what is out of order.

Only the steps that somebody decides are kept (`Agreement.kept`): requested, shortlisted, in committee, granted,
signed, settled, cancelled. Whether money was paid, accounted for or recovered follows from the payments, so that no
state can contradict them, whatever two offices wrote at the same time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.ids import AgreementId, ApplicationId, BudgetLineId, PersonId, TrancheId, VentureId
from app.domain.money import NOTHING, Currency, Money


class FundingState(StrEnum):
    """Where an agreement stands. Code list `funding_states`."""

    REQUESTED = "requested"
    PRESELECTED = "preselected"
    IN_COMMITTEE = "in_committee"
    GRANTED = "granted"
    SIGNED = "agreement_signed"
    PAID = "paid"
    """Money is out that nobody has accounted for yet; how much of what was agreed, the figures say."""
    JUSTIFIED = "justified"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    RECOVERED = "recovered"


class Move(StrEnum):
    """A step that somebody decides."""

    PRESELECT = "preselect"
    SEND_TO_COMMITTEE = "send_to_committee"
    GRANT = "grant"
    SIGN = "sign"
    SETTLE = "settle"
    REOPEN = "reopen"
    CANCEL = "cancel"


_S = FundingState
_ASKED: Final = frozenset({_S.REQUESTED, _S.PRESELECTED, _S.IN_COMMITTEE})
MOVES: Final[Mapping[Move, tuple[frozenset[FundingState], FundingState]]] = MappingProxyType(
    {
        Move.PRESELECT: (frozenset({_S.REQUESTED}), _S.PRESELECTED),
        Move.SEND_TO_COMMITTEE: (frozenset({_S.REQUESTED, _S.PRESELECTED}), _S.IN_COMMITTEE),
        Move.GRANT: (_ASKED, _S.GRANTED),
        Move.SIGN: (frozenset({_S.GRANTED}), _S.SIGNED),
        Move.SETTLE: (frozenset({_S.SIGNED}), _S.SETTLED),
        Move.REOPEN: (frozenset({_S.SETTLED}), _S.SIGNED),
        Move.CANCEL: (_ASKED | {_S.GRANTED, _S.SIGNED}, _S.CANCELLED),
    }
)
"""From which kept states each move starts, and to which it leads. Small grants may skip the committee."""
NOT_SIGNED_YET: Final = _ASKED | {_S.GRANTED}


class Caution(StrEnum):
    """What an agreement's figures say that should not be. Two offices that did not know of each other can bring it."""

    OVER_PAID = "over_paid"
    OVER_AGREED = "over_agreed"
    OVER_PLANNED = "over_planned"
    PAID_BEFORE_CONDITION = "paid_before_condition"
    PAID_BEFORE_SIGNATURE = "paid_before_signature"
    PAID_THOUGH_CANCELLED = "paid_though_cancelled"
    RECOVERED_TOO_MUCH = "recovered_too_much"
    JUSTIFIED_TOO_MUCH = "justified_too_much"
    SETTLED_UNJUSTIFIED = "settled_unjustified"
    REMOVED = "removed"
    """Taken back at one office while another had paid on it: the payments stand."""
    NO_RATE = "no_rate"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FundingWarning:
    """One caution: of a tranche or the whole agreement, how much it is about in the agreement's currency.

    `explained` where a reason is on record with the payments that bring it about.
    """

    kind: Caution
    agreement_id: AgreementId
    tranche_id: TrancheId | None = None
    amount: Decimal = NOTHING
    explained: bool = False


@dataclass(frozen=True, slots=True)
class NewTranche:
    """A part of what was agreed, in the agreement's currency, and what has to be met before it is paid."""

    amount: Decimal
    condition: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """A request for money, of a venture or of a person, never of both."""

    kind: str
    amount: Money
    venture_id: VentureId | None = None
    person_id: PersonId | None = None
    application_id: ApplicationId | None = None
    budget_line_id: BudgetLineId | None = None
    requested_on: date | None = None
    note: str = ""
    tranches: tuple[NewTranche, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPayment:
    """Money handed over. `amount` None is all that the tranche still lacks; `paid_on` None is today.

    `received_by` None is the person of the agreement. `rate` None takes the newest on record on or before the day.
    """

    tranche_id: TrancheId
    amount: Decimal | None = None
    currency: Currency | None = None
    paid_on: date | None = None
    way: str = "transfer"
    received_by: PersonId | None = None
    receipt: str = ""
    rate: Decimal | None = None
    rate_day: date | None = None
    override_reason: str = ""
