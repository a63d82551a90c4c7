"""What a batch of ops would do here: worked out by reading only, shown to a person, and carried out if they agree."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.ops import OpBatch, Vector
from app.storage import disputes, incoming, kinds, makings, oplog, rewriting, schema, scrubbing, unread
from app.storage.bulk import insert_rows, update_rows
from app.storage.engine import postpone_checkpoint
from app.storage.incoming import NewOps, RowKey
from app.storage.makings import Later, Makings
from app.storage.unit_of_work import UnitOfWork
from app.sync.merge import ERASED, Change, Dot, Known, Rank, Row, disputed, merge

_FAR_AHEAD: Final = 1024
_MANY: Final = 2000
"""More ops than that fill the log, which the commit would then empty into the file."""


@dataclass(frozen=True, slots=True)
class Plan:
    """New ops, and the rows as they would be: `makings` are those that one op makes and no other touches.

    `disputed` are cells with several values, of the rows touched. `vector` is how far the sender has each stream.
    `unread` are rows of which a newer version has written what this one does not know, and whether an op erases one of
    a table that is unknown here.
    """

    new: list[NewOps]
    known_ops: int
    vector: Vector
    makings: Makings
    rows: Mapping[RowKey, Row]
    disputed: Mapping[RowKey, set[str]]
    unread: Mapping[RowKey, bool]

    @property
    def ops(self) -> int:
        """How many ops are new."""
        return sum(len(block.ops) for block in self.new)

    def created(self) -> Counter[str]:
        """How many rows it would make, by table; what arrives erased is a stub and makes nothing."""
        fresh = ((name, row) for (name, _id), row in self.rows.items() if not row.stored)
        merged = Counter(name for name, row in fresh if row.values.get(ERASED) is not True)
        return merged + Counter({name: len(rows) for name, rows in self.makings.items()})

    def first_made(self, name: str, limit: int) -> list[Mapping[str, oplog.Value]]:
        """The first few rows of a table that it would make, in the order of their ids."""
        merged = {
            row_id: row.values
            for (table, row_id), row in self.rows.items()
            if table == name and not row.stored and row.values.get(ERASED) is not True
        }
        made = self.makings[name]
        first = nsmallest(limit, [*merged, *made])
        return [merged[row_id] if row_id in merged else makings.cells_of(made[row_id]) for row_id in first]

    def changed(self) -> Counter[str]:
        """How many rows that are here would show something else, by table."""
        return Counter(name for (name, _id), row in self.rows.items() if row.stored and row.written)

    def erased(self) -> dict[RowKey, bool]:
        """The rows touched that are erased in the end, and whether that is new here."""
        return {
            key: not row.stored or ERASED in row.written
            for key, row in self.rows.items()
            if row.values.get(ERASED) is True
        }

    def deleted(self) -> int:
        """How many rows that are here would be gone."""
        gone = [row for row in self.rows.values() if row.stored and "deleted" in row.written]
        return sum(row.values["deleted"] is True for row in gone)


def make_plan(batch: OpBatch, own: bytes, uow: UnitOfWork) -> Plan:
    """Work out what a batch would do. Raises ForkError, ValueError for what no program of ours writes."""
    new = incoming.pick_new(uow.connection, batch, own)
    known = sum(len(block.ops) for block in batch.streams) - sum(len(block.ops) for block in new)
    return _plan(new, known, batch.vector, uow)


def _plan(new: list[NewOps], known: int, vector: Vector, uow: UnitOfWork, *, once: bool = True) -> Plan:
    """A plan for ops that are not here yet. `once`: what makes a row that only one op can make is not looked up."""
    connection = uow.connection
    made, others = makings.pick_makings(new) if once else makings.pick_none(new)
    reader = _VersionReader(uow, new)
    changes = list(reader.changes(others))
    rows = _rows_of(changes, made, connection, once=once)
    merge(rows, changes, Known(all_defaults(), reader.rank_of, reader.value_of))
    for (name, _id), row in rows.items():
        if row.written or not row.stored:
            kinds.check_cells(name, row.values)
    several = {key for key, row in rows.items() if len(row.made) > 1 or any(len(d) > 1 for d in row.cells.values())}
    open_now = {key: disputed(rows[key], all_defaults()[key[0]], reader.value_of) for key in several}
    settled = {key: set[str]() for key in (disputes.rows_in_dispute(connection).keys() & rows.keys()) - several}
    return Plan(new, known, vector, made, rows, settled | open_now, _unread(changes))


def carry_out(plan: Plan, uow: UnitOfWork) -> Plan:
    """Write a plan that was made in this same transaction, and return it as it was written.

    A row is made by one op, unless an office had to write again what two computers wrote under one name: only then is
    it there already, and the plan is made once more with every row looked up.
    """
    connection = uow.connection
    if plan.ops > _MANY:
        postpone_checkpoint(connection)
    trial = connection.begin_nested()
    try:
        _write(plan, uow)
    except sa.exc.IntegrityError:
        trial.rollback()
        plan = _plan(plan.new, plan.known_ops, plan.vector, uow, once=False)
        _write(plan, uow)
    else:
        trial.commit()
    return plan


def _write(plan: Plan, uow: UnitOfWork) -> None:
    connection = uow.connection
    uow.recorder.observe(incoming.write_ops(connection, plan.new))
    for name, rows in plan.makings.items():
        makings.insert_makings(connection, name, rows)
    erased = plan.erased()
    # a store that a newer program has opened has columns that this one can't write
    is_newer = unread.is_store_newer(connection)
    # so nothing of what is erased may stay in its row
    anew = {key for key, is_new in erased.items() if is_new and plan.rows[key].stored} if is_newer else set()
    rewriting.remove_rows(connection, anew)
    _write_merged(plan.rows, anew, connection)
    if erased:
        scrubbing.scrub(connection, [UUID(bytes=row_id) for _name, row_id in erased])
    _note_unread(plan, connection, is_newer=is_newer)
    disputes.note_all(connection, plan.disputed, uow.now)


def _rows_of(changes: Iterable[Change], made: Makings, connection: sa.Connection, *, once: bool) -> dict[RowKey, Row]:
    """The rows that changes concern: those in the store, and those that were just made, which are taken out of `made`.

    Looked up are not those that the changes make themselves (`once`), unless their ids are agreed on beforehand.
    """
    rows: dict[RowKey, Row] = {}
    wanted: set[RowKey] = set()
    unknown: set[RowKey] = set()
    for change in changes:
        key = name, row_id = change.key
        if key in rows or key in wanted or key in unknown:
            continue
        making = made.get(name, {}).pop(row_id, None)
        if making is not None:
            rows[key] = Row([making[:2]], {}, makings.cells_of(making), stored=False)
        elif change.replaced or not once or not makings.is_own(row_id) or change.cells.get(ERASED) is True:
            wanted.add(key)
        else:
            unknown.add(key)
    for key, row in incoming.load_rows(connection, wanted).items():
        rows[key] = Row(row.versions.made, row.versions.cells, row.values, stored=True)
    return rows


def _unread(changes: Iterable[Change]) -> Mapping[RowKey, bool]:
    """Rows of which an op names a table or a cell that is unknown here; an unknown table's may be erased by it."""
    defaults = all_defaults()
    found: dict[RowKey, bool] = {}
    for change in changes:
        known = defaults.get(change.key[0])
        if known is None:
            found[change.key] = found.get(change.key, False) or change.cells.get(ERASED) is True
        elif not change.cells.keys() <= known.keys():
            found.setdefault(change.key, False)
    return found


