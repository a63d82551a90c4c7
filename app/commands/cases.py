"""`waslctl cases` and `waslctl sessions`: open, close and list cases, log sessions."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterable
from uuid import UUID

from app.bootstrap import UnitOfWork
from app.clock import to_local
from app.commands.access import opened
from app.commands.parser import Commands, calendar_day, moment, positive
from app.commands.terminal import Reply, table
from app.commands.words import iso, label, moment_text
from app.domain.calendar import USUAL_MINUTES
from app.domain.coaching import Attendee, Case, LogSession, NextStep, OpenCase, Session
from app.domain.ids import CaseId
from app.i18n import _, ngettext, pgettext
from app.services import cases, counters, people, sessions


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("cases", _("open, close and list cases"))
    opening = commands.add("cases open", _("open a case; the steps of its kind come with it"), _open)
    opening.add_argument("person", metavar="ID", help=_("number or id of the person"))
    opening.add_argument("--counter", metavar=_("CODE"), help=_("code or number of the counter"))
    opening.add_argument("--kind", default="", metavar=_("CODE"), help=_("code of the list of cases; the counter's"))
    opening.add_argument("--goal", default="", metavar=_("TEXT"), help=_("what the person wants to reach"))
    opening.add_argument("--anyway", action="store_true", help=_("also where one of this kind is open already"))
    closing = commands.add("cases close", _("close a case with what came of it"), _close)
    closing.add_argument("case", type=row_id, metavar="ID", help=_("id of the case"))
    closing.add_argument("--exit", required=True, metavar=_("CODE"), help=_("code of the list of exits"))
    listing = commands.add("cases list", _("the open cases of this hub, or all of a person"), _list)
    listing.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    listing.add_argument("--closed", action="store_true", help=_("closed ones too"))
    commands.group("sessions", _("log sessions and list them"))
    logging = commands.add("sessions log", _("log a session, for one person or for all who were there"), _log)
    logging.add_argument("people", nargs="+", metavar="ID", help=_("numbers or ids of who was there"))
    logging.add_argument("--kind", default="", metavar=_("CODE"), help=_("code of the list of sessions"))
    logging.add_argument(
        "--minutes", type=positive, default=USUAL_MINUTES, metavar="N", help=_("how long it took (45)")
    )
    logging.add_argument("--at", type=moment, metavar="ISO", help=_("when it began, such as 2026-11-23T09:40; now"))
    logging.add_argument("--title", default="", metavar=_("TEXT"), help=_("what it was about"))
    logging.add_argument("--result", default="", metavar=_("CODE"), help=_("code of the list of results"))
    logging.add_argument("--note", default="", metavar=_("TEXT"), help=_("what only advisors may read"))
    logging.add_argument("--next", default="", metavar=_("TEXT"), help=_("what is to be done next"))
    logging.add_argument("--due", type=calendar_day, metavar=_("DAY"), help=_("by when, such as 2026-11-30"))
    sessions_of = commands.add("sessions list", _("the latest sessions of this hub, or those of a person"), _sessions)
    sessions_of.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    sessions_of.add_argument("--limit", type=positive, default=50, metavar="N", help=_("how many at most (50)"))


def row_id(text: str) -> UUID:
    """The id of a record, for arguments."""
    try:
        return UUID(text)
    except ValueError as error:
        raise ArgumentTypeError(_("“{text}” is not the id of a record").format(text=text)) from error


def case_document(case: Case) -> dict[str, object]:
    """A case, for JSON."""
    return {
        "id": case.id,
        "person": case.person_id,
        "number": case.number,
        "kind": case.kind,
        "advisor": case.advisor,
        "goal": case.goal,
        "opened_at": iso(case.opened_at),
        "closed_at": iso(case.closed_at),
        "exit": case.exit,
        "sessions": case.sessions,
        "open_steps": case.open_steps,
        "overdue": case.overdue,
        "next_due": case.next_due,
    }


def session_document(session: Session) -> dict[str, object]:
    """A session, for JSON; notes are null where they may not be read."""
    return {
        "id": session.id,
        "kind": session.kind,
        "starts_at": iso(session.starts_at),
        "minutes": session.minutes,
        "title": session.title,
        "result": session.result,
        "note": session.note,
        "advisor": session.advisor,
        "people": [
            {"person": item.person_id, "number": item.number, "case": item.case_id, "present": item.present}
            for item in session.attendees
        ],
    }


def _open(args: Namespace) -> Reply:
    def act(uow: UnitOfWork) -> Case:
        person = people.resolve(args.person, uow)
        counter = counters.resolve(args.counter, uow) if args.counter else None
        return cases.open_case(OpenCase(person, counter, args.kind, args.goal, args.anyway), uow).value

    with opened(args) as hub:
        case = hub.write(act)
    return Reply(
        case_document(case),
        lambda: [
            ngettext(
                "A case is open for {name}: {kind}, with {count} step.",
                "A case is open for {name}: {kind}, with {count} steps.",
                case.open_steps,
            ).format(name=case.name or case.name_ar, kind=label("case_kinds", case.kind), count=case.open_steps)
        ],
    )


def _close(args: Namespace) -> Reply:
    with opened(args) as hub:
        case = hub.write(lambda uow: cases.close_case(CaseId(args.case), args.exit, uow).value)
    return Reply(
        case_document(case),
        lambda: [
            _("The case of {name} is closed: {exit}.").format(
                name=case.name or case.name_ar, exit=label("exits", case.exit)
            )
        ],
    )


def _list(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[Case, ...]:
        person = people.resolve(args.person, uow) if args.person else None
        return cases.list_cases(uow, person_id=person, closed=args.closed)

    with opened(args) as hub:
        found = hub.read(look)
    return Reply([case_document(case) for case in found], lambda: _case_lines(found))


def _case_lines(found: tuple[Case, ...]) -> Iterable[str]:
    if not found:
        return [_("No case is on record for that.")]
    heads = (
        pgettext("case", "Opened"), pgettext("case", "Kind"), _("Number"), _("Name"), _("Advisor"), _("Sessions"),
        _("Steps"), pgettext("case", "Exit"), "ID",
    )  # fmt: skip
    return table(
        heads,
        [
            (
                to_local(case.opened_at).strftime("%d/%m/%Y"),
                label("case_kinds", case.kind),
                case.number,
                case.name or case.name_ar,
                case.advisor,
                str(case.sessions),
                str(case.open_steps),
                label("exits", case.exit),
                str(case.id),
            )
            for case in found
        ],
    )


def _log(args: Namespace) -> Reply:
    def act(uow: UnitOfWork) -> Session:
        there = tuple(Attendee(people.resolve(reference, uow)) for reference in args.people)
        following = NextStep(args.next, args.due) if args.next else None
        command = LogSession(there, args.kind, args.minutes, args.at, args.title, args.result, args.note, following)
        return sessions.log_session(command, uow).value

    with opened(args) as hub:
        session = hub.write(act)
    return Reply(
        session_document(session),
        lambda: [
            ngettext(
                "Logged: {kind}, {minutes} min, with {count} person.",
                "Logged: {kind}, {minutes} min, with {count} people.",
                len(session.attendees),
            ).format(kind=label("session_kinds", session.kind), minutes=session.minutes, count=len(session.attendees))
        ],
    )


def _sessions(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[Session, ...]:
        person = people.resolve(args.person, uow) if args.person else None
        return sessions.list_sessions(uow, person_id=person, limit=args.limit)

    with opened(args) as hub:
        found = hub.read(look)
    return Reply([session_document(session) for session in found], lambda: _session_lines(found))


def _session_lines(found: tuple[Session, ...]) -> Iterable[str]:
    if not found:
        return [_("No session is on record for that.")]
    heads = (
        pgettext("session", "Began"), _("Minutes"), pgettext("session", "Kind"), pgettext("session", "Result"),
        _("Advisor"), _("People"),
    )  # fmt: skip
    return table(
        heads,
        [
            (
                moment_text(session.starts_at),
                str(session.minutes),
                label("session_kinds", session.kind),
                label("session_results", session.result),
                session.advisor,
                ", ".join(item.number for item in session.attendees),
            )
            for session in found
        ],
    )
