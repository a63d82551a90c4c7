"""Records of one person, linked: the group's root is its smallest id, whatever order the links came in.

A link joins two records and can be taken back; the records themselves are never altered. Links may form circles,
which changes nothing.
"""

from collections.abc import Iterable
from uuid import UUID

Link = tuple[UUID, UUID]


def roots_of(links: Iterable[Link]) -> dict[UUID, UUID]:
    """The root of every record that a link names."""
    parent: dict[UUID, UUID] = {}

    def find(record: UUID) -> UUID:
        while (above := parent.setdefault(record, record)) != record:
            # halve the path: what is above moves one up
            parent[record] = parent[above]
            record = above
        return record

    for first, second in links:
        low, high = sorted((find(first), find(second)))
        parent[high] = low
    return {record: find(record) for record in list(parent)}


def group_of(record: UUID, roots: dict[UUID, UUID]) -> frozenset[UUID]:
    """All records that are of the same person as this one, itself included."""
    root = roots.get(record, record)
    return frozenset({record, root} | {other for other, of in roots.items() if of == root})
