"""Household and group links between people, as either side sees them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.ids import BondId, PersonId


class BondKind(StrEnum):
    """What the other one is to somebody. Code list `bond_kinds`."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    COMPANION = "companion"
    """Travelled together, or lives in the same place."""

    @property
    def inverse(self) -> "BondKind":
        """What somebody is to the other one."""
        return _INVERSE.get(self, self)


_INVERSE: Final = {BondKind.PARENT: BondKind.CHILD, BondKind.CHILD: BondKind.PARENT}


@dataclass(frozen=True, slots=True)
class Bond:
    """One link as seen by the person asked about: `person_id` is the other one, `kind` what they are to the first."""

    id: BondId
    person_id: PersonId
    number: str
    name: str
    name_ar: str
    kind: BondKind
    label: str
    active: bool
