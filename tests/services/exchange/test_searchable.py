"""Large imports are durable before everybody in them can be found; nobody stays lost to the search."""

import pytest

from app.domain.ids import PersonId
from app.domain.people import NewPerson
from app.services import people
from app.storage import indexing
from tests.services.exchange.network import Site

_NAMES = ("Awa Diop", "Fatou Sow", "Moussa Keita", "Ibrahim Toure", "Mariama Balde")


@pytest.fixture(autouse=True)
def every_import_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    monkeypatch.setattr(indexing, "_CHUNK", 2)


def _add(site: Site) -> list[PersonId]:
    return [site.hub.write(lambda uow, name=name: people.add(NewPerson(name), uow)).value.id for name in _NAMES]  # type: ignore[misc]


def _found(site: Site) -> set[str]:
    return {row.name for name in _NAMES for row in site.hub.read(lambda uow, name=name: people.search(name, uow))}  # type: ignore[misc]


def _is_complete(site: Site) -> bool:
    with site.hub._store.bare() as connection:
        return indexing.is_complete(connection)


def test_everybody_is_found_when_the_import_returns(sites: list[Site]) -> None:
    rabat, tanger, *_ = sites
    _add(rabat)
    tanger.take_in(rabat.export())
    assert _is_complete(tanger)
    assert _found(tanger) == set(_NAMES)


def test_who_goes_on_at_once_has_the_records_and_finds_them_later(sites: list[Site]) -> None:
    rabat, tanger, *_ = sites
    made = _add(rabat)
    tanger.hub.take_in(rabat.export(), searchable=False)
    assert tanger.hub.digest()["person"] == rabat.hub.digest()["person"]
    assert not _is_complete(tanger)
    assert not _found(tanger)
    # one who is looked up by a scanned card in the meantime, and corrected, is found as corrected
    tanger.hub.write(lambda uow: people.edit(made[0], {"name": "Awa Ndiaye"}, uow))
    tanger.hub.complete_search()
    assert _is_complete(tanger)
    assert _found(tanger) == {*_NAMES[1:], "Awa Ndiaye"}


def test_what_a_power_cut_prevented_is_done_at_the_next_sign_in(sites: list[Site]) -> None:
    rabat, tanger, *_ = sites
    _add(rabat)
    tanger.hub.take_in(rabat.export(), searchable=False)
    with tanger.hub._store._begin() as connection:
        assert not indexing.catch_up(connection)
    assert 0 < len(_found(tanger)) < len(_NAMES)
    tanger.reopen()
    assert _is_complete(tanger)
    assert _found(tanger) == set(_NAMES)


def test_two_imports_may_wait_for_the_same_people(sites: list[Site]) -> None:
    rabat, tanger, *_ = sites
    made = _add(rabat)
    tanger.hub.take_in(rabat.export(), searchable=False)
    for person, name in zip(made, _NAMES, strict=True):
        rabat.hub.write(lambda uow, person=person, name=name: people.edit(person, {"name": f"{name} Camara"}, uow))  # type: ignore[misc]
    tanger.hub.take_in(rabat.export(), searchable=False)
    tanger.hub.complete_search()
    assert _found(tanger) == {f"{name} Camara" for name in _NAMES}


def test_who_was_erased_is_not_found_for_another_moment(sites: list[Site]) -> None:
    rabat, tanger, *_ = sites
    made = _add(rabat)
    tanger.take_in(rabat.export())
    for person in made[1:]:
        rabat.hub.write(lambda uow, person=person: people.edit(person, {"contact": "Rue 5"}, uow))  # type: ignore[misc]
        rabat.hub.write(lambda uow, person=person: people.edit(person, {"name_ar": "عمر"}, uow))  # type: ignore[misc]
    rabat.hub.erase(made[0], "demande de la personne")
    tanger.hub.take_in(rabat.export(), searchable=False)
    assert not _is_complete(tanger)
    assert _found(tanger) == set(_NAMES[1:])
