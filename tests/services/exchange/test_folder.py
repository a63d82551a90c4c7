"""A folder that carries bundles: what is for us, what of ours belongs there, and a stick that fails."""

import errno
import os
from pathlib import Path

import pytest

from app.domain.people import NewPerson
from app.errors import EnvironmentProblem, NotFoundError, UserError
from app.services import people
from app.services.exchange import folder as exchange_folder
from app.services.exchange.files import read_bundle_file
from app.services.exchange.folder import FoundFile
from tests.factories import DAY
from tests.services.exchange.network import Site


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    found = tmp_path / "stick"
    found.mkdir()
    return found


def _scan(site: Site, folder: Path) -> list[str]:
    return [found.path.name for found in _found(site, folder)]


def _found(site: Site, folder: Path) -> tuple[FoundFile, ...]:
    return site.hub.read(lambda uow: exchange_folder.scan(folder, uow))


def _put(site: Site, folder: Path, to: str) -> Path:
    return site.hub.write(lambda uow: exchange_folder.put(folder, to, uow)).path


def _add(site: Site, name: str) -> None:
    site.hub.write(lambda uow: people.add(NewPerson(name), uow))


def test_a_file_says_from_whom_to_whom_and_when(sites: list[Site], stick: Path) -> None:
    rabat = sites[0]
    assert _put(rabat, stick, "TNG").name == "RBT-A-to-TNG-A-2026-03-12.wasl"
    assert _put(rabat, stick, "TNG,OUJ").name == "RBT-A-to-2-offices-2026-03-12.wasl"
    assert _put(rabat, stick, "all").name == "RBT-A-to-3-offices-2026-03-12.wasl"
    with pytest.raises(NotFoundError):
        _put(rabat, stick, "TNG,XYZ")
    for site in sites[1:]:
        assert len(_scan(site, stick)) == (1 if site.code == "BML" else 3 if site.code == "TNG" else 2)


def test_the_former_file_for_an_office_goes_and_no_other(sites: list[Site], stick: Path) -> None:
    rabat, tanger, *_others = sites
    first = _put(rabat, stick, "TNG")
    other = _put(tanger, stick, "RBT")
    alien = stick / "RBT-A-to-TNG-A-2020-01-01.wasl"
    alien.write_bytes(other.read_bytes())
    rabat.clock.moment += DAY
    second = _put(rabat, stick, "TNG")
    assert not first.exists()
    assert {path.name for path in stick.iterdir()} == {second.name, other.name, alien.name}


def test_only_what_is_for_us_and_new_is_found(sites: list[Site], stick: Path) -> None:
    rabat, tanger, oujda, _beni = sites
    _add(rabat, "Awa Diop")
    path = _put(rabat, stick, "TNG")
    assert _scan(rabat, stick) == []
    assert _scan(oujda, stick) == []
    assert _scan(tanger, stick) == [path.name]
    tanger.take_in(read_bundle_file(path))
    assert _scan(tanger, stick) == []


def test_what_can_not_be_read_is_found_so_that_it_can_be_said(sites: list[Site], stick: Path) -> None:
    (stick / "holiday.wasl").write_bytes(b"\0" * 4096)
    (stick / "notes.txt").write_text("nothing")
    (stick / "folder.wasl").mkdir()
    assert _scan(sites[0], stick) == ["holiday.wasl"]


def test_two_gigabytes_of_zeros_are_not_read_through(sites: list[Site], stick: Path) -> None:
    path = stick / "RBT-A-to-TNG-A-2026-03-12.wasl"
    with path.open("wb") as stream:
        stream.truncate(2 * 2**30)
    assert _scan(sites[1], stick) == [path.name]
    with pytest.raises(UserError, match="not a bundle"):
        read_bundle_file(path)