def _note_unread(plan: Plan, connection: sa.Connection, *, is_newer: bool) -> None:
    """Keep rows that can't be read whole for a newer program; what is erased goes at once, read or not."""
    keys = set(plan.unread)
    if is_newer:
        # nothing that is written here is sure to be whole
        keys |= plan.rows.keys()
        keys |= {(name, row_id) for name, rows in plan.makings.items() for row_id in rows}
    if keys:
        unread.note(connection, keys, {key for key, erased in plan.unread.items() if erased})
        scrubbing.scrub(connection, [UUID(bytes=row_id) for _name, row_id in unread.erased_among(connection, keys)])


def _write_merged(rows: Mapping[RowKey, Row], anew: Collection[RowKey], connection: sa.Connection) -> None:
    """Write rows as merging left them: those that are new here or made `anew` whole, of others what was written."""
    made: dict[str, list[tuple[oplog.Value, ...]]] = {}
    changed: dict[tuple[str, frozenset[str]], list[tuple[oplog.Value, ...]]] = {}
    for (name, row_id), row in rows.items():
        values = row.values
        versions = oplog.encode(oplog.Versions(row.made, row.cells))
        if row.stored and (name, row_id) not in anew:
            written = frozenset(row.written)
            cells = [values[cell] for cell in _in_order(name, written)]
            changed.setdefault((name, written), []).append((*cells, versions, row_id))
        else:
            # all its cells, in the order of the table
            made.setdefault(name, []).append((row_id, *values.values(), versions))
    for name, whole in made.items():
        insert_rows(connection, schema.SYNCED[name], ("id", *all_defaults()[name], "versions"), whole)
    for (name, written), parts in changed.items():
        update_rows(connection, schema.SYNCED[name], (*_in_order(name, written), "versions"), parts)


