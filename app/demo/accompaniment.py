"""Lives the advisors' side of a planned year: cases, sessions, appointments and steps of the people who come.

The plan of the visits is known to its end, so that an appointment is one that the person will keep, or now and then
not. What is noted is in French, the language in which hubs mostly write.
"""

from calendar import SUNDAY, THURSDAY
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from app.bootstrap import UnitOfWork
from app.clock import to_moment
from app.demo.crowd import chance
from app.demo.year import OPENING, PlannedDay, PlannedVisit, PlannedYear
from app.domain.calendar import NewAppointment
from app.domain.coaching import Attendee, LogSession, NextStep, OpenCase
from app.domain.ids import AppointmentId, CaseId, CounterId, PersonId
from app.services import appointments, cases, sessions, steps

_OPENED: Final = {
    "startup": 0.2,
    "auto_entrepreneur": 0.16,
    "associations": 0.12,
    "marketing": 0.1,
    "orientation": 0.18,
}
"""How likely a first visit to a counter leads to a case."""
_SILENCE: Final = timedelta(days=75)
"""Without a visit for so long, a case is closed."""
_SOON: Final = timedelta(days=35)
_WORKSHOPS: Final = (
    "Calculer son prix de revient", "Tenir un cahier de recettes et de dépenses",
    "Parler de son projet en cinq minutes", "Trouver ses premiers clients",
    "Vendre sur les réseaux sociaux", "Les droits du salarié au Maroc",
    "Choisir une forme juridique", "Préparer un entretien d’embauche",
)  # fmt: skip
_GOALS: Final = {
    "startup": ("Monter une cuisine partagée à trois", "Atelier de couture en commun", "Agence de communication"),
    "auto_entrepreneur": ("Déclarer un salon de coiffure", "Peindre à son compte", "Vendre en ligne"),
    "associations": ("Mettre les statuts à jour", "Tenir les comptes de l’association"),
    "marketing": ("Comprendre son contrat", "Trouver un premier emploi", "Faire connaître son commerce"),
    "orientation": ("Inscrire les enfants à l’école", "Accéder à une formation", "Consulter au centre de santé"),
}  # fmt: skip
_NOTES: Final = (
    "Arrive à l’heure, dossier bien tenu. Les prix restent à calculer.",
    "A rencontré deux fournisseurs ; devis attendus la semaine prochaine.",
    "Hésite entre deux quartiers pour le local ; visite prévue.",
    "La pièce d’identité manque encore au dossier.",
    "Premières ventes le week-end ; noter chaque recette.",
    "Préparation de l’entretien : présentation en cinq minutes.",
    "Le compte bancaire est ouvert, reste l’inscription.",
    "Souhaite suivre l’atelier sur le prix de revient.",
)  # fmt: skip
_NEXT: Final = (
    "Apporter deux devis", "Compléter le dossier", "Appeler le fournisseur", "Relire le plan d’affaires",
    "Rappeler pour confirmer l’inscription", "Préparer les pièces pour la CNSS",
)  # fmt: skip
_EXITS: Final = {
    "startup": ("active_6_months", "dropped_out", "lost_contact"),
    "auto_entrepreneur": ("active_6_months", "job_obtained", "lost_contact"),
    "associations": ("referred", "lost_contact"),
    "marketing": ("job_obtained", "job_obtained", "lost_contact", "dropped_out"),
    "orientation": ("referred", "referred", "training_certified", "lost_contact"),
}  # fmt: skip


@dataclass(slots=True)
class Followed:
    """Somebody who is accompanied, as far as the story is."""

    case_id: CaseId
    kind: str
    last: date
    held: int = 0
    appointment: AppointmentId | None = None
    awaited: date | None = None


