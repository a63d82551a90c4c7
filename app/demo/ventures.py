"""Lives the ventures of a demo hub: two calls, a jury, pre-incubation, agreements, tranches, monthly figures.

What happens is tied to days since the story began, so that a shorter story ends in the middle of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Final

from app.bootstrap import Hub, UnitOfWork
from app.clock import day_of
from app.demo.accompaniment import Advice, moment_of
from app.demo.crowd import chance
from app.demo.ideas import CRITERIA, FIRST, SECOND, SPENDING, Idea
from app.domain.budget import NewSpending
from app.domain.coaching import Attendee, LogSession
from app.domain.funding import Move, NewAgreement, NewPayment, NewTranche
from app.domain.ids import ApplicationId, CallId, PersonId, VentureId
from app.domain.money import Currency, Money
from app.domain.path import stages
from app.domain.selection import ApplicationState, CallState, NewCall, NewCriterion
from app.domain.ventures import MonthlyFigure, NewMember, NewVenture, Registration
from app.services import (
    applications,
    budget,
    calls,
    funding,
    members,
    monthly_figures,
    path,
    payments,
    selection,
    sessions,
    steps,
    venture_steps,
    ventures,
)  # fmt: skip

Step = Callable[[UnitOfWork], object]


_SOURCE: Final = "Taux de démonstration"


@dataclass(slots=True)
class Project:
    """A venture as far as the story is."""

    idea: Idea
    id: VentureId
    people: tuple[PersonId, ...]
    application: ApplicationId | None = None
    paid: list[object] = field(default_factory=list)


@dataclass(slots=True)
class Ventures:
    """The ventures of one demo hub. `team` are the hub as its manager, its advisor and the coordinator see it."""

    rng: Random
    first: date
    advice: Advice
    manager: Hub
    advisor: Hub
    coordinator: Hub
    _ids: dict[int, PersonId] = field(default_factory=dict)
    _done: int = 0
    _calls: list[CallId] = field(default_factory=list)
    _projects: dict[int, list[Project]] = field(default_factory=lambda: {0: [], 1: []})
    _busy: set[int] = field(default_factory=set)

    def after(self, day: date, ids: dict[int, PersonId]) -> None:
        """Do all that was to happen by a day; `ids` are those of the people who have come."""
        self._ids = ids
        events = list(self._events())
        while self._done < len(events) and self.first + timedelta(days=events[self._done][0]) <= day:
            _offset, hub, step = events[self._done]
            hub.write(step)
            self._done += 1

    def _events(self) -> Iterator[tuple[int, Hub, Step]]:
        """What happens, in its order: days since the beginning, by whom."""
        told = [
            (3, self.manager, self._note_rate), *self._call(0, 12), *self._found(0, 22, FIRST),
            *self._select(0, 55), *self._fund(0, 150), *self._call(1, 205), *self._found(1, 214, SECOND),
            *self._select(1, 245, finishes=False), *self._account(),
        ]  # fmt: skip
        yield from sorted(told, key=lambda event: event[0])

    def _note_rate(self, uow: UnitOfWork) -> None:
        rate = Decimal("10.72") + Decimal(self.rng.randint(-18, 18)) / 100
        budget.set_rate(day_of(uow.now), rate, _SOURCE, uow)

    def _account(self) -> Iterator[tuple[int, Hub, Step]]:
        for month in range(1, 13):
            yield month * 30, self.manager, self._note_rate
            yield month * 30, self.manager, self._spend

    def _spend(self, uow: UnitOfWork) -> None:
        for label in self.rng.sample(SPENDING, 2):
            amount = Decimal(self.rng.randint(900, 3200)) + Decimal(self.rng.randint(0, 99)) / 100
            budget.add_spending(NewSpending(label, Money(amount, Currency.EUR), day_of(uow.now)), uow)

    def _call(self, which: int, at: int) -> Iterator[tuple[int, Hub, Step]]:
        def open_call(uow: UnitOfWork) -> None:
            today = day_of(uow.now)
            number = which + 1
            made = calls.add_call(
                NewCall(
                    f"AMI-{number}", f"Appel à manifestation d’intérêt {number}", f"Call for projects {number}",
                    f"طلب إبداء الاهتمام {number}", opens=today, closes=today + timedelta(days=42), places=5 - which,
                ),
                uow,
            ).value  # fmt: skip
            for french, english, arabic, weight in CRITERIA:
                calls.add_criterion(made.id, NewCriterion(french, english, arabic, weight, 20), uow)
            for hub in (self.manager, self.coordinator):
                calls.set_juror(made.id, hub.actor.account_id, uow)
            calls.edit_call(made.id, {"state": CallState.OPEN}, uow)
            self._calls.append(made.id)

        yield at, self.manager, open_call

    def _found(self, which: int, at: int, ideas: tuple[Idea, ...]) -> Iterator[tuple[int, Hub, Step]]:
        for place, idea in enumerate(ideas):
            yield at + 3 * place, self.advisor, partial(self._found_one, which, idea)

    def _found_one(self, which: int, idea: Idea, uow: UnitOfWork) -> None:
        free = [place for place, known in self.advice.followed.items() if place not in self._busy and known.held]
        if len(free) < idea.size:
            return
        chosen = self.rng.sample(free, idea.size)
        self._busy |= set(chosen)
        people = tuple(self._ids[place] for place in chosen)
        made = ventures.add(
            NewVenture(
                idea.name, idea.name_ar, idea.kind, idea.sector, idea.legal_form, idea.activity,
                city=self._city(), advisor_id=uow.actor.account_id,
            ),
            uow,
        ).value  # fmt: skip
        share = 10_000 // idea.size
        for place, who in enumerate(people):
            role, own = ("holder", 10_000 - share * (idea.size - 1)) if place == 0 else ("partner", share)
            members.add_member(made.id, NewMember(who, role, own, day_of(uow.now)), uow)
        project = Project(idea, made.id, people)
        project.application = applications.apply(self._calls[which], made.id, uow).value.id
        applications.set_complete(project.application, uow, complete=not chance(self.rng, 0.1))
        self._projects[which].append(project)

    def _city(self) -> str:
        return self.manager.label("fr")

    def _select(self, which: int, at: int, *, finishes: bool = True) -> Iterator[tuple[int, Hub, Step]]:
        yield at, self.manager, partial(self._preselect, which)
        for week in range(2, 11, 2):
            yield at + 7 * week, self.advisor, partial(self._coach, which, "pre_incubation")
        yield at + 66, self.advisor, partial(self._coach, which, "business_plan")
        yield at + 72, self.advisor, partial(self._move, which, "committee")
        yield at + 76, self.manager, partial(self._score, which, finishes=True)
        yield at + 78, self.coordinator, partial(self._score, which, finishes=finishes)
        if finishes:
            yield at + 80, self.coordinator, partial(self._decide, which)
            yield at + 82, self.advisor, partial(self._move, which, "agreement")

    def _preselect(self, which: int, uow: UnitOfWork) -> None:
        for project in self._projects[which]:
            one = _needed(project.application)
            applications.set_complete(one, uow, complete=True)
            applications.preselect(one, uow, keep=True)
            for stage in ("preselection", "pre_incubation"):
                _advance(project.id, stage, uow)
            venture_steps.lay_registration(project.id, uow)

    def _coach(self, which: int, kind: str, uow: UnitOfWork) -> None:
        minute = 9 * 60
        for project in self._projects[which]:
            sessions.log_session(
                LogSession(
                    attendees=tuple(Attendee(who, chance(self.rng, 0.9)) for who in project.people),
                    kind=kind, minutes=45, starts_at=moment_of(day_of(uow.now), minute), venture_id=project.id,
                ),
                uow,
            )  # fmt: skip
            minute += 50

    def _move(self, which: int, stage: str, uow: UnitOfWork) -> None:
        for project in self._projects[which]:
            if not path.missing(project.id, stage, uow):
                _advance(project.id, stage, uow)

    def _score(self, which: int, uow: UnitOfWork, *, finishes: bool) -> None:
        for project in self._projects[which]:
            criteria = calls.show_call(self._calls[which], uow)[1]
            points = {
                criterion.id: 100 * self.rng.randint(8, 19) + 50 * self.rng.randint(0, 1) for criterion in criteria
            }
            selection.score(_needed(project.application), points, uow)
            if finishes:
                selection.finish_sheet(_needed(project.application), uow)

    def _decide(self, which: int, uow: UnitOfWork) -> None:
        call, reason = self._calls[which], "Classement du comité de sélection"
        division = selection.propose(call, uow, reserve=1)
        selection.decide_by_ranking(call, uow, reason=reason, reserve=1, chosen=division.tied[: division.free])

    def _fund(self, which: int, at: int) -> Iterator[tuple[int, Hub, Step]]:
        yield at, self.manager, partial(self._agree, which)
        yield at + 8, self.manager, partial(self._pay, which, 0)
        yield at + 15, self.advisor, partial(self._register, which)
        yield at + 75, self.manager, partial(self._justify, which, 0)
        yield at + 84, self.manager, partial(self._pay, which, 1)
        yield at + 140, self.manager, partial(self._justify, which, 1)
        for month in range(1, 8):
            yield at + 8 + 30 * month, self.advisor, partial(self._note_month, which, month)

    def _accepted(self, which: int, uow: UnitOfWork) -> Iterator[Project]:
        state = {one.id: one.state for one in applications.list_applications(self._calls[which], uow)}
        return (one for one in self._projects[which] if state[_needed(one.application)] is ApplicationState.ACCEPTED)

    def _agree(self, which: int, uow: UnitOfWork) -> None:
        for project in self._accepted(which, uow):
            total, today = Decimal(project.idea.grant), day_of(uow.now)
            parts = (total * 4 / 10, total * 4 / 10, total * 2 / 10)
            words = (
                "Immatriculation déposée, compte bancaire ouvert",
                "Première tranche justifiée",
                "Six mois d’activité",
            )
            agreement = funding.add(
                NewAgreement(
                    "agr_grant" if project.idea.kind == "agr" else "startup_fund", Money(total, Currency.MAD),
                    project.id,
                    application_id=project.application, requested_on=today,
                    tranches=tuple(
                        NewTranche(part.quantize(Decimal("0.01")), word, today + timedelta(days=10 + 80 * place))
                        for place, (part, word) in enumerate(zip(parts, words, strict=True))
                    ),
                ),
                uow,
            ).value  # fmt: skip
            for step in (Move.PRESELECT, Move.SEND_TO_COMMITTEE, Move.GRANT, Move.SIGN):
                funding.move(agreement.id, step, uow)
            project.paid = [tranche.id for tranche in agreement.tranches]
            _advance(project.id, "funding", uow)

    def _pay(self, which: int, tranche: int, uow: UnitOfWork) -> None:
        for project in self._accepted(which, uow):
            agreement = funding.list_agreements(uow, venture=project.id)[0]
            row = agreement.tranches[tranche]
            funding.meet(row.id, "Pièces vues par le hub", uow)
            payments.pay(NewPayment(row.id, received_by=project.people[0], paid_on=day_of(uow.now)), uow)
            if tranche == 0:
                _advance(project.id, "monitoring", uow)

    def _justify(self, which: int, tranche: int, uow: UnitOfWork) -> None:
        for project in self._accepted(which, uow):
            row = funding.list_agreements(uow, venture=project.id)[0].tranches[tranche]
            payments.justify(row.id, "Factures et photos des achats", uow)

    def _register(self, which: int, uow: UnitOfWork) -> None:
        for project in self._accepted(which, uow):
            for step in steps.list_steps(uow, venture_id=project.id):
                if step.kind == "registration" and step.open:
                    steps.mark_done(step.id, uow)
            number = f"{self.rng.randint(100_000, 999_999)}"
            ventures.set_registration(project.id, Registration.FULL, number, day_of(uow.now), uow)

    def _note_month(self, which: int, month: int, uow: UnitOfWork) -> None:
        before = day_of(uow.now).replace(day=1) - timedelta(days=1)
        for project in self._accepted(which, uow):
            if chance(self.rng, 0.06):
                continue
            grown = Decimal(project.idea.turnover) * (Decimal("0.55") + Decimal(month) * Decimal("0.09"))
            turnover = (grown * Decimal(self.rng.randint(85, 115)) / 100).quantize(Decimal("0.01"))
            women = self.rng.randint(0, project.idea.size)
            monthly_figures.note_figure(
                project.id,
                MonthlyFigure(
                    before.replace(day=1), turnover, self.rng.randint(6, 45), women, max(1, project.idea.size - women)
                ),
                uow,
            )


def _needed(application: ApplicationId | None) -> ApplicationId:
    if application is None:
        raise LookupError("the venture has not applied")
    return application


def _advance(venture: VentureId, stage: str, uow: UnitOfWork) -> None:
    """Move a venture on, unless what happened before has done so."""
    order = stages()
    if order.index(ventures.show(venture, uow).venture.stage) < order.index(stage):
        path.move(venture, stage, uow)
