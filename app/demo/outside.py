"""Lives what links a demo hub to others: partners and referrals, employers, offers, placements and their checks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from app.bootstrap import Hub, UnitOfWork
from app.clock import day_of
from app.demo.accompaniment import Advice
from app.demo.crowd import chance
from app.domain.consent import ConsentWay
from app.domain.ids import EmployerId, PartnerId, PersonId, ReferralId
from app.domain.placements import CandidacyState, NewEmployer, NewOffer, NewPlacement, StillThere
from app.domain.referrals import NewPartner, NewReferral
from app.services import consents, employers, placements, referrals
from app.services.consents import GiveConsent

_PARTNERS: Final = (
    ("Centre de santé du quartier", "health"), ("Clinique juridique de l’université", "legal_aid"),
    ("Centre de formation professionnelle", "training"), ("École de la deuxième chance", "education"),
)  # fmt: skip
_EMPLOYERS: Final = (
    ("Pâtisserie des Orangers", "catering"), ("Transports Bouregreg", "transport"), ("Textiles du Nord", "sewing"),
    ("Services Nets", "cleaning"), ("Bâtir Ensemble", "construction"), ("Centre d’appels Atlas", "communication"),
)  # fmt: skip
_JOBS: Final = {
    "catering": "Aide-pâtissier", "transport": "Préparateur de commandes", "sewing": "Opératrice de couture",
    "cleaning": "Agent d’entretien", "construction": "Aide-maçon", "communication": "Téléconseiller",
}  # fmt: skip
_EACH: Final = timedelta(days=19)


@dataclass(slots=True)
class Outside:
    """The advisor's work with others at one demo hub; `after` is called when a day is over."""

    rng: Random
    first: date
    advice: Advice
    advisor: Hub
    _ids: dict[int, PersonId] = field(default_factory=dict)
    _next: date | None = None
    _partners: list[tuple[PartnerId, str]] = field(default_factory=list)
    _employers: list[tuple[EmployerId, str]] = field(default_factory=list)
    _placed: set[PersonId] = field(default_factory=set)
    _sent: list[ReferralId] = field(default_factory=list)

    def after(self, day: date, ids: dict[int, PersonId]) -> None:
        """Do what is due; every three weeks something happens."""
        self._ids = ids
        if self._next is None:
            self._next = self.first + _EACH
            self.advisor.write(self._meet)
        if day >= self._next:
            self._next = day + _EACH
            self.advisor.write(self._place)
            self.advisor.write(self._refer)
            self.advisor.write(self._check)

    def _meet(self, uow: UnitOfWork) -> None:
        city = self.advisor.label("fr")
        for name, service in _PARTNERS:
            self._partners.append((referrals.add_partner(NewPartner(name, service, city), uow).value.id, service))
        for name, sector in _EMPLOYERS:
            self._employers.append((employers.add_employer(NewEmployer(name, sector, city), uow).value.id, sector))

    def _chosen(self, wanted: Callable[[str], bool], most: int) -> list[PersonId]:
        people = [self._ids[place] for place, known in self.advice.followed.items() if wanted(known.kind)]
        free = [who for who in people if who not in self._placed]
        return self.rng.sample(free, min(most, len(free)))

    def _place(self, uow: UnitOfWork) -> None:
        """An offer, two who are proposed, one who begins."""
        today, (employer, sector) = day_of(uow.now), self.rng.choice(self._employers)
        people = self._chosen(lambda kind: kind in {"marketing", "orientation", "auto_entrepreneur"}, 2)
        if not people:
            return
        kind = self.rng.choice(("paid_internship", "fixed_term", "permanent", "foreign_worker"))
        offer = employers.add_offer(NewOffer(employer, _JOBS[sector], kind, opens=today), uow).value
        for who, state in zip(people, (CandidacyState.ACCEPTED, CandidacyState.REFUSED), strict=False):
            candidacy = employers.propose(offer.id, who, "", uow).value
            employers.move_candidate(candidacy.id, CandidacyState.INTERVIEW, "", uow)
            employers.move_candidate(candidacy.id, state, "", uow)
        self._placed.add(people[0])
        begun = placements.place(NewPlacement(people[0], today, offer_id=offer.id), uow).value
        for step in begun.steps[: self.rng.randint(0, len(begun.steps))]:
            placements.set_step(step.id, uow, done=True)

    def _refer(self, uow: UnitOfWork) -> None:
        """Who was sent is answered; somebody else is sent, having agreed to it."""
        for sent in self._sent:
            accepted = chance(self.rng, 0.8)
            referrals.answer(sent, "" if accepted else "Pas de place avant deux mois", uow, accepted=accepted)
        done, self._sent = self._sent, []
        for sent in done:
            if referrals.show(sent, uow).state == "accepted" and chance(self.rng, 0.7):
                referrals.finish(sent, "Reçu(e) et suivi(e)", uow)
        for who in self._chosen(lambda _kind: True, 2):
            partner, service = self.rng.choice(self._partners)
            consents.give(GiveConsent(who, "sharing", ConsentWay.ORAL), uow)
            self._sent.append(referrals.send(NewReferral(who, service, partner_id=partner), uow).value.id)

    def _check(self, uow: UnitOfWork) -> None:
        for row in placements.list_due(uow):
            there = self.rng.choice((StillThere.YES, StillThere.YES, StillThere.NO, StillThere.UNREACHED))
            placements.check(row.id, there, uow)
