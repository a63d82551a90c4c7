"""Household and group links: one link, seen from both sides."""

from itertools import product

import pytest

from app.domain.bonds import BondKind
from app.domain.codes import code_list
from app.domain.ids import BondId
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.services import bonds, merging
from tests.services.coaching import add, token


def test_the_inverse_of_the_inverse_is_the_kind() -> None:
    assert {kind.inverse.inverse for kind in BondKind} == set(BondKind)
    assert [kind for kind in BondKind if kind.inverse is not kind] == [BondKind.PARENT, BondKind.CHILD]
    assert {entry.code for entry in code_list("bond_kinds")} == set(BondKind)


@pytest.mark.parametrize(("kind", "from_the_other"), list(product(BondKind, [False, True])))
def test_a_link_is_seen_from_both_sides_and_kept_once(hub: Hub, kind: BondKind, from_the_other: bool) -> None:
    one, other = add(hub, "Awa"), add(hub, "Ben")
    if from_the_other:
        one, other = other, one
    made = hub.write(lambda uow: bonds.add_bond(one, other, kind, uow, " same flat "))
    assert (made.value.person_id, made.value.kind, made.value.label) == (other, kind, "same flat")
    assert made.changes.people == {one, other}
    back = hub.write(lambda uow: bonds.add_bond(other, one, kind.inverse, uow, "same flat")).value
    assert (back.id, back.person_id, back.kind) == (made.value.id, one, kind.inverse)
    (seen,) = hub.read(lambda uow: bonds.list_bonds(other, uow))
    assert (seen.kind, seen.name) == (kind.inverse, "Ben" if from_the_other else "Awa")


def test_a_link_ends_and_begins_again(hub: Hub) -> None:
    one, other = add(hub), add(hub, "Ben")
    made = hub.write(lambda uow: bonds.add_bond(one, other, BondKind.SPOUSE, uow))
    ended = hub.write(lambda uow: bonds.end_bond(made.value.id, uow))
    assert hub.read(lambda uow: bonds.list_bonds(one, uow)) == ()
    (former,) = hub.read(lambda uow: bonds.list_bonds(one, uow, ended=True))
    assert not former.active
    # both pages show it
    assert hub.undo(token(ended.undo)).people == {one, other}
    assert len(hub.read(lambda uow: bonds.list_bonds(one, uow))) == 1
    hub.write(lambda uow: bonds.end_bond(made.value.id, uow))
    assert hub.write(lambda uow: bonds.add_bond(other, one, BondKind.SPOUSE, uow)).value.active
    with pytest.raises(UserError, match="changed again"):
        hub.undo(token(made.undo))


def test_what_makes_no_sense_is_refused(hub: Hub) -> None:
    one, twin = add(hub), add(hub)
    hub.write(lambda uow: merging.merge(one, twin, uow))
    for second in (one, twin):
        with pytest.raises(UserError, match="one and the same"):
            hub.write(lambda uow, second=second: bonds.add_bond(one, second, BondKind.FRIEND, uow))  # type: ignore[misc]
    third = add(hub, "Ben")
    with pytest.raises(UserError, match="not on the list"):
        hub.write(lambda uow: bonds.add_bond(one, third, "enemy", uow))  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: bonds.end_bond(BondId(one), uow))


def test_links_of_all_records_of_a_person_are_shown(hub: Hub) -> None:
    one, twin, child = add(hub), add(hub), add(hub, "Ben")
    hub.write(lambda uow: bonds.add_bond(twin, child, BondKind.CHILD, uow))
    hub.write(lambda uow: merging.merge(one, twin, uow))
    assert [item.person_id for item in hub.read(lambda uow: bonds.list_bonds(one, uow))] == [child]
