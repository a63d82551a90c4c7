"""Taking back what one action wrote, by writing again what was there before: the log only grows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.outcome import UndoToken
from app.storage import oplog, schema
from app.storage.unit_of_work import UnitOfWork


class ChangedSinceError(Exception):
    """Somebody has written to the same cells since; taking back would lose that."""


def undo(uow: UnitOfWork, token: UndoToken) -> dict[str, frozenset[UUID]]:
    """Take back the ops of a token and return the ids that changed, by table. Raises ChangedSinceError.

    A row that the action made is deleted; cells that it wrote get the value back that it had replaced.
    """
    connection = uow.connection
    n = connection.scalar(sa.select(schema.stream.c.n).where(schema.stream.c.stream == token.stream))
    table = schema.op
    ops = list(oplog.read_ops(connection, (table.c.n == n) & table.c.seq.between(token.first, token.last)))
    rows: dict[tuple[str, UUID], list[oplog.Op]] = {}
    for op in ops:
        rows.setdefault((op.table, op.row_id), []).append(op)
    changed: dict[str, set[UUID]] = {}
    for (name, row_id), written in reversed(rows.items()):
        former = _former_cells(connection, written, token)
        uow.update(schema.SYNCED[name], row_id, **former)
        changed.setdefault(name, set()).add(row_id)
    return {name: frozenset(ids) for name, ids in changed.items()}


def _former_cells(connection: sa.Connection, written: list[oplog.Op], token: UndoToken) -> Mapping[str, Any]:
    """What to write to one row so that it is as before these ops, all of one row and in their order."""
    first = written[0]
    table = schema.SYNCED[first.table]
    raw = connection.scalar(sa.select(table.c.versions).where(table.c.id == first.row_id))
    if raw is None:
        raise ChangedSinceError(str(first.row_id))
    versions = oplog.decode_versions(raw)
    made_here = versions.made == [(first.n, first.seq)]
    cells = oplog.cells_of(table) if made_here else tuple({name for op in written for name in _cells(op)})
    ours = {(first.n, seq) for seq in range(token.first, token.last + 1)}
    if any(dot not in ours for name in cells for dot in versions.dots(name)):
        raise ChangedSinceError(str(first.row_id))
    if made_here:
        return {"deleted": True}
    former: dict[str, oplog.Value] = {}
    for op in written:
        for name in _cells(op):
            if name not in former:
                former[name] = _value_replaced(connection, op, name)
    return former


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
