"""Ops as they travel: the plain form that the store gives out and takes in, and that bundles carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID


class OpRecord(NamedTuple):
    """One op of a stream. A named tuple, because hundreds of thousands are made at a time.

    `hlc` orders; `at` is what the clock of its writer's computer said (epoch ms), and is for people alone.
    `row_id` and `author` are the bytes of their UUIDs; `body` is MessagePack, None once it was scrubbed, when
    `body_hash` stands for it. `salt` goes with the body. In a stream the ops follow each other without a gap.
    """

    seq: int
    hlc: int
    at: int
    author: bytes | None
    table: str
    row_id: bytes
    salt: bytes | None
    body: bytes | None
    body_hash: bytes | None


@dataclass(frozen=True, slots=True)
class StreamOps:
    """Consecutive ops of one stream. `before` is the hash of the op ahead of the first one.

    `signature` is that of the stream's own installation under its last op.
    """

    stream: bytes
    installation: UUID
    before: bytes
    ops: tuple[OpRecord, ...]
    signature: bytes

    @property
    def first(self) -> int:
        """The number of the first op."""
        return self.ops[0].seq

    @property
    def last(self) -> int:
        """The number of the last op."""
        return self.ops[-1].seq


Vector = Mapping[bytes, int]
"""How far somebody has each stream: the number of its last op, by stream."""


@dataclass(frozen=True, slots=True)
class OpBatch:
    """All that one exchange carries: ops by stream, and how far its sender has each stream that it knows."""

    streams: tuple[StreamOps, ...]
    vector: Vector = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(len(block.ops) for block in self.streams)
