"""What tests of certificates begin with."""

from dataclasses import replace

from app.domain.ids import TrainingId
from app.domain.papers import IssueCertificate
from app.domain.people import NewPerson
from app.domain.sheets import CertificateKind
from app.domain.trainings import Mark, Result
from app.hub import Hub
from app.services import assessments, people
from app.services.certificates import checking, issuing
from app.services.certificates.checking import Check
from app.services.certificates.issuing import Issued
from tests.factories import SettableClock
from tests.services.courses import enrol, mark, plan

PARTICIPATION, TRAINING = CertificateKind.PARTICIPATION, CertificateKind.TRAINING


def hold_training(hub: Hub, clock: SettableClock) -> tuple[TrainingId, tuple[IssueCertificate, ...]]:
    """A training that is over: Awa was there and passed, Bakary was there, Fatou never came.

    With it the command that issues each of them a certificate of participation.
    """
    made = plan(
        hub, objectives_fr="Vendre", skills_fr="Tenir une boutique en ligne", trainer="Mme Bennani", least_share=80
    )
    names = (("Awa Ndiaye", "أوا نداي"), ("Bakary Diop", ""), ("Fatou Sow", ""))
    chosen = [hub.write(lambda uow, name=name: people.add(NewPerson(*name), uow)).value.id for name in names]  # type: ignore[misc]
    rows = {row.person_id: row for row in enrol(hub, made.id, *chosen)}
    clock.set(2026, 3, 18)
    for day in made.days:
        mark(hub, day.id, rows[chosen[0]].id, Mark.PRESENT)
    mark(hub, made.days[0].id, rows[chosen[1]].id, Mark.PRESENT)
    hub.write(lambda uow: assessments.assess(rows[chosen[0]].id, uow, result=Result.PASSED))
    return made.id, tuple(IssueCertificate(PARTICIPATION, person, training_id=made.id) for person in chosen)


def issue(hub: Hub, command: IssueCertificate, **how: object) -> Issued:
    return hub.write(lambda uow: issuing.issue(replace(command, **how), uow)).value  # type: ignore[arg-type]


def code_of(hub: Hub, issued: Issued) -> str:
    from app.services.certificates import life  # noqa: PLC0415

    return hub.read(lambda uow: life.show(issued.id, uow)).code


def check(hub: Hub, text: str) -> Check:
    return hub.read(lambda uow: checking.check_text(text, uow))
