"""Money between hubs: two offices pay the same tranche, one cancels what another pays; nothing is lost, all is said."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import sqlalchemy as sa

from app.clock import day_of
from app.domain.agreements import Agreement
from app.domain.consent import ConsentWay
from app.domain.funding import Caution, FundingState, Move, NewAgreement, NewPayment, NewTranche
from app.domain.ids import AgreementId, PersonId, TrancheId
from app.domain.money import Currency, Money
from app.domain.people import NewPerson
from app.domain.referrals import NewReferral, ReferralState
from app.services import budget, consents, funding, gauge, payments, people, referrals
from app.services.consents import GiveConsent
from app.storage import schema_ventures as work
from app.storage.unit_of_work import UnitOfWork
from tests.factories import DAY
from tests.services.exchange.network import Site, digests_differ, exchange_all

D = Decimal


def add(site: Site, name: str = "Awa Diop") -> PersonId:
    return site.hub.write(lambda uow: people.add(NewPerson(name), uow)).value.id


def sign(site: Site, *amounts: str, kind: str = "startup_fund", rate: str = "10.85") -> Agreement:
    who = add(site)

    def make(uow: UnitOfWork) -> Agreement:
        day = day_of(uow.now)
        budget.set_rate(day, D(rate), "", uow)
        tranches = tuple(NewTranche(D(amount)) for amount in amounts)
        total = Money(sum((D(amount) for amount in amounts), D(0)), Currency.MAD)
        made = funding.add(NewAgreement(kind, total, person_id=who, tranches=tranches), uow).value
        funding.move(made.id, Move.GRANT, uow)
        return funding.move(made.id, Move.SIGN, uow).value

    return site.hub.write(make)


def pay(site: Site, tranche: TrancheId, amount: str | None = None) -> None:
    site.hub.write(lambda uow: payments.pay(NewPayment(tranche, None if amount is None else D(amount)), uow))


def load(site: Site, agreement: AgreementId) -> Agreement:
    return site.hub.read(lambda uow: funding.show(agreement, uow))


def test_two_offices_pay_the_same_tranche(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    agreement = sign(rabat, "1000", "500")
    tranche = agreement.tranches[0].id
    exchange_all(sites)
    pay(rabat, tranche)
    pay(tanger, tranche, "700")
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        seen = load(site, agreement.id)
        assert (seen.paid, seen.over_paid, seen.tranches[0].over_paid) == (D(1700), D(700), D(700))
        assert seen.state is FundingState.PAID
        shown = site.hub.read(gauge.show)
        assert shown.paid == D("92.17") + D("64.52")
        assert {(item.kind, item.amount, item.explained) for item in shown.warnings} == {
            (Caution.OVER_PAID, D(700), False)
        }
    second = max(load(tanger, agreement.id).payments, key=lambda item: item.id)
    tanger.hub.write(lambda uow: payments.recover(second.id, "Payée deux fois", uow))
    exchange_all(sites)
    assert {site.hub.read(gauge.show).warnings for site in sites} == {()}
    assert {site.hub.read(gauge.show).paid for site in sites} <= {D("92.17"), D("64.52")}


def test_what_is_paid_here_and_cancelled_there_stays_paid_and_is_said(sites: list[Site]) -> None:
    rabat, oujda = sites[0], sites[2]
    agreement = sign(rabat, "1000")
    exchange_all(sites)
    pay(rabat, agreement.tranches[0].id)
    oujda.hub.write(lambda uow: funding.move(agreement.id, Move.CANCEL, uow, reason="Abandon"))
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        seen = load(site, agreement.id)
        assert (seen.state, seen.kept) == (FundingState.PAID, FundingState.CANCELLED)
        shown = site.hub.read(gauge.show)
        assert (shown.paid, shown.committed) == (D("92.17"), D(0))
        assert {item.kind for item in shown.warnings} == {Caution.PAID_THOUGH_CANCELLED}


def test_what_is_paid_here_and_taken_back_there_stays_paid_and_is_said(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    agreement = sign(rabat, "1000", "500")
    tranche = agreement.tranches[1].id
    exchange_all(sites)
    rabat.hub.write(lambda uow: funding.drop_tranche(tranche, uow))
    pay(tanger, tranche)
    exchange_all(sites)
    for site in sites:
        seen = load(site, agreement.id)
        assert (seen.paid, seen.planned, seen.tranches[1].removed) == (D(500), D(1000), True)
        shown = site.hub.read(gauge.show)
        assert shown.paid == D("46.08")
        assert [(item.kind, item.amount) for item in shown.warnings] == [(Caution.OVER_PAID, D(500))]


def test_the_gauge_is_what_a_hand_makes_of_the_payments_at_every_hub(sites: list[Site]) -> None:
    chance = Random(20260312)  # noqa: S311 - the same payments in each run
    kinds = ("startup_fund", "work_grant", "agr_grant", "formalities")
    made = []
    for place, site in enumerate(sites):
        site.clock.moment += place * DAY
        rate = str(D(chance.randrange(105_000, 112_000)) / 10_000)
        made += [sign(site, "900.10", "1234.55", kind=kind, rate=rate) for kind in kinds]
    exchange_all(sites)
    for _turn in range(40):
        site = chance.choice(sites)
        agreement = load(site, chance.choice(made).id)
        tranche = chance.choice(agreement.tranches)
        if tranche.left > 1 and chance.random() < 0.8:
            pay(site, tranche.id, str(D(chance.randrange(100, int(tranche.left * 100))) / 100))
        elif paid := [one for one in tranche.payments if not one.recovered and one.amount <= tranche.paid]:
            one = chance.choice(paid)
            site.hub.write(lambda uow, one=one: payments.recover(one.id, "Abandon", uow))  # type: ignore[misc]
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        shown = site.hub.read(gauge.show)
        assert shown.paid > 0
        assert Fraction(shown.paid) == site.hub.read(lambda uow: by_hand(uow, set(kinds) - {"formalities"}))
        assert Fraction(shown.spent) == site.hub.read(lambda uow: by_hand(uow, set(kinds)))
        for part in shown.by_hub:
            own = site.hub.read(lambda uow, hub=part.key: gauge.show(uow, hub))  # type: ignore[misc]
            assert (own.paid, own.committed) == (part.paid, part.committed)


def by_hand(uow: UnitOfWork, kinds: set[str]) -> Fraction:
    """What anybody would work out from the table of payments with paper and pencil."""
    query = (
        sa.select(work.payment.c.amount, work.payment.c.rate)
        .join(work.tranche, work.tranche.c.id == work.payment.c.tranche_id)
        .join(work.agreement, work.agreement.c.id == work.tranche.c.agreement_id)
        .where(work.agreement.c.kind.in_(sorted(kinds)))
    )
    return sum(
        (
            Fraction(round(Fraction(row.amount) / Fraction(row.rate) * 100), 100)
            for row in uow.connection.execute(query)
        ),
        Fraction(0),
    )


def test_a_referral_goes_to_another_hub_and_its_answer_comes_back(sites: list[Site]) -> None:
    rabat, oujda = sites[0], sites[2]
    who = add(rabat)
    exchange_all(sites)
    rabat.hub.write(lambda uow: consents.give(GiveConsent(who, "sharing", ConsentWay.SIGNATURE), uow))
    there = oujda.hub.actor.hub_id
    sent = rabat.hub.write(lambda uow: referrals.send(NewReferral(who, "health", to_hub_id=there), uow)).value
    assert rabat.hub.read(referrals.inbox) == ()
    exchange_all(sites)
    assert [(row.id, row.from_hub) for row in oujda.hub.read(referrals.inbox)] == [(sent.id, "RBT")]
    oujda.hub.write(lambda uow: referrals.answer(sent.id, "Lundi à 9 h", uow, accepted=True))
    # called off before the answer had come: what was done stays done
    rabat.clock.moment += DAY
    rabat.hub.write(lambda uow: referrals.cancel(sent.id, "La personne hésite", uow))
    oujda.hub.write(lambda uow: referrals.finish(sent.id, "Reçue au dispensaire", uow))
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        seen = site.hub.read(lambda uow: referrals.show(sent.id, uow))
        assert (seen.state, seen.done_at is not None) == (ReferralState.DONE, True)
