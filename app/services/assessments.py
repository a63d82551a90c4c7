"""Assessment at the end of a training, and what it lets certificates say."""

from datetime import date

from app.clock import day_of
from app.domain.accounts import Permission
from app.domain.ids import EnrolmentId, TrainingId, shared_id
from app.domain.people import clean_name
from app.domain.training_rules import Facts, WhyNot, facts_of, result_of
from app.domain.trainings import Enrolment, EnrolmentState, Result
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import training_rules as rules
from app.services.access import put, require
from app.storage.schema_trainings import assessment
from app.storage.unit_of_work import UnitOfWork

_ORDER = (EnrolmentState.ENROLLED, EnrolmentState.WAITING, EnrolmentState.WITHDRAWN)


def assess(
    enrolment_id: EnrolmentId,
    uow: UnitOfWork,
    *,
    result: Result | None = None,
    points: int | None = None,
    note: str = "",
    on: date | None = None,
) -> Outcome[Enrolment]:
    """Keep what an assessment gave, on a day (today); a new one takes the place of the former.

    Where the training has a mark to pass, `points` (in hundredths) say who passed; else the assessor says `result`.
    Raises UserError for who has no place, and for a mark that is missing or higher than the best.
    """
    require(uow, Permission.RUN_TRAININGS)
    person = rules.load_enrolment(enrolment_id, uow)
    found = rules.load_open(person.training_id, uow)
    if person.state is not EnrolmentState.ENROLLED:
        raise UserError(_("Only who has a place is assessed. Nothing was changed. Give the person a place first."))
    if points is not None and not 0 <= points <= found.best_mark:
        raise UserError(
            _("A mark is from 0 to {best}. Nothing was changed. Check the mark.").format(best=found.best_mark / 100)
        )
    if found.pass_mark:
        if points is None:
            raise UserError(_("This training is passed with a mark. Nothing was changed. Give the mark."))
        result = result_of(points, found.pass_mark)
    if result not in set(Result):
        raise UserError(_("Say whether the person passed. Nothing was changed."))
    day, today = on or day_of(uow.now), day_of(uow.now)
    if day > today:
        raise UserError(_("An assessment is not kept ahead. Nothing was changed. Check the date."))
    _write(enrolment_id, uow, result=str(result), points=points, day=day.isoformat(), note=clean_name(note))
    return _outcome(enrolment_id, uow)


def take_back(enrolment_id: EnrolmentId, uow: UnitOfWork) -> Outcome[Enrolment]:
    """Take an assessment back that was kept by mistake; the former stays in the history."""
    require(uow, Permission.RUN_TRAININGS)
    person = rules.load_enrolment(enrolment_id, uow)
    rules.load_open(person.training_id, uow)
    if person.assessment is None:
        raise UserError(_("This person was not assessed. Nothing was changed."))
    _write(enrolment_id, uow, result="", points=None, day="", note="")
    return _outcome(enrolment_id, uow)


def training_facts(training_id: TrainingId, uow: UnitOfWork) -> tuple[Facts, ...]:
    """What certificates ask about everybody in a training, with the reasons against each paper. Raises NotFoundError.

    Those with a place come first, by name; people who were erased are none.
    """
    require(uow, Permission.READ_TRAININGS)
    found = rules.load(training_id, uow)
    people = rules.everybody(training_id, uow)
    ordered = sorted(people, key=lambda item: _ORDER.index(item.state) if item.state in _ORDER else len(_ORDER))
    return tuple(facts_of(found, item) for item in ordered)


def word_why(reason: WhyNot) -> str:
    """A reason against a paper, as the trainer reads it."""
    words = {
        WhyNot.NOT_ENROLLED: _("has no place in this training"),
        WhyNot.NO_ATTENDANCE: _("was never noted as present"),
        WhyNot.TOO_FEW_HOURS: _("attended fewer hours than required"),
        WhyNot.NOT_ASSESSED: _("has not been assessed yet"),
        WhyNot.NOT_PASSED: _("did not pass the assessment"),
    }
    return words.get(reason, str(reason))


def _write(enrolment_id: EnrolmentId, uow: UnitOfWork, **cells: object) -> None:
    row_id = shared_id("assessment", enrolment_id.hex)
    kept = {"enrolment_id": enrolment_id, "assessor_id": uow.actor.account_id, **cells}
    put(assessment, row_id, kept, uow)


def _outcome(enrolment_id: EnrolmentId, uow: UnitOfWork) -> Outcome[Enrolment]:
    done = rules.load_enrolment(enrolment_id, uow)
    return Outcome(done, rules.changed(done.training_id, [done.person_id], [done.id]), uow.undo_token)
