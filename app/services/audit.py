"""The audit trail: who read and changed what."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.accounts import Permission
from app.domain.ids import PersonId
from app.services.access import require
from app.storage import trail
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One entry. `at` in epoch ms; `action` is a code (read, read_restricted, changed, signed_in …)."""

    at: int
    author: str
    action: str
    kind: str
    subject_id: UUID | None
    detail: str


def list_events(
    uow: UnitOfWork, person_id: PersonId | None = None, since: int | None = None, limit: int = 200
) -> tuple[AuditEvent, ...]:
    """The newest entries first; only those about a person, or since a moment (epoch ms), where one is given.

    Changes come from the ops, so that none can be missing; their detail names the fields, never the values.
    """
    require(uow, Permission.READ_AUDIT)
    rows = trail.newest(uow.connection, person_id, since, limit)
    return tuple(AuditEvent(*row) for row in rows)
