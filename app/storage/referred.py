"""Who was sent to an account or its hub and waits for an answer."""

import sqlalchemy as sa

from app.domain.ids import AccountId, HubId
from app.domain.my_day import Referred
from app.storage import schema
from app.storage.schema_accompaniment import referral


def referred_to(connection: sa.Connection, account: AccountId, hub: HubId) -> list[Referred]:
    """Referrals that were sent to an account, or to its hub and nobody in particular, the oldest first."""
    person, sender, office = schema.person, schema.account, schema.hub
    to_hub = sa.and_(referral.c.to_hub_id == hub, referral.c.to_account_id.is_(None))
    query = (
        sa.select(
            referral, person.c.number, person.c.name, person.c.name_ar, sender.c.name.label("sender"),
            office.c.code.label("office"),
        )
        .join(person, person.c.id == referral.c.person_id)
        .join(office, office.c.id == referral.c.hub_id)
        .outerjoin(sender, sender.c.id == referral.c.sent_by)
        .where(
            sa.or_(referral.c.to_account_id == account, to_hub), referral.c.state == "sent",
            ~referral.c.deleted, ~referral.c.erased, ~person.c.erased,
        )
        .order_by(referral.c.sent_at, referral.c.id)
    )  # fmt: skip
    return [
        Referred(
            id=row.id,
            person_id=row.person_id,
            number=row.number,
            name=row.name,
            name_ar=row.name_ar,
            from_hub_id=row.hub_id,
            from_hub=row.office,
            sent_by=row.sender or "",
            sent_at=row.sent_at,
            service=row.service,
            reason=row.reason,
            to_me=row.to_account_id == account,
        )
        for row in connection.execute(query)
    ]
