"""Copies and what comes after: a restored store goes on as a new incarnation and gives no number twice."""

import shutil
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.clock import to_local
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import EnvironmentProblem, NotAllowedError, UserError
from app.hub import Hub
from app.paths import HubPaths
from app.services import counters, people, receipts, visits
from app.storage import anchor, backup, schema
from tests.factories import DAY, START, YEAR, SettableClock, open_as


def add_person(hub: Hub) -> str:
    return hub.write(lambda uow: people.add(NewPerson("Fatou Diop"), uow)).value.number


def issue_paper(hub: Hub) -> str:
    counter = hub.read(counters.list_counters)[0].id
    visit = hub.write(lambda uow: visits.log(LogVisit(None, counter), uow)).value
    return hub.write(lambda uow: receipts.issue_receipt(visit.id, "fr", uow)).value.number


def streams(hub: Hub) -> list[tuple[bytes, int]]:
    with hub._store.bare() as connection:
        query = sa.select(schema.stream.c.stream, schema.stream.c.last_seq).order_by(schema.stream.c.n)
        return [(row.stream, row.last_seq) for row in connection.execute(query)]


def ops_by_number(hub: Hub) -> dict[tuple[bytes, int], bytes]:
    with hub._store.bare() as connection:
        query = sa.select(schema.stream.c.stream, schema.op.c.seq, schema.op.c.hash).join(
            schema.stream, schema.stream.c.n == schema.op.c.n
        )
        return {(row.stream, row.seq): row.hash for row in connection.execute(query)}


def test_a_copy_holds_one_state_and_opens_with_the_same_passwords(hub: Hub, tmp_path: Path) -> None:
    add_person(hub)
    before = hub.digest()
    copy = hub.back_up(tmp_path / "copy.waslbackup")
    add_person(hub)

    backup.restore(copy, HubPaths(tmp_path / "elsewhere"))
    restored = open_as(HubPaths(tmp_path / "elsewhere"), "rachid")
    assert restored.digest() == before
    assert restored.check() == []
    restored.close()


def test_a_restored_copy_gives_no_number_twice(hub: Hub, clock: SettableClock, tmp_path: Path) -> None:
    people_before = [add_person(hub) for _ in range(3)]
    # at the time of the copy no receipt had ever been given
    copy = hub.back_up(tmp_path / "copy.waslbackup")
    clock.moment += 10 * DAY
    people_lost = [add_person(hub) for _ in range(5)]
    papers_lost = [issue_paper(hub) for _ in range(5)]
    lost = ops_by_number(hub)
    hub.close()

    paths = HubPaths(tmp_path / "elsewhere")
    backup.restore(copy, paths)
    restored = open_as(paths, clock=clock)
    assert len(streams(restored)) == 2
    numbers = [add_person(restored) for _ in range(3)]
    papers = [issue_paper(restored) for _ in range(3)]
    assert not set(numbers) & {*people_before, *people_lost}
    assert not set(papers) & set(papers_lost)
    kept = ops_by_number(restored)
    assert all(kept[number] == lost[number] for number in kept.keys() & lost.keys())
    assert restored.check() == []
    restored.close()
    again = open_as(paths, clock=clock)
    assert len(streams(again)) == 2
    # a year that has not begun had no numbers to lose
    clock.moment += YEAR
    assert f"{to_local(clock.moment).year}-A00001" in issue_paper(again)
    again.close()


def test_the_gap_grows_with_the_age_of_the_copy(hub: Hub, clock: SettableClock, tmp_path: Path) -> None:
    add_person(hub)
    copy = hub.back_up(tmp_path / "copy.waslbackup")
    clock.moment += 30 * DAY
    paths = HubPaths(tmp_path / "elsewhere")
    backup.restore(copy, paths)
    restored = open_as(paths, clock=clock)
    assert add_person(restored) == f"RBT-A{1 + 1000 + 30 * 200 + 1:05d}"
    restored.close()


def test_an_older_store_put_back_beside_its_anchor_goes_on_exactly(hub: Hub, paths: HubPaths, tmp_path: Path) -> None:
    add_person(hub)
    hub.close()
    shutil.copy(paths.database, tmp_path / "older.db")
    later = open_as(paths)
    for _ in range(4):
        add_person(later)
    paper = issue_paper(later)
    later.close()
    shutil.copy(tmp_path / "older.db", paths.database)

    restored = open_as(paths)
    assert len(streams(restored)) == 2
    assert add_person(restored) == "RBT-A00006"
    assert "A00001" in paper
    assert "A00002" in issue_paper(restored)
    assert restored.check() == []
    restored.close()


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{}",
        b"\xff",
        b'{"stream":"zz","seq":1,"hash":"","numbers":{}}',
        b'{"stream":"","seq":0,"hash":"","numbers":{}}',
        b'{"stream":"\xff","seq":0,"hash":"","numbers":{}}',
        b'{"stream":"0011223344556677","seq":0,"hash":"","numbers":{}}',
    ],
)
def test_without_an_anchor_the_store_can_not_prove_that_it_is_whole(
    paths: HubPaths, hub: Hub, content: bytes | None
) -> None:
    first = add_person(hub)
    hub.close()
    if content is None:
        paths.anchor.unlink()
    else:
        paths.anchor.write_bytes(content)

    opened = open_as(paths)
    assert len(streams(opened)) == 2
    assert first == "RBT-A00001"
    assert add_person(opened) == "RBT-A01002"
    assert opened.check() == []
    opened.close()
    again = open_as(paths)
    assert len(streams(again)) == 2
    again.close()


