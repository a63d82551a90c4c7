"""What an action changed: the ids of the records, by kind, so that each screen knows whether it is concerned."""

from dataclasses import dataclass, field, fields
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids by kind of record. Empty means that nothing changed; `everything` that all must be read again."""

    people: frozenset[UUID] = field(default_factory=frozenset)
    visits: frozenset[UUID] = field(default_factory=frozenset)
    days: frozenset[UUID] = field(default_factory=frozenset)
    counters: frozenset[UUID] = field(default_factory=frozenset)
    accounts: frozenset[UUID] = field(default_factory=frozenset)
    consents: frozenset[UUID] = field(default_factory=frozenset)
    codes: frozenset[UUID] = field(default_factory=frozenset)
    hubs: frozenset[UUID] = field(default_factory=frozenset)
    cases: frozenset[UUID] = field(default_factory=frozenset)
    appointments: frozenset[UUID] = field(default_factory=frozenset)
    sessions: frozenset[UUID] = field(default_factory=frozenset)
    steps: frozenset[UUID] = field(default_factory=frozenset)
    referrals: frozenset[UUID] = field(default_factory=frozenset)
    attachments: frozenset[UUID] = field(default_factory=frozenset)
    placements: frozenset[UUID] = field(default_factory=frozenset)
    ventures: frozenset[UUID] = field(default_factory=frozenset)
    calls: frozenset[UUID] = field(default_factory=frozenset)
    funding: frozenset[UUID] = field(default_factory=frozenset)
    trainings: frozenset[UUID] = field(default_factory=frozenset)
    papers: frozenset[UUID] = field(default_factory=frozenset)
    everything: bool = False

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return any(bool(getattr(self, item.name)) for item in fields(self))

    def __or__(self, other: Self) -> "Changes":
        """Both together, for an action made of several."""
        merged = {item.name: getattr(self, item.name) | getattr(other, item.name) for item in fields(self)}
        return Changes(**merged)
