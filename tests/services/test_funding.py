"""Agreements from request to settlement, payments and what holds them back, undo, and the gauge beside a hand count."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from app.domain.agreements import Agreement, PaymentRow, TrancheState
from app.domain.funding import Caution, FundingState, Move, NewAgreement, NewPayment, NewTranche
from app.domain.funding_rules import warnings_of
from app.domain.gauge import Figure
from app.domain.ids import AgreementId, PersonId, TrancheId
from app.domain.money import Currency, Money
from app.domain.people import NewPerson
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.outcome import Outcome
from app.services import budget, funding, gauge, payments, people
from app.storage.unit_of_work import UnitOfWork
from tests.factories import DAY, SettableClock

D = Decimal
RATE_DAY = date(2026, 3, 10)


def write(hub: Hub, action: Callable[..., Any], *args: object, **named: object) -> Any:  # noqa: ANN401
    """Carry out a use case whose last argument by place is the unit of work."""
    return hub.write(lambda uow: action(*args, uow, **named))


def person(hub: Hub, name: str = "Awa Ndiaye") -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def rate(hub: Hub, value: str = "10.85", day: date = RATE_DAY) -> None:
    write(hub, budget.set_rate, day, D(value), "Bank Al-Maghrib")


def ask(hub: Hub, *tranches: NewTranche, amount: str = "30000", kind: str = "startup_fund") -> Agreement:
    new = NewAgreement(kind, Money(D(amount), Currency.MAD), person_id=person(hub), tranches=tranches)
    made: Agreement = write(hub, funding.add, new).value
    return made


def signed(hub: Hub, *amounts: str, kind: str = "startup_fund") -> Agreement:
    total = str(sum(D(amount) for amount in amounts))
    agreement = ask(hub, *(NewTranche(D(amount)) for amount in amounts), amount=total, kind=kind)
    write(hub, funding.move, agreement.id, Move.GRANT)
    made: Agreement = write(hub, funding.move, agreement.id, Move.SIGN).value
    return made


def load(hub: Hub, agreement: AgreementId) -> Agreement:
    return hub.read(partial(funding.show, agreement))


def pay(hub: Hub, tranche: TrancheId, amount: str | None = None, **named: Any) -> Outcome[PaymentRow]:  # noqa: ANN401
    new = NewPayment(tranche, None if amount is None else D(amount), **named)
    made: Outcome[PaymentRow] = write(hub, payments.pay, new)
    return made


def test_an_agreement_goes_its_way(hub: Hub) -> None:
    rate(hub)
    agreement = ask(hub, NewTranche(D(20000)), NewTranche(D(10000), "Facture du four"))
    first, second = agreement.tranches
    assert (agreement.state, agreement.unplanned, agreement.number[:7]) == (FundingState.REQUESTED, 0, "RBT-CF-")
    for move, state in (
        (Move.PRESELECT, FundingState.PRESELECTED),
        (Move.SEND_TO_COMMITTEE, FundingState.IN_COMMITTEE),
        (Move.GRANT, FundingState.GRANTED),
        (Move.SIGN, FundingState.SIGNED),
    ):
        assert write(hub, funding.move, agreement.id, move).value.state is state
    paid = pay(hub, first.id).value
    assert (paid.amount, paid.euros, paid.rate_day, paid.receipt[:7]) == (D(20000), D("1843.32"), RATE_DAY, "RBT-RP-")
    assert load(hub, agreement.id).state is FundingState.PAID
    write(hub, payments.justify, first.id, "Facture 17")
    assert load(hub, agreement.id).state is FundingState.JUSTIFIED
    with pytest.raises(UserError, match="condition"):
        pay(hub, second.id)
    write(hub, funding.meet, second.id, "Facture vue")
    pay(hub, second.id, "4000")
    assert load(hub, agreement.id).tranches[1].state is TrancheState.PART_PAID
    pay(hub, second.id)
    with pytest.raises(UserError, match="accounted"):
        write(hub, funding.move, agreement.id, Move.SETTLE)
    write(hub, payments.justify, second.id, "Facture 18")
    done = write(hub, funding.move, agreement.id, Move.SETTLE).value
    assert (done.state, done.paid, done.left, warnings_of(done)) == (FundingState.SETTLED, D(30000), 0, ())
