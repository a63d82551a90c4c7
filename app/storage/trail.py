"""The audit trail, put together from what was noted and from the ops."""

from uuid import UUID

import sqlalchemy as sa

from app.storage import oplog, schema
from app.storage.personal import rows_about

Entry = tuple[int, str, str, str, UUID | None, str]


def newest(connection: sa.Connection, subject: UUID | None, since: int | None, limit: int) -> list[Entry]:
    """(at, author, action, kind, subject, detail) of the newest entries, newest first."""
    names = dict(connection.execute(sa.select(schema.account.c.id, schema.account.c.name)).all())
    entries = [
        (row.at, names.get(row.account_id, ""), row.action, row.kind, row.subject_id, row.detail)
        for row in connection.execute(_notes(subject, since, limit))
    ]
    for op in connection.execute(_ops(subject, since, limit)):
        fields = ", ".join(sorted(oplog.decode_body(op.body).cells)) if op.body else ""
        entries.append((op.at, names.get(op.author, ""), "changed", op.tbl, op.row_id, fields))
    return sorted(entries, key=lambda entry: -entry[0])[:limit]


def _rows_about(person: UUID) -> sa.ScalarSelect[UUID]:
    """The ids of a person's row and of all rows that are about the person."""
    parts: list[sa.Select[tuple[UUID]]] = [sa.select(schema.person.c.id).where(schema.person.c.id == person)]
    parts += [sa.select(table.c.id).where(table.c.person_id == person) for table in (schema.visit, schema.paper)]
    parts += rows_about(person)
    places = sa.select(schema.place.c.id).join(schema.visit, schema.visit.c.id == schema.place.c.visit_id)
    return sa.union_all(*parts, places.where(schema.visit.c.person_id == person)).scalar_subquery()


def _notes(subject: UUID | None, since: int | None, limit: int) -> sa.Select[*tuple[object, ...]]:
    table = schema.audit
    query = sa.select(table).order_by(table.c.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(table.c.subject_id == subject)
    if since is not None:
        query = query.where(table.c.at >= since)
    return query


def _ops(subject: UUID | None, since: int | None, limit: int) -> sa.Select[*tuple[object, ...]]:
    # the newest are those that build on the others: a clock that is years ahead must not hide what came after it
    table = schema.op
    query = sa.select(table).order_by(table.c.hlc.desc()).limit(limit)
    if subject is not None:
        query = query.where(table.c.row_id.in_(_rows_about(subject)))
    if since is not None:
        query = query.where(table.c.at >= since)
    return query
