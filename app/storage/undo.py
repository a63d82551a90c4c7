"""Taking back what one action wrote, by writing again what was there before: the log only grows."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.outcome import UndoToken
from app.storage import oplog, schema, unread
from app.storage.types import parts_of
from app.storage.unit_of_work import UnitOfWork

_LATER: Final = "day"
"""Days are put back last: whether one may be closed again depends on its visits."""


class ChangedSinceError(Exception):
    """Somebody has written to the same cells since, or built on them; taking back would lose or break that."""


class NotOursError(Exception):
    """The ops are another account's."""


def undo(uow: UnitOfWork, token: UndoToken) -> dict[str, frozenset[UUID]]:
    """Take back the ops of a token and return the ids that changed, by table.

    A row that the action made is deleted; cells that it wrote get the value back that it had replaced. Raises
    ChangedSinceError, also when a row that would go is referred to by one that stays; NotOursError.
    """
    connection = uow.connection
    rows = _rows_written(connection, token, uow.actor.account_id)
    changed: dict[str, set[UUID]] = {}
    ordered = sorted(rows.items(), key=lambda item: item[0][0] == _LATER)
    gone: dict[str, set[UUID]] = {}
    for (name, row_id), written in ordered:
        former = _former_cells(connection, written, token)
        if name == _LATER and _is_still_needed(connection, row_id, former):
            continue
        uow.update(schema.SYNCED[name], row_id, **former)
        changed.setdefault(name, set()).add(row_id)
        if former.get("deleted") is True:
            gone.setdefault(name, set()).add(row_id)
    _refuse_dangling(connection, gone)
    return {name: frozenset(ids) for name, ids in changed.items()}


def _rows_written(connection: sa.Connection, token: UndoToken, author: UUID) -> dict[tuple[str, UUID], list[oplog.Op]]:
    table = schema.op
    n = connection.scalar(sa.select(schema.stream.c.n).where(schema.stream.c.stream == token.stream))
    rows: dict[tuple[str, UUID], list[oplog.Op]] = {}
    count = 0
    if n is not None:
        for op in oplog.read_ops(connection, (table.c.n == n) & table.c.seq.between(token.first, token.last)):
            if op.author != author:
                raise NotOursError
            if not unread.is_readable(op.table, _cells(op)):
                raise ChangedSinceError("written by a newer program")
            rows.setdefault((op.table, op.row_id), []).append(op)
            count += 1
    if count == 0 or count != token.last - token.first + 1:
        raise ChangedSinceError(token.stream.hex())
    return rows


def _former_cells(connection: sa.Connection, written: list[oplog.Op], token: UndoToken) -> Mapping[str, Any]:
    """What to write to one row so that it is as before these ops, all of one row and in their order."""
    first = written[0]
    table = schema.SYNCED[first.table]
    raw = connection.scalar(sa.select(table.c.versions).where(table.c.id == first.row_id))
    if raw is None:
        raise ChangedSinceError(str(first.row_id))
    versions = oplog.decode_versions(raw)
    made_here = versions.made == [(first.n, first.seq)]
    # also cells that only a newer program knows: somebody has written them
    cells = {*oplog.cells_of(table), *versions.cells} if made_here else {name for op in written for name in _cells(op)}
    for name in cells:
        for n, seq in versions.dots(name):
            if n != first.n or not token.first <= seq <= token.last:
                raise ChangedSinceError(str(first.row_id))
    if made_here:
        return {"deleted": True}
    former: dict[str, oplog.Value] = {}
    for op in written:
        for name in _cells(op):
            if name not in former:
                former[name] = _value_replaced(connection, op, name)
    return former


def _is_still_needed(connection: sa.Connection, day_id: UUID, former: Mapping[str, Any]) -> bool:
    """Whether a day that is to be deleted or closed again has visits, or open ones, beside those taken back."""
    day, visit = schema.day, schema.visit
    own = connection.execute(sa.select(day.c.installation_id, day.c.day).where(day.c.id == day_id)).one()
    query = sa.select(visit.c.id).where(
        visit.c.installation_id == own.installation_id, visit.c.day == own.day, ~visit.c.deleted
    )
    if former.get("deleted") is not True:
        if former.get("closed_at") is None:
            return False
        query = query.where(visit.c.state.in_(("waiting", "with_counter")))
    return connection.scalar(query.limit(1)) is not None


def _refuse_dangling(connection: sa.Connection, gone: Mapping[str, set[UUID]]) -> None:
    """Raise ChangedSinceError when a row that stays refers to one that was made deleted."""
    for table in schema.SYNCED.values():
        for column in table.columns:
            for key in column.foreign_keys:
                for part in parts_of(gone.get(key.column.table.name, ())):
                    query = sa.select(table.c.id).where(column.in_(part), ~table.c.deleted).limit(1)
                    if connection.scalar(query) is not None:
                        raise ChangedSinceError(f"{table.name}.{column.name}")
    if unread.mentions(connection, {row_id for ids in gone.values() for row_id in ids}):
        raise ChangedSinceError("something that only a newer program can read")


def _cells(op: oplog.Op) -> tuple[str, ...]:
    return tuple(op.body.cells) if op.body else ()


def _value_replaced(connection: sa.Connection, op: oplog.Op, name: str) -> oplog.Value:
    """The value that an op replaced in a cell."""
    for stream, seq, names in op.body.replaced if op.body else ():
        if names is not None and name not in names:
            continue
        body = connection.scalar(
            sa.select(schema.op.c.body)
            .join(schema.stream, schema.stream.c.n == schema.op.c.n)
            .where(schema.stream.c.stream == stream, schema.op.c.seq == seq)
        )
        if body is None:
            raise ChangedSinceError(name)
        column = schema.SYNCED[op.table].c[name]
        return oplog.decode_body(body).cells.get(name, oplog.default_of(column))
    raise ChangedSinceError(name)
