"""`waslctl visits`: log a passage, list a day, close it."""

from argparse import Namespace
from collections.abc import Iterable

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.parser import Commands, calendar_day, moment
from app.commands.terminal import Reply, table
from app.commands.words import clock_text, label, visit_document
from app.domain.ids import CounterId
from app.domain.visits import Counter, DayFigures, LogVisit, VisitRow, VisitState
from app.i18n import _, current_language, ngettext, pgettext
from app.services import counters, days, people, visits


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("visits", _("log visits, list a day, close it"))
    logging = commands.add("visits log", _("log that somebody came"), _log)
    who = logging.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    who.add_argument("--anonymous", action="store_true", help=_("somebody who gives no name"))
    logging.add_argument("--counter", required=True, metavar=_("CODE"), help=_("code or number of the counter"))
    logging.add_argument("--reason", default="information", metavar=_("CODE"), help=_("code of the list of reasons"))
    logging.add_argument("--at", type=moment, metavar="ISO", help=_("when they came, such as 2026-11-23T09:40; now"))
    listing = commands.add("visits list", _("the visits of a day at this desk"), _list)
    listing.add_argument("--day", type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23; today"))
    commands.add("visits close-day", _("close the earliest day that is still open"), _close_day)


def _log(args: Namespace) -> Reply:
    def log(uow: UnitOfWork) -> tuple[VisitRow, Counter]:
        person = None if args.anonymous else people.resolve(args.person, uow)
        counter = counters.load_counter(counters.resolve(args.counter, uow), uow)
        return visits.log(LogVisit(person, counter.id, args.reason, args.at), uow).value, counter

    with opened(args) as hub:
        visit, counter = hub.write(log)
    return Reply(
        visit_document(visit, counter.code),
        lambda: [
            _("{name} waits at counter {position}, {counter}, since {time}.").format(
                name=_who(visit),
                position=counter.position,
                counter=counter.label(current_language()),
                time=clock_text(visit.arrived_at),
            )
        ],
    )


def _list(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[tuple[VisitRow, ...], dict[CounterId, Counter]]:
        known = {counter.id: counter for counter in counters.list_counters(uow, hidden=True)}
        return visits.list_day(args.day, uow), known

    with opened(args) as hub:
        rows, known = hub.read(look)
    return Reply(
        [visit_document(row, known[row.counter_id].code) for row in rows],
        lambda: _day_lines(rows, known),
    )


def _day_lines(rows: tuple[VisitRow, ...], known: dict[CounterId, Counter]) -> Iterable[str]:
    if not rows:
        return [_("No visit is on record for that day at this desk.")]
    states = {
        VisitState.WAITING: pgettext("visit", "waiting"),
        VisitState.WITH_COUNTER: pgettext("visit", "at the counter"),
        VisitState.CHECKED_OUT: pgettext("visit", "left"),
        VisitState.CLOSED_WITH_DAY: pgettext("visit", "closed with the day"),
        VisitState.VOID: pgettext("visit", "void"),
    }
    heads = (
        pgettext("visit", "Came"), pgettext("visit", "Called"), pgettext("visit", "Left"), pgettext("visit", "State"),
        _("Counter"), _("Reason"), _("Number"), _("Name"),
    )  # fmt: skip
    return table(
        heads,
        [
            (
                clock_text(row.arrived_at),
                clock_text(row.called_at),
                clock_text(row.left_at),
                states.get(row.state, str(row.state)),
                known[row.counter_id].label(current_language()),
                label("visit_reasons", row.reason),
                row.number,
                _who(row),
            )
            for row in rows
        ],
    )


def _who(visit: VisitRow) -> str:
    return visit.name or visit.name_ar or pgettext("visit", "anonymous")


def _close_day(args: Namespace) -> Reply:
    with opened(args) as hub:
        outcome = hub.write(days.close_day)
    figures, open_until_now = outcome.value, len(outcome.changes.visits)
    document = {
        "day": figures.day,
        "visits": figures.visits,
        "new_people": figures.new_people,
        "anonymous": figures.anonymous,
        "closed_with_day": open_until_now,
    }
    return Reply(document, lambda: _closing_lines(figures, open_until_now))


def _closing_lines(figures: DayFigures, open_until_now: int) -> Iterable[str]:
    yield ngettext(
        "{day} is closed, with {count} visit.", "{day} is closed, with {count} visits.", figures.visits
    ).format(day=figures.day.strftime("%d/%m/%Y"), count=figures.visits)
    if open_until_now:
        yield ngettext(
            "{count} visit was still open and was marked as closed with the day.",
            "{count} visits were still open and were marked as closed with the day.",
            open_until_now,
        ).format(count=open_until_now)
