"""What a manager allowed this installation to do by itself; kept with the records, where only they can be opened."""

from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from app.domain.ids import AccountId
from app.storage import schema

_KEY = "exchange_by_itself"
_meta = schema.meta


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """Exchange through a folder, allowed by an account, since a moment (epoch ms)."""

    folder: str
    account_id: AccountId
    since: int


def read_order(connection: sa.Connection) -> StandingOrder | None:
    """The order in force; None when there is none."""
    value = connection.scalar(sa.select(_meta.c.value).where(_meta.c.key == _KEY))
    return None if value is None else msgspec.json.decode(value, type=StandingOrder)


def keep_order(connection: sa.Connection, order: StandingOrder) -> None:
    """Put an order in force, in place of the one before."""
    drop_order(connection)
    connection.execute(_meta.insert().values(key=_KEY, value=msgspec.json.encode(order).decode()))


def drop_order(connection: sa.Connection) -> None:
    """No order any more."""
    connection.execute(_meta.delete().where(_meta.c.key == _KEY))
