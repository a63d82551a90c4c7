"""`waslctl ventures`: put on record, show, list, move along the path, note a month."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from app.commands.access import opened
from app.commands.parser import Commands, calendar_day
from app.commands.terminal import Reply, table
from app.commands.words import iso, label, moment_text
from app.domain.money import AmountNotUnderstoodError, parse_amount
from app.domain.ventures import MonthlyFigure, NewVenture, Venture
from app.errors import UserError
from app.i18n import _
from app.services import monthly_figures, path, ventures
from app.services.path import NotReadyError
from app.services.path_words import word_missing, word_remark
from app.services.ventures import VentureView


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("ventures", _("put ventures on record, show them, take them along their path"))
    adding = commands.add("ventures add", _("put a venture on record"), _add)
    adding.add_argument("--name", default="", metavar=_("NAME"), help=_("in Latin letters"))
    adding.add_argument("--name-ar", default="", metavar=_("NAME"), help=_("in Arabic letters"))
    adding.add_argument("--kind", required=True, metavar=_("CODE"), help=_("code of the list of kinds"))
    for option in ("sector", "legal-form"):
        adding.add_argument(f"--{option}", default="", metavar=_("CODE"), help=_("code of its list"))
    for option in ("activity", "city"):
        adding.add_argument(f"--{option}", default="", metavar=_("TEXT"), help=_("in one's own words"))
    showing = commands.add("ventures show", _("everything on record about a venture"), _show)
    showing.add_argument("venture", metavar="ID", help=_("number or id of the venture"))
    listing = commands.add("ventures list", _("the ventures, or those that some words are found in"), _list)
    listing.add_argument("query", nargs="?", default="", metavar=_("QUERY"), help=_("words of its name or city"))
    listing.add_argument("--stage", metavar=_("CODE"), help=_("only those at this stage"))
    moving = commands.add("ventures move", _("move a venture along its path"), _move)
    moving.add_argument("venture", metavar="ID", help=_("number or id of the venture"))
    moving.add_argument("stage", metavar=_("CODE"), help=_("code of the stage"))
    moving.add_argument("--reason", default="", metavar=_("TEXT"), help=_("why, where something is missing"))
    moving.add_argument("--outcome", default="", metavar=_("CODE"), help=_("how it ended, for the stage “exit”"))
    noting = commands.add("ventures figure", _("note what a venture did in a month"), _figure)
    noting.add_argument("venture", metavar="ID", help=_("number or id of the venture"))
    noting.add_argument("month", type=_month, metavar=_("MONTH"), help=_("such as 2026-11"))
    noting.add_argument("--turnover", type=_amount, metavar="MAD", help=_("in dirhams"))
    for option in ("clients", "jobs-women", "jobs-men"):
        noting.add_argument(f"--{option}", type=int, metavar="N", help=_("how many"))
    noting.add_argument("--note", default="", metavar=_("TEXT"), help=_("in one's own words"))


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return calendar_day(text)


def _amount(text: str) -> Decimal:
    try:
        return parse_amount(text)
    except AmountNotUnderstoodError as error:
        raise ArgumentTypeError(_("“{text}” is no amount such as 1200,50").format(text=text)) from error


def _add(args: Namespace) -> Reply:
    new = NewVenture(args.name, args.name_ar, args.kind, args.sector, args.legal_form, args.activity, args.city)
    with opened(args) as hub:
        made = hub.write(lambda uow: ventures.add(new, uow)).value
    return Reply(venture_document(made), lambda: [_on_record(made)])


def _on_record(venture: Venture) -> str:
    return _("{name} is on record as {number}.").format(name=venture.name or venture.name_ar, number=venture.number)


def _show(args: Namespace) -> Reply:
    with opened(args) as hub:
        view = hub.read(lambda uow: ventures.show(ventures.resolve(args.venture, uow), uow))
        shown = hub.read(lambda uow: monthly_figures.list_figures(view.venture.id, uow))
    document = {
        **venture_document(view.venture),
        "members": view.members,
        "moves": [{"at": iso(move.at), "stage": move.stage, "reason": move.reason} for move in view.moves],
        "next": view.next,
        "missing": view.missing,
        "remarks": view.remarks,
        "registration_steps": view.registration_steps,
        "milestones": view.milestones,
        "figures": [figure_document(figure) for figure in shown],
    }
    return Reply(document, lambda: _lines(view, shown))


def _lines(view: VentureView, figures: tuple[MonthlyFigure, ...]) -> Iterable[str]:
    venture = view.venture
    yield " · ".join(filter(None, (venture.number, venture.name, venture.name_ar)))
    facts = (
        (_("Kind"), label("venture_kinds", venture.kind)),
        (_("Sector"), label("sectors", venture.sector)),
        (_("Legal form"), label("legal_forms", venture.legal_form)),
        (_("City"), venture.city),
        (_("Advisor"), venture.advisor),
        (_("Registration"), label("registration_states", venture.registration)),
        (_("Stage"), label("stages", venture.stage)),
        (_("On record since"), moment_text(venture.created_at)),
    )
    yield from (f"  {name}: {value}" for name, value in facts if value)
    for member in view.members:
        share = f"{member.share // 100},{member.share % 100:02d} %"
        yield f"  {label('member_roles', member.role)}: {member.name or member.name_ar} · {share}"
    yield from (f"  {word_remark(remark)}" for remark in view.remarks)
    if view.next and view.missing:
        yield _("For the stage “{stage}” there is missing:").format(stage=label("stages", view.next))
        yield from (f"  – {word_missing(item)}" for item in view.missing)
    if figures:
        yield ""
        heads = (_("Month"), _("Turnover (MAD)"), _("Clients"), _("Jobs, women"), _("Jobs, men"))
        yield from table(
            heads,
            [
                (
                    f"{figure.month:%m/%Y}",
                    *("" if number is None else str(number) for number in _numbers(figure)),
                )
                for figure in figures
            ],
        )


def _numbers(figure: MonthlyFigure) -> tuple[Decimal | int | None, ...]:
    return (figure.turnover, figure.clients, figure.jobs_women, figure.jobs_men)


def _list(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(lambda uow: ventures.list_ventures(uow, args.query, stage=args.stage))
    heads = (_("Number"), _("Name"), _("Kind"), _("Stage"), _("City"), _("Name in Arabic"))
    return Reply(
        [venture_document(one) for one in found],
        lambda: table(
            heads,
            [
                (
                    one.number, one.name, label("venture_kinds", one.kind), label("stages", one.stage), one.city,
                    one.name_ar,
                )
                for one in found
            ],
        ),
    )  # fmt: skip


def _move(args: Namespace) -> Reply:
    with opened(args) as hub:
        try:
            moved = hub.write(
                lambda uow: path.move(
                    ventures.resolve(args.venture, uow), args.stage, uow, reason=args.reason, outcome=args.outcome
                )
            ).value
        except NotReadyError as error:
            lacking = ", ".join(word_missing(item) for item in error.missing)
            raise UserError(_("{sentence} Missing: {missing}.").format(sentence=error, missing=lacking)) from error
    return Reply(
        venture_document(moved),
        lambda: [
            _("{number} is at the stage “{stage}”.").format(number=moved.number, stage=label("stages", moved.stage))
        ],
    )


def _figure(args: Namespace) -> Reply:
    figure = MonthlyFigure(args.month, args.turnover, args.clients, args.jobs_women, args.jobs_men, args.note)
    with opened(args) as hub:
        noted = hub.write(
            lambda uow: monthly_figures.note_figure(ventures.resolve(args.venture, uow), figure, uow)
        ).value
    return Reply(figure_document(noted), lambda: [_("{month} is noted.").format(month=noted.month.strftime("%m/%Y"))])


def figure_document(figure: MonthlyFigure) -> dict[str, object]:
    """The figures of a month, for JSON; the turnover as text, so that no program makes a float of it."""
    return {
        "month": f"{figure.month:%Y-%m}",
        "turnover": None if figure.turnover is None else str(figure.turnover),
        "clients": figure.clients,
        "jobs_women": figure.jobs_women,
        "jobs_men": figure.jobs_men,
        "note": figure.note,
    }


def venture_document(venture: Venture) -> dict[str, object]:
    """A venture, for JSON."""
    fields: dict[str, object] = {name: getattr(venture, name) for name in Venture.__dataclass_fields__}
    return {**fields, "created_at": iso(venture.created_at)}
