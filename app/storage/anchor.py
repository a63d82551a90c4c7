"""How far this installation's log had come, kept outside the store: a store that is behind it is a restored copy.

A restored copy would give out op numbers and human numbers a second time. It therefore goes on as a new incarnation:
a new stream, and sequences beyond all that were ever given out. Source of the rule: sync.md, section 3.
"""

from pathlib import Path
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.storage import schema
from app.storage.files import write_atomically
from app.storage.recorder import new_stream

_GAP = 1000


class Anchor(msgspec.Struct, frozen=True):
    """Stream (hexadecimal), number and hash of the newest op, and the last number of each sequence."""

    stream: str
    seq: int
    hash: str
    numbers: dict[str, int]


def read_anchor(path: Path) -> Anchor | None:
    """The anchor, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Anchor)
    except (OSError, msgspec.DecodeError):
        return None


def current_anchor(connection: sa.Connection) -> Anchor:
    """Where the store stands."""
    stream = schema.stream
    current = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "stream")) or ""
    row = connection.execute(
        sa.select(stream.c.last_seq, stream.c.last_hash).where(stream.c.stream == bytes.fromhex(current))
    ).one()
    numbers = connection.execute(sa.select(schema.sequence.c.name, schema.sequence.c.last)).tuples().all()
    return Anchor(current, row.last_seq, row.last_hash.hex(), dict(numbers))


def write_anchor(path: Path, anchor: Anchor) -> None:
    """Keep an anchor beside the store."""
    write_atomically(path, msgspec.json.encode(anchor))


def is_behind(connection: sa.Connection, anchor: Anchor | None) -> bool:
    """Whether the store lacks ops that this installation once had, or can't prove that it does not."""
    if anchor is None:
        return True
    op, stream = schema.op, schema.stream
    own = connection.execute(
        sa.select(stream.c.n, stream.c.installation_id).where(stream.c.stream == bytes.fromhex(anchor.stream))
    ).one_or_none()
    if own is None:
        return True
    if anchor.seq == 0:
        return False
    found = connection.scalar(sa.select(op.c.hash).where(op.c.n == own.n, op.c.seq == anchor.seq))
    return found is None or found.hex() != anchor.hash


def begin_incarnation(connection: sa.Connection, anchor: Anchor | None) -> None:
    """Go on in a new stream, with sequences beyond those of the anchor, or well beyond the store's without one."""
    installation = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "installation"))
    new_stream(connection, UUID(hex=installation or ""))
    table = schema.sequence
    kept = dict(connection.execute(sa.select(table.c.name, table.c.last)).tuples().all())
    known = anchor.numbers if anchor else {name: last + _GAP for name, last in kept.items()}
    for name, last in known.items():
        if name in kept:
            connection.execute(table.update().where(table.c.name == name).values(last=max(last, kept[name])))
        else:
            connection.execute(table.insert().values(name=name, last=last))
