"""The audit trail, put together from what was noted and from the ops."""

from uuid import UUID

import sqlalchemy as sa

from app.storage import oplog, schema
from app.storage.hlc import wall_ms

_COUNTER_BITS = 16
Entry = tuple[int, str, str, str, UUID | None, str]


def newest(connection: sa.Connection, subject: UUID | None, since: int | None, limit: int) -> list[Entry]:
    """(at, author, action, kind, subject, detail) of the newest entries, newest first."""
    names = dict(connection.execute(sa.select(schema.account.c.id, schema.account.c.name)).tuples().all())
    entries = [
        (row.at, names.get(row.account_id, ""), row.action, row.kind, row.subject_id, row.detail)
        for row in connection.execute(_notes(subject, since, limit))
    ]
    for op in connection.execute(_ops(subject, since, limit)):
        fields = ", ".join(sorted(oplog.decode_body(op.body).cells)) if op.body else ""
        entries.append((wall_ms(op.hlc), names.get(op.author, ""), "changed", op.tbl, op.row_id, fields))
    return sorted(entries, key=lambda entry: -entry[0])[:limit]


def _notes(subject: UUID | None, since: int | None, limit: int) -> sa.Select[*tuple[object, ...]]:
    table = schema.audit
    query = sa.select(table).order_by(table.c.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(table.c.subject_id == subject)
    if since is not None:
        query = query.where(table.c.at >= since)
    return query


def _ops(subject: UUID | None, since: int | None, limit: int) -> sa.Select[*tuple[object, ...]]:
    table = schema.op
    query = sa.select(table).order_by(table.c.hlc.desc()).limit(limit)
    if subject is not None:
        query = query.where(table.c.row_id == subject)
    if since is not None:
        query = query.where(table.c.hlc >= since << _COUNTER_BITS)
    return query
