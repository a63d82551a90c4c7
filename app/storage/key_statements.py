"""What installations have stated about their keys: as rows that travel, and as they were when they came here.

The rows are everybody's to write, like all rows. What was learnt from them stays, whatever becomes of the rows.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

import sqlalchemy as sa

from app.storage import oplog, schema
from app.storage.exchange_tables import key_statement
from app.storage.incoming import NewOps


def list_known(connection: sa.Connection) -> list[bytes]:
    """The statements that were learnt, of every installation."""
    return list(connection.scalars(sa.select(key_statement.c.statement)))


def learn(connection: sa.Connection, installation: UUID, before: bytes, statement: bytes) -> None:
    """Keep a statement; the first one about a key is the one that counts."""
    where = (key_statement.c.installation_id == installation, key_statement.c.before == before)
    if connection.scalar(sa.select(key_statement.c.statement).where(*where)) is None:
        connection.execute(
            key_statement.insert().values(installation_id=installation, before=before, statement=statement)
        )


def stated_in_rows(connection: sa.Connection) -> list[bytes]:
    """The statements as the rows say them now."""
    return list(connection.scalars(sa.select(schema.key_change.c.statement)))


def stated_in(new: Iterable[NewOps]) -> Iterator[bytes]:
    """The statements that new ops bring."""
    name = str(schema.key_change.name)
    for block in new:
        for op in block.ops:
            if op.table == name and op.body is not None:
                said = oplog.decode_body(op.body).cells.get("statement")
                if isinstance(said, bytes):
                    yield said


def places_of(connection: sa.Connection, installation: UUID) -> list[tuple[bytes, int, int, bytes]]:
    """Where an installation made its statements: stream, number and clock of each op, and the statement; in order."""
    op, stream, row = schema.op, schema.stream, schema.key_change
    query = (
        sa.select(stream.c.stream, op.c.seq, op.c.hlc, op.c.body)
        .join(stream, stream.c.n == op.c.n)
        .join(row, row.c.id == op.c.row_id)
        .where(op.c.tbl == row.name, stream.c.installation_id == installation, op.c.body.is_not(None))
        .order_by(op.c.hlc)
    )
    found = []
    for name, seq, hlc, body in connection.execute(query):
        said = oplog.decode_body(body).cells.get("statement")
        if isinstance(said, bytes):
            found.append((name, seq, hlc, said))
    return found
