"""`waslctl placements`: employers, who is placed with them, the check at three months, the end."""

from argparse import Namespace
from collections.abc import Iterable

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.cases import row_id
from app.commands.parser import Commands, calendar_day
from app.commands.terminal import Reply, table
from app.commands.words import iso, label
from app.domain.ids import EmployerId, PlacementId
from app.domain.placements import (
    FOREIGN_STEPS,
    Employer,
    NewEmployer,
    NewPlacement,
    PlacementRow,
    PlacementState,
    StillThere,
)
from app.i18n import _
from app.services import employers, people, placements


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("placements", _("employers, placements and their check at three months"))
    hiring = commands.add("placements add-employer", _("put an employer on record"), _add_employer)
    hiring.add_argument("name", metavar=_("NAME"), help=_("name of the employer"))
    hiring.add_argument("--sector", default="other", metavar=_("CODE"), help=_("code of the list of sectors"))
    hiring.add_argument("--city", default="", metavar=_("TEXT"), help=_("where it is"))
    hiring.add_argument("--contact", default="", metavar=_("TEXT"), help=_("how it is reached"))
    hiring.add_argument("--phone", default="", metavar=_("TEXT"), help=_("its phone"))
    commands.add("placements employers", _("the employers on record"), _employers)
    placing = commands.add("placements add", _("keep that somebody begins work"), _add)
    placing.add_argument("person", metavar="ID", help=_("number or id of the person"))
    placing.add_argument("--employer", required=True, type=row_id, metavar="ID", help=_("id of the employer"))
    placing.add_argument("--kind", required=True, metavar=_("CODE"), help=_("code of the list of contracts"))
    placing.add_argument("--title", required=True, metavar=_("TEXT"), help=_("the post"))
    placing.add_argument("--starts", required=True, type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23"))
    placing.add_argument("--ends", type=calendar_day, metavar=_("DAY"), help=_("such as 2027-05-22"))
    placing.add_argument("--visa", action="store_true", help=_("the person needs a visa to come for it"))
    listing = commands.add("placements list", _("the placements of this hub, or those that the options name"), _list)
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--due", action="store_true", help=_("those to be asked after three months"))
    which.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    checking = commands.add("placements check", _("keep whether somebody is still there after three months"), _check)
    checking.add_argument("placement", type=row_id, metavar="ID", help=_("id of the placement"))
    checking.add_argument("answer", choices=[str(item) for item in StillThere], help=_("what was learnt"))
    checking.add_argument("--note", default="", metavar=_("TEXT"), help=_("what else is to be known"))
    ending = commands.add("placements end", _("end a placement"), _end)
    ending.add_argument("placement", type=row_id, metavar="ID", help=_("id of the placement"))
    ending.add_argument(
        "--reason", required=True, metavar=_("CODE"), help=_("code of the list of states of placements")
    )
    ending.add_argument("--on", type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23; today"))
    ending.add_argument("--note", default="", metavar=_("TEXT"), help=_("what else is to be known"))


def _add_employer(args: Namespace) -> Reply:
    new = NewEmployer(args.name, args.sector, args.city, args.contact, args.phone)
    with opened(args) as hub:
        made = hub.write(lambda uow: employers.add_employer(new, uow)).value
    return Reply(_employer_document(made), lambda: [f"{made.name}  {made.id}"])


def _employers(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(employers.list_employers)
    return Reply(
        [_employer_document(item) for item in found],
        lambda: [f"{item.name}  {label('sectors', item.sector)}  {item.city}  {item.id}" for item in found],
    )


def _add(args: Namespace) -> Reply:
    def add(uow: UnitOfWork) -> PlacementRow:
        new = NewPlacement(
            people.resolve(args.person, uow),
            args.starts,
            EmployerId(args.employer),
            args.kind,
            args.title,
            ends=args.ends,
            needs_visa=args.visa,
        )
        return placements.place(new, uow).value

    with opened(args) as hub:
        return _of(hub.write(add))


def _list(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[PlacementRow, ...]:
        if args.due:
            return placements.list_due(uow)
        if args.person:
            return placements.list_placements(uow, person=people.resolve(args.person, uow))
        return placements.list_placements(uow, hub=uow.actor.hub_id)

    with opened(args) as hub:
        rows = hub.read(look)
    return Reply([placement_document(row) for row in rows], lambda: _lines(rows))


def _check(args: Namespace) -> Reply:
    wanted, answer = PlacementId(args.placement), StillThere(args.answer)
    with opened(args) as hub:
        return _of(hub.write(lambda uow: placements.check(wanted, answer, uow, note=args.note)).value)


def _end(args: Namespace) -> Reply:
    def end(uow: UnitOfWork) -> PlacementRow:
        reason = next((item for item in PlacementState if item == args.reason), PlacementState.CURRENT)
        return placements.end(PlacementId(args.placement), reason, uow, on=args.on, note=args.note).value

    with opened(args) as hub:
        return _of(hub.write(end))


def placement_document(row: PlacementRow) -> dict[str, object]:
    """A placement, for JSON."""
    return {
        "id": row.id,
        "person": row.person_id,
        "number": row.number,
        "employer": row.employer,
        "kind": row.kind,
        "title": row.title,
        "starts": row.starts,
        "ends": row.ends,
        "state": row.state,
        "check_due": row.check_due,
        "checked": row.checked,
        "still_there": row.still_there,
        "steps": [
            {"id": item.id, "code": item.code, "due": item.due, "done_at": iso(item.done_at), "dropped": item.dropped}
            for item in row.steps
        ],
    }


def _employer_document(employer: Employer) -> dict[str, object]:
    return {name: getattr(employer, name) for name in ("id", "name", "sector", "city", "contact", "phone", "hidden")}


def _of(row: PlacementRow) -> Reply:
    return Reply(placement_document(row), lambda: [*_lines((row,)), *_steps(row)])


def _steps(row: PlacementRow) -> Iterable[str]:
    for item in row.steps:
        mark = "☑" if item.done_at is not None else "☐"
        yield (
            f"  {mark} {label(FOREIGN_STEPS, item.code)}  {item.due:%d/%m/%Y}" if item.due else f"  {mark} {item.code}"
        )


def _lines(rows: tuple[PlacementRow, ...]) -> Iterable[str]:
    heads = (_("Number"), _("Name"), _("Employer"), _("Post"), _("Contract"), _("Begins"), _("State"), "ID")
    return table(
        heads,
        [
            (
                row.number,
                row.name or row.name_ar,
                row.employer,
                row.title,
                label("placements", row.kind),
                f"{row.starts:%d/%m/%Y}" if row.starts else "",
                label("placement_states", row.state),
                str(row.id),
            )
            for row in rows
        ],
    )
