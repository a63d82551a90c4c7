"""A hash of each synced table: equal on installations that hold the same, whatever way it reached them."""

import hashlib

import msgspec
import sqlalchemy as sa

from app.storage import oplog, schema


def digests(connection: sa.Connection) -> dict[str, str]:
    """SHA-256 (hexadecimal) over the rows of each synced table in the order of their ids, all cells in fixed order."""
    encode = msgspec.msgpack.Encoder().encode
    found = {}
    for name, table in schema.SYNCED.items():
        running = hashlib.sha256()
        columns = [table.c.id, *(table.c[cell] for cell in oplog.cells_of(table))]
        query = sa.select(*columns).order_by(table.c.id)
        for row in connection.execution_options(yield_per=5000).execute(query):
            running.update(encode([oplog.plain(value) for value in row]))
        found[name] = running.hexdigest()
    return found


def replayed_digests(connection: sa.Connection) -> dict[str, str]:
    """The same hashes, from the ops alone: a row that was written past the log, or an op without its row, differs.

    The op of highest rank that wrote a cell is the one that is shown, so replaying all in that order ends with it.
    """
    encode = msgspec.msgpack.Encoder().encode
    rows: dict[str, dict[bytes, dict[str, oplog.Value]]] = {name: {} for name in schema.SYNCED}
    streams = dict(connection.execute(sa.select(schema.stream.c.n, schema.stream.c.stream)).all())
    for op in sorted(oplog.read_ops(connection), key=lambda item: (item.hlc, streams[item.n], item.seq)):
        # a newer minor version may have tables that this one does not know
        if op.body is None or op.table not in rows:
            continue
        held = rows[op.table].get(op.row_id.bytes, {})
        if held.get("erased") is True and op.body.cells.get("erased") is not True:
            continue
        if op.body.replaced:
            rows[op.table].setdefault(op.row_id.bytes, {}).update(op.body.cells)
        else:
            # one that makes its row writes every cell, also of a row that somebody else has made
            rows[op.table][op.row_id.bytes] = dict(op.body.cells)
    found = {}
    for name, table in schema.SYNCED.items():
        defaults = {cell: oplog.default_of(table.c[cell]) for cell in oplog.cells_of(table)}
        running = hashlib.sha256()
        for row_id, cells in sorted(rows[name].items()):
            running.update(encode([row_id, *(cells.get(cell, default) for cell, default in defaults.items())]))
        found[name] = running.hexdigest()
    return found
