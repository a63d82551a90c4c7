"""Household and group links: rows to values, as either side sees them."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.domain.bonds import Bond, BondKind
from app.domain.codes import read_code
from app.domain.ids import BondId, PersonId
from app.storage import schema
from app.storage.schema_accompaniment import bond


def bonds_of(connection: sa.Connection, records: Iterable[UUID]) -> list[Bond]:
    """The links of a person, those that ended included; `records` are all that are of the person."""
    own = set(records)
    query = sa.select(bond).where(
        sa.or_(bond.c.first_id.in_(list(own)), bond.c.second_id.in_(list(own))), ~bond.c.deleted, ~bond.c.erased
    )
    found = list(connection.execute(query.order_by(bond.c.id)))
    others = {row.second_id if row.first_id in own else row.first_id for row in found}
    names = _names(connection, others)
    made = []
    for row in found:
        forward = row.first_id in own
        kind = read_code(BondKind, row.kind)
        other = row.second_id if forward else row.first_id
        shown = kind if forward else kind.inverse
        made.append(
            Bond(BondId(row.id), PersonId(other), *names.get(other, ("", "", "")), shown, row.label, row.active)
        )
    return made


def bond_ends(connection: sa.Connection, bond_id: BondId) -> tuple[PersonId, PersonId] | None:
    """The two people of a link; None when there is none."""
    query = sa.select(bond.c.first_id, bond.c.second_id).where(bond.c.id == bond_id, ~bond.c.deleted, ~bond.c.erased)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.first_id, row.second_id)


def _names(connection: sa.Connection, people: Iterable[UUID]) -> dict[UUID, tuple[str, str, str]]:
    person = schema.person
    query = sa.select(person.c.id, person.c.number, person.c.name, person.c.name_ar)
    rows = connection.execute(query.where(person.c.id.in_(list(people))))
    return {row.id: (row.number, row.name, row.name_ar) for row in rows}