@lru_cache(maxsize=1024)
def _in_order(name: str, written: frozenset[str]) -> tuple[str, ...]:
    return tuple(cell for cell in all_defaults()[name] if cell in written)


@cache
def all_defaults() -> Mapping[str, Mapping[str, oplog.Value]]:
    """The cells of each synced table in the order of the table, with what they hold when an op does not name them."""
    return {
        name: {cell: oplog.default_of(table.c[cell]) for cell in oplog.cells_of(table)}
        for name, table in schema.SYNCED.items()
    }


class _VersionReader:
    """Ranks and values of versions, from the new ops or from those on record."""

    def __init__(self, uow: UnitOfWork, new: list[NewOps]) -> None:
        self._connection = uow.connection
        self._streams = incoming.stream_numbers(uow.connection) | {block.stream: block.n for block in new}
        self._names = {n: stream for stream, n in self._streams.items()}
        self._blocks = {block.n: block for block in new}
        self._on_record: dict[Dot, incoming.OpOnRecord] = {}
        self._read_upto: Dot = 0, 0
        self._ahead = 1

    def changes(self, ops: Iterable[Later]) -> Iterator[Change]:
        """Ops as merging takes them."""
        for _hlc, _stream, seq, n, op in ops:
            body = oplog.decode_body(op.body or b"")
            replaced = tuple(
                ((self._streams[stream], number), None if cells is None else frozenset(cells))
                for stream, number, cells in body.replaced
                if stream in self._streams
            )
            yield Change((n, seq), (op.table, op.row_id), body.cells, replaced)

    def rank_of(self, dot: Dot) -> Rank:
        """Hybrid clock, stream and number of a version."""
        return self._read(dot)[0], self._names[dot[0]], dot[1]

    def value_of(self, dot: Dot, cell: str) -> oplog.Value:
        """What a version says of a cell."""
        _hlc, table, body = self._read(dot)
        default = all_defaults().get(table, {}).get(cell)
        return default if body is None else oplog.decode_body(body).cells.get(cell, default)

    def _read(self, dot: Dot) -> incoming.OpOnRecord:
        n, seq = dot
        block = self._blocks.get(n)
        if block is not None and seq > block.known:
            op = block.ops[seq - block.known - 1]
            return op.hlc, op.table, op.body
        if dot not in self._on_record:
            self._read_on(dot)
        return self._on_record[dot]

    def _read_on(self, dot: Dot) -> None:
        """Read an op on record, and the more of those after it the longer they have been asked for one after the other.

        A day's edits that another office has made too stand in a run: 6 µs for each in place of 110.
        """
        n, seq = dot
        before, upto = self._read_upto
        in_run = before == n and 0 < seq - upto <= self._ahead
        self._ahead = min(2 * self._ahead, _FAR_AHEAD) if in_run else 1
        self._read_upto = n, seq + self._ahead - 1
        self._on_record |= incoming.read_ops(self._connection, n, seq, self._read_upto[1])
