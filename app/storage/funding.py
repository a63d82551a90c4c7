"""Agreements with all that was written under them, budget lines, rates and other spending: rows to values."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from app.domain.agreements import Agreement, JustificationRow, PaymentRow, TrancheRow
from app.domain.codes import read_code
from app.domain.funding import FundingState
from app.domain.ids import AgreementId
from app.domain.money import NOTHING, Currency, convert, read_amount, read_rate
from app.storage import schema
from app.storage import schema_accompaniment as care
from app.storage import schema_ventures as work
from app.storage.types import AnyRow, parts_of

_agreement, _tranche, _payment, _justification = work.agreement, work.tranche, work.payment, work.justification
_account = schema.account
_under = (
    sa.select(_tranche.c.agreement_id).join(_payment, _payment.c.tranche_id == _tranche.c.id).where(~_payment.c.deleted)
)
# what was taken back at one office while another paid on it stands as long as the payment does
_STANDING = sa.or_(~_agreement.c.deleted, _agreement.c.id.in_(_under))
_AGREEMENTS = (
    sa.select(
        _agreement,
        work.venture.c.name.label("venture_name"),
        work.venture.c.name_ar.label("venture_name_ar"),
        schema.person.c.name.label("person_name"),
        schema.person.c.name_ar.label("person_name_ar"),
    )
    .outerjoin(work.venture, work.venture.c.id == _agreement.c.venture_id)
    .outerjoin(schema.person, schema.person.c.id == _agreement.c.person_id)
    .where(_STANDING)
    .order_by(_agreement.c.id)
)
_TRANCHES = sa.select(_tranche).order_by(_tranche.c.position, _tranche.c.id)
_PAYMENTS = (
    sa.select(
        _payment,
        schema.person.c.name.label("receiver"),
        schema.person.c.name_ar.label("receiver_ar"),
        _account.c.name.label("maker"),
    )
    .outerjoin(schema.person, schema.person.c.id == _payment.c.received_by)
    .outerjoin(_account, _account.c.id == _payment.c.made_by)
    .where(~_payment.c.deleted)
    .order_by(_payment.c.paid_on, _payment.c.id)
)
_JUSTIFICATIONS = (
    sa.select(_justification, _account.c.name.label("accepter"))
    .outerjoin(_account, _account.c.id == _justification.c.accepted_by)
    .where(~_justification.c.deleted)
    .order_by(_justification.c.day, _justification.c.id)
)


def agreements(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Agreement]:
    """Agreements with tranches, payments and justifications, in the order in which they were asked for."""
    rows = connection.execute(_AGREEMENTS.where(*where)).all()
    under = _under_agreements(connection, {row.id: _currency(row.currency)[0] for row in rows})
    return [_to_agreement(row, under.get(row.id, [])) for row in rows]


def agreements_by_id(connection: sa.Connection, wanted: Iterable[UUID]) -> list[Agreement]:
    """These agreements, those that are gone left out."""
    return [item for part in parts_of(wanted) for item in agreements(connection, _agreement.c.id.in_(part))]


def agreements_of(
    connection: sa.Connection, ventures: Sequence[UUID] | None, people: Sequence[UUID] | None, hub: UUID | None
) -> list[Agreement]:
    """Agreements of these ventures, of these records of people, of a hub; what is None does not matter."""
    where: list[sa.ColumnElement[bool]] = []
    if ventures is not None:
        where.append(_agreement.c.venture_id.in_(ventures))
    if people is not None:
        where.append(_agreement.c.person_id.in_(people))
    if hub is not None:
        where.append(_agreement.c.hub_id == hub)
    return agreements(connection, *where)


def agreement_of(connection: sa.Connection, table: str, row_id: UUID) -> AgreementId | None:
    """The agreement that a tranche, payment or justification (the name of its table) belongs to; None without one."""
    return next(iter(agreements_touched(connection, table, [row_id])), None)


def agreements_touched(connection: sa.Connection, table: str, ids: Iterable[UUID]) -> set[AgreementId]:
    """The agreements of rows of `agreement`, `tranche`, `payment` or `justification`, also of those taken back."""
    found: set[AgreementId] = set()
    for part in parts_of(ids):
        if table == "agreement":
            found.update(AgreementId(row_id) for row_id in part)
        elif table == "tranche":
            found.update(connection.scalars(sa.select(_tranche.c.agreement_id).where(_tranche.c.id.in_(part))))
        else:
            child = {"payment": _payment, "justification": _justification}[table]
            query = sa.select(_tranche.c.agreement_id).join(child, child.c.tranche_id == _tranche.c.id)
            found.update(connection.scalars(query.where(child.c.id.in_(part))))
    return found


def agreement_by_number(connection: sa.Connection, number: str) -> AgreementId | None:
    """The agreement with a number."""
    query = sa.select(_agreement.c.id).where(_agreement.c.number == number, _STANDING).order_by(_agreement.c.id)
    return connection.scalar(query.limit(1))


def attachments_to(connection: sa.Connection, money: Iterable[UUID]) -> Counter[UUID]:
    """How many files are attached to each of these tranches, payments or justifications."""
    found: Counter[UUID] = Counter()
    table = care.attachment
    for part in parts_of(money):
        query = sa.select(table.c.money_id, sa.func.count()).where(table.c.money_id.in_(part), ~table.c.deleted)
        found.update(dict(connection.execute(query.group_by(table.c.money_id)).all()))
    return found


def _under_agreements(connection: sa.Connection, currencies: dict[UUID, Currency]) -> dict[UUID, list[TrancheRow]]:
    rows = _fetch(connection, _TRANCHES, _tranche.c.agreement_id, currencies)
    of = {row.id: row.agreement_id for row in rows}
    payments = _fetch(connection, _PAYMENTS, _payment.c.tranche_id, of)
    justifications = _fetch(connection, _JUSTIFICATIONS, _justification.c.tranche_id, of)
    files = attachments_to(connection, [row.id for row in (*rows, *payments, *justifications)])
    made: dict[UUID, list[PaymentRow]] = {}
    for row in payments:
        made.setdefault(row.tranche_id, []).append(_to_payment(row, currencies[of[row.tranche_id]], files[row.id]))
    accounted: dict[UUID, list[JustificationRow]] = {}
    for row in justifications:
        accounted.setdefault(row.tranche_id, []).append(_to_justification(row, files[row.id]))
    found: dict[UUID, list[TrancheRow]] = {}
    for row in rows:
        if row.deleted and row.id not in made:
            continue
        tranche = replace(
            _to_tranche(row),
            payments=tuple(made.get(row.id, ())),
            justifications=tuple(accounted.get(row.id, ())),
            attachments=files[row.id],
        )
        found.setdefault(row.agreement_id, []).append(tranche)
    return found


def _fetch(
    connection: sa.Connection, query: sa.Select[*tuple[object, ...]], column: sa.Column[UUID], wanted: Iterable[UUID]
) -> list[AnyRow]:
    return [row for part in parts_of(wanted) for row in connection.execute(query.where(column.in_(part)))]


def _to_agreement(row: AnyRow, tranches: list[TrancheRow]) -> Agreement:
    amount, readable = _amount(row.amount)
    currency, known = _currency(row.currency)
    holder = row.venture_name or row.venture_name_ar or row.person_name or row.person_name_ar or ""
    return Agreement(
        id=row.id, number=row.number, hub_id=row.hub_id, venture_id=row.venture_id, person_id=row.person_id,
        holder=holder, application_id=row.application_id, budget_line_id=row.budget_line_id, kind=row.kind,
        amount=amount, currency=currency, rate=read_rate(row.rate), rate_day=read_day(row.rate_day),
        kept=read_code(FundingState, row.state), requested_on=read_day(row.requested_on),
        granted_on=read_day(row.granted_on), signed_on=read_day(row.signed_on), note=row.note,
        tranches=tuple(tranches), removed=row.deleted, readable=readable and known,
    )  # fmt: skip


def _to_tranche(row: AnyRow) -> TrancheRow:
    return TrancheRow(
        id=row.id, agreement_id=row.agreement_id, position=row.position, amount=_amount(row.amount)[0],
        condition=row.condition, due=read_day(row.due), met_on=read_day(row.met_on), met_note=row.met_note,
        removed=row.deleted,
    )  # fmt: skip


def _to_payment(row: AnyRow, agreed_in: Currency, files: int) -> PaymentRow:
    amount, readable = _amount(row.amount)
    currency, known = _currency(row.currency)
    rate = read_rate(row.rate)
    return PaymentRow(
        id=row.id, tranche_id=row.tranche_id, paid_on=read_day(row.paid_on), amount=amount, currency=currency,
        rate=rate, rate_day=read_day(row.rate_day), counted=convert(amount, currency, agreed_in, rate), way=row.way,
        receipt=row.receipt, received_by=row.received_by, receiver=row.receiver or row.receiver_ar or "",
        made_by=row.made_by, maker=row.maker or "", override_reason=row.override_reason, recovered=row.recovered,
        attachments=files, readable=readable and known,
    )  # fmt: skip


def _to_justification(row: AnyRow, files: int) -> JustificationRow:
    return JustificationRow(
        id=row.id, tranche_id=row.tranche_id, day=read_day(row.day), amount=_amount(row.amount)[0], note=row.note,
        accepted_by=row.accepted_by, accepter=row.accepter or "", attachments=files,
    )  # fmt: skip


def read_day(text: str) -> date | None:
    """The day that is kept as YYYY-MM-DD; None for none, and for what no program of ours writes."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _amount(text: str) -> tuple[Decimal, bool]:
    """An amount as kept, and whether it could be read: what can't counts as nothing, and is warned of."""
    try:
        return read_amount(text), True
    except ValueError:
        return NOTHING, False


def _currency(text: str) -> tuple[Currency, bool]:
    try:
        return Currency(text), True
    except ValueError:
        return Currency.MAD, False


def venture_exists(connection: sa.Connection, venture_id: UUID) -> bool:
    """Whether a venture is on record."""
    query = sa.select(work.venture.c.id).where(work.venture.c.id == venture_id, ~work.venture.c.deleted)
    return connection.scalar(query) is not None
