"""A disk of records that is really full: a small file system, or a limit to the size of files."""

import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.people import NewPerson
from app.errors import EnvironmentProblem
from app.services import people
from tests.services.exchange.network import Site, copy_network
from tests.services.exchange.state import refuse_what_is_no_sentence, state_of

pytestmark = pytest.mark.logs_warnings
KIB = 1024


@pytest.fixture
def content(sites: list[Site]) -> bytes:
    """Three hundred people for Tanger."""
    sites[0].hub.write(lambda uow: people.add_many([NewPerson(f"Awa Diop {n}", "عوا ديوب") for n in range(300)], uow))
    return sites[0].export("TNG")


@contextmanager
def _files_up_to(size: int) -> Iterator[None]:
    """No file of this process can grow beyond a size: the system says so as it does on a full disk."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


def _try(site: Site, content: bytes) -> bool:
    """Whether it could be taken in; if not, a sentence says so, and nothing is changed."""
    before = state_of(site)
    refused = ""
    try:
        site.take_in(content)
    except EnvironmentProblem as problem:
        refused = str(problem)
    if refused:
        refuse_what_is_no_sentence(refused)
        assert state_of(site) == before
    return not refused


def test_files_that_can_not_grow(sites: list[Site], content: bytes) -> None:
    tanger = sites[1]
    refused = 0
    for size in range(0, 2000 * KIB, 64 * KIB):
        with _files_up_to(size):
            done = _try(tanger, content)
        assert tanger.hub.check() == []
        if done:
            break
        refused += 1
    assert refused > 5
    assert tanger.take_in(content).known
    assert tanger.hub.digest()["person"] == sites[0].hub.digest()["person"]


def test_a_disk_with_less_and_less_missing(
    sites: list[Site], content: bytes, network_template: Path, tmp_path: Path
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "wasl-test", str(small)], capture_output=True, check=False
    ).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        [tanger] = copy_network(network_template, small / "disk", ("TNG",))
        refused = 0
        for free in range(0, 4096, 96):
            film = small / "film.avi"
            film.unlink(missing_ok=True)
            left = shutil.disk_usage(small).free - free * KIB
            film.write_bytes(bytes(max(0, left)))
            done = _try(tanger, content)
            film.unlink()
            assert tanger.hub.check() == []
            if done:
                break
            refused += 1
        assert refused > 5
        tanger.reopen()
        assert tanger.take_in(content).known
        assert tanger.hub.digest()["person"] == sites[0].hub.digest()["person"]
        tanger.hub.close()
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
