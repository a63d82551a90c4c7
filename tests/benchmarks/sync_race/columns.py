"""The tables of the workload. Nothing is imported here that would load the store."""

from collections.abc import Mapping
from typing import Final

PERSON: Final = (
    "hub_id", "number", "name", "name_ar", "sex", "birth_date", "birth_precision", "nationality", "phones",
    "residence", "created_at", "contact",
)  # fmt: skip
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "person": PERSON,
    "visit": ("hub_id", "installation_id", "counter_id", "reason", "state", "day", "arrived_at", "left_at"),
    "place": ("visit_id", "counter_id", "queued_at", "called_at", "ended_at", "outcome"),
}
NEWER_CELL: Final = "vaccinated"
"""A field of `person` that only a newer program has."""
