"""Putting right what was written twice: a stream is cut where two copies of an installation parted."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from app.storage import schema
from app.storage.incoming import RowKey
from app.storage.types import parts_of


def remove_rows(connection: sa.Connection, keys: Collection[RowKey]) -> None:
    """Take rows away that no op makes any more; the ops are the caller's business."""
    by_table: dict[str, list[UUID]] = {}
    for name, row_id in keys:
        by_table.setdefault(name, []).append(UUID(bytes=row_id))
    for name, ids in by_table.items():
        table = schema.SYNCED[name]
        for part in parts_of(ids):
            connection.execute(table.delete().where(table.c.id.in_(part)))
