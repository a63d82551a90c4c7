"""`waslctl appointments`: plan, list, to and from calendar files."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.parser import Commands, calendar_day, moment, positive
from app.commands.terminal import Reply, table
from app.commands.words import clock_text, iso, label, moment_text
from app.domain.calendar import USUAL_MINUTES, Appointment, NewAppointment
from app.i18n import _, ngettext, pgettext
from app.services import appointments, calendar_files, people
from app.services.calendar_files import Imported


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("appointments", _("plan appointments, list them, to and from calendar files"))
    adding = commands.add("appointments add", _("plan an appointment"), _add)
    adding.add_argument("--at", type=moment, required=True, metavar="ISO", help=_("when, such as 2026-11-23T09:40"))
    adding.add_argument("--minutes", type=positive, default=USUAL_MINUTES, metavar="N", help=_("how long (45)"))
    adding.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    adding.add_argument("--purpose", default="", metavar=_("TEXT"), help=_("what it is for"))
    listing = commands.add("appointments list", _("your appointments of a day"), _list)
    listing.add_argument("--day", type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23; today"))
    listing.add_argument("--week", action="store_true", help=_("of the whole week that the day is of"))
    exporting = commands.add("appointments export", _("write your week to a calendar file (.ics)"), _export)
    exporting.add_argument("-o", dest="file", type=Path, required=True, metavar=_("FILE"), help=_("the file to write"))
    exporting.add_argument("--day", type=calendar_day, metavar=_("DAY"), help=_("a day of the week; today"))
    exporting.add_argument("--names", action="store_true", help=_("who comes and what for: the file is not encrypted"))
    importing = commands.add("appointments import", _("take appointments from a calendar file (.ics)"), _import)
    importing.add_argument("file", type=Path, metavar=_("FILE"), help=_("a file that another program wrote"))


def appointment_document(item: Appointment) -> dict[str, object]:
    """An appointment, for JSON."""
    return {
        "id": item.id,
        "person": item.person_id,
        "number": item.number,
        "starts_at": iso(item.starts_at),
        "minutes": item.minutes,
        "purpose": item.purpose,
        "state": item.state,
        "advisor": item.advisor,
        "uid": item.uid,
        "clashes": list(item.clashes),
    }


def _add(args: Namespace) -> Reply:
    def act(uow: UnitOfWork) -> Appointment:
        person = people.resolve(args.person, uow) if args.person else None
        command = NewAppointment(args.at, args.minutes, person_id=person, purpose=args.purpose)
        return appointments.add_appointment(command, uow).value

    with opened(args) as hub:
        made = hub.write(act)
    return Reply(appointment_document(made), lambda: _added_lines(made))


def _added_lines(made: Appointment) -> Iterable[str]:
    yield _("Planned for {moment}.").format(moment=moment_text(made.starts_at))
    if made.clashes:
        yield ngettext(
            "{count} other appointment is at that time.", "{count} other appointments are at that time.",
            len(made.clashes),
        ).format(count=len(made.clashes))  # fmt: skip


def _list(args: Namespace) -> Reply:
    look = appointments.list_week if args.week else appointments.list_day
    with opened(args) as hub:
        found = hub.read(lambda uow: look(uow, args.day))
    return Reply([appointment_document(item) for item in found], lambda: _lines(found))


def _lines(found: tuple[Appointment, ...]) -> Iterable[str]:
    if not found:
        return [_("You have no appointment then.")]
    heads = (
        pgettext("appointment", "From"), pgettext("appointment", "To"), pgettext("appointment", "State"), _("Number"),
        _("Name"), pgettext("appointment", "For"),
    )  # fmt: skip
    return table(
        heads,
        [
            (
                moment_text(item.starts_at),
                clock_text(item.ends_at),
                label("appointment_states", item.state),
                item.number,
                item.name or item.name_ar,
                item.purpose,
            )
            for item in found
        ],
    )


def _export(args: Namespace) -> Reply:
    with opened(args) as hub:
        content = hub.read(lambda uow: calendar_files.export_week(uow, args.day, names=args.names))
    args.file.write_bytes(content)
    return Reply(
        {"file": str(args.file), "size": len(content)},
        lambda: [_("Your week is in {file}, which is not encrypted.").format(file=args.file)],
    )


def _import(args: Namespace) -> Reply:
    content = args.file.read_bytes()
    with opened(args) as hub:
        done = hub.write(lambda uow: calendar_files.import_calendar(content, uow)).value
    document = {
        "added": list(done.added),
        "changed": list(done.changed),
        "unchanged": done.unchanged,
        "kept": done.kept,
        "skipped": done.skipped,
    }
    return Reply(document, lambda: _import_lines(done))


def _import_lines(done: Imported) -> Iterable[str]:
    yield ngettext("{count} appointment is new.", "{count} appointments are new.", len(done.added)).format(
        count=len(done.added)
    )
    yield ngettext("{count} has changed.", "{count} have changed.", len(done.changed)).format(count=len(done.changed))
    if done.skipped:
        yield ngettext(
            "{count} entry was left out: whole days and series are no appointments.",
            "{count} entries were left out: whole days and series are no appointments.",
            done.skipped,
        ).format(count=done.skipped)
