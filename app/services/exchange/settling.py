"""Values in dispute: what two offices wrote without knowing of each other, shown side by side, settled by a person."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.services.jury import is_sealed
from app.services.person_fields import RESTRICTED_FIELDS
from app.storage import disputes, peers, places, schema
from app.storage.disputes import Dispute, Side
from app.storage.oplog import Value
from app.storage.people import reindex
from app.storage.unit_of_work import UnitOfWork

MINE: Final = "mine"
THEIRS: Final = "theirs"


@dataclass(frozen=True, slots=True)
class OpenSide:
    """One of the values, who wrote it, at which office (hub and desk), when (epoch ms), and whether that is here."""

    value: Value
    author: str
    office: str
    at: int
    ours: bool


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """A field of a record with several values. `subject` names the record; the first side is the one in use."""

    id: str
    table: str
    row_id: UUID
    field: str
    subject: str
    since: int
    sides: tuple[OpenSide, ...]


def list_open(uow: UnitOfWork) -> tuple[OpenDispute, ...]:
    """Everything that waits to be settled, oldest first; restricted fields only for those who may read them.

    Points of a jury are shown to nobody but whoever gave them, until the results are known.
    """
    require(uow, Permission.EXCHANGE)
    offices: dict[UUID, str] = {
        peer.installation: f"{peer.hub}-{peer.desk}" for peer in peers.list_peers(uow.connection)
    }
    offices[uow.actor.installation_id] = f"{uow.actor.hub_code}-{uow.actor.desk}"
    allowed = uow.actor.may(Permission.READ_RESIDENCE)
    return tuple(
        OpenDispute(
            id=f"{found.table}.{found.row_id.hex}.{found.cell}",
            table=found.table,
            row_id=found.row_id,
            field=found.cell,
            subject=places.subject_of(uow.connection, found.table, found.row_id),
            since=found.since,
            sides=tuple(_side(side, offices, uow) for side in found.sides),
        )
        for found in disputes.list_disputes(uow.connection)
        if (allowed or found.cell not in RESTRICTED_FIELDS) and not is_sealed(found.table, found.row_id, uow)
    )


def settle(dispute_id: str, keep: str, uow: UnitOfWork) -> Outcome[None]:
    """End a dispute: keep what was written here (`mine`), elsewhere (`theirs`), or another value as text.

    The settlement travels like any change. Raises NotFoundError, or UserError where `mine` or `theirs` is not clear.
    """
    require(uow, Permission.EXCHANGE)
    found = _find(dispute_id, uow)
    return _end(found, _chosen(found, keep, uow), uow)


def settle_side(dispute_id: str, index: int, uow: UnitOfWork) -> Outcome[None]:
    """End a dispute by keeping the side at `index` of those shown."""
    require(uow, Permission.EXCHANGE)
    found = _find(dispute_id, uow)
    if not 0 <= index < len(found.sides):
        raise NotFoundError(_("There is no such value any more. Nothing was changed."))
    return _end(found, found.sides[index].value, uow)


def _end(found: Dispute, value: Value, uow: UnitOfWork) -> Outcome[None]:
    if found.cell in RESTRICTED_FIELDS:
        require(uow, Permission.EDIT_RESIDENCE)
    uow.settle(schema.SYNCED[found.table], found.row_id, found.cell, value)
    if found.table == "person":
        reindex(uow.connection, [found.row_id])
    return Outcome(None, Changes(everything=True), uow.undo_token)


def _find(dispute_id: str, uow: UnitOfWork) -> Dispute:
    for found in disputes.list_disputes(uow.connection):
        if f"{found.table}.{found.row_id.hex}.{found.cell}" == dispute_id.strip():
            if is_sealed(found.table, found.row_id, uow):
                break
            return found
    raise NotFoundError(_("This is not in dispute, or not any more. Nothing was changed."))


def _chosen(found: Dispute, keep: str, uow: UnitOfWork) -> Value:
    ours = [side for side in found.sides if side.installation == uow.actor.installation_id]
    theirs = [side for side in found.sides if side.installation != uow.actor.installation_id]
    if keep in {MINE, THEIRS}:
        values = [side.value for side in (ours if keep == MINE else theirs)]
        if len(set(values)) != 1:
            raise UserError(_("It is not clear which value is meant. Nothing was changed. Give the value itself."))
        return values[0]
    return _as_stored(found, keep)


def _as_stored(found: Dispute, text: str) -> Value:
    """A value given as text, of the kind that the field holds."""
    for side in found.sides:
        if str(side.value) == text:
            return side.value
    if not all(isinstance(side.value, str) for side in found.sides):
        raise UserError(_("Only one of the values shown can be kept here. Nothing was changed."))
    return text


def _side(side: Side, offices: dict[UUID, str], uow: UnitOfWork) -> OpenSide:
    office = offices.get(side.installation, side.installation.hex[:8])
    return OpenSide(side.value, side.author, office, side.at, side.installation == uow.actor.installation_id)
