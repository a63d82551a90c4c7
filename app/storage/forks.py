"""Streams that say something else elsewhere, because two computers have been writing as one installation."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.ops import StreamOps
from app.storage import oplog, schema
from app.storage.exchange_tables import fork
from app.storage.rewriting import hash_at

_KEPT_MS: Final = 60 * 86_400_000
"""For so long others are sent a stream again from where it was written twice: they may hold the other version."""
_FORMER: Final = "former"


@dataclass(frozen=True, slots=True)
class Fork:
    """A stream that was written twice: alike up to the op `common`, or less far where that is not `certain`.

    `last` is how far it is here, `n` its local number, `noticed_at` epoch ms. Once it is `healed` here, others may
    still have to put it right.
    """

    stream: bytes
    n: int
    installation: UUID
    common: int
    certain: bool
    last: int
    noticed_at: int
    healed: bool


def find_common(connection: sa.Connection, block: StreamOps) -> tuple[int, bool]:
    """Up to which op a block and the log here say the same, and whether that is certain.

    Where the block begins after the place at which they part, nothing is known.
    """
    row = connection.execute(sa.select(schema.stream).where(schema.stream.c.stream == block.stream)).one_or_none()
    if row is None or block.first > row.last_seq + 1:
        return 0, False
    common = block.first - 1
    if hash_at(connection, row.n, common) != block.before:
        return 0, common == 0
    for seq, digest in enumerate(oplog.hash_chain(block.stream, block.before, block.ops), block.first):
        if seq > row.last_seq or hash_at(connection, row.n, seq) != digest:
            break
        common = seq
    return common, True


def note(connection: sa.Connection, stream: bytes, common: int, now: int, *, certain: bool) -> None:
    """Note that a stream was written twice; what is certain is not given up for what is not."""
    known = connection.execute(sa.select(fork).where(fork.c.stream == stream)).one_or_none()
    if known is not None and known.certain and not known.healed and (not certain or known.common <= common):
        common, certain = known.common, True
    connection.execute(fork.delete().where(fork.c.stream == stream))
    connection.execute(fork.insert().values(stream=stream, common=common, certain=certain, noticed_at=now))


def heal(connection: sa.Connection, stream: bytes) -> None:
    """It was put right here."""
    connection.execute(fork.update().where(fork.c.stream == stream).values(healed=True))


def heal_until(connection: sa.Connection, moment: int) -> None:
    """All that was noticed up to a moment (epoch ms) was put right."""
    connection.execute(fork.update().where(fork.c.noticed_at <= moment).values(healed=True))


def list_forks(connection: sa.Connection, now: int) -> list[Fork]:
    """The forks that are known, the first noticed first. Those of others, and healed ones, only as long as fresh."""
    stream = schema.stream
    query = (
        sa.select(fork, stream.c.n, stream.c.installation_id, stream.c.last_seq)
        .join(stream, stream.c.stream == fork.c.stream)
        .order_by(fork.c.noticed_at)
    )
    mine = own_installations(connection)
    return [
        Fork(
            row.stream, row.n, row.installation_id, row.common, row.certain, row.last_seq, row.noticed_at, row.healed
        )
        for row in connection.execute(query)
        if (row.installation_id in mine and not row.healed) or abs(now - row.noticed_at) < _KEPT_MS
    ]  # fmt: skip


def own_installations(connection: sa.Connection) -> frozenset[UUID]:
    """The installation that this store is, and those that it was before it was told apart from its copy."""
    query = sa.select(schema.meta.c.value).where(schema.meta.c.key.in_(("installation", _FORMER)))
    return frozenset(UUID(hex=part) for value in connection.scalars(query) for part in (value or "").split())


def become(connection: sa.Connection, installation: UUID) -> None:
    """From now on this store is that of another installation."""
    meta = schema.meta
    former = " ".join(sorted(known.hex for known in own_installations(connection)))
    connection.execute(meta.delete().where(meta.c.key.in_(("installation", _FORMER))))
    values = [{"key": "installation", "value": installation.hex}, {"key": _FORMER, "value": former}]
    connection.execute(meta.insert(), values)
