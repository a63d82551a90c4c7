"""Time as this computer tells it, which may be wrong: never used to decide what came first between hubs."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from time import time_ns
from zoneinfo import ZoneInfo

Clock = Callable[[], int]
"""Milliseconds since 1970-01-01 UTC."""

HUB_ZONE = ZoneInfo("Africa/Casablanca")
"""Legal time of Morocco (tzdata knows the change in Ramadan)."""


def system_clock() -> int:
    """Milliseconds since 1970-01-01 UTC, as the computer's clock has them."""
    return time_ns() // 1_000_000


def to_local(moment: int) -> datetime:
    """Legal time in Morocco of a moment in epoch milliseconds."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(HUB_ZONE)


def to_moment(local: datetime) -> int:
    """Epoch milliseconds of a date and time; without a zone it is legal time in Morocco."""
    aware = local if local.tzinfo else local.replace(tzinfo=HUB_ZONE)
    return (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def day_of(moment: int) -> date:
    """The hub's calendar day on which a moment falls."""
    return to_local(moment).date()
