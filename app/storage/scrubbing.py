"""Erasing for good: what ops, disputes and waiting bundles still say of rows that were erased.

The hash of a scrubbed body stays, so that the chain still verifies; its salt goes, so that the hash confirms no guess.
"""

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from app.storage import oplog, schema
from app.storage.exchange_tables import bundle, conflict
from app.storage.schema_accompaniment import attachment_here
from app.storage.schema_papers import certificate_pdf

_BATCH = 500
_REMAINS = "erased_remains"
"""The fact that the log's file or automatic copies may still hold what was erased."""


def scrub(connection: sa.Connection, ids: Iterable[UUID]) -> None:
    """Take the bodies of all ops on erased rows away, except those that erase them, and what else repeats them.

    Bundles that wait are dropped: they may hold what was erased, and whoever sent them sends it again when told what
    is here.
    """
    op = schema.op
    _note_remains(connection)
    remaining = iter(ids)
    while some := list(islice(remaining, _BATCH)):
        query = sa.select(op.c.n, op.c.seq, op.c.salt, op.c.body).where(op.c.row_id.in_(some), op.c.body.is_not(None))
        scrubbed = [
            {"of_n": row.n, "of_seq": row.seq, "digest": oplog.hash_body(row.salt, row.body)}
            for row in connection.execute(query)
            if oplog.decode_body(row.body).cells.get("erased") is not True
        ]
        if scrubbed:
            connection.execute(
                op.update()
                .where(op.c.n == sa.bindparam("of_n"), op.c.seq == sa.bindparam("of_seq"))
                .values(body=None, salt=None, body_hash=sa.bindparam("digest")),
                scrubbed,
            )
        connection.execute(conflict.delete().where(conflict.c.row_id.in_(some)))
        # a content that was to stay here goes with the row that it belongs to
        connection.execute(attachment_here.delete().where(attachment_here.c.attachment_id.in_(some)))
        connection.execute(certificate_pdf.delete().where(certificate_pdf.c.certificate_id.in_(some)))
        connection.execute(bundle.delete().where(bundle.c.waiting.is_not(None)))


def may_remain(connection: sa.Connection) -> bool:
    """Whether the log's file or automatic copies may still hold what was erased: that is done after the transaction."""
    return connection.scalar(sa.select(schema.meta.c.key).where(schema.meta.c.key == _REMAINS)) is not None


def nothing_remains(connection: sa.Connection) -> None:
    """The log's file and the copies are clean."""
    connection.execute(schema.meta.delete().where(schema.meta.c.key == _REMAINS))


def _note_remains(connection: sa.Connection) -> None:
    if not may_remain(connection):
        connection.execute(schema.meta.insert().values(key=_REMAINS, value="1"))
