"""The use cases about household and group links: who belongs to whom, seen from both sides."""

from uuid import UUID

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.bonds import Bond, BondKind
from app.domain.ids import BondId, PersonId, shared_id
from app.domain.people import clean_name
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services import coaching_rules as rules
from app.services.access import put, require
from app.services.merging import records_of
from app.storage import bonds as rows
from app.storage.schema_accompaniment import bond
from app.storage.unit_of_work import UnitOfWork


def add_bond(
    person_id: PersonId, other_id: PersonId, kind: BondKind, uow: UnitOfWork, label: str = ""
) -> Outcome[Bond]:
    """Note what the other one is to a person. The same link between the same two is kept once, also from either side.

    Raises UserError for a person and themselves, or for what is no kind; NotFoundError where one is not on record.
    """
    require(uow, Permission.ACCOMPANY)
    rules.load_people([person_id, other_id], uow)
    if other_id in records_of(person_id, uow):
        raise UserError(_("These are records of one and the same person. Nothing was changed."))
    rules.check_code("bond_kinds", kind)
    # one id whichever side it is written from
    first, second, stored = person_id, other_id, BondKind(kind)
    if first > second:
        first, second, stored = second, first, stored.inverse
    row_id = shared_id("bond", first.hex, second.hex, str(stored))
    cells = {"first_id": first, "second_id": second, "kind": str(stored), "label": clean_name(label), "active": True}
    put(bond, row_id, cells, uow)
    made = next(item for item in rows.bonds_of(uow.connection, [person_id]) if item.id == row_id)
    return Outcome(made, _changes(person_id, other_id), uow.undo_token)


def end_bond(bond_id: BondId, uow: UnitOfWork) -> Outcome[None]:
    """Say that a link is no longer so; that it was stays on record. Raises NotFoundError."""
    require(uow, Permission.ACCOMPANY)
    ends = rows.bond_ends(uow.connection, bond_id)
    if ends is None:
        raise NotFoundError(_("There is no such link between people. Nothing was changed."))
    uow.update(bond, bond_id, active=False)
    return Outcome(None, _changes(*ends), uow.undo_token)


def list_bonds(person_id: PersonId, uow: UnitOfWork, *, ended: bool = False) -> tuple[Bond, ...]:
    """The links of a person with what each other one is to them; with `ended`, former ones too."""
    require(uow, Permission.READ_CASES)
    found = rows.bonds_of(uow.connection, records_of(person_id, uow))
    return tuple(item for item in found if item.active or ended)


def _changes(*people: UUID) -> Changes:
    return Changes(people=frozenset(people))
