"""`waslctl calls`: make a call, take applications, see where the jury stands and what it found."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.parser import Commands, calendar_day
from app.commands.terminal import Reply, table
from app.commands.words import label
from app.domain.ids import ApplicationId
from app.domain.selection import Application, Call, NewCall, NewCriterion, Ranked, Results
from app.errors import NotFoundError, UserError
from app.i18n import _, current_language
from app.services import applications, calls, decision_letters, selection, ventures
from app.services.applications import GapsError
from app.services.path_words import word_conflict, word_gap


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("calls", _("calls for applications, their jury and its ranking"))
    adding = commands.add("calls add", _("make a call for applications"), _add)
    adding.add_argument("code", metavar=_("CODE"), help=_("a code that no other call has"))
    for language in ("fr", "en", "ar"):
        adding.add_argument(f"--label-{language}", required=True, metavar=_("NAME"), help=_("its name"))
    adding.add_argument("--opens", type=calendar_day, metavar=_("DAY"), help=_("the first day"))
    adding.add_argument("--closes", type=calendar_day, metavar=_("DAY"), help=_("the last day"))
    adding.add_argument("--places", type=int, default=0, metavar="N", help=_("how many"))
    adding.add_argument("--kind", action="append", default=[], metavar=_("CODE"), help=_("code of the list of kinds"))
    commands.add("calls list", _("the calls on record"), _list)
    setting = commands.add("calls set", _("say where a call stands"), _set)
    setting.add_argument("call", metavar=_("CODE"), help=_("code or id of the call"))
    setting.add_argument("state", metavar=_("STATE"), help=_("code of its list"))
    weighing = commands.add("calls criterion", _("add what the jury looks at"), _criterion)
    weighing.add_argument("call", metavar=_("CODE"), help=_("code or id of the call"))
    for language in ("fr", "en", "ar"):
        weighing.add_argument(f"--label-{language}", required=True, metavar=_("NAME"), help=_("its name"))
    weighing.add_argument("--weight", type=int, default=1, metavar="N", help=_("its weight"))
    weighing.add_argument("--most", type=int, default=10, metavar="N", help=_("the most points"))
    applying = commands.add("calls apply", _("note that a venture applied"), _apply)
    applying.add_argument("call", metavar=_("CODE"), help=_("code or id of the call"))
    applying.add_argument("venture", metavar="ID", help=_("number or id of the venture"))
    applying.add_argument("--reason", default="", metavar=_("TEXT"), help=_("why, where something is missing"))
    showing = commands.add("calls results", _("who applied, and the ranking once the jury has finished"), _results)
    showing.add_argument("call", metavar=_("CODE"), help=_("code or id of the call"))
    writing = commands.add("calls letter", _("write the letter about a decision"), _letter)
    writing.add_argument("application", metavar="ID", help=_("id of the application"))
    writing.add_argument("file", type=Path, metavar=_("FILE.pdf"), help=_("where to"))
    writing.add_argument("--language", choices=("fr", "en", "ar"), default="fr", help=_("the language of the letter"))


def _add(args: Namespace) -> Reply:
    labels = (args.label_fr, args.label_en, args.label_ar)
    new = NewCall(args.code, *labels, tuple(args.kind), args.opens, args.closes, args.places)
    with opened(args) as hub:
        made = hub.write(lambda uow: calls.add_call(new, uow)).value
    return _told(made)


def _set(args: Namespace) -> Reply:
    with opened(args) as hub:
        made = hub.write(lambda uow: calls.edit_call(calls.resolve(args.call, uow), {"state": args.state}, uow)).value
    return _told(made)


def _told(call: Call) -> Reply:
    return Reply(call, lambda: [f"{call.code}: {call.label(current_language())} · {label('call_states', call.state)}"])


def _list(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(calls.list_calls)
    heads = (_("Code"), _("Name"), _("State"), _("Applications"), _("Places"), _("Sum of weights"))
    return Reply(
        list(found),
        lambda: table(
            heads,
            [
                (
                    one.code, one.label(current_language()), label("call_states", one.state), str(one.applications),
                    str(one.places), str(one.weights),
                )
                for one in found
            ],
        ),
    )  # fmt: skip


def _criterion(args: Namespace) -> Reply:
    new = NewCriterion(args.label_fr, args.label_en, args.label_ar, args.weight, args.most)

    def add(uow: UnitOfWork) -> tuple[object, int]:
        call_id = calls.resolve(args.call, uow)
        return calls.add_criterion(call_id, new, uow).value, calls.show_call(call_id, uow)[0].weights

    with opened(args) as hub:
        made, weights = hub.write(add)
    return Reply(
        {"criterion": made, "weights": weights},
        lambda: [_("The weights add up to {sum}.").format(sum=weights)],
    )


def _apply(args: Namespace) -> Reply:
    def apply(uow: UnitOfWork) -> Application:
        call_id, venture_id = calls.resolve(args.call, uow), ventures.resolve(args.venture, uow)
        return applications.apply(call_id, venture_id, uow, reason=args.reason).value

    with opened(args) as hub:
        try:
            made = hub.write(apply)
        except GapsError as error:
            lacking = ", ".join(word_gap(gap) for gap in error.gaps)
            raise UserError(_("{sentence} Missing: {missing}.").format(sentence=error, missing=lacking)) from error
    return Reply(made, lambda: [_application(made), *(f"  – {word_gap(gap)}" for gap in made.gaps)])


def _application(one: Application) -> str:
    return f"{one.number} · {one.name or one.name_ar} · {label('application_states', one.state)}"


def _results(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[Results, tuple[Application, ...]]:
        call_id = calls.resolve(args.call, uow)
        return selection.results(call_id, uow), applications.list_applications(call_id, uow)

    with opened(args) as hub:
        found, everybody = hub.read(look)
    document = {
        "call": found.call,
        "open": found.open,
        "waiting": list(found.waiting),
        "ranking": [_ranked(row) for row in found.rows],
        "applications": list(everybody),
    }
    return Reply(document, lambda: _result_lines(found, everybody))


def _ranked(row: Ranked) -> dict[str, object]:
    total = None if row.total is None else f"{row.total.numerator}/{row.total.denominator}"
    return {
        "application": row.application.id,
        "number": row.application.number,
        "rank": row.rank,
        "total": total,
        "tied": row.tied,
        "jurors": [{"name": one.name, "points": {str(key): n for key, n in one.points.items()}} for one in row.jurors],
        "excluded": [{"name": one.name, "conflict": one.conflict} for one in row.excluded],
    }


def _result_lines(found: Results, everybody: tuple[Application, ...]) -> Iterable[str]:
    if found.waiting:
        yield _("Nobody's points are shown until these have finished: {names}.").format(names=", ".join(found.waiting))
    heads = (_("Rank"), _("Out of 100"), _("Number"), _("Name"), _("State"))
    ranked = {row.application.id: row for row in found.rows}
    rows = [*(row.application for row in found.rows), *(one for one in everybody if one.id not in ranked)]
    yield from table(
        heads,
        [
            (*_figures(ranked.get(one.id)), one.number, one.name or one.name_ar, label("application_states", one.state))
            for one in rows
        ],
    )
    for row in found.rows:
        for one in row.excluded:
            yield f"  {row.application.number}: {one.name} {word_conflict(one.conflict)}"


def _figures(row: Ranked | None) -> tuple[str, str]:
    if row is None or row.rank is None or row.total is None:
        return "", ""
    return f"{row.rank}{'=' if row.tied else ''}", f"{float(row.total):.2f}"


def _letter(args: Namespace) -> Reply:
    try:
        application_id = ApplicationId(UUID(args.application))
    except ValueError as error:
        raise NotFoundError(
            _("There is no such application; it may have been taken back. Nothing was changed.")
        ) from error
    if args.file.exists():
        raise UserError(_("The file {file} is there already. Nothing was written.").format(file=args.file))
    with opened(args) as hub:
        paper = hub.write(lambda uow: decision_letters.issue_letter(application_id, args.language, uow)).value
    args.file.write_bytes(paper.pdf)
    return Reply(
        {"number": paper.number, "file": str(args.file)},
        lambda: [_("{number} was written to {file}.").format(number=paper.number, file=args.file)],
    )
