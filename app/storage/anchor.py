"""How far this installation's log had come, kept outside the store: a store that is behind it is a restored copy.

A restored copy would give out op numbers and human numbers a second time. It therefore goes on as a new incarnation:
a new stream, and sequences beyond all that were ever given out. Source of the rule: sync.md, section 3.
"""

from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.storage import schema, sequences
from app.storage.files import write_atomically
from app.storage.recorder import new_stream

_STREAM_BYTES: Final = 8


class Anchor(msgspec.Struct, frozen=True):
    """Stream (hexadecimal), number and hash of the newest op, and the last number of each sequence."""

    stream: str
    seq: int
    hash: str
    numbers: dict[str, int]


def read_anchor(path: Path) -> Anchor | None:
    """The anchor, or None where there is none, or what is there is damaged. Raises OSError."""
    try:
        anchor = msgspec.json.decode(path.read_bytes(), type=Anchor)
        whole = len(bytes.fromhex(anchor.stream)) == _STREAM_BYTES
    except (FileNotFoundError, msgspec.DecodeError, ValueError):
        return None
    return anchor if whole else None


def current_anchor(connection: sa.Connection) -> Anchor:
    """Where the store stands."""
    stream = schema.stream
    current = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "stream")) or ""
    row = connection.execute(
        sa.select(stream.c.last_seq, stream.c.last_hash).where(stream.c.stream == bytes.fromhex(current))
    ).one()
    return Anchor(current, row.last_seq, row.last_hash.hex(), sequences.numbers_given(connection))


def write_anchor(path: Path, anchor: Anchor) -> None:
    """Keep an anchor beside the store."""
    write_atomically(path, msgspec.json.encode(anchor))


def is_behind(connection: sa.Connection, anchor: Anchor | None) -> bool:
    """Whether the store lacks ops that this installation once had, or can't prove that it does not."""
    if anchor is None:
        return True
    n = _stream_number(connection, anchor)
    if n is None:
        return True
    if anchor.seq == 0:
        return False
    op = schema.op
    found = connection.scalar(sa.select(op.c.hash).where(op.c.n == n, op.c.seq == anchor.seq))
    return found is None or found.hex() != anchor.hash


def begin_incarnation(connection: sa.Connection, anchor: Anchor | None, now: int) -> None:
    """Go on in a new stream, with sequences beyond those of the anchor, or well beyond the store's without one."""
    installation = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "installation"))
    new_stream(connection, UUID(hex=installation or ""))
    if anchor is None or _stream_number(connection, anchor) is None:
        # an anchor of another stream may be older than this copy, or of another installation
        sequences.leap(connection, now)
    if anchor is not None:
        sequences.go_beyond(connection, anchor.numbers)


def _stream_number(connection: sa.Connection, anchor: Anchor) -> int | None:
    stream = schema.stream
    found: int | None = connection.scalar(sa.select(stream.c.n).where(stream.c.stream == bytes.fromhex(anchor.stream)))
    return found
