"""`waslctl people`: put on record, find, show, correct."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from app.bootstrap import UnitOfWork
from app.clock import day_of, system_clock
from app.commands import same_people
from app.commands.access import opened
from app.commands.parser import Commands, positive
from app.commands.people_file import COLUMNS, PersonLine, bad_birth, person_from, read_people, read_text, refusal
from app.commands.terminal import Reply, table
from app.commands.words import birth_text, country, found_person, label, moment_text, person_document, visit_document
from app.domain.ids import CounterId
from app.domain.people import BirthNotUnderstoodError, Person, PersonRow, PossibleDuplicate, parse_birth
from app.domain.visits import Counter
from app.errors import UserError
from app.i18n import _, current_language, ngettext
from app.services import counters, people
from app.services.people import PersonView
from app.services.person_fields import check_fields

_ADDED_BY_HAND = ("name", "name_ar", "sex", "birth", "nationality")
_CHECKED = ("name", "name_ar", "sex", "birth", "nationality", "phones")


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("people", _("put people on record, find, show and correct them"))
    adding = commands.add("people add", _("put one person on record, or all of a CSV file"), _add)
    adding.add_argument("--name", metavar=_("NAME"), help=_("as on the document"))
    adding.add_argument("--name-ar", metavar=_("NAME"), help=_("in Arabic letters"))
    adding.add_argument("--sex", choices=("f", "m"), help=_("as on the document"))
    adding.add_argument("--birth", metavar=_("DATE"), help=_("12/03/1998, 1998-03-12, 1998, or ~1998 for an estimate"))
    adding.add_argument("--nationality", metavar="XX", help=_("country in two letters (ISO 3166)"))
    adding.add_argument("--phone", action="append", metavar=_("NUMBER"), help=_("in any form; may be given again"))
    adding.add_argument(
        "--from", dest="file", type=Path, metavar=_("FILE.csv"),
        help=_("many at once, all or none; columns: {columns}").format(columns=", ".join(COLUMNS)),
    )  # fmt: skip
    finding = commands.add("people search", _("find people by name in either script, phone or number"), _search)
    finding.add_argument("query", nargs="?", metavar=_("QUERY"), help=_("what would be typed at the desk"))
    finding.add_argument("--from", dest="file", type=Path, metavar=_("FILE"), help=_("one query a line"))
    finding.add_argument("--limit", type=positive, default=10, metavar="N", help=_("how many at most (10)"))
    showing = commands.add("people show", _("everything on record about a person"), _show)
    showing.add_argument("person", metavar="ID", help=_("number or id of the person"))
    editing = commands.add("people edit", _("correct what is on record"), _edit)
    editing.add_argument("person", metavar="ID", help=_("number or id of the person"))
    editing.add_argument("fields", nargs="+", metavar=_("FIELD=VALUE"), help=_("the field and what it should say"))
    same_people.register(commands)


def _add(args: Namespace) -> Reply:
    by_hand = {name: value for name in _ADDED_BY_HAND if (value := getattr(args, name)) is not None}
    if args.file is not None:
        if by_hand or args.phone:
            raise UserError(_("Either one person by options or many with --from, not both. Nobody was added."))
        return _add_file(args, args.file)
    person = person_from({**by_hand, "phone": ";".join(args.phone or ())}, day_of(system_clock()))

    def add(uow: UnitOfWork) -> tuple[tuple[PossibleDuplicate, ...], PersonRow]:
        return people.possible_duplicates(person, uow), people.add(person, uow).value

    with opened(args) as hub:
        similar, row = hub.write(add)
    document = {
        "id": row.id,
        "number": row.number,
        "possible_duplicates": [
            {**found_person(item.person), "score": round(item.score, 4), "reasons": list(item.reasons)}
            for item in similar
        ],
    }
    return Reply(document, lambda: _added_lines(row, similar))


def _added_lines(row: PersonRow, similar: tuple[PossibleDuplicate, ...]) -> Iterable[str]:
    yield _("{name} is on record as {number}.").format(name=row.name or row.name_ar, number=row.number)
    if similar:
        yield _("Look whether it is one of these people, who were on record already:")
        yield from _person_table([item.person for item in similar])


def _add_file(args: Namespace, file: Path) -> Reply:
    lines = read_people(file, day_of(system_clock()))
    with opened(args) as hub:
        try:
            rows = hub.write(lambda uow: people.add_many([line.person for line in lines], uow).value)
        except UserError as error:
            raise _refused_line(lines) or error from error
    count = len(rows)
    return Reply(
        {"created": count, "ids": [row.id for row in rows]},
        lambda: [ngettext("{count} person was added.", "{count} people were added.", count).format(count=count)],
    )


def _refused_line(lines: tuple[PersonLine, ...]) -> UserError | None:
    """The refusal of the first line that the register does not take; None when it was not for one line's sake."""
    for line in lines:
        try:
            check_fields({name: getattr(line.person, name) for name in _CHECKED})
        except UserError as error:
            return refusal(line.line, str(error))
    return None