def test_who_is_due_and_who_is_not(sites: list[Site], stick: Path) -> None:
    rabat, tanger, *_others = sites
    _add(rabat, "Awa Diop")
    due = rabat.hub.read(lambda uow: exchange_folder.list_due(stick, {}, uow))
    assert len(due) == 3
    written = {item.installation: item.state for item in due}
    paths = [_put(rabat, stick, item.installation.hex) for item in due]
    assert rabat.hub.read(lambda uow: exchange_folder.list_due(stick, written, uow)) == ()
    paths[0].unlink()
    assert len(rabat.hub.read(lambda uow: exchange_folder.list_due(stick, written, uow))) == 1
    _add(rabat, "Moussa Traoré")
    assert len(rabat.hub.read(lambda uow: exchange_folder.list_due(stick, written, uow))) == 3
    assert tanger.hub.read(lambda uow: exchange_folder.list_due(stick, {}, uow))


def test_an_answer_is_due_once_and_answers_are_not_answered(sites: list[Site], stick: Path) -> None:
    rabat, tanger = sites[:2]
    for _round in range(3):
        tanger.take_in(rabat.export())
        rabat.take_in(tanger.export())
    _add(rabat, "Awa Diop")
    rabat.clock.moment += DAY
    tanger.clock.moment += DAY
    tanger.take_in(rabat.export("TNG"))

    def due(site: Site, other: Site) -> bool:
        found = site.hub.read(lambda uow: exchange_folder.list_due(stick, {}, uow))
        return other.hub.actor.installation_id in {item.installation for item in found}

    assert due(tanger, rabat)
    tanger.clock.moment += DAY
    answer = tanger.export("RBT")
    assert not due(tanger, rabat)
    rabat.take_in(answer)
    assert not due(rabat, tanger)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.ENODEV])
def test_a_stick_that_fails_is_a_sentence_and_leaves_the_former_file(
    sites: list[Site], stick: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rabat = sites[0]
    former = _put(rabat, stick, "TNG")
    content = former.read_bytes()
    sent = rabat.hub.read(lambda uow: exchange_folder.list_due(stick, {}, uow))
    before = rabat.hub.digest()

    def fail(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("app.storage.files.os.fsync", fail)
    with pytest.raises(EnvironmentProblem, match="records"):
        _put(rabat, stick, "TNG")
    monkeypatch.undo()
    assert [path.name for path in stick.iterdir()] == [former.name]
    assert former.read_bytes() == content
    assert rabat.hub.digest() == before
    assert rabat.hub.read(lambda uow: exchange_folder.list_due(stick, {}, uow)) == sent
    assert rabat.hub.check() == []


def test_a_full_stick_for_real(sites: list[Site]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no full device here")
    with pytest.raises((EnvironmentProblem, UserError)):
        sites[0].hub.write(lambda uow: exchange_folder.put_at(full / "x.wasl", "TNG", uow))
    assert sites[0].hub.check() == []


def test_a_stick_that_is_gone(sites: list[Site], tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(UserError, match="plugged in"):
        _scan(sites[0], gone)
    with pytest.raises(UserError, match="plugged in"):
        _put(sites[0], gone, "TNG")
    with pytest.raises(UserError, match="no bundle"):
        exchange_folder.list_bundles(())


def test_files_and_folders_dropped_together(sites: list[Site], stick: Path) -> None:
    first, second = _put(sites[1], stick, "RBT"), _put(sites[2], stick, "RBT")
    (stick / "notes.txt").write_text("nothing")
    assert exchange_folder.list_bundles((stick, first)) == tuple(sorted((first, second)))
    (stick / "empty").mkdir()
    with pytest.raises(UserError, match="no bundle"):
        exchange_folder.list_bundles((stick / "empty",))


def test_this_office_presents_itself(sites: list[Site], stick: Path) -> None:
    name = sites[0].hub.read(exchange_folder.identity_name)
    assert name == "RBT-A.wasl-id"
    words = sites[0].hub.write(lambda uow: exchange_folder.present(stick / name, uow))
    assert len(words.split("-")) == 5
