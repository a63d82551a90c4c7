"""Tranches, payments and what was accounted for, as rows of a list."""

from typing import Final

from app.domain.agreements import JustificationRow, PaymentRow, TrancheRow, TrancheState
from app.domain.money import Currency
from app.i18n import _
from ui.people.wording import join_facts
from ui.ventures.amounts import word_amount, word_date, word_rate
from ui.ventures.rows import Action, Row
from ui.ventures.wording import word_code

_SIGNS: Final = {
    TrancheState.WAITING: ("hourglass", "quiet_ink"),
    TrancheState.READY: ("arrow-right", "primary"),
    TrancheState.PART_PAID: ("arrow-right", "primary"),
    TrancheState.PAID: ("letter", "attention"),
    TrancheState.OVER_PAID: ("warning", "danger"),
    TrancheState.JUSTIFIED: ("check", "good"),
    TrancheState.RECOVERED: ("undo", "quiet_ink"),
}


def tranche_row(tranche: TrancheRow, currency: Currency, actions: tuple[Action, ...]) -> Row:
    """Where a tranche stands, its condition, how much of it is paid."""

    def words() -> str:
        state = word_code("tranche_states", tranche.state)
        return _("{number}. {state}").format(number=tranche.position, state=state)

    def facts() -> str:
        condition = tranche.condition
        if condition and tranche.met_on:
            condition = _("{condition}: met on {day}, {note}").format(
                condition=condition, day=word_date(tranche.met_on), note=tranche.met_note
            )
        elif condition:
            condition = _("on condition: {condition}").format(condition=condition)
        due = _("planned for {day}").format(day=word_date(tranche.due)) if tranche.due else ""
        return join_facts(condition, due)

    def figure() -> str:
        whole = word_amount(tranche.amount, currency)
        if not tranche.paid or tranche.paid == tranche.amount:
            return whole
        return _("{paid} of {agreed}").format(paid=word_amount(tranche.paid, currency), agreed=whole)

    icon, tone = _SIGNS.get(tranche.state, ("clock", "quiet_ink"))
    return Row(tranche.id, words, facts, figure, icon, tone, actions)


def payment_row(tranche: TrancheRow, payment: PaymentRow, actions: tuple[Action, ...]) -> Row:
    """Who received how much, when, at which rate; and why, where a reason was needed."""

    def words() -> str:
        return join_facts(
            _("tranche {number}").format(number=tranche.position),
            _("recovered") if payment.recovered else _("paid"),
            word_code("payment_ways", payment.way),
            payment.receiver,
        )

    def facts() -> str:
        euros = rate = ""
        if payment.currency is not Currency.EUR and payment.euros is not None and payment.rate is not None:
            euros, rate = word_amount(payment.euros, Currency.EUR), word_rate(payment.rate)
        reason = _("reason: {reason}").format(reason=payment.override_reason) if payment.override_reason else ""
        return join_facts(word_date(payment.paid_on), payment.receipt, euros, rate, reason)

    icon, tone = ("undo", "attention") if payment.recovered else ("check", "good")
    return Row(payment.id, words, facts, lambda: word_amount(payment.amount, payment.currency), icon, tone, actions)


def justification_row(tranche: TrancheRow, item: JustificationRow, currency: Currency) -> Row:
    """What shows how money was spent."""

    def words() -> str:
        number = _("tranche {number}").format(number=tranche.position)
        return join_facts(number, _("accounted for"), item.note)

    def facts() -> str:
        return join_facts(word_date(item.day), item.accepter)

    return Row(item.id, words, facts, lambda: word_amount(item.amount, currency), "papers")
