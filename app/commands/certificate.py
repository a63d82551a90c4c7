"""`waslctl certificate issue`, `batch`, `earned`: who has earned a certificate, and giving it."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.cases import row_id
from app.commands.parser import Commands, calendar_day, positive
from app.commands.terminal import Reply, table
from app.domain.ids import CaseId, TrainingId
from app.domain.papers import LANGUAGE_CHOICES, Candidate, Details, IssueCertificate
from app.domain.sheets import CertificateKind
from app.errors import UserError
from app.i18n import _, ngettext
from app.services import people
from app.services.certificates import earned, issuing
from app.services.certificates.issuing import Batch, Issued

KINDS: Final = {
    "participation": CertificateKind.PARTICIPATION,
    "accompaniment": CertificateKind.ACCOMPANIMENT,
    "training": CertificateKind.TRAINING,
}
_HOUR: Final = 60
_HOURS: Final = re.compile(r"(\d{1,4})(?:[:h](\d{2}))?")


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("certificate", _("certificates: issue, check, print again, replace, revoke"))
    one = commands.add("certificate issue", _("issue a certificate to one person"), _issue)
    _add_form(one)
    one.add_argument("--person", required=True, metavar="ID", help=_("number or id of the person"))
    about = one.add_mutually_exclusive_group()
    about.add_argument("--training", type=row_id, metavar="ID", help=_("id of the training"))
    about.add_argument("--case", type=row_id, metavar="ID", help=_("id of the case"))
    about.add_argument("--title", default="", metavar=_("TEXT"), help=_("a training that is not kept here"))
    one.add_argument("--hours", type=_minutes, default=0, metavar=_("HOURS"), help=_("attended, such as 18 or 4:30"))
    one.add_argument("--planned", type=_minutes, default=0, metavar=_("HOURS"), help=_("hours planned"))
    one.add_argument("--sessions", type=positive, default=0, metavar=_("NUMBER"), help=_("sessions attended"))
    one.add_argument("--from", dest="first", type=calendar_day, metavar=_("DAY"), help=_("the first day"))
    one.add_argument("--to", dest="last", type=calendar_day, metavar=_("DAY"), help=_("the last day"))
    one.add_argument("--place", default="", metavar=_("TEXT"), help=_("where it was"))
    one.add_argument("--trainer", default="", metavar=_("TEXT"), help=_("who gave it"))
    one.add_argument("--anyway", action="store_true", help=_("also beside a valid one"))
    one.add_argument("-o", "--output", required=True, type=Path, metavar=_("FILE"), help=_("the file to write"))
    many = commands.add("certificate batch", _("issue one to everybody who earned it in a training"), _batch)
    _add_form(many)
    many.add_argument("-o", "--output", required=True, type=Path, metavar=_("FOLDER"), help=_("where the files go"))
    asking = commands.add("certificate earned", _("who has earned one in a training, and why others not"), _earned)
    asking.add_argument("--kind", required=True, choices=KINDS, help=_("what is certified"))
    for parser in (many, asking):
        parser.add_argument("--training", required=True, type=row_id, metavar="ID", help=_("id of the training"))


def _add_form(parser: ArgumentParser) -> None:
    # the languages of the paper, of which there may be two; its place is that of the option that every command has
    parser.conflict_handler = "resolve"
    paper = parser.add_argument_group(_("the paper"))
    paper.add_argument(
        "--lang",
        dest="languages",
        choices=LANGUAGE_CHOICES,
        default=LANGUAGE_CHOICES[0],
        help=_("the languages of the paper"),
    )
    paper.add_argument("--kind", required=True, choices=KINDS, help=_("what is certified"))
    paper.add_argument("--on", type=calendar_day, metavar=_("DAY"), help=_("the day of issue; today"))
    paper.add_argument(
        "--latin-name-only", action="store_true", help=_("where the holder has not confirmed the Arabic name")
    )


def _minutes(text: str) -> int:
    """Hours such as 18, 4:30 or 4h30, in minutes."""
    found = _HOURS.fullmatch(text)
    if found is None or int(found[2] or 0) >= _HOUR:
        raise ArgumentTypeError(_("“{text}” is no number of hours such as 18 or 4:30").format(text=text))
    return int(found[1]) * _HOUR + int(found[2] or 0)


def _issue(args: Namespace) -> Reply:
    def issue(uow: UnitOfWork) -> Issued:
        typed = None
        if args.training is None and args.case is None:
            typed = Details(
                training={"fr": args.title} if args.title else {},
                first_day=args.first,
                last_day=args.last,
                attended=args.hours,
                planned=args.planned,
                sessions=args.sessions,
                place=args.place,
                trainer=args.trainer,
            )
        command = IssueCertificate(
            kind=KINDS[args.kind],
            person_id=people.resolve(args.person, uow),
            languages=args.languages,
            training_id=None if args.training is None else TrainingId(args.training),
            case_id=None if args.case is None else CaseId(args.case),
            details=typed,
            issued_on=args.on,
            arabic_name=not args.latin_name_only,
            anyway=args.anyway,
        )
        return issuing.issue(command, uow).value

    refuse_existing(args.output)
    with opened(args) as hub:
        made = hub.write(issue)
    args.output.write_bytes(made.paper.pdf)
    return written(made.paper.number, args.output)


def _batch(args: Namespace) -> Reply:
    kind, training = KINDS[args.kind], TrainingId(args.training)
    if args.output.exists() and (not args.output.is_dir() or any(args.output.iterdir())):
        raise UserError(_("{folder} is there and not empty. Nothing was written.").format(folder=args.output))
    with opened(args) as hub:
        found = hub.read(lambda uow: earned.candidates(kind, training, uow))
        commands = [
            IssueCertificate(
                kind,
                item.person_id,
                args.languages,
                training_id=training,
                issued_on=args.on,
                arabic_name=not args.latin_name_only,
            )
            for item in found
        ]
        done = issuing.issue_batch(commands, hub.write)
    args.output.mkdir(parents=True, exist_ok=True)
    for item in done.issued:
        (args.output / item.paper.file_name).write_bytes(item.paper.pdf)
    return Reply(
        {
            "issued": [item.paper.number for item in done.issued],
            "skipped": [{"person": item.person_id, "name": item.name, "why": item.why} for item in done.skipped],
        },
        lambda: _batch_lines(done),
    )


def _batch_lines(done: Batch) -> Iterable[str]:
    count = len(done.issued)
    yield ngettext("{number} certificate was issued.", "{number} certificates were issued.", count).format(number=count)
    for item in done.skipped:
        yield f"{item.name}: {item.why}"


def _earned(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(lambda uow: earned.candidates(KINDS[args.kind], TrainingId(args.training), uow))
    return Reply([_document(item) for item in found], lambda: _lines(found))


def _document(item: Candidate) -> dict[str, object]:
    return {
        "person": item.person_id,
        "number": item.number,
        "name": item.name,
        "name_ar": item.name_ar,
        "ready": item.ready,
        "obstacles": item.obstacles,
        "why": earned.word_obstacles(item),
        "minutes_attended": item.details.attended,
        "minutes_planned": item.details.planned,
    }


def _lines(found: Iterable[Candidate]) -> Iterable[str]:
    rows = [
        (item.number, item.name or item.name_ar, "☑" if item.ready else "☐", earned.word_obstacles(item))
        for item in found
    ]
    return table((_("Number"), _("Name"), "", ""), rows)


def refuse_existing(path: Path) -> None:
    """Raise UserError for a file that is there: nothing is overwritten, and no number spent on it."""
    if path.exists():
        raise UserError(_("The file {file} is there already. Nothing was written.").format(file=path))


def written(number: str, path: Path) -> Reply:
    """What is said of a paper that was written to a file."""
    return Reply(
        {"number": number, "file": str(path)},
        lambda: [_("{number} was written to {file}.").format(number=number, file=path)],
    )
