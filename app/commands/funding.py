"""`waslctl funding`: agreements from request to settlement, payments, rates, and the two-thirds gauge."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable

from app.bootstrap import UnitOfWork
from app.commands.access import opened
from app.commands.cases import row_id
from app.commands.funding_words import (
    agreement_document,
    agreement_lines,
    gauge_document,
    gauge_lines,
    payment_document,
)
from app.commands.parser import Commands, calendar_day, positive
from app.commands.terminal import Reply, table
from app.commands.words import label
from app.domain.agreements import Agreement, PaymentRow
from app.domain.funding import Move, NewAgreement, NewPayment, NewTranche
from app.domain.gauge import Figure
from app.domain.ids import PaymentId, TrancheId
from app.domain.money import Currency
from app.errors import NotFoundError
from app.i18n import _
from app.services import budget, funding, gauge, payments, people, ventures
from app.services.funding_checks import money_text, read_money, read_rate


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("funding", _("agreements, tranches, payments and the two-thirds gauge"))
    adding = commands.add("funding add", _("ask for money for a person or a venture"), _add)
    who = adding.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    who.add_argument("--venture", metavar="ID", help=_("number or id of the venture"))
    adding.add_argument("--kind", required=True, metavar=_("CODE"), help=_("code of the list of kinds of funding"))
    adding.add_argument("--amount", required=True, metavar=_("AMOUNT"), help=_("such as “1 200,50” or “400 EUR”"))
    adding.add_argument("--note", default="", metavar=_("TEXT"), help=_("what else is to be known"))
    for name, about, run in (
        ("grant", _("grant what was asked for"), _mover(Move.GRANT)),
        ("sign", _("keep that the agreement is signed"), _mover(Move.SIGN)),
        ("close", _("settle an agreement whose payments are all accounted for"), _mover(Move.SETTLE)),
        ("cancel", _("cancel an agreement under which nothing is paid"), _mover(Move.CANCEL)),
    ):
        moving = commands.add(f"funding {name}", about, run)
        _number(moving)
        moving.add_argument("--on", type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23; today"))
        moving.add_argument("--reason", default="", metavar=_("TEXT"), help=_("why, which is kept"))
    planning = commands.add("funding tranche", _("plan a tranche, or keep that its condition is met"), _tranche)
    _number(planning)
    planned = planning.add_mutually_exclusive_group(required=True)
    planned.add_argument("--amount", metavar=_("AMOUNT"), help=_("what it comes to, in the agreement's currency"))
    planned.add_argument("--met", type=positive, metavar="N", help=_("number of the tranche whose condition is met"))
    planning.add_argument("--condition", default="", metavar=_("TEXT"), help=_("what has to be met before it is paid"))
    planning.add_argument("--due", type=calendar_day, metavar=_("DAY"), help=_("by when, such as 2026-11-30"))
    planning.add_argument("--note", default="", metavar=_("TEXT"), help=_("what shows that the condition is met"))
    paying = commands.add("funding pay", _("pay a tranche, in whole or in part"), _pay)
    _number(paying)
    _which_tranche(paying)
    paying.add_argument("--amount", metavar=_("AMOUNT"), help=_("such as “1 200,50” or “400 EUR”; all that is left"))
    paying.add_argument("--on", type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23; today"))
    paying.add_argument("--way", default="transfer", metavar=_("CODE"), help=_("code of the list of ways to pay"))
    paying.add_argument("--to", metavar="ID", help=_("number or id of who received it"))
    paying.add_argument("--receipt", default="", metavar=_("TEXT"), help=_("number of the receipt; else one is given"))
    paying.add_argument("--rate", metavar=_("RATE"), help=_("dirhams for a euro; else the newest on record"))
    paying.add_argument("--reason", default="", metavar=_("TEXT"), help=_("why it is paid against a rule"))
    recovering = commands.add("funding recover", _("take money of a payment back"), _recover)
    recovering.add_argument("payment", type=row_id, metavar="ID", help=_("id of the payment"))
    recovering.add_argument("--amount", metavar=_("AMOUNT"), help=_("how much of it; all"))
    recovering.add_argument("--reason", required=True, metavar=_("TEXT"), help=_("why, which is kept"))
    justifying = commands.add("funding justify", _("accept what shows how a tranche was spent"), _justify)
    _number(justifying)
    _which_tranche(justifying)
    justifying.add_argument("--amount", metavar=_("AMOUNT"), help=_("how much of it; all"))
    justifying.add_argument(
        "--note", required=True, metavar=_("TEXT"), help=_("what shows it: invoice, receipt, visit")
    )
    _number(commands.add("funding show", _("an agreement with its tranches and payments"), _show))
    listing = commands.add("funding list", _("all agreements, or those of a person"), _list)
    listing.add_argument("--person", metavar="ID", help=_("number or id of the person"))
    rating = commands.add("funding rate", _("keep how many dirhams a euro was worth on a day"), _rate)
    rating.add_argument("rate", metavar=_("RATE"), help=_("such as 10,85"))
    rating.add_argument("--day", required=True, type=calendar_day, metavar=_("DAY"), help=_("such as 2026-11-23"))
    rating.add_argument("--source", default="", metavar=_("TEXT"), help=_("who says so"))
    measuring = commands.add("funding gauge", _("how far two thirds of the grant are reached"), _gauge)
    measuring.add_argument("--list", choices=[str(item) for item in Figure], help=_("what one figure counts"))


def _number(parser: ArgumentParser) -> None:
    parser.add_argument("agreement", metavar=_("NUMBER"), help=_("number or id of the agreement"))


def _which_tranche(parser: ArgumentParser) -> None:
    parser.add_argument("--tranche", type=positive, default=1, metavar="N", help=_("number of the tranche (1)"))


def _add(args: Namespace) -> Reply:
    def add(uow: UnitOfWork) -> Agreement:
        person = people.resolve(args.person, uow) if args.person else None
        venture = ventures.resolve(args.venture, uow) if args.venture else None
        money = read_money(args.amount)
        return funding.add(NewAgreement(args.kind, money, venture, person, note=args.note), uow).value

    with opened(args) as hub:
        return _of_agreement(hub.write(add))


def _mover(step: Move) -> Callable[[Namespace], Reply]:
    def run(args: Namespace) -> Reply:
        def move(uow: UnitOfWork) -> Agreement:
            wanted = funding.resolve(args.agreement, uow)
            return funding.move(wanted, step, uow, on=args.on, reason=args.reason).value

        with opened(args) as hub:
            return _of_agreement(hub.write(move))

    return run


def _tranche(args: Namespace) -> Reply:
    def plan(uow: UnitOfWork) -> Agreement:
        agreement = funding.show(funding.resolve(args.agreement, uow), uow)
        if args.met:
            funding.meet(_tranche_at(agreement, args.met), args.note, uow)
        else:
            amount = read_money(args.amount, agreement.currency).amount
            funding.add_tranche(agreement.id, NewTranche(amount, args.condition, args.due), uow)
        return funding.show(agreement.id, uow)

    with opened(args) as hub:
        return _of_agreement(hub.write(plan))


def _pay(args: Namespace) -> Reply:
    def pay(uow: UnitOfWork) -> PaymentRow:
        agreement = funding.show(funding.resolve(args.agreement, uow), uow)
        money = read_money(args.amount, agreement.currency) if args.amount else None
        new = NewPayment(
            _tranche_at(agreement, args.tranche),
            money.amount if money else None,
            money.currency if money else None,
            args.on,
            args.way,
            people.resolve(args.to, uow) if args.to else None,
            args.receipt,
            read_rate(args.rate) if args.rate else None,
            override_reason=args.reason,
        )
        return payments.pay(new, uow).value

    with opened(args) as hub:
        return _of_payment(hub.write(pay))


def _recover(args: Namespace) -> Reply:
    def recover(uow: UnitOfWork) -> PaymentRow:
        amount = read_money(args.amount).amount if args.amount else None
        return payments.recover(PaymentId(args.payment), args.reason, uow, amount=amount).value

    with opened(args) as hub:
        return _of_payment(hub.write(recover))


def _justify(args: Namespace) -> Reply:
    def justify(uow: UnitOfWork) -> Agreement:
        agreement = funding.show(funding.resolve(args.agreement, uow), uow)
        amount = read_money(args.amount, agreement.currency).amount if args.amount else None
        payments.justify(_tranche_at(agreement, args.tranche), args.note, uow, amount=amount)
        return funding.show(agreement.id, uow)

    with opened(args) as hub:
        return _of_agreement(hub.write(justify))


def _show(args: Namespace) -> Reply:
    with opened(args) as hub:
        return _of_agreement(hub.write(lambda uow: funding.show(funding.resolve(args.agreement, uow), uow)))


def _list(args: Namespace) -> Reply:
    def look(uow: UnitOfWork) -> tuple[Agreement, ...]:
        return funding.list_agreements(uow, person=people.resolve(args.person, uow) if args.person else None)

    with opened(args) as hub:
        found = hub.read(look)
    heads = (_("Number"), _("Name"), _("Kind"), _("State"), _("Agreed"), _("Paid"), _("Accounted for"))
    rows = [
        (
            item.number,
            item.holder,
            label("funding_kinds", item.kind),
            label("funding_states", item.state),
            *(money_text(amount, item.currency) for amount in (item.amount, item.paid, item.justified)),
        )
        for item in found
    ]
    return Reply([agreement_document(item) for item in found], lambda: table(heads, rows))


def _rate(args: Namespace) -> Reply:
    with opened(args) as hub:
        kept = hub.write(lambda uow: budget.set_rate(args.day, read_rate(args.rate), args.source, uow)).value
    document = {"day": kept.day, "mad_per_eur": f"{kept.mad_per_eur:f}", "source": kept.source}
    return Reply(document, lambda: [_("The rate of {day} is kept.").format(day=f"{kept.day:%d/%m/%Y}")])


def _gauge(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(gauge.show)
        listed = found.list_entries(Figure(args.list)) if args.list else None
    return Reply(gauge_document(found, listed), lambda: gauge_lines(found, listed))


def _tranche_at(agreement: Agreement, number: int) -> TrancheId:
    """The tranche with a number, counted as they are shown. Raises NotFoundError."""
    if number > len(agreement.tranches):
        raise NotFoundError(_("There is no such tranche on record here. Nothing was changed. Look in the agreement."))
    return agreement.tranches[number - 1].id


def _of_agreement(agreement: Agreement) -> Reply:
    return Reply(agreement_document(agreement), lambda: agreement_lines(agreement))


def _of_payment(payment: PaymentRow) -> Reply:
    def lines() -> Iterable[str]:
        yield _("{amount} paid, receipt {receipt}.").format(
            amount=money_text(payment.amount, payment.currency), receipt=payment.receipt
        )
        if payment.euros is not None and payment.currency is Currency.MAD:
            yield _("In euros: {amount}.").format(amount=money_text(payment.euros, Currency.EUR))

    return Reply(payment_document(payment), lines)