def _search(args: Namespace) -> Reply:
    if (args.query is None) == (args.file is None):
        raise UserError(_("Say what to look for, or name a file of queries with --from: one of the two."))
    if args.file is None:
        with opened(args) as hub:
            rows = hub.read(lambda uow: people.search(args.query, uow, args.limit))
        return Reply([found_person(row) for row in rows], lambda: _found_lines(rows))
    queries = [line.removesuffix("\r") for line in read_text(args.file).removesuffix("\n").split("\n")]

    def ask_all(uow: UnitOfWork) -> list[tuple[PersonRow, ...]]:
        # an empty line stands for nobody: the desk's answer to it, the latest visitors, would be nobody's either
        return [people.search(query, uow, args.limit) if query.strip() else () for query in queries]

    with opened(args) as hub:
        answers = hub.read(ask_all)
    return Reply(
        [[found_person(row) for row in rows] for rows in answers],
        lambda: (
            text
            for query, rows in zip(queries, answers, strict=True)
            for text in (f"» {query}", *_found_lines(rows), "")
        ),
    )


def _found_lines(rows: tuple[PersonRow, ...]) -> Iterable[str]:
    return _person_table(rows) if rows else [_("Nobody was found.")]


def _person_table(rows: Iterable[PersonRow]) -> Iterable[str]:
    heads = (_("Number"), _("Name"), _("Born"), _("Nationality"), _("Phone"), _("Last visit"), _("Name in Arabic"))
    return table(
        heads,
        [
            (
                row.number,
                row.name,
                birth_text(row.birth),
                country(row.nationality),
                f"…{row.phone_tail}" if row.phone_tail else "",
                moment_text(row.last_visit),
                row.name_ar,
            )
            for row in rows
        ],
    )


def _show(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[PersonView, dict[CounterId, Counter]]:
        view = people.show(people.resolve(args.person, uow), uow)
        return view, {counter.id: counter for counter in counters.list_counters(uow, hidden=True)}

    with opened(args) as hub:
        view, known = hub.read(look)
    codes = {counter_id: counter.code for counter_id, counter in known.items()}
    document = {
        **person_document(view.person),
        "restricted": view.restricted,
        "visits": [visit_document(visit, codes.get(visit.counter_id, "")) for visit in view.visits],
        "consents": view.consents,
    }
    return Reply(document, lambda: _person_lines(view, known))


def _person_lines(view: PersonView, known: dict[CounterId, Counter]) -> Iterable[str]:
    person = view.person
    yield " · ".join(filter(None, (person.number, person.name, person.name_ar)))
    facts = [
        (_("Also known as"), ", ".join(person.also_known)),
        (_("Sex"), label("sexes", person.sex)),
        (_("Born"), birth_text(person.birth)),
        (_("Nationality"), country(person.nationality)),
        (_("Phone"), ", ".join(person.phones)),
        (_("Languages"), ", ".join(person.languages)),
        (_("Contact"), person.contact),
        (_("Card"), person.card),
        (_("On record since"), moment_text(person.created_at)),
    ]
    if view.restricted is not None:
        facts.append((_("Residence situation"), label("residence", view.restricted.residence)))
        facts.append((_("Education"), label("education", view.restricted.education)))
    facts += [
        (label("consents", consent.kind), f"{label('consent_ways', consent.way)}, {moment_text(consent.given_at)}")
        for consent in view.consents
    ]
    yield from (f"  {name}: {value}" for name, value in facts if value)
    if view.visits:
        yield ""
        yield from table(
            (_("Visit"), _("Counter"), _("Reason")),
            [
                (
                    moment_text(visit.arrived_at),
                    known[visit.counter_id].label(current_language()) if visit.counter_id in known else "",
                    label("visit_reasons", visit.reason),
                )
                for visit in view.visits
            ],
        )


def _edit(args: Namespace) -> Reply:
    fields = dict(_field(text) for text in args.fields)

    def edit(uow: UnitOfWork) -> Person:
        return people.edit(people.resolve(args.person, uow), fields, uow).value

    with opened(args) as hub:
        person = hub.write(edit)
    return Reply(
        person_document(person),
        lambda: [_("{number} was corrected: {fields}.").format(number=person.number, fields=", ".join(fields))],
    )


def _field(text: str) -> tuple[str, object]:
    name, sign, value = text.partition("=")
    name = {"phone": "phones", "language": "languages"}.get(name, name).replace("-", "_")
    if not sign:
        raise UserError(_("“{text}” is not FIELD=VALUE. Nothing was changed.").format(text=text))
    if name != "birth":
        return name, value
    try:
        return name, parse_birth(value, day_of(system_clock()))
    except BirthNotUnderstoodError as error:
        raise UserError(bad_birth(value)) from error
