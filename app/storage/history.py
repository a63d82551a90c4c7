"""Who wrote what to a record, and when, read from its ops."""

from uuid import UUID

import sqlalchemy as sa

from app.domain.visits import FieldChange
from app.storage import oplog, schema, unread


def row_history(connection: sa.Connection, row_id: UUID, hidden: frozenset[str] = frozenset()) -> list[FieldChange]:
    """Each cell that was set, oldest first; `before` is None at the row's making. Cells in `hidden` are left out.

    So are those that only a newer program knows: it may show them to fewer people.
    The order is that of the hybrid clock, moments are what the writers' own clocks said, the author is the name of the
    account as it is now. Values are as stored: ids are bytes.
    """
    account = schema.account
    names: dict[UUID, str] = dict(connection.execute(sa.select(account.c.id, account.c.name)).all())
    ops = sorted(oplog.read_ops(connection, schema.op.c.row_id == row_id), key=lambda op: (op.hlc, op.n))
    held: dict[str, oplog.Value] = {}
    changes = []
    for op in ops:
        for name, value in (op.body.cells if op.body else {}).items():
            if name not in hidden and unread.is_readable(op.table, (name,)):
                author = names.get(op.author, "") if op.author else ""
                changes.append(FieldChange(op.at, author, name, held.get(name), value))
            held[name] = value
    return changes
