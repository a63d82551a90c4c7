"""The use cases of payments: pay a tranche, recover, account for what was paid. A payment is never deleted."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from app.domain.accounts import Permission
from app.domain.agreements import Agreement, JustificationRow, PaymentRow, TrancheRow
from app.domain.funding import NewPayment
from app.domain.funding_rules import OVERRIDABLE, Obstacle, obstacles_to_payment
from app.domain.ids import PaymentId, PersonId, TrancheId
from app.domain.money import CENTIME, Currency, convert, read_rate, stored, stored_rate, to_centime
from app.domain.people import clean_name
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import funding_checks as checks
from app.services import people
from app.services.access import require, update_row
from app.services.budget import rate_cells
from app.storage import schema_ventures as work
from app.storage.unit_of_work import UnitOfWork


def check_payment(new: NewPayment, uow: UnitOfWork) -> tuple[tuple[Obstacle, str], ...]:
    """What stands before a payment, each with its sentence; all of OVERRIDABLE yield to a reason on record."""
    require(uow, Permission.READ_FUNDING)
    agreement = checks.load_with("tranche", new.tranche_id, uow)
    tranche = checks.tranche_of(agreement, new.tranche_id)
    counted = _counted(new, agreement, tranche, uow)[2]
    found = obstacles_to_payment(agreement, tranche, counted)
    return tuple((obstacle, checks.obstacle_text(obstacle, agreement, tranche)) for obstacle in found)


def pay(new: NewPayment, uow: UnitOfWork) -> Outcome[PaymentRow]:
    """Pay a tranche, in whole or in part, and return the payment with its receipt number.

    Raises UserError before the signature or the condition, above the tranche or what was agreed, unless a reason is
    given, which is kept; without a rate for the day; without somebody who received it.
    """
    require(uow, Permission.PAY)
    agreement = checks.load_with("tranche", new.tranche_id, uow)
    tranche = checks.tranche_of(agreement, new.tranche_id)
    day = checks.check_day(new.paid_on, uow)
    amount, currency, counted, rate = _counted(new, agreement, tranche, uow)
    found = obstacles_to_payment(agreement, tranche, counted)
    reason = checks.clean_text(new.override_reason)
    if not reason or not OVERRIDABLE.issuperset(found):
        ask = _("Give a reason to pay all the same; it is kept.") if OVERRIDABLE.issuperset(found) else ""
        checks.refuse(found, agreement, tranche, ask)
    made = PaymentId(
        uow.insert(
            work.payment,
            tranche_id=tranche.id,
            received_by=_receiver(new, agreement, uow),
            made_by=uow.actor.account_id,
            way=checks.check_code("payment_ways", new.way),
            paid_on=day.isoformat(),
            amount=stored(checks.check_amount(amount)),
            currency=str(currency),
            receipt=clean_name(new.receipt) or checks.new_number(checks.PAYMENT, uow),
            # a reason where nothing stood in the way would excuse what another office pays
            override_reason=reason if found else "",
            **rate,
        )
    )
    return _outcome(made, agreement, uow)


def recover(
    payment_id: PaymentId, reason: str, uow: UnitOfWork, *, amount: Decimal | None = None, on: date | None = None
) -> Outcome[PaymentRow]:
    """Take money of a payment back, all of it unless `amount` (in its currency) says less: a payment with a minus.

    It uses the rate of the payment, so that what is recovered in full leaves nothing in euros. Raises UserError
    without a reason, for more than is out, or where more would be accounted for than stays paid.
    """
    require(uow, Permission.PAY)
    agreement = checks.load_with("payment", payment_id, uow)
    payment = _payment_of(agreement, payment_id)
    tranche = next(item for item in agreement.tranches if item.id == payment.tranche_id)
    said = checks.clean_text(reason)
    if not said:
        raise UserError(_("Say why the money is recovered: the reason is kept. Nothing was changed."))
    taken = payment.amount if amount is None else checks.check_amount(amount)
    counted = convert(taken, payment.currency, agreement.currency, payment.rate)
    if payment.recovered or counted is None or taken > payment.amount or counted > tranche.paid:
        raise UserError(
            _("No more can be recovered than is out: {paid} of this tranche. Nothing was changed.").format(
                paid=checks.money_text(tranche.paid, agreement.currency)
            )
        )
    if tranche.justified > tranche.paid - counted and tranche.justified <= tranche.paid:
        raise UserError(
            _("More would be accounted for than stays paid. Nothing was changed. Take back the justification first.")
        )
    day = checks.check_day(on, uow)
    if payment.paid_on is not None and day < payment.paid_on:
        raise UserError(_("That day is before the payment. Nothing was changed. Check the date."))
    made = PaymentId(
        uow.insert(
            work.payment,
            tranche_id=tranche.id,
            received_by=payment.received_by,
            made_by=uow.actor.account_id,
            way=payment.way,
            paid_on=day.isoformat(),
            amount=stored(-taken),
            currency=str(payment.currency),
            rate=stored_rate(payment.rate),
            rate_day=payment.rate_day.isoformat() if payment.rate_day else "",
            receipt=checks.new_number(checks.PAYMENT, uow),
            override_reason=said,
            recovered=True,
        )
    )
    return _outcome(made, agreement, uow)


def justify(
    tranche_id: TrancheId, note: str, uow: UnitOfWork, *, amount: Decimal | None = None, on: date | None = None
) -> Outcome[JustificationRow]:
    """Accept what shows how a tranche was spent: all that is open unless `amount` (in the agreement's currency).

    `note` names the evidence; files are attached by the justification's id. Raises UserError for more than is paid.
    """
    require(uow, Permission.PAY)
    agreement = checks.load_with("tranche", tranche_id, uow)
    tranche = next((item for item in agreement.tranches if item.id == tranche_id), None)
    if tranche is None:
        raise NotFoundError(_("There is no such tranche on record here. Nothing was changed. Look in the agreement."))
    said = checks.clean_text(note)
    if not said:
        raise UserError(_("Say what shows how the money was spent: invoice, receipt, visit. Nothing was changed."))
    unaccounted = tranche.paid - tranche.justified
    taken = unaccounted if amount is None else checks.check_amount(amount)
    if taken <= 0 or taken > unaccounted:
        raise UserError(
            _("{left} of what was paid is not accounted for; no more can be. Nothing was changed.").format(
                left=checks.money_text(max(unaccounted, Decimal("0.00")), agreement.currency)
            )
        )
    made = uow.insert(
        work.justification,
        tranche_id=tranche_id,
        day=checks.check_day(on, uow).isoformat(),
        amount=stored(to_centime(taken)),
        note=said,
        accepted_by=uow.actor.account_id,
    )
    after = checks.load(agreement.id, uow)
    row = next(item for tranche in after.tranches for item in tranche.justifications if item.id == made)
    return Outcome(row, checks.changed(after, made), uow.undo_token)


def withdraw_justification(justification_id: UUID, uow: UnitOfWork) -> Outcome[Agreement]:
    """Accept a justification no longer; its history stays. Raises UserError once the agreement is settled."""
    require(uow, Permission.PAY)
    agreement = checks.load_with("justification", justification_id, uow)
    checks.refuse([Obstacle.WRONG_STATE] if agreement.state.value == "settled" else [], agreement)
    update_row(uow, work.justification, justification_id, deleted=True)
    after = checks.load(agreement.id, uow)
    return Outcome(after, checks.changed(after, justification_id), uow.undo_token)


def set_receipt(payment_id: PaymentId, receipt: str, uow: UnitOfWork) -> Outcome[PaymentRow]:
    """Put the number of another receipt, such as a bank's, on a payment. Amounts and days stay as they are."""
    require(uow, Permission.PAY)
    agreement = checks.load_with("payment", payment_id, uow)
    _payment_of(agreement, payment_id)
    text = clean_name(receipt)
    if not text:
        raise UserError(_("A payment keeps a receipt number. Nothing was changed."))
    update_row(uow, work.payment, payment_id, receipt=text)
    return _outcome(payment_id, agreement, uow)


def _counted(
    new: NewPayment, agreement: Agreement, tranche: TrancheRow, uow: UnitOfWork
) -> tuple[Decimal, Currency, Decimal, dict[str, str]]:
    """Amount and currency of a payment, what it comes to in the agreement's currency, and the rate to keep."""
    currency = new.currency or agreement.currency
    day = checks.check_day(new.paid_on, uow)
    foreign = currency is not agreement.currency
    kept = rate_cells(currency, day, new.rate, new.rate_day, uow, needed=foreign)
    rate = read_rate(kept.get("rate", ""))
    if new.amount is None:
        amount = convert(min(tranche.left, agreement.left), agreement.currency, currency, rate)
    else:
        amount = checks.check_amount(new.amount)
    counted = None if amount is None else convert(amount, currency, agreement.currency, rate)
    if amount is None or counted is None:
        raise UserError(_("A rate is dirhams for one euro, such as 10.85. Nothing was changed."))
    if new.amount is None and counted > tranche.left:
        # there and back again, rounding may make a centime too much
        amount -= CENTIME
        counted = convert(amount, currency, agreement.currency, rate) or counted
    return amount, currency, counted, kept


def _receiver(new: NewPayment, agreement: Agreement, uow: UnitOfWork) -> PersonId:
    """Who received the money. Raises UserError where nobody is named, NotFoundError."""
    if new.received_by is not None:
        return people.resolve(str(new.received_by), uow)
    if agreement.person_id is None:
        raise UserError(_("Say who received the money. Nothing was changed."))
    return agreement.person_id


def _payment_of(agreement: Agreement, payment_id: PaymentId) -> PaymentRow:
    for payment in agreement.payments:
        if payment.id == payment_id:
            return payment
    raise NotFoundError(_("This is not on record here any more. Nothing was changed. Look in the list."))


def _outcome(payment_id: PaymentId, agreement: Agreement, uow: UnitOfWork) -> Outcome[PaymentRow]:
    after = checks.load(agreement.id, uow)
    return Outcome(_payment_of(after, payment_id), checks.changed(after, payment_id), uow.undo_token)
