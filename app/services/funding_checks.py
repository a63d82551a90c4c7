"""What the use cases of money share: loading an agreement, numbers, and why something is refused."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from app.changes import Changes
from app.clock import day_of, to_local
from app.domain.agreements import Agreement, TrancheRow
from app.domain.codes import is_code
from app.domain.funding_rules import Obstacle, is_out_of_order
from app.domain.ids import AgreementId, TrancheId
from app.domain.money import NOTHING, AmountNotUnderstoodError, Currency, Money, parse_money, parse_rate, to_centime
from app.domain.numbers import PaperNumber
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.storage import funding as rows
from app.storage.unit_of_work import UnitOfWork

AGREEMENT: Final = "CF"
"""Convention de financement: kind of paper in an agreement's number."""
PAYMENT: Final = "RP"
"""Reçu de paiement."""
_LONGEST: Final = 2000


def load(agreement_id: AgreementId, uow: UnitOfWork) -> Agreement:
    """An agreement. Raises NotFoundError."""
    found = rows.agreements_by_id(uow.connection, [agreement_id])
    if not found:
        raise NotFoundError(_("There is no such agreement on record here. Nothing was changed. Look in the list."))
    return found[0]


def load_with(table: str, row_id: UUID, uow: UnitOfWork) -> Agreement:
    """The agreement of a `tranche`, `payment` or `justification`. Raises NotFoundError."""
    found = rows.agreement_of(uow.connection, table, row_id)
    if found is None:
        raise NotFoundError(_("This is not on record here any more. Nothing was changed. Look in the list."))
    return load(found, uow)


def tranche_of(agreement: Agreement, tranche_id: TrancheId) -> TrancheRow:
    """A tranche of an agreement, not one that was taken back. Raises NotFoundError."""
    for tranche in agreement.tranches:
        if tranche.id == tranche_id and not tranche.removed:
            return tranche
    raise NotFoundError(_("There is no such tranche on record here. Nothing was changed. Look in the agreement."))


def changed(agreement: Agreement, *others: UUID) -> Changes:
    """What a change to an agreement concerns."""
    return Changes(
        funding=frozenset({agreement.id, *others}),
        ventures=frozenset({agreement.venture_id} if agreement.venture_id else ()),
        people=frozenset({agreement.person_id} if agreement.person_id else ()),
    )


def new_number(kind: str, uow: UnitOfWork) -> str:
    """A number that no other paper has."""
    actor = uow.actor
    year = to_local(uow.now).year
    sequence = uow.next_number(f"{kind}-{year}")
    return str(PaperNumber(actor.hub_code, kind, year, actor.desk, sequence))


def money_text(amount: Decimal, currency: Currency) -> str:
    """An amount for a sentence: 12 500,00 MAD, with spaces that do not break."""
    whole, _point, part = f"{amount:,.2f}".partition(".")
    return f"{whole.replace(',', chr(0xA0))},{part}{chr(0xA0)}{currency}"


def check_amount(amount: Decimal) -> Decimal:
    """An amount above nothing, exact to the centime. Raises UserError."""
    if not amount.is_finite() or amount <= 0 or to_centime(amount) != amount:
        raise UserError(_("An amount is more than nothing and has at most two decimals. Nothing was changed."))
    return to_centime(amount)


def check_code(name: str, code: str) -> str:
    """A code of a list. Raises UserError."""
    if not is_code(name, code):
        raise UserError(
            _("“{code}” is not on the list. Nothing was changed. Choose one of those shown.").format(code=code)
        )
    return code


def check_day(day: date | None, uow: UnitOfWork) -> date:
    """A day that is not in the future, today unless given. Raises UserError."""
    today = day_of(uow.now)
    if day is not None and day > today:
        raise UserError(_("That day is still to come. Nothing was changed. Check the date."))
    return day or today


def clean_text(text: str) -> str:
    """Free words without needless spaces, at most 2,000 characters."""
    return " ".join(text.split())[:_LONGEST]


def read_money(text: str, currency: Currency = Currency.MAD) -> Money:
    """What somebody typed as an amount of money. Raises UserError."""
    try:
        return parse_money(text, currency)
    except AmountNotUnderstoodError as error:
        raise UserError(
            _("“{text}” can't be read as an amount without a doubt. Type it as 1200 or 1 200,50.").format(text=text)
        ) from error


def read_rate(text: str) -> Decimal:
    """What somebody typed as a rate. Raises UserError."""
    try:
        return parse_rate(text)
    except AmountNotUnderstoodError as error:
        raise UserError(
            _("“{text}” can't be read as dirhams for a euro. Type it as 10,85.").format(text=text)
        ) from error


def obstacle_text(obstacle: Obstacle, agreement: Agreement, tranche: TrancheRow | None = None) -> str:
    """Why a payment or a move is refused, in a sentence."""
    over = money_text(agreement.over_paid, agreement.currency)
    left = money_text(min(agreement.left, tranche.left) if tranche else agreement.left, agreement.currency)
    return {
        Obstacle.WRONG_STATE: _("As the agreement stands, this is not possible."),
        Obstacle.NOTHING_TO_PAY: _("There is nothing left to pay here."),
        Obstacle.NOT_SIGNED: _("The agreement is not signed yet."),
        Obstacle.NOT_MET: _("The condition of this tranche is not met yet."),
        Obstacle.ABOVE_TRANCHE: _("This is more than the tranche has left: {left}.").format(left=left),
        Obstacle.ABOVE_AGREED: _("This is more than what was agreed has left: {left}.").format(left=left),
        Obstacle.NOTHING_PAID: _("Nothing was paid under it: cancel it instead."),
        Obstacle.NOT_JUSTIFIED: _("Not all that was paid is accounted for."),
        Obstacle.STILL_PAID: _("{paid} is paid and not recovered.").format(
            paid=money_text(max(agreement.paid, NOTHING), agreement.currency)
        ),
        Obstacle.OVER_PAID: _("{over} was paid too much and has to be recovered first.").format(over=over),
    }[obstacle]


def refuse(
    obstacles: Iterable[Obstacle], agreement: Agreement, tranche: TrancheRow | None = None, ask: str = ""
) -> None:
    """Raise UserError with these obstacles, and what can be done, if there are any."""
    said = [obstacle_text(obstacle, agreement, tranche) for obstacle in obstacles]
    if said:
        raise UserError(" ".join([*said, _("Nothing was changed."), *([ask] if ask else [])]))


def is_money_out_of_order(changed: Mapping[str, frozenset[UUID]], uow: UnitOfWork) -> bool:
    """Whether rows taken back leave an agreement against the rules: paid unsigned, planned above what was agreed."""
    touched = {
        agreement_id
        for table in ("agreement", "tranche", "payment", "justification")
        for agreement_id in rows.agreements_touched(uow.connection, table, changed.get(table, ()))
    }
    return any(is_out_of_order(agreement) for agreement in rows.agreements_by_id(uow.connection, touched))
