"""What waits for a decision, as people read it: what a value points to by its name, and values typed anew."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.domain.accounts import Permission
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.services.exchange.settling import OpenDispute, list_open, settle
from app.services.person_fields import check_fields
from app.storage import people, places, schema
from app.storage.unit_of_work import UnitOfWork

TYPED: Final = frozenset({"name", "name_ar", "also_known", "phones", "contact", "card"})
"""Fields of a person where a value may be typed that neither office wrote; elsewhere one of the values is kept."""


def list_decisions(uow: UnitOfWork) -> tuple[tuple[OpenDispute, Mapping[bytes, str]], ...]:
    """Everything that waits to be settled, oldest first, with names for the records that its values point to."""
    return tuple((item, _names(item, uow)) for item in list_open(uow))


def may_type(dispute: OpenDispute) -> bool:
    """Whether another value than those shown can be typed."""
    return dispute.table == "person" and dispute.field in TYPED


def settle_typed(dispute: OpenDispute, text: str, uow: UnitOfWork) -> Outcome[None]:
    """End a dispute with a value that was typed, checked like any that is typed at the desk. Raises UserError."""
    require(uow, Permission.EXCHANGE)
    if not may_type(dispute):
        raise UserError(_("Only one of the values shown can be kept here. Nothing was changed."))
    before = next(iter(people.load_people(uow.connection, [dispute.row_id], hidden=True)), None)
    value = check_fields({dispute.field: text}, before).get(dispute.field) if text.strip() else ""
    if not value:
        raise UserError(_("This can't be kept here. Nothing was changed. Mind which letters the field is for."))
    return settle(dispute.id, str(value), uow)


def _names(dispute: OpenDispute, uow: UnitOfWork) -> Mapping[bytes, str]:
    keys = schema.SYNCED[dispute.table].c[dispute.field].foreign_keys
    target = next((key.column.table.name for key in keys), None)
    if target is None:
        return {}
    ids = {side.value for side in dispute.sides if isinstance(side.value, bytes)}
    return {raw: places.subject_of(uow.connection, target, UUID(bytes=raw)) for raw in ids}
