"""Agreements from request to settlement, payments and what holds them back, undo, and the gauge beside a hand count."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from app.domain.agreements import Agreement, PaymentRow, TrancheState
from app.domain.budget import NewBudgetLine, NewSpending
from app.domain.funding import Caution, FundingState, Move, NewAgreement, NewPayment, NewTranche
from app.domain.funding_rules import warnings_of
from app.domain.gauge import Figure
from app.domain.ids import AgreementId, PersonId, PlacementId, TrancheId, VentureId
from app.domain.money import Currency, Money
from app.domain.people import NewPerson
from app.domain.placements import NewEmployer, NewPlacement, PlacementState
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.outcome import Outcome
from app.services import budget, employers, erasing, funding, gauge, payments, people, placements
from app.storage import schema_ventures as work
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
    assert (agreement.state, agreement.unplanned, agreement.number[:7]) == (FundingState.REQUESTED, D(0), "RBT-CF-")
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
    assert (done.state, done.paid, done.left) == (FundingState.SETTLED, D(30000), D(0))
    assert not warnings_of(done)


def test_less_planned_than_agreed_is_told_and_more_is_refused(hub: Hub) -> None:
    agreement = ask(hub, NewTranche(D(20000)))
    assert agreement.unplanned == D(10000)
    with pytest.raises(UserError, match=r"10.000,00.MAD is left"):
        write(hub, funding.add_tranche, agreement.id, NewTranche(D("10000.01")))
    write(hub, funding.amend, agreement.id, D(35000), "Le comité a ajouté 5 000")
    second = write(hub, funding.add_tranche, agreement.id, NewTranche(D(15000))).value
    with pytest.raises(UserError, match="tranches or the payments"):
        write(hub, funding.amend, agreement.id, D(34000), "moins")
    write(hub, funding.edit_tranche, second.id, NewTranche(D(14000), "Bail signé"))
    after = load(hub, agreement.id)
    assert (after.unplanned, after.amount, "30000.00 → 35000" in after.note) == (D(1000), D(35000), True)
    write(hub, funding.drop_tranche, second.id)
    assert load(hub, agreement.id).planned == D(20000)


def test_nothing_is_paid_before_its_time_or_above_without_a_reason(hub: Hub) -> None:
    rate(hub)
    agreement = ask(hub, NewTranche(D(20000)), NewTranche(D(10000), "Bail"))
    first, second = agreement.tranches
    with pytest.raises(UserError, match="not possible"):
        pay(hub, first.id, override_reason="Pressé")
    write(hub, funding.move, agreement.id, Move.GRANT)
    with pytest.raises(UserError, match=r"not signed.*reason"):
        pay(hub, first.id)
    early = pay(hub, first.id, "5000", override_reason="Loyer à payer demain").value
    assert early.override_reason == "Loyer à payer demain"
    write(hub, funding.move, agreement.id, Move.SIGN)
    with pytest.raises(UserError, match=r"tranche has left: 15.000,00.MAD"):
        pay(hub, first.id, "15000.01")
    with pytest.raises(UserError, match="agreed has left"):
        pay(hub, first.id, "25000.01")
    pay(hub, first.id, "15000", override_reason="rien ne s'oppose")
    with pytest.raises(UserError, match="nothing left"):
        pay(hub, first.id, override_reason="encore")
    assert load(hub, agreement.id).payments[1].override_reason == ""
    obstacles = hub.read(partial(payments.check_payment, NewPayment(second.id)))
    assert [obstacle.value for obstacle, _said in obstacles] == ["not_met"]
    pay(hub, second.id, "10000.50", override_reason="Frais de change")
    over = load(hub, agreement.id)
    assert over.over_paid == D("0.50")
    assert {(item.kind, item.explained) for item in warnings_of(over)} == {
        (Caution.OVER_PAID, True),
        (Caution.PAID_BEFORE_CONDITION, True),
    }


def test_what_a_payment_needs(hub: Hub) -> None:
    agreement = signed(hub, "1000")
    tranche = agreement.tranches[0].id
    with pytest.raises(UserError, match="no rate of exchange on or before 12/03/2026"):
        pay(hub, tranche)
    rate(hub, "10.80", date(2026, 3, 1))
    rate(hub, "10.90", date(2026, 3, 11))
    for wrong in (D("0"), D("-1"), D("1.001"), D("NaN")):
        with pytest.raises(UserError):
            write(hub, payments.pay, NewPayment(tranche, wrong))
    with pytest.raises(UserError, match="still to come"):
        pay(hub, tranche, paid_on=date(2026, 3, 13))
    with pytest.raises(UserError, match="not on the list"):
        pay(hub, tranche, way="pigeon")
    with pytest.raises(NotFoundError):
        pay(hub, TrancheId(agreement.id))
    old = pay(hub, tranche, "100", paid_on=date(2026, 3, 10)).value
    new = pay(hub, tranche, "100").value
    own = pay(hub, tranche, "100", rate=D("11"), rate_day=date(2026, 3, 12)).value
    assert [(item.rate, item.euros) for item in (old, new, own)] == [
        (D("10.8"), D("9.26")), (D("10.9"), D("9.17")), (D("11"), D("9.09")),
    ]  # fmt: skip
    rate(hub, "12", date(2026, 3, 11))
    assert load(hub, agreement.id).payments[1].euros == D("9.17")
    euros = pay(hub, tranche, "10", currency=Currency.EUR).value
    assert (euros.counted, euros.euros) == (D("120.00"), D("10.00"))
    rest = pay(hub, tranche, currency=Currency.EUR).value
    assert rest.counted is not None
    assert load(hub, agreement.id).tranches[0].left < D("0.12")


def test_what_is_recovered_leaves_nothing_in_euros(hub: Hub) -> None:
    rate(hub)
    agreement = signed(hub, "1000", "500")
    tranche = agreement.tranches[0].id
    paid = pay(hub, tranche).value
    with pytest.raises(UserError, match="is paid and not recovered"):
        write(hub, funding.move, agreement.id, Move.CANCEL, reason="Abandon")
    write(hub, payments.justify, tranche, "Facture")
    with pytest.raises(UserError, match="Take back the justification"):
        write(hub, payments.recover, paid.id, "Abandon")
    justification = load(hub, agreement.id).tranches[0].justifications[0]
    write(hub, payments.withdraw_justification, justification.id)
    with pytest.raises(UserError, match="No more can be recovered"):
        write(hub, payments.recover, paid.id, "Abandon", amount=D("1000.01"))
    rate(hub, "12", date(2026, 3, 12))
    back = write(hub, payments.recover, paid.id, "Abandon").value
    assert (back.amount, back.euros, back.recovered) == (D(-1000), -D("92.17"), True)
    after = load(hub, agreement.id)
    assert (after.state, after.tranches[0].state, after.paid) == (FundingState.RECOVERED, TrancheState.RECOVERED, D(0))
    assert hub.read(gauge.show).paid == 0
    ended = write(hub, funding.move, agreement.id, Move.CANCEL, reason="Abandon").value
    assert (ended.state, ended.kept, "Abandon" in ended.note) == (FundingState.RECOVERED, FundingState.CANCELLED, True)
    with pytest.raises(UserError):
        pay(hub, agreement.tranches[1].id, override_reason="quand même")


def test_undo_takes_a_payment_back_unless_something_builds_on_it(hub: Hub) -> None:
    rate(hub)
    agreement = ask(hub, NewTranche(D(1000), "Bail"), amount="1000")
    tranche = agreement.tranches[0].id
    write(hub, funding.move, agreement.id, Move.GRANT)
    signing = write(hub, funding.move, agreement.id, Move.SIGN)
    meeting = write(hub, funding.meet, tranche, "Bail vu")
    payment = pay(hub, tranche)
    for token in (signing.undo, meeting.undo):
        with pytest.raises(UserError, match="taken back"):
            hub.undo(token)
    justified = write(hub, payments.justify, tranche, "Facture")
    assert payment.undo is not None
    with pytest.raises(UserError, match="taken back"):
        hub.undo(payment.undo)
    assert load(hub, agreement.id).state is FundingState.JUSTIFIED
    changes = hub.undo(justified.undo)
    assert agreement.id in changes.funding or changes.funding
    hub.undo(payment.undo)
    hub.undo(meeting.undo)
    hub.undo(signing.undo)
    after = load(hub, agreement.id)
    assert (after.state, after.payments, after.tranches[0].is_met) == (FundingState.GRANTED, (), False)


def test_the_gauge_counts_what_reaches_beneficiaries_and_lists_it(hub: Hub, clock: SettableClock) -> None:
    rate(hub)
    fund, papers = signed(hub, "10000", "5000"), signed(hub, "600", kind="formalities")
    asked = ask(hub, amount="21700")
    pay(hub, fund.tranches[0].id)
    pay(hub, papers.tranches[0].id)
    clock.moment += DAY
    spent = NewSpending("Loyer", Money(D(500), Currency.EUR))
    write(hub, budget.add_spending, spent)
    found = hub.read(gauge.show)
    assert (found.paid, found.committed, found.forecast) == (D("921.66"), D("460.83"), D("2000.00"))
    assert found.spent == D("921.66") + D("55.30") + D(500)
    assert (found.is_reached, found.is_reached_of_spending) == (False, False)
    assert found.missing == D("1332411.68")
    assert [entry.agreement_id for entry in found.list_entries(Figure.PAID)] == [fund.id]
    assert [entry.agreement_id for entry in found.list_entries(Figure.FORECAST, hub.actor.hub_id)] == [asked.id]
    assert found.list_entries(Figure.PAID, kind="work_grant") == ()
    assert [(part.key, part.paid) for part in found.by_kind] == [("startup_fund", D("921.66"))]
    line = NewBudgetLine("A1", "Fonds", "Funds", "تمويل", D("1500"), "startup_fund")
    made = write(hub, budget.add_line, line).value
    write(hub, funding.edit, fund.id, {"budget_line_id": made.id})
    assert [(item.paid, item.free) for item in hub.read(budget.list_lines)] == [(D("921.66"), D("117.51"))]


def test_a_venture_says_who_received_the_money_and_one_of_both_asks(hub: Hub) -> None:
    money = Money(D(10), Currency.EUR)
    with pytest.raises(UserError, match="one venture or for one person"):
        write(hub, funding.add, NewAgreement("startup_fund", money))
    with pytest.raises(UserError, match="not on the list"):
        write(hub, funding.add, NewAgreement("lottery", money, person_id=person(hub)))

    def with_venture(uow: UnitOfWork) -> Agreement:
        venture = uow.insert(work.venture, hub_id=uow.actor.hub_id, name="Atlas Couture", created_at=uow.now)
        new = NewAgreement("startup_fund", money, VentureId(venture), tranches=(NewTranche(D(10)),))
        made = funding.add(new, uow).value
        funding.move(made.id, Move.GRANT, uow)
        return funding.move(made.id, Move.SIGN, uow).value

    agreement = hub.write(with_venture)
    assert agreement.holder == "Atlas Couture"
    tranche = agreement.tranches[0].id
    with pytest.raises(UserError, match="who received"):
        pay(hub, tranche)
    paid = pay(hub, tranche, received_by=person(hub, "Moussa Diallo")).value
    assert (paid.receiver, paid.euros, paid.rate) == ("Moussa Diallo", D(10), None)


def test_undo_leaves_no_plan_above_what_was_agreed_and_nothing_settled_unjustified(hub: Hub) -> None:
    rate(hub)
    agreement = ask(hub, NewTranche(D(30000)))
    more = write(hub, funding.amend, agreement.id, D(31000), "Un four de plus")
    extra = write(hub, funding.add_tranche, agreement.id, NewTranche(D(1000)))
    with pytest.raises(UserError, match="taken back"):
        hub.undo(more.undo)
    hub.undo(extra.undo)
    hub.undo(more.undo)
    assert load(hub, agreement.id).amount == D(30000)
    write(hub, funding.move, agreement.id, Move.GRANT)
    write(hub, funding.move, agreement.id, Move.SIGN)
    tranche = agreement.tranches[0].id
    pay(hub, tranche, "10000")
    evidence = write(hub, payments.justify, tranche, "Facture")
    write(hub, funding.move, agreement.id, Move.SETTLE)
    with pytest.raises(UserError, match="taken back"):
        hub.undo(evidence.undo)
    with pytest.raises(UserError, match="reason"):
        write(hub, funding.move, agreement.id, Move.REOPEN)
    reopened = write(hub, funding.move, agreement.id, Move.REOPEN, reason="Deuxième versement")
    assert reopened.value.state is FundingState.JUSTIFIED
    pay(hub, tranche)
    with pytest.raises(UserError, match="taken back"):
        hub.undo(reopened.undo)
    assert load(hub, agreement.id).paid == D(30000)


def test_money_stays_when_a_person_is_erased(hub: Hub) -> None:
    rate(hub)
    agreement = signed(hub, "1000", "500")
    pay(hub, agreement.tranches[0].id)
    assert agreement.person_id is not None
    post = NewPlacement(agreement.person_id, RATE_DAY, kind="fixed_term", title="Couturière")

    def place(uow: UnitOfWork) -> PlacementId:
        employer = employers.add_employer(NewEmployer("Atlas"), uow).value.id
        return placements.place(replace(post, employer_id=employer), uow).value.id

    placed = hub.write(place)
    write(hub, erasing.erase, agreement.person_id, "demandé")
    shown = hub.read(gauge.show)
    assert (shown.paid, shown.committed) == (D("92.17"), D("46.08"))
    assert load(hub, agreement.id).paid == D(1000)
    with pytest.raises(UserError, match="erased"):
        write(hub, funding.edit, agreement.id, {"note": "Effacée"})
    with pytest.raises(UserError, match="erased"):
        write(hub, placements.end, placed, PlacementState.OTHER)
    assert load(hub, agreement.id).kept is FundingState.SIGNED
