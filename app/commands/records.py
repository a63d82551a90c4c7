"""`waslctl audit`, `digest`, `check`, `backup`, `restore`: the records as a whole."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path

from app.bootstrap import UnitOfWork, restore
from app.clock import to_moment
from app.commands.access import data_paths, opened
from app.commands.parser import Commands, calendar_day, positive
from app.commands.terminal import Reply, table
from app.commands.words import iso, moment_text
from app.errors import UserError
from app.i18n import _, ngettext, pgettext
from app.services import audit, erasing, people
from app.services.audit import AuditEvent


def register(commands: Commands) -> None:
    """Make the commands known."""
    trail = commands.add("audit", _("who read and changed what, newest first"), _audit)
    trail.add_argument("--person", metavar="ID", help=_("only what concerns this person"))
    trail.add_argument("--from", dest="since", type=calendar_day, metavar=_("DAY"), help=_("only since this day"))
    trail.add_argument("--limit", type=positive, default=1000, metavar="N", help=_("how many at most (1000)"))
    commands.add("digest", _("a hash for each table, equal where the records are equal"), _digest)
    commands.add("check", _("look whether the records are whole"), _check)
    copying = commands.add("backup", _("copy the records, encrypted, into one file"), _backup)
    copying.add_argument("-o", dest="file", type=Path, required=True, metavar=_("FILE"), help=_("the file to write"))
    restoring = commands.add("restore", _("put a copy into a folder without records"), _restore)
    restoring.add_argument("file", type=Path, metavar=_("FILE"), help=_("a file that “backup” wrote"))


def _audit(args: Namespace) -> Reply:
    since = to_moment(datetime.combine(args.since, time())) if args.since else None

    def look(uow: UnitOfWork) -> tuple[AuditEvent, ...]:
        person = people.resolve(args.person, uow) if args.person else None
        return audit.list_events(uow, person, since, args.limit)

    with opened(args) as hub:
        events = hub.read(look)
    document = [
        {
            "at": iso(event.at),
            "author": event.author,
            "action": event.action,
            "kind": event.kind,
            "subject": event.subject_id,
            "detail": event.detail,
        }
        for event in events
    ]
    return Reply(document, lambda: _event_lines(events))


def _event_lines(events: tuple[AuditEvent, ...]) -> Iterable[str]:
    if not events:
        return [_("Nothing is on the audit trail for that.")]
    heads = (
        pgettext("audit", "When"), pgettext("audit", "Who"), pgettext("audit", "What"), pgettext("audit", "Of"),
        pgettext("audit", "Record"), pgettext("audit", "Fields"),
    )  # fmt: skip
    return table(
        heads,
        [
            (
                moment_text(event.at),
                event.author,
                event.action,
                event.kind,
                str(event.subject_id or ""),
                event.detail,
            )
            for event in events
        ],
    )


def _digest(args: Namespace) -> Reply:
    with opened(args) as hub:
        hashes = hub.digest()
    return Reply(hashes, lambda: table((_("Table"), "SHA-256"), list(hashes.items())))


def _check(args: Namespace) -> Reply:
    with opened(args) as hub:
        problems, remains = hub.check(), hub.read(erasing.is_unfinished)
    return Reply(
        {"ok": not problems and not remains, "problems": problems} | ({"erased_remains": True} if remains else {}),
        lambda: _check_lines(problems, remains=remains),
        status=1 if problems or remains else 0,
    )


def _check_lines(problems: list[str], *, remains: bool) -> Iterable[str]:
    if remains:
        yield _(
            "Copies on this computer may still hold what was erased: the disk refused to clear them. Make room on it; "
            "it is tried again at the next sign-in."
        )
    if not problems:
        yield _("The records are whole.")
        return
    yield ngettext(
        "{count} problem was found. Leave the files as they are and restore the newest backup elsewhere.",
        "{count} problems were found. Leave the files as they are and restore the newest backup elsewhere.",
        len(problems),
    ).format(count=len(problems))
    yield from (f"  {problem}" for problem in problems)


def _backup(args: Namespace) -> Reply:
    with opened(args) as hub:
        written = hub.back_up(args.file)
    return Reply({"file": str(written)}, lambda: [_("The records were copied to {file}.").format(file=written)])


def _restore(args: Namespace) -> Reply:
    paths = data_paths(args)
    if not args.file.is_file():
        raise UserError(_("There is no file {file}. Nothing was restored.").format(file=args.file))
    restore(args.file, paths)
    return Reply(
        {"folder": str(paths.folder)},
        lambda: [
            _(
                "The records are in {folder} again. They open with the passwords that held when the copy was made."
            ).format(folder=paths.folder)
        ],
    )
