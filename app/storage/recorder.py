"""The only way to write to a synced table: the row and its op, in the caller's transaction."""

import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.outcome import UndoToken
from app.storage import disputes, oplog, schema, scrubbing
from app.storage.bulk import insert_rows
from app.storage.hlc import clamp, id_at, tick


class Recorder:
    """Writes rows and ops of one transaction, in this installation's current stream."""

    def __init__(self, connection: sa.Connection, author: UUID | None, now: int) -> None:
        """Reads where the stream stands: another process may have written since. `now` is epoch ms."""
        self._connection = connection
        self._author = author
        self._now = now
        known = connection.execute(sa.select(schema.stream)).all()
        self._streams = {row.n: row.stream for row in known}
        values = dict(
            connection.execute(
                sa.select(schema.meta.c.key, schema.meta.c.value).where(schema.meta.c.key.in_(("stream", "hlc")))
            ).all()
        )
        current = bytes.fromhex(values["stream"] or "")
        own = next(row for row in known if row.stream == current)
        self._n, self._seq, self._hash = own.n, own.last_seq, own.last_hash
        self._first = own.last_seq + 1
        self._hlc = int(values["hlc"] or 0)
        self._ops: list[tuple[Any, ...]] = []
        self._disputed: set[tuple[str, UUID]] = set()

    def new_id(self) -> UUID:
        """An id for a new row; later ones sort after earlier ones."""
        self._hlc = tick(self._hlc, self._now)
        return id_at(self._hlc)

    def observe(self, reading: int) -> None:
        """Take note of what came from elsewhere: whatever is written from now on is later than that reading."""
        self._hlc = max(self._hlc, reading)
        self._streams = dict(self._connection.execute(sa.select(schema.stream.c.n, schema.stream.c.stream)).all())

    def insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Make rows. Each needs its `id`; cells that are not given hold their defaults."""
        defaults = _defaults(str(table.name))
        written = []
        for row in rows:
            cells = {
                name: value
                for name, given in row.items()
                if name != "id" and (value := oplog.plain(given)) != defaults[name]
            }
            self._append(str(table.name), row["id"], oplog.Body(cells))
            versions = oplog.encode(oplog.Versions([(self._n, self._seq)]))
            values = (cells.get(name, default) for name, default in defaults.items())
            written.append((row["id"].bytes, *values, versions))
        insert_rows(self._connection, table, ("id", *defaults, "versions"), written)

    def update(self, table: sa.Table, row_id: UUID, cells: Mapping[str, Any], *, settling: bool = False) -> bool:
        """Write cells of a row; what already holds its value is left out. False when nothing was left to write.

        Of a cell in dispute the writer saw the value that is shown, so only its versions are replaced and the dispute
        goes on; with `settling` they saw all, and the dispute ends. Raises LookupError when there is no such row.
        """
        columns = [table.c[name] for name in cells]
        query = sa.select(table.c.versions, *columns).where(table.c.id == row_id, ~table.c.erased)
        found = self._connection.execute(query).one_or_none()
        if found is None:
            raise LookupError(f"{table.name} {row_id}")
        before = oplog.decode_versions(found[0])
        changed = {
            name: value
            for (name, given), held in zip(cells.items(), found[1:], strict=True)
            if (value := oplog.plain(given)) != oplog.plain(held) or (settling and len(before.dots(name)) > 1)
        }
        if not changed:
            return False
        seen = {name: before.dots(name) if settling else self._shown(before.dots(name), name) for name in changed}
        self._append(str(table.name), row_id, oplog.Body(changed, oplog.group_replaced(seen, self._streams)))
        now = (self._n, self._seq)
        after = {name: [now, *(dot for dot in before.dots(name) if dot not in seen[name])] for name in changed}
        versions = oplog.encode(oplog.Versions(before.made, before.cells | after))
        self._connection.execute(table.update().where(table.c.id == row_id).values(**changed, versions=versions))
        if any(len(before.dots(name)) > 1 for name in changed):
            self._disputed.add((str(table.name), row_id))
        return True

    def erase(self, table: sa.Table, row_id: UUID, stub: Mapping[str, Any]) -> None:
        """Leave of a row nothing but a stub, and of its ops nothing but their hashes; no write brings anything back.

        Raises LookupError when there is no such row.
        """
        defaults = _defaults(str(table.name))
        cells = {name: value for name, given in stub.items() if (value := oplog.plain(given)) != defaults[name]}
        self._append(str(table.name), row_id, oplog.Body(cells | {"erased": True}))
        versions = oplog.encode(oplog.Versions([(self._n, self._seq)]))
        # made anew, so that nothing stays in a column that only a newer program knows
        if self._connection.execute(table.delete().where(table.c.id == row_id)).rowcount == 0:
            raise LookupError(f"{table.name} {row_id}")
        values = {**defaults, **cells, "erased": True}
        insert_rows(self._connection, table, ("id", *values, "versions"), [(row_id.bytes, *values.values(), versions)])
        self._write_ops()
        scrubbing.scrub(self._connection, [row_id])

    def _shown(self, dots: list[oplog.Dot], cell: str) -> list[oplog.Dot]:
        """The versions that say what is shown; the same written twice is seen as one."""
        if len(dots) == 1:
            return dots
        self._write_ops()
        value = disputes.value_at(self._connection, dots[0], cell)
        return [dot for dot in dots if disputes.value_at(self._connection, dot, cell) == value]

    def finish(self) -> None:
        """Write the ops, and where the stream stands now; to be called once, before the commit."""
        self._write_ops()
        for name, row_id in self._disputed:
            disputes.refresh(self._connection, name, row_id, self._now)
        stream = schema.stream
        self._connection.execute(
            stream.update().where(stream.c.n == self._n).values(last_seq=self._seq, last_hash=self._hash)
        )
        self._connection.execute(schema.meta.update().where(schema.meta.c.key == "hlc").values(value=str(self._hlc)))

    def _write_ops(self) -> None:
        insert_rows(self._connection, schema.op, schema.OP_COLUMNS, self._ops)
        self._ops.clear()

    @property
    def token(self) -> UndoToken | None:
        """The ops of this transaction so far; None when there are none."""
        if self._seq < self._first:
            return None
        return UndoToken(self._streams[self._n], self._first, self._seq)

    @property
    def position(self) -> tuple[bytes, int, bytes]:
        """Stream, number and hash of the newest op."""
        return self._streams[self._n], self._seq, self._hash

    def _append(self, table: str, row_id: UUID, body: oplog.Body) -> None:
        self._hlc = tick(self._hlc, self._now)
        self._seq += 1
        salt, raw = oplog.new_salt(), oplog.encode(body)
        at, author = clamp(self._now), oplog.plain(self._author)
        header = (self._streams[self._n], self._seq, self._hlc, at, author, table, row_id.bytes)
        self._hash = oplog.link(self._hash, header, oplog.hash_body(salt, raw))
        self._ops.append((self._n, self._seq, self._hlc, at, author, table, row_id.bytes, salt, raw, None, self._hash))


@cache
def _defaults(name: str) -> dict[str, oplog.Value]:
    table = schema.SYNCED[name]
    return {cell: oplog.default_of(table.c[cell]) for cell in oplog.cells_of(table)}


def new_stream(connection: sa.Connection, installation: UUID) -> None:
    """Begin a stream of this installation and make it the one that is written to."""
    stream = secrets.token_bytes(8)
    connection.execute(
        schema.stream.insert().values(
            stream=stream,
            installation_id=installation,
            last_seq=0,
            last_hash=oplog.genesis(stream, installation),
        )
    )
    meta = schema.meta
    connection.execute(meta.delete().where(meta.c.key == "stream"))
    connection.execute(meta.insert().values(key="stream", value=stream.hex()))
