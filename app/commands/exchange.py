"""`waslctl sync` and `waslctl conflicts`: trust, bundles, and what two offices wrote differently."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from app.commands.access import opened
from app.commands.parser import Commands
from app.commands.separating import copies_document, copies_lines
from app.commands.separating import register as register_separating
from app.commands.terminal import Reply, table
from app.commands.trust import agreed_to, announced_document, still_revoked_line, trust_document, trust_lines
from app.commands.trust import register as register_trust
from app.commands.words import iso, moment_text
from app.i18n import _, current_language, ngettext
from app.services.exchange import folder, letter, overview, receiving, revoking, settling, trust
from app.services.exchange.files import read_bundle_file, read_identity_file
from app.services.exchange.folder import PutFile
from app.services.exchange.letter import WaitingLetter
from app.services.exchange.missing_words import word_waiting
from app.services.exchange.overview import Overview
from app.services.exchange.receiving import Preview
from app.services.exchange.settling import OpenDispute


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("sync", _("exchange records with other offices by bundle files"))
    identity = commands.add("sync identity", _("write the file by which other offices know this one"), _identity)
    _output(identity)
    enrolling = commands.add("sync enroll", _("believe the office of an identity file"), _enroll)
    enrolling.add_argument("file", type=Path, metavar=_("FILE"), help=_("the identity file of the other office"))
    enrolling.add_argument("--fingerprint", metavar=_("WORDS"), help=_("the words that the other office reads out"))
    exporting = commands.add("sync export", _("write a bundle for other offices"), _export)
    exporting.add_argument("--to", required=True, metavar=_("OFFICE"), help=_("TNG, TNG-A or all"))
    _output(exporting)
    looking = commands.add("sync preview", _("show what a bundle would do; nothing is changed"), _preview)
    looking.add_argument("file", type=Path, metavar=_("FILE"), help=_("a bundle"))
    importing = commands.add("sync import", _("take a bundle in, whole or not at all"), _import)
    importing.add_argument("file", type=Path, metavar=_("FILE"), help=_("a bundle"))
    importing.add_argument("--agree-to-deletions", action="store_true", help=_("also if it deletes many records"))
    importing.add_argument(
        "--agree-to-revoked", action="store_true", help=_("also changes of offices that are no longer trusted")
    )
    commands.add("sync status", _("each office: when last heard of, what it lacks"), _status)
    register_trust(commands)
    register_separating(commands)
    commands.group("conflicts", _("what two offices wrote differently"))
    commands.add("conflicts list", _("everything that waits to be settled"), _list_conflicts)
    settle = commands.add("conflicts settle", _("keep one of the values"), _settle)
    settle.add_argument("id", metavar="ID", help=_("the id that “conflicts list” shows"))
    settle.add_argument("--keep", required=True, metavar=_("VALUE"), help=_("mine, theirs, or the value itself"))


def _output(parser: ArgumentParser) -> None:
    parser.add_argument("-o", dest="output", type=Path, required=True, metavar=_("FILE"), help=_("the file to write"))


def _identity(args: Namespace) -> Reply:
    with opened(args) as hub:
        words = hub.write(lambda uow: folder.present(args.output, uow))
        document = {"installation": hub.actor.installation_id, "fingerprint": words, "file": str(args.output)}
    return Reply(
        document,
        lambda: [
            _("{file} is written. Give it to the other offices, and read them these words: {words}").format(
                file=args.output, words=words
            )
        ],
    )


def _enroll(args: Namespace) -> Reply:
    content = read_identity_file(args.file)
    with opened(args) as hub:
        peer = hub.write(lambda uow: trust.enroll(content, uow, args.fingerprint))
        _who, words = hub.read(lambda uow: trust.examine(content, uow))
        said = hub.read(lambda uow: revoking.still_revoked(peer.installation, uow))
    document = {"installation": peer.installation, "hub": peer.hub, "desk": peer.desk, "fingerprint": words}
    return Reply(
        document | ({"revoked_by": announced_document(said)} if said else {}),
        lambda: [
            *([still_revoked_line(said)] if said else []),
            _("{office} is enrolled. Its words are {words}: make sure by phone that they are the same there.").format(
                office=f"{peer.hub}-{peer.desk}", words=words
            ),
        ],
    )


def _export(args: Namespace) -> Reply:
    with opened(args) as hub:
        # in one transaction: what could not be written was not sent
        sent = hub.write(lambda uow: folder.put_at(args.output, args.to, uow))
    document = {"to": sent.offices, "ops": sent.ops, "left": sent.left, "bytes": sent.size, "file": str(args.output)}
    return Reply(document, lambda: _sent_lines(sent))


def _sent_lines(sent: PutFile) -> Iterable[str]:
    yield ngettext(
        "{file} is written for {offices}, with {count} change.",
        "{file} is written for {offices}, with {count} changes.",
        sent.ops,
    ).format(file=sent.path, offices=", ".join(sent.offices), count=sent.ops)
    if sent.left:
        yield ngettext(
            "{count} change did not fit. It goes with the next bundle, once theirs has come back.",
            "{count} changes did not fit. They go with the next bundle, once theirs has come back.",
            sent.left,
        ).format(count=sent.left)


def _preview(args: Namespace) -> Reply:
    content = read_bundle_file(args.file)
    with opened(args) as hub:
        found = hub.read(lambda uow: receiving.preview(content, uow))
    return Reply(_document(found), lambda: _lines(found, done=False))


def _import(args: Namespace) -> Reply:
    content = read_bundle_file(args.file)
    with opened(args) as hub:
        done = hub.take_in(content, agreed=agreed_to(args)).value
    return Reply(_document(done), lambda: _lines(done, done=True))


def _document(found: Preview) -> dict[str, object]:
    return {
        "from": found.sender,
        "bundle": found.bundle_id,
        "made_at": iso(found.made_at),
        "created": sum(found.created.values()),
        "ops_new": found.ops_new,
        "ops_known": found.ops_known,
        "ops_waiting": found.ops_waiting,
        "conflicts": found.conflicts,
        "erasures": found.erasures,
        "by_kind": {"created": dict(found.created), "changed": dict(found.changed)},
        "waits": found.waits,
        "known": found.known,
        **trust_document(found),
    }


def _lines(found: Preview, *, done: bool) -> Iterable[str]:
    yield _("From {office}, written {moment}.").format(office=found.sender, moment=moment_text(found.made_at))
    if found.known:
        yield _("It was taken in before; there is nothing new in it.")
    elif found.waits:
        yield _("It builds on an earlier bundle that has not come yet. It is kept and taken in when that has come.")
    elif not found.ops_new:
        yield _("There is nothing new in it.")
    else:
        counted = ngettext("{count} new change", "{count} new changes", found.ops_new).format(count=found.ops_new)
        conflicts = ngettext("{count} value to settle", "{count} values to settle", found.conflicts).format(
            count=found.conflicts
        )
        taken = _("Taken in: {changes}, {conflicts}.") if done else _("It would bring: {changes}, {conflicts}.")
        yield taken.format(changes=counted, conflicts=conflicts)
    yield from trust_lines(found, done=done)


def _status(args: Namespace) -> Reply:
    with opened(args) as hub:
        state = hub.read(overview.overview)
        waiting = hub.read(letter.look).waiting if state.waiting else ()
    return Reply(_status_document(state, waiting), lambda: _status_lines(state, waiting))


def _status_document(state: Overview, waiting: tuple[WaitingLetter, ...]) -> dict[str, object]:
    said = {item.bundle_id: word_waiting(item) for item in waiting}
    return {
        "ops": state.ops,
        "conflicts": state.disputes,
        "waiting": [{**asdict(item), "why": said.get(item.bundle_id, "")} for item in state.waiting],
        "copies": copies_document(state.copies),
        "unread": state.unread,
        "offices": [
            {
                "installation": office.installation,
                "office": f"{office.hub}-{office.desk}",
                "heard_at": iso(office.heard_at),
                "sent_at": iso(office.sent_at),
                "to_send": office.to_send,
                "revoked": office.revoked,
            }
            for office in state.offices
        ],
    }


def _status_lines(state: Overview, waiting: tuple[WaitingLetter, ...]) -> Iterable[str]:
    if not state.offices:
        return [_("No other office is enrolled here yet. Exchange identity files first.")]
    heads = (_("Office"), _("Name"), _("Last heard"), _("Last written for"), _("It lacks"))
    rows = [
        (
            f"{office.hub}-{office.desk}",
            office.names.get(current_language(), office.hub),
            moment_text(office.heard_at) if office.heard_at else _("never"),
            moment_text(office.sent_at) if office.sent_at else _("never"),
            _("believed no longer") if office.revoked else str(office.to_send),
        )
        for office in state.offices
    ]
    disputes = (
        [ngettext("{count} value to settle", "{count} values to settle", state.disputes).format(count=state.disputes)]
        if state.disputes
        else []
    )
    return [
        *table(heads, rows),
        *map(word_waiting, waiting),
        *disputes,
        *_unread_lines(state.unread),
        *copies_lines(state.copies),
    ]


def _unread_lines(count: int) -> Iterable[str]:
    if count:
        yield ngettext(
            "{count} record holds something that only a newer version of Wasl can show. It is kept and passed on.",
            "{count} records hold something that only a newer version of Wasl can show. They are kept and passed on.",
            count,
        ).format(count=count)


def _list_conflicts(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(settling.list_open)
    document = [
        {
            "id": item.id,
            "table": item.table,
            "row": item.row_id,
            "field": item.field,
            "subject": item.subject,
            "since": iso(item.since),
            "sides": [
                {
                    "value": side.value.hex() if isinstance(side.value, bytes) else side.value,
                    "author": side.author,
                    "office": side.office,
                    "at": iso(side.at),
                    "mine": side.ours,
                }
                for side in item.sides
            ],
        }
        for item in found
    ]
    return Reply(document, lambda: _conflict_lines(found))


def _conflict_lines(found: tuple[OpenDispute, ...]) -> Iterable[str]:
    if not found:
        yield _("Nothing waits to be settled.")
    for item in found:
        yield f"{item.id}  {item.subject}  {item.field}"
        for side in item.sides:
            yield f"  {side.office}  {side.author}  {moment_text(side.at)}  {side.value!s}"


def _settle(args: Namespace) -> Reply:
    with opened(args) as hub:
        hub.write(lambda uow: settling.settle(args.id, args.keep, uow))
    return Reply({"settled": args.id}, lambda: [_("It is settled, and the other offices will hear of it.")])
