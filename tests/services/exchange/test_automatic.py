"""Exchange that nobody is asked about: allowed by a manager, carried out with one right, ended with that manager."""

from pathlib import Path

import pytest

from app.bootstrap import open_hub
from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.people import NewPerson
from app.errors import NotAllowedError, UserError
from app.hub import Hub
from app.services import accounts, audit, people
from app.services.accounts import NewAccount
from app.services.exchange import automatic, decisions, folder, letter, overview, receiving, settling, trust
from app.services.exchange.asking import Question
from app.services.exchange.files import read_bundle_file
from tests.factories import CHEAP, PASSWORD
from tests.services.exchange.network import Site

RECEPTION = "accueil"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def _reception(site: Site) -> Hub:
    """The same installation with a receptionist signed in; the manager has left."""
    new = NewAccount(RECEPTION, "Youssef Idrissi", Role.RECEPTIONIST, PASSWORD)
    site.hub.write(lambda uow: accounts.add(new, uow))
    site.hub.close()
    site.hub = open_hub(site.paths, RECEPTION, PASSWORD, site.clock, CHEAP)
    return site.hub


def test_nothing_is_done_by_itself_unless_a_manager_allowed_it(sites: list[Site], stick: Path) -> None:
    rabat = sites[0]
    assert rabat.hub.automatic() is None
    assert rabat.hub.read(automatic.current) is None
    with pytest.raises(UserError, match="full path"):
        rabat.hub.write(lambda uow: automatic.allow(Path("stick"), uow))
    hub = _reception(rabat)
    for attempt in (lambda uow: automatic.allow(stick, uow), automatic.stop):
        with pytest.raises(NotAllowedError):
            hub.write(attempt)
    assert hub.automatic() is None


def test_it_goes_on_while_a_receptionist_is_signed_in(sites: list[Site], stick: Path) -> None:
    rabat, tanger = sites[:2]
    tanger.hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow))
    path = tanger.hub.write(lambda uow: folder.put(stick, "RBT", uow)).path
    manager = rabat.hub.actor
    rabat.hub.write(lambda uow: automatic.allow(stick, uow))
    hub = _reception(rabat)
    with pytest.raises(NotAllowedError):
        hub.take_in(read_bundle_file(path))
    own = hub.automatic()
    assert own is not None
    [found] = own.read(lambda uow: folder.scan(stick, uow))
    assert own.take_in(read_bundle_file(found.path)).value.ops_new
    assert hub.read(lambda uow: people.search("Ndiaye", uow))
    [due] = [
        item
        for item in own.read(lambda uow: folder.list_due(stick, {}, uow))
        if item.installation == tanger.hub.actor.installation_id
    ]
    answer = own.write(lambda uow: folder.put(stick, due.installation.hex, uow))
    tanger.take_in(read_bundle_file(answer.path))
    rabat.reopen()
    events = rabat.hub.read(audit.list_events)
    said = {(event.action, event.detail.partition(":")[0]) for event in events if event.author == manager.name}
    assert {("bundle_taken_in", "by itself"), ("bundle_written", "by itself")} <= said
    assert ("exchange_allowed", str(stick)) in {(event.action, event.detail) for event in events}


def test_it_may_carry_and_nothing_else(sites: list[Site], stick: Path) -> None:
    rabat, tanger = sites[:2]
    made = tanger.hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow)).value.id
    content = tanger.export()
    rabat.hub.write(lambda uow: automatic.allow(stick, uow))
    hub = _reception(rabat)
    own = hub.automatic()
    assert own is not None
    own.take_in(content)
    assert {permission for permission in Permission if own.actor.may(permission)} == {Permission.CARRY_BUNDLES}
    refused = (
        lambda uow: letter.read_letter(content, uow),
        letter.look, overview.overview, settling.list_open, decisions.list_decisions, trust.identity_file,
        lambda uow: people.search("Awa", uow),
        lambda uow: people.show(made, uow),
        lambda uow: settling.settle("x", "mine", uow),
        lambda uow: automatic.allow(stick, uow),
        accounts.list_accounts, audit.list_events,
    )  # fmt: skip
    for attempt in refused:
        with pytest.raises(NotAllowedError):
            own.write(attempt)
    with pytest.raises(NotAllowedError):
        own.back_up()
    with pytest.raises(NotAllowedError):
        # to agree to deletions is a person's
        own.take_in(content, agreed=frozenset(Question))
    assert own.read(automatic.count_undecided) == 0
    with pytest.raises(NotAllowedError):
        hub.read(automatic.count_undecided)


def test_what_it_would_do_is_counted_and_names_nobody(sites: list[Site], stick: Path) -> None:
    rabat, tanger = sites[:2]
    tanger.hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye", phones=("0612345678",)), uow))
    content = tanger.export()
    rabat.hub.write(lambda uow: automatic.allow(stick, uow))
    own = _reception(rabat).automatic()
    assert own is not None
    found = own.read(lambda uow: receiving.preview(content, uow))
    assert found.created["person"] == 1
    assert "Awa" not in repr(found)
    assert "612345678" not in repr(found)


def test_it_ends_with_the_manager_who_allowed_it(sites: list[Site], stick: Path) -> None:
    rabat = sites[0]
    own_id = rabat.hub.actor.account_id
    other = NewAccount("autre", "Autre Responsable", Role.MANAGER, PASSWORD)
    rabat.hub.write(lambda uow: accounts.add(other, uow))
    rabat.hub.write(lambda uow: automatic.allow(stick, uow))
    own = rabat.hub.automatic()
    assert own is not None
    second = open_hub(rabat.paths, "autre", PASSWORD, rabat.clock, CHEAP)
    second.write(lambda uow: accounts.edit(own_id, uow, role=Role.ADVISOR))
    assert second.automatic() is None
    order = second.read(automatic.current)
    assert order is not None
    assert (order.valid, order.folder) == (False, str(stick))
    # also for somebody who holds it since before
    with pytest.raises(NotAllowedError):
        own.read(lambda uow: folder.scan(stick, uow))
    second.write(lambda uow: automatic.allow(stick, uow))
    assert second.automatic() is not None
    second.write(automatic.stop)
    assert second.automatic() is None
    assert second.read(automatic.current) is None
    second.close()


def test_whoever_may_exchange_may_carry() -> None:
    for rights in PERMISSIONS.values():
        assert (Permission.EXCHANGE in rights) == (Permission.CARRY_BUNDLES in rights)
