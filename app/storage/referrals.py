"""Referrals and partners: rows to values."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.domain.codes import read_code
from app.domain.ids import HubId, PersonId, ReferralId
from app.domain.referrals import Partner, ReferralRow, ReferralState, referral_state
from app.storage import schema
from app.storage.schema_accompaniment import partner, referral
from app.storage.types import AnyRow, parts_of

_from, _to = schema.hub.alias("sender_hub"), schema.hub.alias("receiver_hub")
_sender, _receiver = schema.account.alias("sender"), schema.account.alias("receiver")
_ROWS = (
    sa.select(
        referral,
        schema.person.c.number,
        schema.person.c.name,
        schema.person.c.name_ar,
        _from.c.code.label("from_code"),
        _to.c.code.label("to_code"),
        _sender.c.name.label("sender"),
        _receiver.c.name.label("colleague"),
        partner.c.name.label("partner"),
    )
    .join(schema.person, schema.person.c.id == referral.c.person_id)
    .join(_from, _from.c.id == referral.c.hub_id)
    .join(_sender, _sender.c.id == referral.c.sent_by)
    .outerjoin(_to, _to.c.id == referral.c.to_hub_id)
    .outerjoin(_receiver, _receiver.c.id == referral.c.to_account_id)
    .outerjoin(partner, partner.c.id == referral.c.partner_id)
    .where(~referral.c.deleted)
    .order_by(referral.c.sent_at, referral.c.id)
)
_OPEN = (ReferralState.SENT.value, ReferralState.ACCEPTED.value)


def load_referral(connection: sa.Connection, referral_id: ReferralId) -> ReferralRow | None:
    """One referral; None when there is none."""
    return next(iter(_read(connection, referral.c.id == referral_id)), None)


def referrals_of(connection: sa.Connection, records: Iterable[UUID]) -> list[ReferralRow]:
    """All referrals of a person, oldest first; `records` are all that are of the person."""
    return [row for part in parts_of(records) for row in _read(connection, referral.c.person_id.in_(part))]


def open_referrals(connection: sa.Connection) -> list[ReferralRow]:
    """All referrals that wait for an answer or a result, oldest first; not those of people who were erased."""
    return _read(connection, referral.c.state.in_(_OPEN), referral.c.done_at.is_(None), ~referral.c.erased)


def sent_from(connection: sa.Connection, hub: HubId) -> list[ReferralRow]:
    """All referrals that a hub made, oldest first."""
    return _read(connection, referral.c.hub_id == hub)


def hub_code(connection: sa.Connection, hub: HubId) -> str | None:
    """The code of a hub; None when there is none."""
    return connection.scalar(sa.select(schema.hub.c.code).where(schema.hub.c.id == hub, ~schema.hub.c.deleted))


def hub_of_account(connection: sa.Connection, account: UUID) -> HubId | None:
    """The hub of an account that works there now; None when there is none."""
    table = schema.account
    return connection.scalar(sa.select(table.c.hub_id).where(table.c.id == account, table.c.active, ~table.c.deleted))


def other_hubs(connection: sa.Connection, own: HubId) -> list[tuple[HubId, str]]:
    """The hubs known here beside the own one, with their codes."""
    table = schema.hub
    query = sa.select(table.c.id, table.c.code).where(~table.c.deleted, table.c.id != own).order_by(table.c.code)
    return [(row.id, row.code) for row in connection.execute(query)]


def partners(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Partner]:
    """Partners by name."""
    query = sa.select(partner).where(~partner.c.deleted, *where).order_by(partner.c.name, partner.c.id)
    return [
        Partner(row.id, row.hub_id, row.name, row.services, row.city, row.contact, row.hidden)
        for row in connection.execute(query)
    ]


def _read(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[ReferralRow]:
    return [_to_row(row) for row in connection.execute(_ROWS.where(*where))]


def _to_row(row: AnyRow) -> ReferralRow:
    places: list[Any] = [row.partner, row.to_code, row.colleague]
    return ReferralRow(
        id=row.id, hub_id=row.hub_id, from_hub=row.from_code, person_id=PersonId(row.person_id), number=row.number,
        name=row.name, name_ar=row.name_ar, service=row.service, reason=row.reason, to_hub_id=row.to_hub_id,
        to_account_id=row.to_account_id, partner_id=row.partner_id, to=" · ".join(filter(None, places)),
        case_id=row.case_id, consent_id=row.consent_id, override_reason=row.override_reason,
        state=referral_state(read_code(ReferralState, row.state), row.answered_at, row.done_at),
        sent_by=row.sent_by, sender=row.sender, sent_at=row.sent_at, answered_at=row.answered_at, answer=row.answer,
        done_at=row.done_at, result=row.result,
    )  # fmt: skip
