"""Program versions side by side: the older one loses nothing of the newer, passes it on, and reads it once it is newer.

Sync.md, section 5, law 9.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.people import NewPerson
from app.errors import UserError
from app.services import people
from app.services.exchange.overview import overview
from app.sync import bundle
from tests.factories import MINUTE, START
from tests.services.exchange.network import Site
from tests.services.exchange.program import LATER, TODAY, Program, RefusedError

OLD, NEW, THIRD = "RBT", "TNG", "OUJ"


@pytest.fixture(scope="module")
def today() -> Iterator[Program]:
    with Program(TODAY) as program:
        yield program


@pytest.fixture(scope="module")
def later() -> Iterator[Program]:
    with Program(LATER) as program:
        yield program


class Offices:
    """Three offices: Rabat with today's program, Tanger with the later one from the start, Oujda with today's."""

    def __init__(self, template: Path, folder: Path, today: Program, later: Program) -> None:
        self.folder = folder
        self.later = later
        self.run = {OLD: today, NEW: later, THIRD: today}
        for site, program in self.run.items():
            today.do("copy_folder", str(template / site), str(folder / site))
            program.do("open_site", site, str(folder / site), START)

    def at(self, site: str, action: str, *args: object) -> object:
        return self.run[site].do(action, site, *args)

    def upgrade(self, site: str) -> None:
        moment = self.run[site].do("close_site", site)
        self.run[site] = self.later
        self.later.do("open_site", site, str(self.folder / site), moment)

    def send(self, sender: str, *receivers: str) -> None:
        content = self.at(sender, "export")
        for receiver in receivers:
            self.at(receiver, "take_in", content)

    def exchange(self) -> None:
        for _round in range(2):
            for sender in self.run:
                self.send(sender, *(site for site in self.run if site != sender))

    def close(self) -> None:
        for site, program in self.run.items():
            program.do("close_site", site)


@pytest.fixture
def offices(network_template: Path, tmp_path: Path, today: Program, later: Program) -> Iterator[Offices]:
    opened = Offices(network_template, tmp_path, today, later)
    yield opened
    opened.close()


def all_alike(offices: Offices) -> bool:
    for site in offices.run:
        assert offices.at(site, "check") == []
    first, *others = (offices.at(site, "digest") for site in offices.run)
    return all(other == first for other in others)


def upgrade_all(offices: Offices) -> None:
    offices.upgrade(OLD)
    offices.upgrade(THIRD)


def test_an_older_program_keeps_passes_on_and_reads_after_the_upgrade(offices: Offices) -> None:
    ours = offices.at(OLD, "add_person", "Awa Diop")
    offices.send(OLD, NEW)
    theirs = offices.at(NEW, "add_person", "Fatou Sow", "gaie")
    offices.at(NEW, "write_cell", "person", ours, "mood", "calme")
    hobby = offices.at(NEW, "add_row", "hobby", {"person_id": ours, "label": "chant"})
    visited = offices.at(NEW, "visit", ours)
    offices.at(NEW, "write_cell", "visit", visited, "rating", 5)

    offices.send(NEW, OLD)
    # only what Rabat passes on reaches Oujda
    offices.send(OLD, THIRD)
    for site in (OLD, THIRD):
        assert offices.at(site, "check") == []
        assert offices.at(site, "count_unread") == 4
        assert offices.at(site, "found", "Fatou Sow") == [theirs]
    offices.at(OLD, "edit", ours, "contact", "appeler")
    upgrade_all(offices)
    for site in (OLD, THIRD):
        assert offices.at(site, "count_unread") == 0
        assert offices.at(site, "cell", "person", theirs, "mood") == "gaie"
        assert offices.at(site, "cell", "person", ours, "mood") == "calme"
        assert offices.at(site, "cell", "hobby", hobby, "label") == "chant"
        assert offices.at(site, "cell", "visit", visited, "rating") == 5
    offices.exchange()
    assert all_alike(offices)
    assert offices.at(NEW, "cell", "person", ours, "contact") == "appeler"


def test_a_dispute_over_a_cell_that_is_unknown_here_shows_after_the_upgrade(offices: Offices) -> None:
    person = offices.at(OLD, "add_person", "Awa Diop")
    offices.send(OLD, NEW, THIRD)
    offices.upgrade(THIRD)
    offices.at(NEW, "write_cell", "person", person, "mood", "calme")
    offices.at(THIRD, "write_cell", "person", person, "mood", "gaie")
    offices.send(NEW, OLD)
    offices.send(THIRD, OLD)
    assert offices.at(OLD, "disputes") == []
    offices.upgrade(OLD)
    disputed = [f"person.{person.hex()}.mood"]  # type: ignore[attr-defined]
    assert offices.at(OLD, "disputes") == disputed
    offices.exchange()
    assert all_alike(offices)
    assert all(offices.at(site, "disputes") == disputed for site in offices.run)


def test_an_erasure_by_the_older_program_takes_what_it_can_not_read_too(offices: Offices) -> None:
    person = offices.at(OLD, "add_person", "Awa Diop")
    offices.send(OLD, NEW)
    offices.at(NEW, "write_cell", "person", person, "mood", "Zoumboulakis")
    offices.send(NEW, OLD)
    assert b"Zoumboulakis" in offices.at(OLD, "contents")  # type: ignore[operator]
    offices.at(NEW, "write_cell", "person", person, "mood", "Zoumboulakis encore")
    offices.at(OLD, "erase_person", person)
    offices.exchange()
    upgrade_all(offices)
    offices.exchange()
    assert all_alike(offices)
    for site in offices.run:
        assert b"Zoumboulakis" not in offices.at(site, "contents")  # type: ignore[operator]
        assert offices.at(site, "cell", "person", person, "erased") is True


def test_what_is_erased_in_an_unknown_table_goes_at_once_and_does_not_come_back(offices: Offices) -> None:
    person = offices.at(NEW, "add_person", "Awa Diop")
    hobby = offices.at(NEW, "add_row", "hobby", {"person_id": person, "label": "Zoumboulakis"})
    offices.send(NEW, OLD, THIRD)
    offices.upgrade(THIRD)
    offices.at(THIRD, "write_cell", "hobby", hobby, "label", "Zoumboulakis encore")
    offices.at(NEW, "erase_hobby", hobby, person)
    offices.send(NEW, OLD)
    assert b"Zoumboulakis" not in offices.at(OLD, "contents")  # type: ignore[operator]
    # written by somebody who had not heard of the erasure
    offices.send(THIRD, OLD)
    assert b"Zoumboulakis" not in offices.at(OLD, "contents")  # type: ignore[operator]
    offices.upgrade(OLD)
    offices.exchange()
    assert all_alike(offices)
    assert offices.at(OLD, "cell", "hobby", hobby, "erased") is True


def test_nothing_is_taken_back_that_a_newer_program_has_built_on(offices: Offices) -> None:
    person = offices.at(OLD, "add_person", "Awa Diop")
    offices.send(OLD, NEW)
    offices.at(NEW, "write_cell", "person", person, "mood", "calme")
    offices.send(NEW, OLD)
    with pytest.raises(RefusedError):
        offices.at(OLD, "undo")
    other = offices.at(OLD, "add_person", "Fatou Sow")
    offices.send(OLD, NEW)
    offices.at(NEW, "add_row", "hobby", {"person_id": other, "label": "chant"})
    offices.send(NEW, OLD)
    with pytest.raises(RefusedError):
        offices.at(OLD, "undo")
    alone = offices.at(OLD, "add_person", "Moussa Ba")
    offices.at(OLD, "undo")
    assert offices.at(OLD, "found", "Moussa Ba") == []
    assert offices.at(OLD, "cell", "person", alone, "deleted") is True


def test_a_history_says_nothing_of_what_may_be_restricted_in_a_newer_version(offices: Offices) -> None:
    person = offices.at(OLD, "add_person", "Awa Diop")
    offices.send(OLD, NEW)
    offices.at(NEW, "write_cell", "person", person, "mood", "calme")
    offices.send(NEW, OLD)
    assert "mood" not in offices.at(OLD, "history", person)  # type: ignore[operator]
    offices.upgrade(OLD)
    assert "mood" in offices.at(OLD, "history", person)  # type: ignore[operator]


def test_a_reading_that_fails_after_the_upgrade_is_made_up_for_at_the_next_opening(offices: Offices) -> None:
    person = offices.at(NEW, "add_person", "Awa Diop", "calme")
    offices.send(NEW, OLD)
    moment = offices.at(OLD, "close_site")
    offices.later.do("fail_reading_once")
    with pytest.raises(RefusedError, match="full"):
        offices.later.do("open_site", OLD, str(offices.folder / OLD), moment)
    offices.run[OLD] = offices.later
    offices.later.do("open_site", OLD, str(offices.folder / OLD), moment)
    assert offices.at(OLD, "cell", "person", person, "mood") == "calme"
    assert offices.at(OLD, "count_unread") == 0


def test_an_older_program_on_a_store_that_a_newer_one_has_opened_spoils_nothing(
    offices: Offices, today: Program, later: Program
) -> None:
    person = offices.at(NEW, "add_person", "Awa Diop", "gaie")
    erased = offices.at(NEW, "add_person", "Fatou Sow", "Zoumboulakis")
    elsewhere = offices.at(NEW, "add_person", "Moussa Ba", "Zoumboulakis")
    offices.send(NEW, OLD, THIRD)
    offices.upgrade(OLD)
    moment = later.do("close_site", OLD)
    offices.run[OLD] = today
    today.do("open_site", OLD, str(offices.folder / OLD), moment)

    offices.at(NEW, "write_cell", "person", person, "mood", "calme")
    offices.at(NEW, "add_row", "hobby", {"person_id": person, "label": "chant"})
    # made by two: what the older one makes has the mood of nobody
    shared = bytes(6) + b"\x50" + bytes(8) + b"\x07"
    cells = {"name": "Une", "hub_id": offices.at(NEW, "cell", "person", person, "hub_id"), "created_at": 1}
    offices.at(NEW, "add_row", "person", {**cells, "mood": "calme"}, shared)
    offices.send(NEW, OLD)
    offices.at(OLD, "edit", person, "contact", "appeler")
    offices.at(OLD, "erase_person", erased)
    offices.at(THIRD, "erase_person", elsewhere)
    offices.send(THIRD, OLD)
    assert b"Zoumboulakis" not in offices.at(OLD, "contents")  # type: ignore[operator]
    offices.at(THIRD, "set_clock", MINUTE)
    offices.at(THIRD, "add_row", "person", cells, shared)
    offices.send(THIRD, OLD)
    upgrade_all(offices)
    assert offices.at(OLD, "cell", "person", person, "mood") == "calme"
    offices.exchange()
    assert all_alike(offices)


def test_what_must_be_known_and_is_not_refuses_before_anything_is_touched(
    sites: list[Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    rabat, tanger = sites[:2]
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    with monkeypatch.context() as later_program:
        later_program.setattr(bundle, "KNOWN_CAPABILITIES", frozenset({"ops-1", "ops-9"}))
        content = rabat.export()
    before = tanger.hub.digest(), tanger.hub.read(overview), sorted(tanger.paths.folder.rglob("*"))
    for _try in range(2):
        with pytest.raises(UserError, match="newer version of Wasl"):
            tanger.take_in(content)
    assert (tanger.hub.digest(), tanger.hub.read(overview), sorted(tanger.paths.folder.rglob("*"))) == before
    assert tanger.hub.check() == []
    assert tanger.take_in(rabat.export()).ops_new > 0
