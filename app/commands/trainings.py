"""`waslctl trainings`: plan, fill, note who was there, assess; what certificates ask."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import time

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.cases import row_id
from app.commands.parser import Commands, calendar_day
from app.commands.terminal import Reply, table
from app.commands.words import label
from app.domain.ids import EnrolmentId, PersonId, TrainingId
from app.domain.training_rules import Facts
from app.domain.trainings import Enrolment, Mark, NewDay, NewTraining, Result, Training, TrainingState
from app.errors import NotFoundError
from app.i18n import _, current_language
from app.services import assessments, enrolments, people, presences, training_days, trainings

_HOUR = 60
_HUNDREDTHS = 100


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("trainings", _("trainings, who takes part, who was there and who passed"))
    new = commands.add("trainings create", _("plan a training"), _create)
    for language in ("fr", "ar", "en"):
        new.add_argument(f"--title-{language}", default="", metavar=_("TEXT"), help=_("the title in that language"))
    new.add_argument("--kind", default="other", metavar=_("CODE"), help=_("code of the list of kinds of trainings"))
    new.add_argument("--trainer", default="", metavar=_("TEXT"), help=_("who gives it"))
    new.add_argument("--place", default="", metavar=_("TEXT"), help=_("where"))
    new.add_argument("--hours", type=float, default=0, metavar="N", help=_("hours that are planned"))
    new.add_argument("--places", type=int, default=0, metavar="N", help=_("how many can take part; 0 is no limit"))
    new.add_argument("--least", type=int, default=0, metavar="N", help=_("hours required for the certificate, in %%"))
    new.add_argument("--pass-mark", type=float, default=0, metavar="N", help=_("mark to pass; 0: the assessor says"))
    new.add_argument("--best-mark", type=float, default=20, metavar="N", help=_("the best mark"))
    day = commands.add("trainings days", _("plan a day of a training"), _days)
    _which(day)
    day.add_argument("day", type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23"))
    day.add_argument("--from", dest="begin", type=time.fromisoformat, default=time(9), metavar="HH:MM", help=_("begin"))
    day.add_argument("--to", dest="end", type=time.fromisoformat, default=time(12), metavar="HH:MM", help=_("end"))
    day.add_argument("--break", dest="pause", type=int, default=0, metavar="N", help=_("minutes of break"))
    putting = commands.add("trainings enrol", _("enrol people, or put them on the waiting list"), _enrol)
    _which(putting)
    putting.add_argument("person", nargs="+", metavar="ID", help=_("number or id of the person"))
    putting.add_argument("--beyond", action="store_true", help=_("even where all places are taken"))
    leaving = commands.add("trainings withdraw", _("keep that somebody does not take part"), _withdraw)
    _which(leaving)
    leaving.add_argument("person", metavar="ID", help=_("number or id of the person"))
    leaving.add_argument("--reason", default="", metavar=_("TEXT"), help=_("why"))
    marking = commands.add("trainings attend", _("note who was there on a day"), _attend)
    _which(marking)
    marking.add_argument("day", type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23"))
    marking.add_argument("person", nargs="*", metavar="ID", help=_("number or id; nobody: all who have no mark"))
    marking.add_argument("--mark", choices=[str(item) for item in Mark], default="present", help=_("what is noted"))
    marking.add_argument("--minutes", type=int, metavar="N", help=_("how long, where not all the time"))
    judging = commands.add("trainings assess", _("keep what an assessment gave"), _assess)
    _which(judging)
    judging.add_argument("person", metavar="ID", help=_("number or id of the person"))
    judging.add_argument("--result", choices=[str(item) for item in Result], help=_("where there is no mark"))
    judging.add_argument("--mark", type=float, metavar="N", help=_("the mark"))
    judging.add_argument("--note", default="", metavar=_("TEXT"), help=_("what else is to be known"))
    closing = commands.add("trainings close", _("close a training, cancel it or open it again"), _close)
    _which(closing)
    how = closing.add_mutually_exclusive_group()
    how.add_argument("--cancel", action="store_true", help=_("it does not take place"))
    how.add_argument("--reopen", action="store_true", help=_("it goes on"))
    listing = commands.add("trainings list", _("the trainings of this hub"), _list)
    listing.add_argument("--all", action="store_true", dest="ended", help=_("also those that have ended"))
    listing.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    _which(commands.add("trainings show", _("a training, and who may have which certificate"), _show))


def _which(parser: object) -> None:
    parser.add_argument("training", type=row_id, metavar="ID", help=_("id of the training"))  # type: ignore[attr-defined]


def _create(args: Namespace) -> Reply:
    new = NewTraining(
        args.title_fr, args.title_en, args.title_ar, args.kind, trainer=args.trainer, place=args.place,
        minutes=round(args.hours * _HOUR), places=args.places, least_share=args.least,
        pass_mark=round(args.pass_mark * _HUNDREDTHS), best_mark=round(args.best_mark * _HUNDREDTHS),
    )  # fmt: skip
    with opened(args) as hub:
        return _of(hub.write(lambda uow: trainings.add(new, uow)).value)


def _days(args: Namespace) -> Reply:
    new = NewDay(args.day, args.begin, args.end, args.pause)
    with opened(args) as hub:
        return _of(hub.write(lambda uow: training_days.add_days(TrainingId(args.training), [new], uow)).value)


def _enrol(args: Namespace) -> Reply:
    def act(uow: UnitOfWork) -> tuple[Enrolment, ...]:
        chosen = [people.resolve(item, uow) for item in args.person]
        return enrolments.enrol(TrainingId(args.training), chosen, uow, beyond=args.beyond).value

    with opened(args) as hub:
        return _people(hub.write(act))


def _withdraw(args: Namespace) -> Reply:
    def act(uow: UnitOfWork) -> tuple[Enrolment, ...]:
        done = enrolments.withdraw(_enrolled(args.training, args.person, uow).id, args.reason, uow).value
        return (done.enrolment, *done.moved_up)

    with opened(args) as hub:
        return _people(hub.write(act))


def _attend(args: Namespace) -> Reply:
    def act(uow: UnitOfWork) -> tuple[Enrolment, ...]:
        view = trainings.show(TrainingId(args.training), uow)
        day = next((item for item in view.training.days if item.day == args.day), None)
        if day is None:
            raise NotFoundError(_("This training has no such day. Nothing was changed. Plan the day first."))
        if not args.person:
            return presences.mark_others(day.id, uow, Mark(args.mark)).value
        marks: dict[EnrolmentId, Mark | None] = {
            _enrolled(args.training, item, uow).id: Mark(args.mark) for item in args.person
        }
        return presences.mark(day.id, marks, uow, minutes=args.minutes).value

    with opened(args) as hub:
        return _people(hub.write(act))


def _assess(args: Namespace) -> Reply:
    def act(uow: UnitOfWork) -> tuple[Enrolment, ...]:
        found = _enrolled(args.training, args.person, uow).id
        result = None if args.result is None else Result(args.result)
        points = None if args.mark is None else round(args.mark * _HUNDREDTHS)
        return (assessments.assess(found, uow, result=result, points=points, note=args.note).value,)

    with opened(args) as hub:
        return _people(hub.write(act))


def _close(args: Namespace) -> Reply:
    state = TrainingState.FINISHED
    if args.cancel or args.reopen:
        state = TrainingState.CANCELLED if args.cancel else TrainingState.PLANNED
    with opened(args) as hub:
        return _of(hub.write(lambda uow: trainings.set_state(TrainingId(args.training), state, uow)).value)


def _list(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[Training, ...]:
        person = people.resolve(args.person, uow) if args.person else None
        return trainings.list_trainings(uow, person_id=person, ended=args.ended)

    with opened(args) as hub:
        found = hub.read(look)
    return Reply([training_document(item) for item in found], lambda: _lines(found))


def _show(args: Namespace) -> Reply:
    wanted = TrainingId(args.training)

    def look(uow: UnitOfWork) -> tuple[Training, tuple[Facts, ...]]:
        return trainings.show(wanted, uow).training, assessments.training_facts(wanted, uow)

    with opened(args) as hub:
        training, facts = hub.read(look)
    document = {**training_document(training), "people": [_facts_document(item) for item in facts]}
    return Reply(document, lambda: [*_lines((training,)), "", *_facts_lines(facts)])


def _enrolled(training: TrainingId, reference: str, uow: UnitOfWork) -> Enrolment:
    person: PersonId = people.resolve(reference, uow)
    view = trainings.show(TrainingId(training), uow)
    for item in (*view.enrolled, *view.waiting, *view.withdrawn):
        if item.person_id == person:
            return item
    raise NotFoundError(_("This person is not enrolled in this training. Nothing was changed. Enrol the person first."))


def training_document(item: Training) -> dict[str, object]:
    """A training, for JSON."""
    return {
        "id": item.id,
        "title": {"fr": item.title_fr, "en": item.title_en, "ar": item.title_ar},
        "kind": item.kind,
        "state": item.state,
        "trainer": item.trainer,
        "place": item.place,
        "hours": item.minutes / _HOUR,
        "places": item.places,
        "enrolled": item.enrolled,
        "waiting": item.waiting,
        "over": item.over,
        "days": [
            {"id": day.id, "day": day.day, "from": f"{day.from_time:%H:%M}", "to": f"{day.to_time:%H:%M}"}
            for day in item.days
        ],
    }


def _person_document(item: Enrolment) -> dict[str, object]:
    result = item.assessment
    return {
        "id": item.id,
        "person": item.person_id,
        "number": item.number,
        "name": item.name,
        "state": item.state,
        "marks": {str(noted.day_id): noted.mark for noted in item.presences},
        "result": None if result is None else result.result,
        "mark": None if result is None or result.points is None else result.points / _HUNDREDTHS,
    }


def _facts_document(item: Facts) -> dict[str, object]:
    return {
        **_person_document(item.enrolment),
        "hours": item.minutes_attended / _HOUR,
        "participation": [str(reason) for reason in item.participation],
        "certificate": [str(reason) for reason in item.certificate],
    }


def _of(item: Training) -> Reply:
    return Reply(training_document(item), lambda: _lines((item,)))


def _people(rows: tuple[Enrolment, ...]) -> Reply:
    heads = (_("Number"), _("Name"), _("State"))
    lines = [(row.number, row.name or row.name_ar, label("enrolment_states", row.state)) for row in rows]
    return Reply([_person_document(row) for row in rows], lambda: table(heads, lines))


def _facts_lines(facts: tuple[Facts, ...]) -> Iterable[str]:
    heads = (_("Number"), _("Name"), _("State"), _("Hours"), _("Certificate"))
    return table(
        heads,
        [
            (
                item.enrolment.number,
                item.enrolment.name or item.enrolment.name_ar,
                label("enrolment_states", item.enrolment.state),
                f"{item.minutes_attended / _HOUR:g}/{item.minutes_planned / _HOUR:g}",
                _(", ").join(assessments.word_why(reason) for reason in item.certificate) or _("yes"),
            )
            for item in facts
        ],
    )


def _lines(rows: tuple[Training, ...]) -> Iterable[str]:
    heads = (_("Title"), _("State"), _("First day"), _("Last day"), _("Places taken"), _("Waiting list"), "ID")
    return table(
        heads,
        [
            (
                row.title(current_language()),
                label("training_states", row.state),
                f"{row.first_day:%d/%m/%Y}" if row.first_day else "",
                f"{row.last_day:%d/%m/%Y}" if row.last_day else "",
                f"{row.enrolled}/{row.places}" if row.places else str(row.enrolled),
                str(row.waiting),
                str(row.id),
            )
            for row in rows
        ],
    )
