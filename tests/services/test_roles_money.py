"""Who may ask, grant, pay, refer and place is held where it is done: every role tries every use case."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import FunctionType
from typing import Final

import pytest

from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.budget import NewBudgetLine, NewSpending
from app.domain.consent import ConsentWay
from app.domain.funding import Move, NewAgreement, NewPayment, NewTranche
from app.domain.money import Currency, Money
from app.domain.placements import CandidacyState, NewEmployer, NewOffer, NewPlacement, PlacementState, StillThere
from app.domain.referrals import NewPartner, NewReferral
from app.errors import NotAllowedError
from app.services import budget, consents, employers, funding, gauge, payments, placements, referrals
from app.services.consents import GiveConsent
from tests.factories import Template, open_as
from tests.services.test_roles import Scene

D = Decimal
START: Final = date(2025, 11, 3)
MONEY: Final = Money(D(100), Currency.EUR)
LINE: Final = NewBudgetLine("B2", "Fonds", "Funds", "تمويل", D(500))


class MoneyScene(Scene):
    """Beside what a scene has: agreements asked for and signed, a payment, a partner, referrals, an offer, a post."""

    def __init__(self, folder: Path, template: Template, role: Role) -> None:
        super().__init__(folder, template, role)
        manager = open_as(self.hub.paths)
        write = manager.write
        self.asked = write(lambda u: funding.add(self.request(), u)).value
        signed = write(lambda u: funding.add(self.request(), u)).value.id
        write(lambda u: funding.move(signed, Move.GRANT, u))
        self.signed = write(lambda u: funding.move(signed, Move.SIGN, u)).value
        self.first, self.second = (tranche.id for tranche in self.signed.tranches)
        self.payment = write(lambda u: payments.pay(NewPayment(self.first), u)).value.id
        self.evidence = write(lambda u: payments.justify(self.first, "Facture", u, amount=D(1))).value.id
        self.line = write(lambda u: budget.add_line(NewBudgetLine("A1", "F", "F", "ت", D(9)), u)).value.id
        self.spent = write(lambda u: budget.add_spending(NewSpending("Loyer", MONEY), u)).value.id
        self.partner = write(lambda u: referrals.add_partner(NewPartner("Dispensaire"), u)).value.id
        self.consent = write(lambda u: consents.give(GiveConsent(self.person, "sharing", ConsentWay.ORAL), u)).value.id
        self.sent = write(lambda u: referrals.send(self.referral(), u)).value.id
        self.taken = write(lambda u: referrals.send(self.referral(), u)).value.id
        write(lambda u: referrals.answer(self.taken, "", u, accepted=True))
        self.employer = write(lambda u: employers.add_employer(NewEmployer("Atlas"), u)).value.id
        self.offer = write(lambda u: employers.add_offer(NewOffer(self.employer, "Poste", "permanent"), u)).value.id
        self.candidate = write(lambda u: employers.propose(self.offer, self.twin, "", u)).value.id
        post = NewPlacement(self.person, START, self.employer, "foreign_worker", "Poste")
        placed = write(lambda u: placements.place(post, u)).value
        self.post, self.step = placed.id, placed.steps[0].id
        manager.close()

    def request(self) -> NewAgreement:
        return NewAgreement(
            "startup_fund", MONEY, person_id=self.person, tranches=(NewTranche(D(50)), NewTranche(D(40), "Bail"))
        )

    def referral(self) -> NewReferral:
        return NewReferral(self.person, "health", partner_id=self.partner)


P = Permission
Attempt = Callable[[MoneyScene], object]
USE_CASES: Final[dict[str, tuple[set[Permission], Attempt]]] = {
    "list_agreements": ({P.READ_FUNDING}, lambda s: s.read(funding.list_agreements)),
    "funding.show": ({P.READ_FUNDING}, lambda s: s.read(lambda u: funding.show(s.asked.id, u))),
    "funding.resolve": ({P.READ_FUNDING}, lambda s: s.read(lambda u: funding.resolve(s.asked.number, u))),
    "funding.add": ({P.REQUEST_FUNDING}, lambda s: s.write(lambda u: funding.add(s.request(), u))),
    "funding.edit": ({P.REQUEST_FUNDING}, lambda s: s.write(lambda u: funding.edit(s.asked.id, {"note": "x"}, u))),
    "edit_signed": (
        {P.REQUEST_FUNDING, P.PAY},
        lambda s: s.write(lambda u: funding.edit(s.signed.id, {"note": "x"}, u)),
    ),
    "preselect": (
        {P.REQUEST_FUNDING},
        lambda s: s.write(lambda u: funding.move(s.asked.id, Move.PRESELECT, u)),
    ),
    "move": ({P.PAY}, lambda s: s.write(lambda u: funding.move(s.asked.id, Move.GRANT, u))),
    "amend": ({P.REQUEST_FUNDING}, lambda s: s.write(lambda u: funding.amend(s.asked.id, D(95), "moins", u))),
    "amend_signed": ({P.PAY}, lambda s: s.write(lambda u: funding.amend(s.signed.id, D(95), "moins", u))),
    "add_tranche": (
        {P.REQUEST_FUNDING},
        lambda s: s.write(lambda u: funding.add_tranche(s.asked.id, NewTranche(D(10)), u)),
    ),
    "edit_tranche": ({P.PAY}, lambda s: s.write(lambda u: funding.edit_tranche(s.second, NewTranche(D(10)), u))),
    "drop_tranche": ({P.PAY}, lambda s: s.write(lambda u: funding.drop_tranche(s.second, u))),
    "meet": ({P.PAY}, lambda s: s.write(lambda u: funding.meet(s.second, "vu", u))),
    "check_payment": ({P.READ_FUNDING}, lambda s: s.read(lambda u: payments.check_payment(NewPayment(s.second), u))),
    "pay": (
        {P.PAY},
        lambda s: s.write(lambda u: payments.pay(NewPayment(s.second, override_reason="Loyer"), u)),
    ),
    "recover": ({P.PAY}, lambda s: s.write(lambda u: payments.recover(s.payment, "x", u, amount=D(1)))),
    "justify": ({P.PAY}, lambda s: s.write(lambda u: payments.justify(s.first, "Facture", u))),
    "withdraw_justification": (
        {P.PAY},
        lambda s: s.write(lambda u: payments.withdraw_justification(s.evidence, u)),
    ),
    "set_receipt": ({P.PAY}, lambda s: s.write(lambda u: payments.set_receipt(s.payment, "B-17", u))),
    "gauge.show": ({P.READ_FUNDING}, lambda s: s.read(gauge.show)),
    "list_rates": ({P.READ_FUNDING}, lambda s: s.read(budget.list_rates)),
    "propose_rate": ({P.READ_FUNDING}, lambda s: s.read(lambda u: budget.propose_rate(START, u))),
    "set_rate": ({P.PAY}, lambda s: s.write(lambda u: budget.set_rate(START, D("10.85"), "", u))),
    "list_lines": ({P.READ_FUNDING}, lambda s: s.read(budget.list_lines)),
    "add_line": ({P.PAY}, lambda s: s.write(lambda u: budget.add_line(LINE, u))),
    "edit_line": ({P.PAY}, lambda s: s.write(lambda u: budget.edit_line(s.line, u, hidden=True))),
    "list_spending": ({P.READ_FUNDING}, lambda s: s.read(budget.list_spending)),
    "add_spending": ({P.PAY}, lambda s: s.write(lambda u: budget.add_spending(NewSpending("Eau", MONEY), u))),
    "drop_spending": ({P.PAY}, lambda s: s.write(lambda u: budget.drop_spending(s.spent, u))),
    "list_consents": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: consents.list_consents(s.person, u))),
    "standing": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: consents.standing(s.person, "sharing", u))),
    "give": (
        {P.EDIT_PEOPLE},
        lambda s: s.write(lambda u: consents.give(GiveConsent(s.twin, "sharing", ConsentWay.ORAL), u)),
    ),
    "withdraw": ({P.EDIT_PEOPLE}, lambda s: s.write(lambda u: consents.withdraw(s.consent, u))),
    "send": ({P.ACCOMPANY}, lambda s: s.write(lambda u: referrals.send(s.referral(), u))),
    "may_share": ({P.ACCOMPANY}, lambda s: s.read(lambda u: referrals.may_share(s.person, u))),
    "destinations": ({P.ACCOMPANY}, lambda s: s.read(lambda u: referrals.destinations(s.person, u))),
    "list_of": ({P.READ_CASES}, lambda s: s.read(lambda u: referrals.list_of(s.person, u))),
    "inbox": ({P.READ_CASES}, lambda s: s.read(referrals.inbox)),
    "outbox": ({P.READ_CASES}, lambda s: s.read(referrals.outbox)),
    "unanswered": ({P.READ_CASES}, lambda s: s.read(referrals.unanswered)),
    "referrals.show": ({P.READ_CASES}, lambda s: s.read(lambda u: referrals.show(s.sent, u))),
    "answer": ({P.ACCOMPANY}, lambda s: s.write(lambda u: referrals.answer(s.sent, "", u, accepted=True))),
    "finish": ({P.ACCOMPANY}, lambda s: s.write(lambda u: referrals.finish(s.taken, "fait", u))),
    "cancel": ({P.ACCOMPANY}, lambda s: s.write(lambda u: referrals.cancel(s.sent, "erreur", u))),
    "list_partners": ({P.READ_CASES}, lambda s: s.read(referrals.list_partners)),
    "add_partner": ({P.ACCOMPANY}, lambda s: s.write(lambda u: referrals.add_partner(NewPartner("École"), u))),
    "edit_partner": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: referrals.edit_partner(s.partner, {"city": "Fès"}, u)),
    ),
    "list_employers": ({P.READ_CASES}, lambda s: s.read(employers.list_employers)),
    "add_employer": ({P.ACCOMPANY}, lambda s: s.write(lambda u: employers.add_employer(NewEmployer("B"), u))),
    "edit_employer": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: employers.edit_employer(s.employer, {"city": "Fès"}, u)),
    ),
    "list_offers": ({P.READ_CASES}, lambda s: s.read(employers.list_offers)),
    "add_offer": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: employers.add_offer(NewOffer(s.employer, "X", "permanent"), u)),
    ),
    "edit_offer": ({P.ACCOMPANY}, lambda s: s.write(lambda u: employers.edit_offer(s.offer, {"places": 2}, u))),
    "set_offer_open": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: employers.set_offer_open(s.offer, u, is_open=False)),
    ),
    "list_candidates": ({P.READ_CASES}, lambda s: s.read(lambda u: employers.list_candidates(s.offer, u))),
    "candidacies_of": ({P.READ_CASES}, lambda s: s.read(lambda u: employers.candidacies_of(s.person, u))),
    "propose": ({P.ACCOMPANY}, lambda s: s.write(lambda u: employers.propose(s.offer, s.person, "", u))),
    "move_candidate": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: employers.move_candidate(s.candidate, CandidacyState.INTERVIEW, "", u)),
    ),
    "place": (
        {P.ACCOMPANY},
        lambda s: s.write(lambda u: placements.place(NewPlacement(s.twin, START, offer_id=s.offer), u)),
    ),
    "placements.show": ({P.READ_CASES}, lambda s: s.read(lambda u: placements.show(s.post, u))),
    "list_placements": ({P.READ_CASES}, lambda s: s.read(placements.list_placements)),
    "list_due": ({P.READ_CASES}, lambda s: s.read(placements.list_due)),
    "check": ({P.ACCOMPANY}, lambda s: s.write(lambda u: placements.check(s.post, StillThere.YES, u))),
    "end": ({P.ACCOMPANY}, lambda s: s.write(lambda u: placements.end(s.post, PlacementState.RESIGNED, u))),
    "placements.edit": ({P.ACCOMPANY}, lambda s: s.write(lambda u: placements.edit(s.post, {"title": "X"}, u))),
    "set_step": ({P.ACCOMPANY}, lambda s: s.write(lambda u: placements.set_step(s.step, u, done=True))),
}


@pytest.fixture(params=list(Role))
def scene(request: pytest.FixtureRequest, tmp_path: Path, template: Template) -> Iterator[MoneyScene]:
    made = MoneyScene(tmp_path, template, request.param)
    yield made
    made.hub.close()


def test_every_use_case_is_held_for_every_role(scene: MoneyScene) -> None:
    before = scene.hub.digest()
    for needed, attempt in USE_CASES.values():
        if needed <= PERMISSIONS[scene.actor.role]:
            # nothing else may stand in the way: a refusal of another kind fails the test
            attempt(scene)
        else:
            with pytest.raises(NotAllowedError):
                attempt(scene)
    assert scene.hub.digest() == before


MODULES: Final = (budget, consents, employers, funding, gauge, payments, placements, referrals)
INNER: Final = {
    "known_line", "rate_cells", "holds", "load_employer", "load_offer", "load_candidacy",
}  # fmt: skip
"""No use cases by themselves: they serve others."""
MORE: Final = {"edit_signed", "preselect", "amend_signed"}


def test_no_use_case_is_forgotten() -> None:
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, item in vars(module).items()
        if isinstance(item, FunctionType) and item.__module__ == module.__name__ and not name.startswith("_")
        if name not in INNER
    }
    tried = USE_CASES.keys() - MORE
    assert {name for name in public if name not in tried and name.partition(".")[2] not in tried} == set()
