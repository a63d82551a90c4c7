"""Whether a store is whole: pages, foreign keys, chains of ops, and rows against their ops."""

import sqlalchemy as sa

from app.storage.digest import digests, replayed_digests
from app.storage.oplog import newest_of_ours, verify_chains

__all__ = ["digests", "minutes_behind", "problems_of"]
_MINUTE_MS = 60_000


def problems_of(connection: sa.Connection) -> list[str]:
    """Every problem found, in technical words for a log or a technician; empty when the store is whole."""
    found = []
    if connection.dialect.name == "sqlite":
        found += [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
        found += [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"foreign key: {row[0]} {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    found += verify_chains(connection)
    kept, told = digests(connection), replayed_digests(connection)
    found += [f"table {name}: rows differ from their ops" for name in kept if kept[name] != told[name]]
    return found


def minutes_behind(connection: sa.Connection, now: int) -> int:
    """Minutes by which the clock is behind the newest entry of this office; 0 when it is not."""
    return max(0, (newest_of_ours(connection) - now) // _MINUTE_MS)
