"""A stick that fails at any step of writing a bundle: a sentence, the former file or the new one, no half of one."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.people import NewPerson
from app.errors import EnvironmentProblem, UserError
from app.services import people
from app.services.exchange import folder as exchange_folder
from app.services.exchange import receiving
from app.services.exchange.files import read_bundle_file
from app.storage import peers
from tests.factories import DAY
from tests.faults import python_files
from tests.faults.steps import Refusal, Steps
from tests.services.exchange.network import Site
from tests.services.exchange.state import refuse_what_is_no_sentence, state_of

STEPS = ["create", "write", "sync", "rename", "sync", "remove"]
"""The draft is on the stick before it gets its name; the name is before the former file goes."""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    found = tmp_path / "stick"
    found.mkdir()
    return found


def _put(site: Site, stick: Path) -> Path:
    return site.hub.write(lambda uow: exchange_folder.put(stick, "TNG", uow)).path


def _sent_at(site: Site) -> int | None:
    with site.hub._store.bare() as connection:
        return next(found.sent_at for found in peers.list_peers(connection) if found.hub == "TNG")


def _try(site: Site, stick: Path, said: str) -> bool:
    """Whether a bundle could be written; if not, that is said, and neither records nor what was sent differ."""
    before, sent = state_of(site), _sent_at(site)
    refused = ""
    try:
        _put(site, stick)
    except (EnvironmentProblem, UserError) as problem:
        refused = str(problem)
    if refused:
        refuse_what_is_no_sentence(refused)
        assert said in refused
        assert _sent_at(site) == sent
    assert state_of(site) == before
    assert site.hub.check() == []
    return not refused


def _read_all(site: Site, stick: Path) -> None:
    """Every bundle on the stick is whole."""
    for path in stick.glob("[!.]*.wasl"):
        content = read_bundle_file(path)
        site.hub.read(lambda uow, content=content: receiving.preview(content, uow))  # type: ignore[misc]


def test_the_steps_are_in_the_order_that_a_power_cut_needs(sites: list[Site], stick: Path) -> None:
    rabat = sites[0]
    _put(rabat, stick)
    rabat.clock.moment += DAY
    steps = Steps(stick)
    with python_files.asked_first(steps):
        path = _put(rabat, stick)
    assert [verb for verb, _path in steps.taken] == STEPS
    assert [name for _verb, name in steps.taken] == [
        *[".RBT-A-to-TN"] * 4, "", "RBT-A-to-TNG-A-2026-03-12.wasl",
    ]  # fmt: skip
    assert sites[1].take_in(read_bundle_file(path)).ops_new


@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("refusal", Refusal)
def test_every_step_refused(sites: list[Site], stick: Path, refusal: Refusal, lasting: bool) -> None:
    rabat, tanger = sites[:2]
    former = _put(rabat, stick)
    for at in range(1, len(STEPS) + 1):
        rabat.clock.moment += DAY
        content = former.read_bytes()
        steps = Steps(stick, at, refusal, lasting)
        with python_files.asked_first(steps):
            done = _try(rabat, stick, "records")
        _read_all(tanger, stick)
        assert done or not former.exists() or former.read_bytes() == content
        former = _put(rabat, stick)
        assert list(stick.iterdir()) == [former], "what was begun is cleared away the next time"
    assert tanger.take_in(read_bundle_file(former)).ops_new


@pytest.mark.parametrize("at", range(1, len(STEPS) + 1))
def test_a_stick_pulled_out_and_put_in_again(sites: list[Site], stick: Path, tmp_path: Path, at: int) -> None:
    """Its folder is gone in the middle of writing, and there again with whatever had got as far as the stick."""
    rabat, tanger = sites[:2]
    former = _put(rabat, stick)
    content = former.read_bytes()
    rabat.clock.moment += DAY
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    away = tmp_path / "away"
    with python_files.asked_first(Steps(stick, at, event=lambda: shutil.move(stick, away))):
        _try(rabat, stick, "Plug the stick in again")
    shutil.move(away, stick)
    assert former.read_bytes() == content
    _read_all(tanger, stick)
    path = _put(rabat, stick)
    assert not list(stick.glob(".*"))
    assert tanger.take_in(read_bundle_file(path)).created["person"] == 1


# real file systems --------------------------------------------------------------------------------------------------


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A stick of 64 KiB that is really mounted."""
    found = tmp_path / "small"
    found.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "wasl-test", str(found)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    yield found
    subprocess.run(["umount", "-l", str(found)], capture_output=True, check=False)


def test_a_stick_that_is_really_full(sites: list[Site], small_stick: Path) -> None:
    rabat, tanger = sites[:2]
    former = _put(rabat, small_stick)
    content = former.read_bytes()
    filler = small_stick / "film.avi"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(bytes(2**20))
    rabat.clock.moment += DAY
    rabat.hub.write(lambda uow: people.add_many([NewPerson(f"Awa Diop {number}") for number in range(50)], uow))
    before, sent = state_of(rabat), _sent_at(rabat)
    with pytest.raises(EnvironmentProblem, match="no room left"):
        _put(rabat, small_stick)
    assert former.read_bytes() == content
    assert sorted(path.name for path in small_stick.iterdir()) == sorted([former.name, filler.name])
    assert (state_of(rabat), _sent_at(rabat), rabat.hub.check()) == (before, sent, [])
    filler.unlink()
    assert tanger.take_in(read_bundle_file(_put(rabat, small_stick))).created["person"] == 50


def test_a_stick_with_its_lock_closed(sites: list[Site], small_stick: Path) -> None:
    rabat = sites[0]
    former = _put(rabat, small_stick)
    content = former.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(small_stick)], check=True)
    with pytest.raises(EnvironmentProblem, match="small lock"):
        _put(rabat, small_stick)
    assert former.read_bytes() == content
    assert sites[1].take_in(read_bundle_file(former)).ops_new
    subprocess.run(["mount", "-o", "remount,rw", str(small_stick)], check=True)
    assert _put(rabat, small_stick).read_bytes() != content


@pytest.mark.parametrize("at", range(1, len(STEPS)))
def test_a_stick_that_is_really_pulled_out(sites: list[Site], small_stick: Path, at: int) -> None:
    rabat = sites[0]

    def pull() -> None:
        subprocess.run(["umount", "-l", str(small_stick)], check=True)

    with python_files.asked_first(Steps(small_stick, at, event=pull)):
        _try(rabat, small_stick, "records")
    assert not list(small_stick.glob(".*")), "and nothing half is left in the folder where it was"


def test_a_stick_that_fails_while_it_is_read(tmp_path: Path) -> None:
    memory = Path("/proc/self/mem")
    if not memory.exists():
        pytest.skip("nothing here that can be opened and not be read")
    pulled = tmp_path / "RBT-A-to-TNG-A-2026-03-12.wasl"
    pulled.symlink_to(memory)
    with pytest.raises(EnvironmentProblem, match="did not answer"):
        read_bundle_file(pulled)
