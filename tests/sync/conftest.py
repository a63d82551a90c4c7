"""What the tests of exchange share: installations that know each other."""

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID, uuid4

import pytest

from app.sync.bundle import Bundle, read_bundle, write_bundle
from app.sync.trust import Identity, SecretKeys, new_keys

NOW = 1_795_000_000_000


@dataclass
class Party:
    """An installation: who it is, its keys, and whom it believes."""

    identity: Identity
    keys: SecretKeys
    enrolled: dict[UUID, Identity] = field(default_factory=dict)

    def send(self, *recipients: "Party", payload: bytes = b"ops", expires_at: int | None = None) -> bytes:
        return write_bundle(
            payload,
            sender=self.identity,
            keys=self.keys,
            recipients=[party.identity for party in recipients],
            base={b"stream-1": 7},
            ops=3,
            made_at=NOW,
            program="0.1.0",
            expires_at=expires_at,
        )

    def open(self, content: bytes, now: int = NOW) -> Bundle:
        return read_bundle(content, me=self.identity.installation, keys=self.keys, known=self.enrolled.get, now=now)


def make_party(hub: str = "RBT") -> Party:
    keys = new_keys()
    return Party(Identity(uuid4(), hub, "A", {"fr": "Rabat", "ar": "الرباط"}, keys.public), keys)


@pytest.fixture
def parties() -> list[Party]:
    """Three installations that have enrolled each other, and one that nobody knows."""
    made = [make_party(hub) for hub in ("RBT", "TNG", "OUJ", "BML")]
    for party in made[:3]:
        party.enrolled = {other.identity.installation: other.identity for other in made[:3] if other is not party}
    return made


@dataclass
class Mutation:
    """Ways to damage bytes, at random but repeatable."""

    choice: random.Random

    def apply(self, content: bytes) -> bytes:
        """Something that differs from the content."""
        while (changed := self.choice.choice(self._ways)(self, bytearray(content))) == content:
            pass
        return bytes(changed)

    def _flip(self, content: bytearray) -> bytearray:
        for _ in range(self.choice.choice((1, 1, 1, 2, 5))):
            content[self.choice.randrange(len(content))] ^= 1 << self.choice.randrange(8)
        return content

    def _put(self, content: bytearray) -> bytearray:
        content[self.choice.randrange(len(content))] = self.choice.randrange(256)
        return content

    def _cut(self, content: bytearray) -> bytearray:
        start = self.choice.randrange(len(content))
        del content[start : start + self.choice.choice((1, 2, 16, len(content)))]
        return content

    def _grow(self, content: bytearray) -> bytearray:
        start = self.choice.randrange(len(content) + 1)
        content[start:start] = self.choice.randbytes(self.choice.choice((1, 2, 16)))
        return content

    def _repeat(self, content: bytearray) -> bytearray:
        start, end = sorted(self.choice.choices(range(len(content) + 1), k=2))
        content[start:start] = content[start:end]
        return content

    def _swap(self, content: bytearray) -> bytearray:
        here, there = self.choice.choices(range(len(content)), k=2)
        content[here], content[there] = content[there], content[here]
        return content

    _ways: ClassVar[tuple[Callable[["Mutation", bytearray], bytearray], ...]] = (
        _flip,
        _put,
        _cut,
        _grow,
        _repeat,
        _swap,
    )


@pytest.fixture
def mutation(request: pytest.FixtureRequest) -> Mutation:
    """Damage from a fresh seed, which a failing test prints."""
    seed = secrets.randbits(32)
    request.node.add_report_section("setup", "seed", f"Mutation(random.Random({seed}))")
    return Mutation(random.Random(seed))  # noqa: S311 - repeatable on purpose
