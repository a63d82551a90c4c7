"""A disk that refuses any step of taking a bundle in: a sentence, the state of before or of after, and no third."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.bootstrap import open_hub
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import EnvironmentProblem
from app.services import counters, people, visits
from tests.factories import CHEAP, MANAGER, MINUTE, PASSWORD
from tests.faults import python_files, sqlite_files
from tests.faults.steps import Refusal, Steps, places
from tests.services.exchange.network import Site, copy_network, exchange_all
from tests.services.exchange.state import State, refuse_what_is_no_sentence, state_of
from tests.soak import Tell

pytestmark = pytest.mark.logs_warnings


@dataclass(frozen=True)
class Letter:
    """A bundle on its way, to an installation that lies in a folder."""

    network: Path
    content: bytes


def _news(sites: list[Site]) -> None:
    """People, visits, and a value that was changed at both ends."""
    rabat, tanger = sites
    shared = rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop", "عوا ديوب", consent="oral"), uow)).value.id
    exchange_all(sites)
    counter = rabat.hub.read(counters.list_counters)[0].id
    rabat.hub.write(lambda uow: visits.log(LogVisit(shared, counter), uow))
    rabat.hub.write(lambda uow: people.edit(shared, {"contact": "appeler"}, uow))
    tanger.hub.write(lambda uow: people.edit(shared, {"contact": "écrire"}, uow))
    rabat.hub.write(lambda uow: people.add(NewPerson("Moussa Traoré", phones=("+212611111111",)), uow))


def _erasure(sites: list[Site]) -> None:
    """Somebody who is known at both ends is erased at one."""
    rabat, _tanger = sites
    shared = rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop", consent="oral"), uow)).value.id
    exchange_all(sites)
    rabat.hub.erase(shared, "demande de la personne")


@pytest.fixture
def letter(request: pytest.FixtureRequest, network_template: Path, tmp_path: Path) -> Letter:
    folder = tmp_path / "letter"
    sites = copy_network(network_template, folder, ("RBT", "TNG"))
    tell: Callable[[list[Site]], None] = request.param
    tell(sites)
    content = sites[0].export("TNG")
    for site in sites:
        site.hub.close()
    return Letter(folder, content)


@contextmanager
def opened(letter: Letter, folder: Path) -> Iterator[tuple[Site, Steps]]:
    """The recipient, opened so that each step of writing is asked for."""
    [site] = copy_network(letter.network, folder, ("TNG",))
    site.hub.close()
    site.clock.moment += MINUTE
    steps = Steps(site.paths.folder)
    with python_files.asked_first(steps), sqlite_files.asked_first(steps):
        site.hub = open_hub(site.paths, MANAGER, PASSWORD, site.clock, CHEAP)
        try:
            yield site, steps
        finally:
            steps.at = None
            site.hub.close()


def _ends(letter: Letter, folder: Path) -> tuple[State, State, list[tuple[str, str]]]:
    """The states before and after, and the steps between them."""
    with opened(letter, folder) as (site, steps):
        before = state_of(site)
        steps.taken.clear()
        site.take_in(letter.content)
        taken = list(steps.taken)
        return before, state_of(site), taken


def _refuse_steps(letter: Letter, folder: Path, refusal: Refusal, *, lasting: bool, every: bool) -> int:
    """Refuse steps one after the other; how many were. Where it has gone through, begin again with a fresh copy."""
    before, after, taken = _ends(letter, folder / "ends")
    waiting = list(range(1, len(taken) + 1)) if every else places(taken)
    committed = taken.index(("sync", "wasl.db-wal"))
    tried = 0
    while waiting:
        with opened(letter, folder / f"copy-{tried}") as (site, steps):
            done = False
            while waiting and not done:
                at = waiting.pop(0)
                tried += 1
                steps.taken.clear()
                steps.at, steps.refusal, steps.lasting, steps.refused = at, refusal, lasting, 0
                try:
                    site.take_in(letter.content)
                except EnvironmentProblem as problem:
                    refuse_what_is_no_sentence(str(problem))
                    assert steps.refused
                steps.at = None
                found = state_of(site)
                assert found in (before, after), (refusal, at, taken[at - 1])
                assert site.hub.check() == [], (refusal, at, taken[at - 1])
                done = found == after
                if done and not every and at > committed:
                    # what is refused from then on changes nothing of what was taken in: some of it will do
                    waiting = waiting[7::8]
            site.take_in(letter.content)
            assert state_of(site) == after
            _grow_old(site)
            site.reopen()
            site.hub.back_up()
            assert state_of(site) == after
            assert site.hub.check() == []
            assert not list(site.paths.folder.glob(".*")), "nothing is left lying about"
            assert all(path.suffix == ".waslbackup" for path in site.paths.backups.iterdir())
    return tried


def _grow_old(site: Site) -> None:
    """Some hours pass: what lies about is of yesterday."""
    for path in (*site.paths.backups.iterdir(), *site.paths.folder.glob(".*")):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * 3600))


_KINDS = [
    (_news, Refusal.FULL, True), (_news, Refusal.READ_ONLY, True), (_news, Refusal.FAILING, False),
    (_erasure, Refusal.FULL, True), (_erasure, Refusal.FAILING, True),
]  # fmt: skip


@pytest.mark.parametrize(("letter", "refusal", "lasting"), _KINDS, indirect=["letter"])
def test_a_disk_that_refuses(letter: Letter, tmp_path: Path, refusal: Refusal, lasting: bool) -> None:
    assert _refuse_steps(letter, tmp_path, refusal, lasting=lasting, every=False) > 20


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("refusal", Refusal)
@pytest.mark.parametrize("letter", [_news, _erasure], indirect=True)
def test_a_disk_that_refuses_each_step(
    letter: Letter, tmp_path: Path, refusal: Refusal, lasting: bool, tell: Tell
) -> None:
    tell(f"{_refuse_steps(letter, tmp_path, refusal, lasting=lasting, every=True)} steps refused")
