"""Who has earned a certificate, what it will say, and why others have not."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import CaseId, HubId, PersonId, TrainingId
from app.domain.papers import LEAST_SESSIONS, VALID, Candidate, Details, Obstacle
from app.domain.people import Person
from app.domain.sheets import CertificateKind
from app.domain.training_rules import Facts, facts_of
from app.domain.trainings import EnrolmentState, Training
from app.errors import UserError
from app.i18n import LANGUAGES, _, ngettext
from app.services import coaching_rules, training_rules
from app.services.access import require
from app.services.merging import records_of
from app.storage import papers as rows
from app.storage import people, places, sessions
from app.storage.schema_trainings import enrolment
from app.storage.trainings import enrolments
from app.storage.unit_of_work import UnitOfWork
from app.storage.ventures import ventures_of

_HUNDREDTHS: Final = 100
_HOUR: Final = 60


def candidates(
    kind: CertificateKind, training_id: TrainingId, uow: UnitOfWork, *, only: PersonId | None = None
) -> tuple[Candidate, ...]:
    """Everybody in a training, by name: who has earned a certificate of participation or of training, who not and why.

    Who withdrew, waits for a place or was erased is not among them. `only` asks about one person.
    """
    require(uow, Permission.READ_PAPERS)
    require(uow, Permission.READ_TRAININGS)
    if kind is CertificateKind.ACCOMPANIMENT:
        raise UserError(_("Accompaniment is certified from somebody's case, not from a training."))
    training = training_rules.load(training_id, uow)
    which = [enrolment.c.training_id == training_id]
    about = [rows.issued_about(training_id)]
    if only is not None:
        which.append(enrolment.c.person_id == only)
        about.append(rows.with_people([only]))
    everybody = enrolments(uow.connection, *which)
    enrolled = [item for item in everybody if item.state is EnrolmentState.ENROLLED]
    known = {person.id: person for person in people.load_people(uow.connection, [item.person_id for item in enrolled])}
    issued = rows.find_certificates(uow.connection, *about)
    valid = {item.person_id: item.number for item in issued if item.kind is kind and item.state in VALID}
    found = [
        _of_training(kind, training, facts_of(training, item), known[item.person_id], valid.get(item.person_id, ""))
        for item in enrolled
        if item.person_id in known
    ]
    return tuple(sorted(found, key=lambda item: (item.name or item.name_ar).casefold()))


def candidate_of_case(case_id: CaseId, uow: UnitOfWork) -> Candidate:
    """Whether the accompaniment of a case can be certified, and what the certificate will say. Raises NotFoundError."""
    require(uow, Permission.READ_PAPERS)
    require(uow, Permission.READ_CASES)
    case = coaching_rules.load_case(case_id, uow)
    person = coaching_rules.load_people([case.person_id], uow)[case.person_id]
    there = [
        item
        for item in sessions.find_sessions(uow.connection, sessions.of_case(case_id), notes=False)
        if any(one.case_id == case_id and one.present for one in item.attendees)
    ]
    days = sorted(day_of(item.starts_at) for item in there)
    details = Details(
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        attended=sum(item.minutes for item in there),
        sessions=len(there),
        counter=_counter_labels(HubId(case.hub_id), case.counter_id, uow),
        venture=_venture_name(case.person_id, uow),
    )
    issued = rows.find_certificates(uow.connection, rows.issued_about(case_id))
    has = next((item.number for item in issued if item.state in VALID), "")
    obstacles = [Obstacle.TOO_FEW_SESSIONS] if len(there) < LEAST_SESSIONS else []
    return _candidate(person, details, obstacles, has, LEAST_SESSIONS)


def word_obstacles(candidate: Candidate) -> str:
    """Why somebody is given no certificate, as a sentence for whoever stands before the list; empty where ready."""
    return " ".join(_word(obstacle, candidate) for obstacle in candidate.obstacles)


def details_of_training(training: Training, facts: Facts) -> Details:
    """What a certificate of a training says of one person's part in it."""
    return Details(
        training=_by_language(training.title_fr, training.title_en, training.title_ar),
        first_day=training.first_day,
        last_day=training.last_day,
        attended=facts.minutes_attended,
        planned=facts.minutes_planned,
        place=training.place,
        trainer=training.trainer,
        objectives=_by_language(training.objectives_fr, training.objectives_en, training.objectives_ar),
        skills=_by_language(training.skills_fr, training.skills_en, training.skills_ar),
    )


def _of_training(kind: CertificateKind, training: Training, facts: Facts, person: Person, has: str) -> Candidate:
    certified = kind is CertificateKind.TRAINING
    missing = facts.certificate if certified else facts.participation
    least = -(-training.minutes * training.least_share // _HUNDREDTHS) if certified else 0
    return _candidate(
        person, details_of_training(training, facts), [Obstacle(str(reason)) for reason in missing], has, least
    )


def _candidate(person: Person, details: Details, obstacles: Iterable[Obstacle], has: str, least: int) -> Candidate:
    found = list(obstacles)
    if has:
        found.append(Obstacle.HAS_ONE)
    if not (person.name or person.name_ar):
        found.append(Obstacle.NO_NAME)
    return Candidate(PersonId(person.id), person.number, person.name, person.name_ar, details, tuple(found), least, has)


def _word(obstacle: Obstacle, candidate: Candidate) -> str:
    details = candidate.details
    match obstacle:
        case Obstacle.TOO_FEW_HOURS:
            return _("Was there for {attended} h of {planned} h; the certificate asks for {least} h.").format(
                attended=_hours(details.attended), planned=_hours(details.planned), least=_hours(candidate.least)
            )
        case Obstacle.TOO_FEW_SESSIONS:
            return ngettext(
                "Was there in {count} session; accompaniment is certified from {least} on.",
                "Was there in {count} sessions; accompaniment is certified from {least} on.",
                details.sessions,
            ).format(count=details.sessions, least=candidate.least)
        case Obstacle.HAS_ONE:
            return _("Has a valid one already: {number}.").format(number=candidate.has)
        case _other:
            return {
                Obstacle.NOT_ENROLLED: _("Has no place in this training."),
                Obstacle.NO_ATTENDANCE: _("Was there on no day of the training."),
                Obstacle.NOT_ASSESSED: _("Was not assessed yet."),
                Obstacle.NOT_PASSED: _("Did not pass the assessment."),
                Obstacle.NO_NAME: _("Has no name on record."),
            }[obstacle]


def _hours(minutes: int) -> str:
    hours, left = divmod(minutes, _HOUR)
    return f"{hours}:{left:02d}" if left else str(hours)


def _by_language(french: str, english: str, arabic: str) -> dict[str, str]:
    return {language: text for language, text in zip(LANGUAGES, (french, english, arabic), strict=True) if text.strip()}


def _counter_labels(hub: HubId, counter_id: UUID | None, uow: UnitOfWork) -> dict[str, str]:
    found = next((item for item in places.counters_of(uow.connection, hub) if item.id == counter_id), None)
    return {} if found is None else _by_language(found.label_fr, found.label_en, found.label_ar)


def _venture_name(person_id: PersonId, uow: UnitOfWork) -> str:
    found = ventures_of(uow.connection, records_of(person_id, uow))
    return next((item.name or item.name_ar for item in found), "")
