"""`waslctl referrals`: send people on, answer for those who were sent here, keep what came of it."""

from argparse import Namespace
from collections.abc import Callable, Iterable

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.cases import row_id
from app.commands.parser import Commands
from app.commands.terminal import Reply, table
from app.commands.words import iso, label, moment_text
from app.domain.codes import is_code
from app.domain.ids import PartnerId, ReferralId, hub_id
from app.domain.referrals import NewPartner, NewReferral, Partner, ReferralRow
from app.errors import NotFoundError
from app.i18n import _
from app.outcome import Outcome
from app.services import people, referrals


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("referrals", _("send people to another hub or a partner, and follow the answer"))
    sending = commands.add("referrals send", _("send somebody to another hub or to a partner"), _send)
    sending.add_argument("person", metavar="ID", help=_("number or id of the person"))
    where = sending.add_mutually_exclusive_group(required=True)
    where.add_argument("--hub", metavar=_("CODE"), help=_("code of the hub, such as OUJ"))
    where.add_argument("--partner", type=row_id, metavar="ID", help=_("id of the partner"))
    sending.add_argument("--service", required=True, metavar=_("CODE"), help=_("code of the list of reasons"))
    sending.add_argument("--why", default="", metavar=_("TEXT"), help=_("what the receiver has to know"))
    sending.add_argument("--override", default="", metavar=_("TEXT"), help=_("why it is sent without a consent"))
    for name, about, words, run in (
        ("accept", _("accept somebody who was sent here"), _("what the sender reads"), _accept),
        ("decline", _("decline somebody who was sent here"), _("why, which is kept"), _decline),
        ("finish", _("keep that it is done"), _("what came of it"), _finish),
        ("cancel", _("call off what this hub sent"), _("why, which is kept"), _cancel),
    ):
        answering = commands.add(f"referrals {name}", about, run)
        answering.add_argument("referral", type=row_id, metavar="ID", help=_("id of the referral"))
        answering.add_argument("--text", default="", metavar=_("TEXT"), help=words)
    listing = commands.add("referrals list", _("who was sent here; or those that the options name"), _list)
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--sent", action="store_true", help=_("whom this hub sent elsewhere"))
    which.add_argument("--late", action="store_true", help=_("those that nobody answered for seven days"))
    which.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    adding = commands.add("referrals add-partner", _("put a partner on record"), _add_partner)
    adding.add_argument("name", metavar=_("NAME"), help=_("name of the organisation"))
    adding.add_argument("--services", default="", metavar=_("TEXT"), help=_("what it does"))
    adding.add_argument("--city", default="", metavar=_("TEXT"), help=_("where it is"))
    adding.add_argument("--contact", default="", metavar=_("TEXT"), help=_("how it is reached"))
    commands.add("referrals partners", _("the partners on record"), _partners)


def _send(args: Namespace) -> Reply:
    if args.hub and not is_code("hubs", args.hub.upper()):
        raise NotFoundError(_("There is no such hub on record here. Nothing was sent."))

    def send(uow: UnitOfWork) -> ReferralRow:
        new = NewReferral(
            people.resolve(args.person, uow),
            args.service,
            args.why,
            to_hub_id=hub_id(args.hub.upper()) if args.hub else None,
            partner_id=PartnerId(args.partner) if args.partner else None,
            override_reason=args.override,
        )
        return referrals.send(new, uow).value

    with opened(args) as hub:
        return _of(hub.write(send))


def _accept(args: Namespace) -> Reply:
    return _write(args, lambda row, uow: referrals.answer(row, args.text, uow, accepted=True))


def _decline(args: Namespace) -> Reply:
    return _write(args, lambda row, uow: referrals.answer(row, args.text, uow, accepted=False))


def _finish(args: Namespace) -> Reply:
    return _write(args, lambda row, uow: referrals.finish(row, args.text, uow))


def _cancel(args: Namespace) -> Reply:
    return _write(args, lambda row, uow: referrals.cancel(row, args.text, uow))


def _write(args: Namespace, action: Callable[[ReferralId, UnitOfWork], Outcome[ReferralRow]]) -> Reply:
    with opened(args) as hub:
        return _of(hub.write(lambda uow: action(ReferralId(args.referral), uow)).value)


def _list(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[ReferralRow, ...]:
        if args.person:
            return referrals.list_of(people.resolve(args.person, uow), uow)
        if args.sent:
            return referrals.outbox(uow)
        return referrals.unanswered(uow) if args.late else referrals.inbox(uow)

    with opened(args) as hub:
        rows = hub.read(look)
    return Reply([referral_document(row) for row in rows], lambda: _lines(rows))


def _add_partner(args: Namespace) -> Reply:
    new = NewPartner(args.name, args.services, args.city, args.contact)
    with opened(args) as hub:
        made = hub.write(lambda uow: referrals.add_partner(new, uow)).value
    return Reply(_partner_document(made), lambda: [f"{made.name}  {made.id}"])


def _partners(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(referrals.list_partners)
    return Reply(
        [_partner_document(item) for item in found],
        lambda: [f"{item.name}  {item.services}  {item.city}  {item.contact}  {item.id}" for item in found],
    )


def referral_document(row: ReferralRow) -> dict[str, object]:
    """A referral, for JSON."""
    return {
        "id": row.id,
        "from_hub": row.from_hub,
        "person": row.person_id,
        "number": row.number,
        "service": row.service,
        "reason": row.reason,
        "to": row.to,
        "state": row.state,
        "consent": row.consent_id,
        "consent_stands": row.consent_stands,
        "override_reason": row.override_reason,
        "sent_at": iso(row.sent_at),
        "answered_at": iso(row.answered_at),
        "answer": row.answer,
        "done_at": iso(row.done_at),
        "result": row.result,
        "waiting": row.waiting,
        "late": row.late,
    }


def _partner_document(partner: Partner) -> dict[str, object]:
    names = ("id", "name", "services", "city", "contact", "hidden")
    return {name: getattr(partner, name) for name in names}


def _of(row: ReferralRow) -> Reply:
    return Reply(referral_document(row), lambda: _lines((row,)))


def _lines(rows: tuple[ReferralRow, ...]) -> Iterable[str]:
    heads = (_("Sent"), _("Number"), _("Name"), _("Reason"), _("To"), _("State"), "ID")
    return table(
        heads,
        [
            (
                moment_text(row.sent_at),
                row.number,
                row.name or row.name_ar,
                label("visit_reasons", row.service),
                row.to,
                label("referral_states", row.state),
                str(row.id),
            )
            for row in rows
        ],
    )
