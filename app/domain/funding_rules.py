"""What may be done with an agreement as it stands, and what its figures say that should not be."""

from decimal import Decimal
from enum import StrEnum

from app.domain.agreements import Agreement, PaymentRow, TrancheRow
from app.domain.funding import (
    MOVES,
    NOT_SIGNED_YET,
    Caution,
    FundingState,
    FundingWarning,
    Move,
)
from app.domain.money import NOTHING, sum_of


class Obstacle(StrEnum):
    """Why a payment or a move can't be made. Those of OVERRIDABLE yield to a reason on record."""

    WRONG_STATE = "wrong_state"
    NOTHING_TO_PAY = "nothing_to_pay"
    NOT_SIGNED = "not_signed"
    NOT_MET = "not_met"
    ABOVE_TRANCHE = "above_tranche"
    ABOVE_AGREED = "above_agreed"
    NOTHING_PAID = "nothing_paid"
    NOT_JUSTIFIED = "not_justified"
    STILL_PAID = "still_paid"
    OVER_PAID = "over_paid"


OVERRIDABLE = frozenset({Obstacle.NOT_SIGNED, Obstacle.NOT_MET, Obstacle.ABOVE_TRANCHE, Obstacle.ABOVE_AGREED})
_NO_RULE = frozenset({Caution.NO_RATE, Caution.UNREADABLE})
_PAYABLE = frozenset({FundingState.GRANTED, FundingState.SIGNED})


def obstacles_to_payment(agreement: Agreement, tranche: TrancheRow, counted: Decimal) -> tuple[Obstacle, ...]:
    """What stands before a payment of `counted`, in the agreement's currency; the worst first."""
    if agreement.kept not in _PAYABLE or agreement.removed or tranche.removed:
        return (Obstacle.WRONG_STATE,)
    found = []
    if counted <= 0:
        found.append(Obstacle.NOTHING_TO_PAY)
    if not agreement.is_signed:
        found.append(Obstacle.NOT_SIGNED)
    if not tranche.is_met:
        found.append(Obstacle.NOT_MET)
    if agreement.paid + counted > agreement.amount:
        found.append(Obstacle.ABOVE_AGREED)
    elif tranche.paid + counted > tranche.amount:
        found.append(Obstacle.ABOVE_TRANCHE)
    return tuple(found)


def obstacle_to_move(agreement: Agreement, move: Move) -> Obstacle | None:
    """What stands before a move, None where it may be made."""
    before, _after = MOVES[move]
    if agreement.kept not in before or agreement.removed:
        return Obstacle.WRONG_STATE
    if move is Move.CANCEL and agreement.paid > 0:
        return Obstacle.STILL_PAID
    if move is Move.SETTLE:
        if agreement.paid <= 0:
            return Obstacle.NOTHING_PAID
        if agreement.over_paid > 0:
            return Obstacle.OVER_PAID
        if not agreement.is_accounted_for:
            return Obstacle.NOT_JUSTIFIED
    return None


def open_moves(agreement: Agreement) -> tuple[Move, ...]:
    """The moves that may be made now."""
    return tuple(move for move in Move if obstacle_to_move(agreement, move) is None)


def warnings_of(agreement: Agreement) -> tuple[FundingWarning, ...]:
    """All that the figures say that should not be, the agreement's own first."""
    found = []
    over = agreement.paid - agreement.amount
    free = _without_reason(agreement.payments)
    if agreement.removed:
        found.append(_warn(agreement, Caution.REMOVED, agreement.paid))
    if over > sum_of([tranche.over_paid for tranche in agreement.tranches]):
        found.append(_warn(agreement, Caution.OVER_AGREED, over, explained=free <= agreement.amount))
    if agreement.unplanned < 0:
        found.append(_warn(agreement, Caution.OVER_PLANNED, -agreement.unplanned))
    if agreement.kept in NOT_SIGNED_YET and agreement.paid > 0:
        found.append(_warn(agreement, Caution.PAID_BEFORE_SIGNATURE, agreement.paid, explained=free <= 0))
    if agreement.kept is FundingState.CANCELLED and agreement.paid > 0:
        found.append(_warn(agreement, Caution.PAID_THOUGH_CANCELLED, agreement.paid))
    if agreement.kept is FundingState.SETTLED and not agreement.is_accounted_for:
        found.append(_warn(agreement, Caution.SETTLED_UNJUSTIFIED, agreement.paid - agreement.justified))
    if (
        agreement.kept in NOT_SIGNED_YET | {FundingState.SIGNED}
        and agreement.left > 0
        and agreement.left_in_euros is None
    ):
        found.append(_warn(agreement, Caution.NO_RATE, agreement.left))
    if not agreement.readable:
        found.append(_warn(agreement, Caution.UNREADABLE))
    for tranche in agreement.tranches:
        found += _warnings_of_tranche(agreement, tranche)
    return tuple(found)


def is_out_of_order(agreement: Agreement) -> bool:
    """Whether something stands against the rules without a reason on record."""
    return any(not warning.explained and warning.kind not in _NO_RULE for warning in warnings_of(agreement))


def _warnings_of_tranche(agreement: Agreement, tranche: TrancheRow) -> list[FundingWarning]:
    found = []
    free = _without_reason(tranche.payments)
    if tranche.over_paid > 0:
        planned = NOTHING if tranche.removed else tranche.amount
        found.append(
            _warn(agreement, Caution.OVER_PAID, tranche.over_paid, tranche, explained=planned > 0 and free <= planned)
        )
    if tranche.paid > 0 and not tranche.is_met:
        found.append(_warn(agreement, Caution.PAID_BEFORE_CONDITION, tranche.paid, tranche, explained=free <= 0))
    if tranche.paid < 0:
        found.append(_warn(agreement, Caution.RECOVERED_TOO_MUCH, -tranche.paid, tranche))
    if tranche.justified > max(tranche.paid, NOTHING):
        more = tranche.justified - max(tranche.paid, NOTHING)
        found.append(_warn(agreement, Caution.JUSTIFIED_TOO_MUCH, more, tranche))
    for payment in tranche.payments:
        if not payment.readable:
            found.append(_warn(agreement, Caution.UNREADABLE, NOTHING, tranche))
        elif payment.counted is None or payment.euros is None:
            found.append(_warn(agreement, Caution.NO_RATE, payment.amount, tranche))
    return found


def _without_reason(payments: tuple[PaymentRow, ...]) -> Decimal:
    """What would be out without the payments that have a reason on record; what was recovered is taken off."""
    return sum_of([item.counted or NOTHING for item in payments if item.recovered or not item.override_reason])


def _warn(
    agreement: Agreement,
    kind: Caution,
    amount: Decimal = NOTHING,
    tranche: TrancheRow | None = None,
    *,
    explained: bool = False,
) -> FundingWarning:
    return FundingWarning(kind, agreement.id, tranche.id if tranche else None, amount, explained)