@dataclass(slots=True)
class Advice:
    """The advisors of one demo hub. `after` is called when a day's visits are logged, as the advisor's transaction."""

    rng: Random
    plan: PlannedYear
    counters: dict[str, CounterId]
    followed: dict[int, Followed] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    _coming: dict[int, list[tuple[date, PlannedVisit]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for day in self.plan.days:
            for visit in day.visits:
                if visit.person is not None:
                    self._coming.setdefault(visit.person, []).append((day.day, visit))

    def after(self, day: PlannedDay, ids: dict[int, PersonId], uow: UnitOfWork) -> None:
        """Write what the advisors did on a day; times are those of the visits."""
        end = uow.now
        for visit in day.visits:
            if visit.person is not None and visit.called is not None and visit.person in ids:
                self._receive(day.day, visit.person, visit, ids[visit.person], end, uow)
        uow.now = end
        if day.day.weekday() == THURSDAY and day.closes is not None and chance(self.rng, 0.45):
            self._hold_workshop(day.day, ids, uow)
        self._look_after(day.day, uow)

    def _receive(self, day: date, place: int, visit: PlannedVisit, who: PersonId, end: int, uow: UnitOfWork) -> None:
        called = moment_of(day, visit.called or visit.arrival)
        uow.now = min(end, moment_of(day, visit.left or (visit.called or visit.arrival) + 30))
        known = self.followed.get(place)
        if known is None:
            counter = visit.handed_to or visit.counter
            if place in self.closed or not chance(self.rng, _OPENED[counter]):
                return
            goal = self.rng.choice(_GOALS[counter])
            made = cases.open_case(OpenCase(who, self.counters[counter], goal=goal), uow).value
            known = self.followed[place] = Followed(made.id, counter, day)
        self._hold(day, place, known, who, called, uow)

    def _hold(self, day: date, place: int, known: Followed, who: PersonId, called: int, uow: UnitOfWork) -> None:
        rng = self.rng
        minutes = rng.choice((20, 30, 30, 45, 45, 60))
        sessions.log_session(
            LogSession(
                attendees=(Attendee(who, case_id=known.case_id),),
                kind=_kind(known, rng),
                minutes=minutes,
                starts_at=called,
                note=rng.choice(_NOTES) if chance(rng, 0.8) else "",
                result="continues" if chance(rng, 0.8) else "papers_missing",
                next=NextStep(rng.choice(_NEXT), due=day + timedelta(days=rng.randint(4, 21)))
                if chance(rng, 0.3)
                else None,
                appointment_id=known.appointment if known.awaited == day else None,
            ),
            uow,
        )
        known.held, known.last = known.held + 1, day
        if known.awaited == day:
            known.appointment = known.awaited = None
        if chance(rng, 0.75):
            for step in [step for step in steps.list_steps(uow, case_id=known.case_id) if step.open][:2]:
                steps.mark_done(step.id, uow)
        if known.appointment is None and chance(rng, 0.6):
            self._arrange(day, place, known, who, uow)

    def _arrange(self, day: date, place: int, known: Followed, who: PersonId, uow: UnitOfWork) -> None:
        """Arrange the next talk: at the time of the person's next visit, or one that will not take place."""
        coming = next(((on, visit) for on, visit in self._coming[place] if day < on <= day + _SOON), None)
        if coming is not None and coming[1].called is not None:
            on, minute = coming[0], coming[1].called
        elif coming is None and (chance(self.rng, 0.15) or self._is_near_the_end(day)):
            on, minute = _workday(day + timedelta(days=self.rng.randint(3, 12))), OPENING + 30 * self.rng.randrange(12)
        else:
            return
        new = NewAppointment(moment_of(on, minute // 15 * 15), 45, who, known.case_id, purpose=self.rng.choice(_NEXT))
        known.appointment, known.awaited = appointments.add_appointment(new, uow).value.id, on

    def _is_near_the_end(self, day: date) -> bool:
        return self.plan.days[-1].day - day <= timedelta(days=8)

    def _hold_workshop(self, day: date, ids: dict[int, PersonId], uow: UnitOfWork) -> None:
        there = [place for place, known in self.followed.items() if day - known.last <= _SOON]
        chosen = self.rng.sample(there, min(len(there), self.rng.randint(5, 11)))
        if not chosen:
            return
        sessions.log_session(
            LogSession(
                attendees=tuple(
                    Attendee(ids[place], chance(self.rng, 0.85), case_id=self.followed[place].case_id)
                    for place in chosen
                ),
                kind="group_workshop",
                minutes=120,
                starts_at=moment_of(day, 14 * 60),
                title=self.rng.choice(_WORKSHOPS),
            ),
            uow,
        )

    def _look_after(self, day: date, uow: UnitOfWork) -> None:
        """Say of appointments that nobody came, and close cases that have come to their end."""
        for place, known in list(self.followed.items()):
            if known.appointment is not None and known.awaited is not None and known.awaited < day:
                appointments.miss_appointment(known.appointment, uow)
                known.appointment = known.awaited = None
            comes = any(day < on <= day + _SILENCE for on, _visit in self._coming[place])
            if known.appointment is None and not comes and day - known.last >= _SILENCE:
                cases.close_case(known.case_id, self.rng.choice(_EXITS[known.kind]), uow)
                del self.followed[place]
                self.closed.add(place)


def moment_of(day: date, minutes: int) -> int:
    """Epoch milliseconds of a time of the day in Morocco."""
    return to_moment(datetime.combine(day, time()) + timedelta(minutes=minutes))


def _kind(known: Followed, rng: Random) -> str:
    if known.held == 0:
        return "intake"
    if known.kind == "marketing":
        return rng.choice(("legal_information", "employer_mediation", "individual_coaching"))
    if known.kind == "startup":
        return rng.choice(("individual_coaching", "pre_incubation", "business_plan"))
    return rng.choice(("individual_coaching", "individual_coaching", "business_plan", "field_visit"))


def _workday(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day
