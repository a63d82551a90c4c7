"""`waslctl certificate verify`, `list`, `show`, `reprint`, `replace`, `revoke`: certificates once they are issued."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.cases import row_id
from app.commands.certificate import KINDS, refuse_existing, written
from app.commands.parser import Commands
from app.commands.terminal import Reply, table
from app.commands.words import iso, label, moment_text
from app.domain.ids import CertificateId, TrainingId
from app.domain.papers import Certificate, Verdict
from app.i18n import _
from app.services import people
from app.services.certificates import badges, checking, life
from app.services.certificates.checking import Check

_WORDS: Final = {str(kind): word for word, kind in KINDS.items()}
_STDIN: Final = "-"
_LONGEST_TEXT: Final = 20_000
_LONGEST_NAME: Final = 1_000


def register(commands: Commands) -> None:
    """Make the commands known; the group is made beside `certificate issue`."""
    checked = commands.add("certificate verify", _("check a paper by its code, a photo or its PDF"), _verify)
    checked.add_argument("what", metavar=_("FILE_OR_TEXT"), help=_("a file, the text of a code, or - to read it"))
    listing = commands.add("certificate list", _("the certificates of this hub, or those that the options name"), _list)
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    which.add_argument("--training", type=row_id, metavar="ID", help=_("id of the training"))
    which.add_argument("--everywhere", action="store_true", help=_("those of all hubs"))
    shown = commands.add("certificate show", _("what is on record under a number"), _show)
    printed = commands.add("certificate reprint", _("print one again, marked as a duplicate"), _reprint)
    replaced = commands.add("certificate replace", _("issue another in its place, with the name of now"), _replace)
    revoked = commands.add("certificate revoke", _("say that a certificate counts no longer"), _revoke)
    badge = commands.add("certificate badge", _("write an Open Badges 3.0 file to be given along"), _badge)
    for parser in (shown, printed, replaced, revoked, badge):
        parser.add_argument("number", metavar=_("NUMBER"), help=_("number of the certificate"))
    for parser in (printed, replaced, badge):
        parser.add_argument("-o", "--output", required=True, type=Path, metavar=_("FILE"), help=_("the file to write"))
    for parser in (replaced, revoked):
        parser.add_argument(
            "--reason", required=True, metavar=_("TEXT"), help=_("code of the list of reasons, or words")
        )
        parser.add_argument("--note", default="", metavar=_("TEXT"), help=_("what else is to be known"))


def _verify(args: Namespace) -> Reply:
    path, text = _file_or_text(args.what)

    def check(uow: UnitOfWork) -> Check:
        if path is None:
            return checking.check_text(text, uow)
        content = path.read_bytes()
        as_text = _text_of(content)
        return checking.check_file(content, uow) if as_text is None else checking.check_text(as_text, uow)

    with opened(args) as hub:
        found = hub.read(check)
    document = {
        "status": found.verdict,
        "number": found.number or None,
        "name": found.name or None,
        "name_ar": found.name_ar or None,
        "kind": _WORDS.get(found.kind, found.kind) or None,
        "date": found.issued_on,
        "as_known_on": iso(found.as_known_on),
        "signed_by": found.signer or None,
        "on_record": found.on_record,
        "ended_at": iso(found.ended_at),
        "reason": found.reason or None,
        "replaced_by": found.replaced_by or None,
        "key_revoked_at": iso(found.key_revoked_at),
    }
    return Reply(document, lambda: _check_lines(found), 0 if found.verdict is Verdict.AUTHENTIC else 1)


def _file_or_text(what: str) -> tuple[Path | None, str]:
    if what == _STDIN:
        return None, sys.stdin.read(_LONGEST_TEXT)
    # a code is longer than a name of a file may be, and asking for it would be an error
    path = Path(what) if len(what) < _LONGEST_NAME and "\0" not in what else None
    try:
        return (path, "") if path is not None and path.is_file() else (None, what)
    except OSError:
        return None, what


def _text_of(content: bytes) -> str | None:
    """A file of text; None for a picture or a PDF."""
    if len(content) > _LONGEST_TEXT or b"\0" in content or content.startswith(b"%PDF-"):
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _check_lines(found: Check) -> Iterable[str]:
    yield from checking.word_check(found)
    if found.number:
        names = " · ".join(name for name in (found.name, found.name_ar) if name)
        day = "" if found.issued_on is None else f"{found.issued_on:%d/%m/%Y}"
        yield "  ".join((found.number, names, day))


def _list(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[Certificate, ...]:
        person = people.resolve(args.person, uow) if args.person else None
        training = None if args.training is None else TrainingId(args.training)
        return life.list_certificates(uow, person=person, training=training, everywhere=args.everywhere)

    with opened(args) as hub:
        rows = hub.read(look)
    return Reply([certificate_document(row) for row in rows], lambda: _lines(rows))


def _show(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(lambda uow: checking.look_up(args.number, uow))
    return Reply(certificate_document(found), lambda: _lines((found,)))


def _reprint(args: Namespace) -> Reply:
    refuse_existing(args.output)
    with opened(args) as hub:
        paper = hub.write(lambda uow: life.duplicate(_resolve(args.number, uow), uow)).value
    args.output.write_bytes(paper.pdf)
    return written(paper.number, args.output)


def _replace(args: Namespace) -> Reply:
    refuse_existing(args.output)
    with opened(args) as hub:
        made = hub.write(lambda uow: life.replace(_resolve(args.number, uow), args.reason, uow, note=args.note)).value
    args.output.write_bytes(made.paper.pdf)
    return written(made.paper.number, args.output)


def _revoke(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.write(lambda uow: life.revoke(_resolve(args.number, uow), args.reason, uow, args.note)).value
    return Reply(certificate_document(found), lambda: [_("{number} counts no longer.").format(number=found.number)])


def _badge(args: Namespace) -> Reply:
    refuse_existing(args.output)
    with opened(args) as hub:
        # the key is made where it is asked for first
        made = hub.write(lambda uow: badges.make_badge(_resolve(args.number, uow), uow))
    args.output.write_text(made.token, encoding="ascii")
    return written(args.number, args.output)


def _resolve(number: str, uow: UnitOfWork) -> CertificateId:
    return checking.look_up(number, uow).id


def certificate_document(row: Certificate) -> dict[str, object]:
    """A certificate, for JSON."""
    return {
        "id": row.id,
        "number": row.number,
        "kind": _WORDS.get(row.kind, row.kind),
        "person": row.person_id,
        "name": row.name or None,
        "name_ar": row.name_ar or None,
        "languages": row.languages,
        "date": row.issued_on,
        "issued_at": iso(row.issued_at),
        "issued_by": row.issued_by,
        "template_version": row.template_version,
        "state": row.state,
        "copies": row.copies,
        "ended_at": iso(row.ended_at),
        "reason": row.reason or None,
        "note": row.note or None,
        "replaced_by": row.replaced_by or None,
        "erased": row.erased,
        "sha256": row.sha256.hex() or None,
        "code": row.code or None,
    }


def _lines(rows: Iterable[Certificate]) -> Iterable[str]:
    heads = (_("Number"), _("Name"), _("Issued on"), _("State"), _("Ended"), _("Reason"))
    return table(
        heads,
        [
            (
                row.number,
                row.name or row.name_ar,
                f"{row.issued_on:%d/%m/%Y}",
                label("certificate_states", row.state),
                moment_text(row.ended_at),
                row.replaced_by or ": ".join(filter(None, (label("revocation_reasons", row.reason), row.note))),
            )
            for row in rows
        ],
    )
