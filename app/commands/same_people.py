"""`waslctl people duplicates`, `merge`, `unmerge` and `erase`: records of one person, and records that must go."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterable

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.parser import Commands, positive
from app.commands.terminal import Reply, table
from app.commands.words import birth_text
from app.domain.ids import PersonId
from app.domain.people import Likeness, PersonRow
from app.i18n import _, pgettext
from app.services import duplicates, erasing, merging, people
from app.services.duplicates import DuplicatePair


def register(commands: Commands) -> None:
    """Make the commands known; the group `people` is there already."""
    finding = commands.add("people duplicates", _("pairs of records that may be of one person"), _duplicates)
    finding.add_argument(
        "--threshold", type=_share, default=duplicates.LIKELY, metavar="P", help=_("how likely at least, 0 to 1 (0.9)")
    )
    finding.add_argument(
        "--limit", type=positive, default=duplicates.MOST, metavar="N", help=_("how many at most (1000)")
    )
    joining = commands.add("people merge", _("say that two records are of one person; both are kept"), _merge)
    parting = commands.add("people unmerge", _("take that back"), _unmerge)
    for parser in (joining, parting):
        parser.add_argument("person", metavar="ID", help=_("number or id of the person"))
    joining.add_argument("other", metavar="ID", help=_("number or id of the other record"))
    parting.add_argument("other", nargs="?", metavar="ID", help=_("from which record; without it, from all"))
    erasing_ = commands.add("people erase", _("erase a person everywhere and for good"), _erase)
    erasing_.add_argument("person", metavar="ID", help=_("number or id of the person"))
    erasing_.add_argument("--reason", required=True, metavar=_("TEXT"), help=_("kept on the audit trail"))


def _share(text: str) -> float:
    """A probability."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ArgumentTypeError(_("“{text}” is not a number from 0 to 1").format(text=text))
    return share


def _duplicates(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(lambda uow: duplicates.duplicates(uow, args.threshold, args.limit))
    document = [
        {"a": pair.a.id, "b": pair.b.id, "score": round(pair.score, 4), "reasons": list(pair.reasons)} for pair in found
    ]
    return Reply(document, lambda: _pair_lines(found))


def _pair_lines(found: tuple[DuplicatePair, ...]) -> Iterable[str]:
    if not found:
        return [_("No two records look like one person.")]
    heads = (_("Likely"), _("Number"), _("Name"), _("Born"), _("Number"), _("Name"), _("Born"), _("Because of"))
    return table(
        heads,
        [
            (f"{pair.score:.0%}", *_row_cells(pair.a), *_row_cells(pair.b), ", ".join(map(_word, pair.reasons)))
            for pair in found
        ],
    )


def _row_cells(row: PersonRow) -> tuple[str, str, str]:
    return row.number, row.name or row.name_ar, birth_text(row.birth)


def _word(reason: Likeness) -> str:
    return {
        Likeness.NAME: pgettext("likeness", "name"),
        Likeness.PHONE: pgettext("likeness", "phone"),
        Likeness.BIRTH: pgettext("likeness", "birth date"),
        Likeness.NATIONALITY: pgettext("likeness", "nationality"),
        Likeness.CARD: pgettext("likeness", "card"),
    }[reason]


def _merge(args: Namespace) -> Reply:
    def merge(uow: UnitOfWork) -> tuple[PersonId, int]:
        done = merging.merge(people.resolve(args.person, uow), people.resolve(args.other, uow), uow)
        return done.value, len(done.changes.visits)

    with opened(args) as hub:
        root, ended = hub.write(merge)
    lines = [_("The records are joined. This can be taken back.")]
    if ended:
        lines.append(_("Both were here: one visit stays open, the other is marked as an entry by mistake."))
    return Reply({"person": root}, lambda: lines)


def _unmerge(args: Namespace) -> Reply:
    def unmerge(uow: UnitOfWork) -> PersonId:
        person = people.resolve(args.person, uow)
        if args.other is not None:
            merging.unmerge(people.resolve(args.other, uow), person, uow)
            return person
        others = merging.records_of(person, uow) - {person}
        # nobody to part from is refused like two who are not joined
        merging.unmerge(PersonId(min(others, default=person)), person, uow)
        while others := merging.records_of(person, uow) - {person}:
            merging.unmerge(PersonId(min(others)), person, uow)
        return person

    with opened(args) as hub:
        person = hub.write(unmerge)
    return Reply({"person": person}, lambda: [_("The records are apart again, each as it was before.")])


def _erase(args: Namespace) -> Reply:
    with opened(args) as hub:
        person = hub.read(lambda uow: people.resolve(args.person, uow))
        hub.erase(person, args.reason)
        here, known = hub.read(lambda uow: erasing.erased_at(person, uow))
    return Reply(
        {"erased": person, "erased_at": here, "of": known},
        lambda: [
            _(
                "The person is erased here. The other offices erase them as bundles arrive: {done} of {all} so far."
            ).format(done=here, all=known)
        ],
    )