def test_an_anchor_that_can_not_be_written_costs_nothing(
    paths: HubPaths, hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(anchor, "write_anchor", fail)
        number = add_person(hub)
        hub.close()
    assert number == "RBT-A00001"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    caplog.clear()
    opened = open_as(paths)
    assert len(streams(opened)) == 1
    assert add_person(opened) == "RBT-A00002"
    opened.close()


def test_a_copy_is_for_those_who_may_take_one(paths: HubPaths, tmp_path: Path) -> None:
    desk = open_as(paths, "rachid")
    with pytest.raises(NotAllowedError):
        desk.back_up(tmp_path / "copy.waslbackup")
    desk.close()
    assert not list(tmp_path.glob("*.waslbackup"))


@pytest.mark.parametrize("place", ["nowhere/copy.waslbackup", "."])
def test_a_copy_needs_a_folder(hub: Hub, tmp_path: Path, place: str) -> None:
    with pytest.raises(UserError):
        hub.back_up(tmp_path / place)


def test_a_copy_can_be_taken_when_the_clock_is_in_1970(hub: Hub, clock: SettableClock) -> None:
    clock.moment = 1000
    made = hub.back_up()
    assert made.name.startswith("wasl-19700101")
    assert hub.last_backup() is not None


def test_a_copy_that_fails_leaves_the_former_one(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "copy.waslbackup"
    hub.back_up(target)
    before = target.read_bytes()

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "sync_file", fail)
    with pytest.raises(EnvironmentProblem, match="full"):
        hub.back_up(target)
    assert target.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"hub", "copy.waslbackup"}


def test_nothing_is_restored_over_records(paths: HubPaths, hub: Hub, tmp_path: Path) -> None:
    copy = hub.back_up(tmp_path / "copy.waslbackup")
    before = paths.keyring.read_bytes()
    with pytest.raises(UserError):
        backup.restore(copy, paths)
    paths.keyring.unlink()
    with pytest.raises(UserError):
        backup.restore(copy, paths)
    assert paths.database.exists()
    paths.keyring.write_bytes(before)


def test_what_is_no_copy_restores_nothing(tmp_path: Path, hub: Hub) -> None:
    whole = hub.back_up(tmp_path / "copy.waslbackup").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    outside = tmp_path / "outside.zip"
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../wasl.db", b"x")
        archive.writestr("keyring.json", b"x")
    bad = {
        "empty": b"",
        "text": b"Bonjour",
        "cut": whole[:-100],
        "flipped": bytes(flipped),
        "outside": outside.read_bytes(),
    }
    for name, content in bad.items():
        (tmp_path / "bad").write_bytes(content)
        target = HubPaths(tmp_path / f"from-{name}")
        with pytest.raises(UserError):
            backup.restore(tmp_path / "bad", target)
        assert not target.folder.exists()
    with pytest.raises(UserError):
        backup.restore(tmp_path / "not there", HubPaths(tmp_path / "x"))


def test_a_restore_that_was_cut_off_begins_again(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = hub.back_up(tmp_path / "copy.waslbackup")
    target = HubPaths(tmp_path / "elsewhere")
    extract = backup._extract

    def cut_off(archive: zipfile.ZipFile, name: str, path: Path) -> None:
        if name == "keyring.json":
            raise OSError(28, "No space left on device")
        extract(archive, name, path)

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_extract", cut_off)
        with pytest.raises(EnvironmentProblem, match="full"):
            backup.restore(copy, target)
    assert target.database.exists()
    backup.restore(copy, target)
    restored = open_as(target)
    assert restored.check() == []
    restored.close()


def test_a_log_left_by_an_older_store_is_not_played_into_the_copy(hub: Hub, paths: HubPaths, tmp_path: Path) -> None:
    add_person(hub)
    copy = hub.back_up(tmp_path / "copy.waslbackup")
    add_person(hub)
    target = HubPaths(tmp_path / "elsewhere")
    target.folder.mkdir()
    shutil.copy(paths.folder / "wasl.db-wal", target.folder / "wasl.db-wal")

    backup.restore(copy, target)
    restored = open_as(target)
    assert restored.check() == []
    restored.close()


def test_restored_copies_of_restored_copies_go_on(hub: Hub, tmp_path: Path) -> None:
    clock, opened, numbers = SettableClock(START), hub, {add_person(hub)}
    for step in range(3):
        copy = opened.back_up(tmp_path / f"{step}.waslbackup")
        lost = add_person(opened)
        opened.close()
        target = HubPaths(tmp_path / f"hub-{step}")
        backup.restore(copy, target)
        opened = open_as(target, clock=clock)
        number = add_person(opened)
        assert number not in numbers | {lost}
        numbers |= {lost, number}
    assert len(streams(opened)) == 4
    assert opened.check() == []
    opened.close()
