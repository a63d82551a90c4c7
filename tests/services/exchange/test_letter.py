"""A bundle read as a letter: what it brings, about whom, and what is odd about it."""

import shutil
from pathlib import Path

import pytest

from app.bootstrap import open_hub
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import UserError
from app.hub import Hub
from app.services import counters, people, visits
from app.services.exchange import letter, revoking
from app.services.exchange.letter import Letter
from tests.factories import CHEAP, DAY, MANAGER, PASSWORD, YEAR
from tests.services.exchange.network import Site, exchange_all


def _read(site: Site, content: bytes) -> Letter:
    return site.hub.read(lambda uow: letter.read_letter(content, uow))


def _add(hub: Hub, *names: str) -> list[object]:
    made = hub.write(lambda uow: people.add_many([NewPerson(name) for name in names], uow)).value
    return [row.id for row in made]


def test_it_says_what_it_brings_and_names_the_first_people(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    _add(rabat.hub, "Awa Diop", "Moussa Traoré", "Fatou Ndiaye", "Ibrahim Keita", "Sekou Touré", "محمد العلوي")
    counter = rabat.hub.read(counters.list_counters)[0].id
    rabat.hub.write(lambda uow: visits.log(LogVisit(None, counter), uow))
    found = _read(tanger, rabat.export("TNG"))
    assert (found.sender.hub, found.sender.names["fr"]) == ("RBT", "Rabat")
    kinds = {kind.name: (kind.created, kind.changed) for kind in found.kinds}
    assert kinds["person"] == (6, 0)
    assert kinds["visit"] == (1, 0)
    assert "place" not in kinds
    assert [name for name, _arabic in found.new_people] == [
        "Awa Diop",
        "Moussa Traoré",
        "Fatou Ndiaye",
        "Ibrahim Keita",
    ]
    assert found.preview.ops_new > 7
    assert (found.missing, found.disputed, found.clock_off) == ((), (), 0)


def test_reading_it_changes_nothing(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    _add(rabat.hub, "Awa Diop")
    before = tanger.hub.digest()
    _read(tanger, rabat.export())
    assert tanger.hub.digest() == before
    assert not list(tanger.paths.backups.glob("before-*"))


def test_what_was_changed_here_as_well_is_named(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    [who] = _add(rabat.hub, "Awa Diop")
    exchange_all(sites, 1)
    rabat.hub.write(lambda uow: people.edit(who, {"contact": "le matin"}, uow))  # type: ignore[arg-type]
    tanger.hub.write(lambda uow: people.edit(who, {"contact": "le soir"}, uow))  # type: ignore[arg-type]
    found = _read(tanger, rabat.export())
    assert found.preview.conflicts == 1
    assert found.disputed[0].startswith("Awa Diop")


def test_an_erased_person_is_counted_and_not_named(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    [who] = _add(rabat.hub, "Awa Diop")
    rabat.hub.erase(who, "demande")  # type: ignore[arg-type]
    found = _read(tanger, rabat.export())
    assert found.preview.erasures == 1
    assert found.new_people == ()


def test_taken_in_before(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    _add(rabat.hub, "Awa Diop")
    content = rabat.export()
    tanger.take_in(content)
    found = _read(tanger, content)
    assert found.preview.known
    assert found.kinds == ()


def test_what_is_missing_after_an_older_copy_was_put_back(sites: list[Site], tmp_path: Path) -> None:
    rabat, tanger, *_others = sites
    tanger.hub.close()
    shutil.copytree(tanger.paths.folder, tmp_path / "copy")
    tanger.hub = open_hub(tanger.paths, MANAGER, PASSWORD, tanger.clock, CHEAP)
    rabat.clock.moment += DAY
    _add(rabat.hub, "Awa Diop", "Moussa Traoré")
    tanger.take_in(rabat.export())
    rabat.take_in(tanger.export())
    _add(rabat.hub, "Fatou Ndiaye")
    later = rabat.export("TNG")
    tanger.hub.close()
    for name in ("wasl.db", "keyring.json"):
        shutil.copy(tmp_path / "copy" / name, tanger.paths.folder / name)
    tanger.hub = open_hub(tanger.paths, MANAGER, PASSWORD, tanger.clock, CHEAP)
    found = _read(tanger, later)
    assert found.preview.waits
    [missing] = [item for item in found.missing if not item.ours]
    assert missing.place.hub == "RBT"
    assert missing.count >= 2
    assert missing.after is None or missing.after < rabat.clock.moment
    tanger.take_in(later)
    [waiting] = tanger.hub.read(letter.look).waiting
    assert waiting.sender.hub == "RBT"
    assert waiting.missing
    assert tanger.hub.check() == []


def test_a_clock_that_can_not_be_right_is_said(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    rabat.clock.moment += YEAR
    _add(rabat.hub, "Awa Diop")
    assert _read(tanger, rabat.export()).clock_off == YEAR // 60_000
    rabat.clock.moment -= 3 * YEAR
    oujda = sites[2]
    oujda.clock.moment -= 5 * YEAR
    _add(tanger.hub, "Moussa Traoré")
    oujda.take_in(tanger.export())
    assert _read(tanger, oujda.export()).clock_off < -4 * YEAR // 60_000


def test_a_trusted_office_no_more_is_not_an_unknown_one(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    content = rabat.export()
    tanger.hub.write(lambda uow: revoking.revoke("RBT", uow))
    with pytest.raises(UserError, match=r"Rabat.*no longer trusted"):
        _read(tanger, content)
    with pytest.raises(UserError, match="not a bundle"):
        _read(tanger, b"\0" * 1000)


def test_the_desk_shows_everybody(sites: list[Site]) -> None:
    rabat, tanger, *_others = sites
    _add(rabat.hub, "Awa Diop")
    tanger.take_in(rabat.export())
    desk = tanger.hub.read(letter.look)
    assert desk.here.hub == "TNG"
    heard = {office.hub: office.heard_at for office in desk.offices}
    assert heard["RBT"] == tanger.clock.moment
    assert heard["OUJ"] is None
    assert all(office.to_send for office in desk.offices)
