"""A full disk, a folder that can't be written to, a lock, damage, a newer version: a sentence, and nothing lost."""

import os
import pickle
import resource
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

import app.opening  # noqa: F401 - a child that became nobody may not read it
from app.bootstrap import FirstStart, create_hub
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.errors import AppError, DamagedStoreError, EnvironmentProblem, NewerStoreError
from app.hub import Hub
from app.paths import HubPaths
from app.services import counters, people, visits
from app.storage import engine, schema
from app.storage.engine import open_engine
from app.storage.keyring import read_keyring
from app.storage.problems import describe
from app.storage.sealing import unwrap
from tests.factories import CHEAP, MANAGER, PASSWORD, SettableClock, Template, copy_template, open_as

NOBODY = 65534


def log_one(hub: Hub) -> None:
    counter = hub.read(counters.list_counters)[0].id
    hub.write(lambda uow: visits.log(LogVisit(None, counter), uow))


def count_visits(hub: Hub) -> int:
    with hub._store.bare() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(schema.visit)) or 0


def in_child(action: Callable[[], object]) -> object:
    """Carry out an action in a child process and return its result, or the error that it raised."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result = action()
        except AppError as error:
            result = error
        except BaseException as error:  # noqa: BLE001 - goes to the parent
            result = RuntimeError(f"{type(error).__name__}: {error}")
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(result, stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        result = pickle.load(stream)  # noqa: S301 - from our own child
    os.waitpid(child, 0)
    return result


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("this account may not mount a small disk; the limit on file sizes stands in for it")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(hub: Hub) -> None:
    for _ in range(60):
        crowd = [NewPerson(f"Name {n} {secrets.token_hex(40)}") for n in range(90)]
        hub.write(partial(people.add_many, crowd))


def test_a_full_disk_keeps_all_before_and_says_so(small_disk: Path, template: Template) -> None:
    paths = copy_template(template, small_disk / "hub")
    hub = open_as(paths)
    log_one(hub)
    with pytest.raises(EnvironmentProblem, match="full"):
        fill_up(hub)
    before = hub.digest()
    hub.close()

    again = open_as(copy_template(type(template)(paths.folder, ""), small_disk.parent / "elsewhere"))
    assert again.digest() == before
    assert again.check() == []
    assert count_visits(again) == 1
    log_one(again)
    again.close()


def test_a_limit_on_file_sizes_keeps_all_before_and_says_so(paths: HubPaths) -> None:
    def work() -> object:
        hub = open_as(paths)
        log_one(hub)
        size = (paths.folder / "wasl.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
        done = 0
        try:
            for _ in range(200):
                log_one(hub)
                done += 1
        except EnvironmentProblem as error:
            return done, str(error)
        return done, ""

    found = in_child(work)
    assert isinstance(found, tuple)
    done, sentence = found
    assert "not kept" in sentence
    hub = open_as(paths)
    assert count_visits(hub) == 1 + done
    assert hub.check() == []
    hub.close()


@pytest.fixture
def read_only(template: Template) -> Iterator[HubPaths]:
    # not below pytest's own folder, which nobody else may enter
    outer = Path(tempfile.mkdtemp())
    outer.chmod(0o755)
    paths = copy_template(template, outer / "hub")
    for path in [*paths.folder.rglob("*"), paths.folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield paths
    paths.folder.chmod(0o755)
    shutil.rmtree(outer)


def as_nobody(action: Callable[[], object]) -> object:
    """Root may write anywhere, so the child becomes somebody who may not."""

    def work() -> object:
        if os.getuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return action()

    return in_child(work)


def test_a_read_only_folder_is_said_and_left(read_only: HubPaths) -> None:
    before = contents(read_only.folder)
    found = as_nobody(lambda: open_as(read_only))
    assert isinstance(found, EnvironmentProblem), found
    assert "may not write" in str(found)
    assert contents(read_only.folder) == before


def test_nothing_is_made_in_a_read_only_folder(read_only: HubPaths) -> None:
    first = FirstStart("RBT", "A", "Amina", MANAGER, PASSWORD)
    found = as_nobody(lambda: create_hub(HubPaths(read_only.folder / "new"), first, cost=CHEAP))
    assert isinstance(found, EnvironmentProblem), found
    assert "may not write" in str(found)


def test_another_program_that_holds_the_store_is_named(paths: HubPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    hub, other = open_as(paths), open_as(paths, "rachid")
    with other._store._begin(), pytest.raises(EnvironmentProblem, match="Another program"):
        log_one(hub)
    # readers are not kept waiting, and afterwards all goes on
    log_one(hub)
    assert count_visits(other) == 1
    other.close()
    hub.close()


def test_a_store_that_is_gone_is_not_made_anew(paths: HubPaths) -> None:
    paths.database.unlink()
    with pytest.raises(EnvironmentProblem, match="missing"):
        open_as(paths)
    assert not paths.database.exists()


def test_a_folder_that_went_away_is_said(hub: Hub, paths: HubPaths) -> None:
    shutil.rmtree(paths.folder)
    with pytest.raises(EnvironmentProblem):
        hub.verify_password("x")
    with pytest.raises(EnvironmentProblem):
        hub.back_up()


GARBAGE = {
    "empty": b"",
    "one byte": b"\x00",
    "text": b"Bonjour, ceci n'est pas une base.\n" * 500,
    "noise": secrets.token_bytes(20_000),
    "plain SQLite": b"SQLite format 3\x00" + bytes(5000),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_what_is_no_store_is_left_as_it_is(paths: HubPaths, kind: str) -> None:
    paths.database.write_bytes(GARBAGE[kind])
    before = contents(paths.folder)
    with pytest.raises(DamagedStoreError, match="damaged"):
        open_as(paths)
    after = contents(paths.folder)
    assert {name: after[name] for name in before} == before
    assert all(not after[name] or name.endswith("-shm") for name in after.keys() - before.keys())


def test_a_truncated_store_is_left_as_it_is(paths: HubPaths) -> None:
    whole = paths.database.read_bytes()
    for size in (512, 4096, 5000, len(whole) // 2 // 4096 * 4096, len(whole) - 4096):
        paths.database.write_bytes(whole[:size])
        with pytest.raises(DamagedStoreError):
            read_everything(paths)
    paths.database.write_bytes(whole)
    read_everything(paths)


def read_everything(paths: HubPaths) -> None:
    hub = open_as(paths)
    try:
        found = hub.check()
        hub.digest()
        if found:
            raise DamagedStoreError(str(found))
    finally:
        hub.close()


def test_damage_in_any_page_is_noticed_and_the_file_left(paths: HubPaths) -> None:
    whole = paths.database.read_bytes()
    pages = len(whole) // 4096
    said = 0
    for page in range(0, pages, max(1, pages // 25)):
        damaged = bytearray(whole)
        damaged[page * 4096 + 2000] ^= 0xFF
        paths.database.write_bytes(bytes(damaged))
        try:
            hub = open_as(paths)
        except DamagedStoreError:
            said += 1
            assert paths.database.read_bytes() == bytes(damaged)
            continue
        hub.close()
        with pytest.raises(DamagedStoreError):
            read_everything(paths)
        for name in ("wasl.db-wal", "wasl.db-shm"):
            (paths.folder / name).unlink(missing_ok=True)
    # the first pages hold what every opening reads
    assert said >= 2


def state_format(paths: HubPaths, version: str) -> None:
    hub = open_as(paths)
    with hub._store._begin() as connection:
        connection.execute(schema.meta.update().where(schema.meta.c.key == "format").values(value=version))
    hub.close()


def test_a_newer_major_version_is_refused_before_anything_is_touched(paths: HubPaths) -> None:
    state_format(paths, "2.0")
    before = contents(paths.folder)
    with pytest.raises(NewerStoreError, match=r"2\.0"):
        open_as(paths)
    after = contents(paths.folder)
    assert {name: after[name] for name in before} == before
    assert all(not after[name] or name.endswith("-shm") for name in after.keys() - before.keys())


def test_a_newer_major_version_is_refused_with_its_log_not_yet_taken_over(paths: HubPaths, tmp_path: Path) -> None:
    state_format(paths, "3.1")
    # as a killed program leaves it: the newest entries are in the log beside the store
    shutil.copytree(paths.folder, tmp_path / "work")
    crashed = HubPaths(tmp_path / "crashed")
    work = HubPaths(tmp_path / "work")
    state_format_and_copy(work, crashed)
    assert (crashed.folder / "wasl.db-wal").stat().st_size > 0
    before = contents(crashed.folder)
    with pytest.raises(NewerStoreError):
        open_as(crashed)
    after = contents(crashed.folder)
    assert after["wasl.db"] == before["wasl.db"]
    assert after["wasl.db-wal"] == before["wasl.db-wal"]


def state_format_and_copy(paths: HubPaths, copy: HubPaths) -> None:

    opened = open_engine(paths.database, unwrap(read_keyring(paths.keyring), MANAGER, PASSWORD))
    with opened.begin() as connection:
        connection.execute(schema.meta.insert().values(key="more", value="x" * 5000))
    shutil.copytree(paths.folder, copy.folder)
    opened.dispose()


def test_a_newer_minor_version_is_worked_with(paths: HubPaths, hub: Hub) -> None:
    with hub._store._begin() as connection:
        connection.execute(schema.meta.update().where(schema.meta.c.key == "format").values(value="1.9"))
        connection.exec_driver_sql("ALTER TABLE person ADD COLUMN mood TEXT NOT NULL DEFAULT ''")
        connection.exec_driver_sql("CREATE TABLE hobby (id BLOB PRIMARY KEY, versions BLOB)")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    hub.close()
    newer = open_as(paths)
    newer.write(lambda uow: people.add(NewPerson("Fatou Diop"), uow))
    log_one(newer)
    assert newer.check() == []
    newer.close()


@pytest.mark.parametrize("version", ["", "x", "2", "-1.0", "1.x", "²·1"])
def test_a_version_that_is_none_is_damage(paths: HubPaths, version: str) -> None:
    state_format(paths, version)
    with pytest.raises(DamagedStoreError):
        open_as(paths)


def test_errors_of_the_disk_are_not_taken_for_damage() -> None:

    def driver_error(code: int) -> AppError | None:
        error = sqlcipher.OperationalError("some text about a full, locked, malformed readonly database")
        error.sqlite_errorcode = code
        return describe(error)

    assert isinstance(driver_error(11), DamagedStoreError)
    assert isinstance(driver_error(26), DamagedStoreError)
    for code in (10, 10 | (3 << 8), 13, 8, 14, 5, 6):
        found = driver_error(code)
        assert isinstance(found, EnvironmentProblem)
        assert not isinstance(found, DamagedStoreError)
    # a mistake of the program stays one
    assert driver_error(1) is None
    assert driver_error(19) is None
    assert describe(ValueError("full")) is None


def test_the_clock_behind_the_newest_entry_warns_and_blocks_nothing(hub: Hub, clock: SettableClock) -> None:
    log_one(hub)
    assert hub.clock_is_behind() == 0
    clock.moment -= 90 * 60_000
    assert hub.clock_is_behind() == 90
    log_one(hub)
    clock.moment = 0
    log_one(hub)
    assert hub.check() == []


@pytest.mark.parametrize("name", ["مجلد الاستقبال", "a b#c?d%20e&f", "été", "x" * 200, "'; --", "[x]*"])
def test_a_folder_may_have_any_name(template: Template, tmp_path: Path, name: str) -> None:
    paths = copy_template(template, tmp_path / name)
    hub = open_as(paths)
    log_one(hub)
    hub.back_up()
    hub.close()
    again = open_as(paths)
    assert count_visits(again) == 1
    again.close()


def test_nothing_is_shown_that_can_not_be_put_on_the_trail(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    made = hub.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow)).value
    shown = []

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.storage.store.write_notes", fail)
    with pytest.raises(EnvironmentProblem):
        shown.append(hub.read(lambda uow: people.show(made.id, uow)))
    assert not shown
