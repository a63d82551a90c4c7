"""Erasure beats every write, earlier, concurrent or later, everywhere, and leaves nothing but a stub."""

from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.ids import PersonId
from app.domain.people import Birth, NewPerson, Precision, Sex
from app.domain.visits import LogVisit
from app.errors import NotFoundError, UserError
from app.services import counters, days, erasing, people, visits
from app.services.exchange import revoking
from app.storage.keyring import read_keyring
from app.storage.sealing import unwrap
from tests.factories import MANAGER, MINUTE, PASSWORD
from tests.services.exchange.network import Site, digests_differ, exchange_all

CANARY = "Zoumboulakis"
PHONE = "+212698765432"


def _add(site: Site) -> PersonId:
    birth = Birth(date(1998, 3, 12), Precision.DAY)
    given = NewPerson(f"Awa {CANARY}", sex=Sex.FEMALE, birth=birth, nationality="SN", phones=(PHONE,), consent="oral")
    made = site.hub.write(lambda uow: people.add(given, uow)).value.id
    counter = site.hub.read(counters.list_counters)[0].id
    site.hub.write(lambda uow: visits.log(LogVisit(made, counter), uow))
    return made


def _contents(site: Site, folder: Path) -> bytes:
    """Every byte of the store once decrypted, free pages included, and of the log beside it."""
    key = unwrap(read_keyring(site.paths.keyring), MANAGER, PASSWORD)
    plain = folder / f"{site.code}.db"
    plain.unlink(missing_ok=True)
    connection = sqlcipher.connect(str(site.paths.database))
    connection.execute(f"PRAGMA key=\"x'{key.raw.hex()}'\"")
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    return plain.read_bytes()


def test_nothing_is_left_of_an_erased_person_anywhere(sites: list[Site], tmp_path: Path) -> None:
    rabat, tanger, oujda, _beni = sites
    made = _add(rabat)
    exchange_all(sites, 1)
    stale = rabat.export()
    tanger.hub.write(lambda uow: people.edit(made, {"name": f"Awa {CANARY} Diop", "nationality": "ML"}, uow))
    late = tanger.export()
    rabat.hub.erase(made, "demande de la personne")
    oujda.take_in(late)
    exchange_all(sites)
    for site in sites[1:]:
        site.take_in(stale)
    exchange_all(sites)
    assert not digests_differ(sites)
    for site in sites:
        content = _contents(site, tmp_path)
        assert CANARY.encode() not in content
        assert PHONE.encode() not in content
        assert site.hub.check() == []
        assert site.disputes() == ()
        assert site.hub.read(lambda uow: people.search(CANARY, uow)) == ()
        with pytest.raises(NotFoundError):
            site.hub.read(lambda uow: people.show(made, uow))
        assert site.hub.read(lambda uow: erasing.erased_at(made, uow)) == (4, 4)
    assert rabat.hub.read(days.today).visits == 1
    assert rabat.hub.read(days.today).women == 1


def test_who_has_not_answered_yet_is_known(sites: list[Site]) -> None:
    rabat, tanger, oujda, beni = sites
    made, other = _add(rabat), _add(rabat)
    exchange_all(sites, 1)
    rabat.hub.erase(made, "demande")
    tanger.take_in(rabat.export())
    rabat.take_in(tanger.export())

    def found() -> erasing.Erasure:
        [one] = rabat.hub.read(erasing.list_erased)
        return one

    assert (found().done, found().known) == (2, 4)
    assert {hub for hub, _desk, _names in found().unanswered} == {"OUJ", "BML"}
    assert rabat.hub.read(lambda uow: erasing.erasure_of(other, uow)) is None
    view = rabat.hub.read(lambda uow: people.show_even_erased(made, uow))
    assert (view.erasure, view.person.name, view.person.phones, view.consents) == (found(), "", (), ())
    assert len(view.visits) == 1
    assert rabat.hub.read(lambda uow: people.show_even_erased(other, uow)).erasure is None
    # a computer that was lost will never answer, and is not waited for
    rabat.hub.write(lambda uow: revoking.revoke("BML", uow))
    assert (found().done, found().known) == (2, 3)
    exchange_all([rabat, tanger, oujda])
    assert (found().done, found().known, found().unanswered) == (3, 3, ())
    del beni


def test_two_offices_may_erase_at_once(sites: list[Site]) -> None:
    made = _add(sites[0])
    exchange_all(sites, 1)
    for site in sites[:2]:
        site.hub.erase(made, "demande")
    sites[2].hub.write(lambda uow: people.edit(made, {"contact": "appeler"}, uow))
    exchange_all(sites)
    assert not digests_differ(sites)
    assert all(site.hub.check() == [] for site in sites)


def test_an_erasure_is_said_before_it_is_taken_in(sites: list[Site]) -> None:
    made = _add(sites[0])
    exchange_all(sites, 1)
    sites[0].hub.erase(made, "demande")
    assert sites[1].take_in(sites[0].export()).erasures == 1


def test_the_automatic_copies_of_before_are_gone(sites: list[Site]) -> None:
    site = sites[0]
    made = _add(site)
    before = site.hub.back_up()
    site.clock.moment += MINUTE
    site.hub.erase(made, "demande")
    assert not before.exists()
    assert len(list(site.paths.backups.iterdir())) == 1


def test_an_erasure_needs_a_reason(sites: list[Site]) -> None:
    made = _add(sites[0])
    with pytest.raises(UserError, match="reason"):
        sites[0].hub.erase(made, "  ")
    assert sites[0].hub.read(lambda uow: people.show(made, uow)).person.name == f"Awa {CANARY}"
