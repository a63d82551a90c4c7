"""Rows made anew from all their ops: where a newer program can read more of them, or ops were put right."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from app.services.exchange.following import learn_from_rows
from app.services.exchange.plan import all_defaults
from app.services.exchange.revoking import carry_out_revocations
from app.storage import disputes, incoming, oplog, rewriting, schema, scrubbing, unread
from app.storage.incoming import RowKey, StoredRow
from app.storage.oplog import Op
from app.storage.people import reindex
from app.storage.types import parts_of
from app.storage.unit_of_work import UnitOfWork
from app.sync.merge import ERASED, Change, Dot, Known, Rank, Row, disputed, merge

_CHUNK: Final = 2000
"""Rows at a time, so that a year's worth of them is not held at once."""


def read_unread(uow: UnitOfWork) -> int:
    """Read what an older program could not, and return how many rows that were.

    What this program can't read either stays noted. What the rows say of trust holds from now on.
    """
    count = 0
    while chunk := unread.due(uow.connection, _CHUNK):
        still = rebuild(chunk, uow)
        unread.settle(uow.connection, chunk, still)
        count += len(chunk)
    learn_from_rows(uow)
    carry_out_revocations(uow)
    return count


def rebuild(keys: Collection[RowKey], uow: UnitOfWork) -> set[RowKey]:
    """Make rows anew from all their ops, with what is derived from them; one that no op makes any more goes.

    Returns those of which this program can't read everything.
    """
    ops = _read_ops(keys, uow)
    still = {(op.table, op.row_id.bytes) for op in ops if op.body and not unread.is_readable(op.table, op.body.cells)}
    known = [key for key in keys if key[0] in schema.SYNCED]
    rows: dict[RowKey, Row] = {}
    reader = _Reader(ops, uow)
    merge(rows, reader.changes(), Known(all_defaults(), reader.rank_of, reader.value_of))
    stored = incoming.load_rows(uow.connection, known)
    as_stored = {
        key: StoredRow(oplog.Versions(row.made, row.cells), {cell: row.values[cell] for cell in all_defaults()[key[0]]})
        for key, row in rows.items()
    }
    incoming.write_rows(
        uow.connection,
        {key: row for key, row in as_stored.items() if key not in stored},
        {key: row for key, row in as_stored.items() if key in stored},
    )
    rewriting.remove_rows(uow.connection, stored.keys() - rows.keys())
    _derive(known, rows, reader, uow)
    return still


def _derive(known: Collection[RowKey], rows: dict[RowKey, Row], reader: "_Reader", uow: UnitOfWork) -> None:
    """Disputes, scrubbed bodies and the search index, as the rows are now."""
    connection = uow.connection
    listed = disputes.rows_in_dispute(connection)
    for key in known:
        row = rows.get(key)
        cells = set() if row is None else disputed(row, all_defaults()[key[0]], reader.value_of)
        if cells or key in listed:
            disputes.note(connection, key[0], UUID(bytes=key[1]), cells, uow.now)
    erased = [UUID(bytes=row_id) for (_name, row_id), row in rows.items() if row.values.get(ERASED) is True]
    scrubbing.scrub(connection, erased)
    people = {UUID(bytes=row_id) for name, row_id in known if name == "person"}
    people |= {
        UUID(bytes=who)
        for (name, _id), row in rows.items()
        if name == "visit" and isinstance(who := row.values.get("person_id"), bytes)
    }
    reindex(connection, people)


def _read_ops(keys: Collection[RowKey], uow: UnitOfWork) -> list[Op]:
    wanted = set(keys)
    return [
        op
        for ids in parts_of({row_id for _name, row_id in wanted})
        for op in oplog.read_ops(uow.connection, schema.op.c.row_id.in_(ids))
        if (op.table, op.row_id.bytes) in wanted
    ]


class _Reader:
    """Ranks and values of versions, from all ops on some rows."""

    def __init__(self, ops: list[Op], uow: UnitOfWork) -> None:
        self._streams = incoming.stream_numbers(uow.connection)
        self._names = {n: stream for stream, n in self._streams.items()}
        self._ops = {(op.n, op.seq): op for op in ops}

    def changes(self) -> list[Change]:
        """All ops that were not scrubbed, each after what it replaces: in the order of the hybrid clock.

        Those that write to a row which no op makes (any more) are left out.
        """
        made = {(op.table, op.row_id) for op in self._ops.values() if op.body is not None and not op.body.replaced}
        return [
            Change(
                dot,
                (op.table, op.row_id.bytes),
                op.body.cells,
                tuple(
                    ((self._streams[stream], seq), None if cells is None else frozenset(cells))
                    for stream, seq, cells in op.body.replaced
                    if stream in self._streams
                ),
            )
            for dot, op in sorted(self._ops.items(), key=lambda item: self.rank_of(item[0]))
            if op.body is not None and (op.table, op.row_id) in made
        ]

    def rank_of(self, dot: Dot) -> Rank:
        """Hybrid clock, stream and number of a version."""
        return self._ops[dot].hlc, self._names[dot[0]], dot[1]

    def value_of(self, dot: Dot, cell: str) -> oplog.Value:
        """What a version says of a cell."""
        op = self._ops[dot]
        default = all_defaults()[op.table][cell]
        return default if op.body is None else op.body.cells.get(cell, default)
