"""Everything about a person, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.consent import REGISTRATION
from app.services import bonds, cases, consents, counters, employers, funding, people, steps, ventures
from app.services.timeline import timeline
from ui.coaching.snapshot import read_usual

if TYPE_CHECKING:
    from datetime import date

    from app.bootstrap import UnitOfWork
    from app.domain.agreements import Agreement
    from app.domain.bonds import Bond
    from app.domain.coaching import Case, Step
    from app.domain.ids import PersonId
    from app.domain.placements import CandidacyRow
    from app.domain.timeline import TimelineEntry
    from app.domain.ventures import Venture
    from app.domain.visits import Counter
    from app.services.people import PersonView
    from ui.coaching.next_field import Usual


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person with all that happened, what is open, and who belongs to them. `now` in epoch ms.

    Of somebody who was erased there is the view only.
    """

    view: PersonView
    entries: tuple[TimelineEntry, ...]
    cases: tuple[Case, ...]
    steps: tuple[Step, ...]
    bonds: tuple[Bond, ...]
    counters: tuple[Counter, ...]
    usual: tuple[Usual, ...]
    now: int
    ventures: tuple[Venture, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    candidacies: tuple[CandidacyRow, ...] = ()

    @property
    def today(self) -> date:
        """The day that it is."""
        return day_of(self.now)

    @property
    def open_case(self) -> Case | None:
        """The newest case that is open."""
        return next((case for case in self.cases if case.closed_at is None), None)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """What is to be done, the first due first; without a day last."""
        due = (step for step in self.steps if step.open)
        return tuple(sorted(due, key=lambda step: (step.due is None, step.due, step.position)))

    @property
    def is_consent_missing(self) -> bool:
        """Whether nobody said yes to being on record, or took it back."""
        answers = [consent for consent in self.view.consents if consent.kind == REGISTRATION]
        return not answers or not consents.holds(answers[-1], self.now)


def read_record(person_id: PersonId, uow: UnitOfWork) -> PersonRecord:
    """Read a person; that it was read goes on the audit trail. Raises NotFoundError."""
    view = people.show_even_erased(person_id, uow)
    if view.erasure is not None:
        return PersonRecord(view, (), (), (), (), (), (), uow.now)
    may = uow.actor.may(Permission.READ_CASES)
    return PersonRecord(
        view,
        timeline(person_id, uow),
        cases.list_cases(uow, person_id=person_id) if may else (),
        steps.list_steps(uow, person_id=person_id) if may else (),
        bonds.list_bonds(person_id, uow) if may else (),
        counters.list_counters(uow),
        read_usual((person_id,), uow) if may else (),
        uow.now,
        ventures.list_of_person(person_id, uow) if uow.actor.may(Permission.READ_VENTURES) else (),
        funding.list_agreements(uow, person=person_id) if uow.actor.may(Permission.READ_FUNDING) else (),
        employers.candidacies_of(person_id, uow) if may else (),
    )
