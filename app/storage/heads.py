"""Signed heads of the streams of others: up to where their writers vouch for what we pass on."""

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa

from app.storage import schema
from app.storage.exchange_tables import head

_FAR: Final = 50_000
"""Ops between heads that are kept: a bundle that can't hold all of a stream ends at one of them."""

Head = tuple[int, bytes]
"""Number of an op, and the signature of the stream's writer under it."""


def list_heads(connection: sa.Connection) -> dict[int, list[Head]]:
    """The heads of each stream (by local number) that lie within what is here, in their order."""
    stream = schema.stream
    query = (
        sa.select(head.c.n, head.c.seq, head.c.signature)
        .join(stream, stream.c.n == head.c.n)
        .where(head.c.seq <= stream.c.last_seq)
        .order_by(head.c.n, head.c.seq)
    )
    found: dict[int, list[Head]] = {}
    for n, seq, signature in connection.execute(query):
        found.setdefault(n, []).append((seq, signature))
    return found


def keep_head(connection: sa.Connection, n: int, seq: int, signature: bytes) -> None:
    """Keep the newest head of a stream; of those before only as many as are needed to end a bundle elsewhere."""
    before = list(connection.scalars(sa.select(head.c.seq).where(head.c.n == n).order_by(head.c.seq.desc()).limit(2)))
    last, former = (*before, 0, 0)[:2]
    if before and seq - former <= _FAR:
        forget_heads(connection, n, [last])
    connection.execute(head.insert().values(n=n, seq=seq, signature=signature))


def forget_heads(connection: sa.Connection, n: int, seqs: Iterable[int]) -> None:
    """Drop heads of a stream."""
    connection.execute(head.delete().where(head.c.n == n, head.c.seq.in_(list(seqs))))
