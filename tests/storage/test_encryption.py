"""Nothing that anybody typed stands in clear in any file: not while open, not after a crash, not in a backup."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.bootstrap import FirstStart, create_hub, open_hub, open_with_recovery
from app.domain.accounts import Role
from app.domain.people import NewPerson
from app.domain.visits import LogVisit
from app.hub import Hub
from app.paths import HubPaths
from app.services import counters, people, visits
from app.services.accounts import NewAccount
from app.storage.keyring import read_keyring
from app.storage.sealing import unwrap
from tests.factories import CHEAP, MANAGER, PASSWORD, Template, open_as

NAME, NAME_AR, PHONE, CARD = "Zacharie Canarinot", "زكرياء الكناري", "+212661234987", "CARTE-CANARI-77"
PERSON = NewPerson(NAME, NAME_AR, phones=(PHONE,), card=CARD, contact="Canari Contact", consent="oral")


def canaries(template: Template, paths: HubPaths) -> list[bytes]:
    """All that may stand in no file, as the bytes in which it would stand there."""
    key = unwrap(read_keyring(paths.keyring), MANAGER, PASSWORD).raw
    texts = [NAME, "Canarinot", NAME_AR, PHONE, PHONE[-9:], CARD, "Canari Contact", PASSWORD, "irregular"]
    texts += [template.recovery_code, template.recovery_code.replace("-", ""), key.hex(), key.hex().upper()]
    texts += [base64.b64encode(key).decode().rstrip("="), base64.urlsafe_b64encode(key).decode().rstrip("=")]
    found = [key]
    for text in texts:
        found += [text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-16-be")]
    return found


def leaks(folder: Path, forbidden: list[bytes]) -> list[tuple[str, bytes]]:
    contents = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert contents
    return [(path.name, secret) for path, content in contents.items() for secret in forbidden if secret in content]


def fill(hub: Hub) -> None:
    made = hub.write(lambda uow: people.add(PERSON, uow)).value
    hub.write(lambda uow: people.edit(made.id, {"residence": "irregular"}, uow))
    counter = hub.read(counters.list_counters)[0]
    hub.write(lambda uow: visits.log(LogVisit(made.id, counter.id), uow))
    hub.read(lambda uow: people.search("canarin", uow))
    hub.read(lambda uow: people.show(made.id, uow))


def test_no_file_says_anything_while_open(template: Template, paths: HubPaths, hub: Hub) -> None:
    fill(hub)
    hub.back_up()

    names = {path.name for path in paths.folder.rglob("*") if path.is_file()}
    assert {"wasl.db", "wasl.db-wal", "wasl.db-shm", "keyring.json", "anchor.json"} <= names
    assert not leaks(paths.folder, canaries(template, paths))


def test_no_file_says_anything_when_closed(template: Template, paths: HubPaths, hub: Hub) -> None:
    fill(hub)
    hub.close()

    assert not leaks(paths.folder, canaries(template, paths))


def test_the_search_for_leaks_finds_one(template: Template, paths: HubPaths) -> None:
    (paths.folder / "note.txt").write_text(f"x{PHONE}x", encoding="utf-16-le")

    assert leaks(paths.folder, canaries(template, paths))


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    folder.mkdir()
    former = {name: os.environ.get(name) for name in ("TMPDIR", "SQLITE_TMPDIR")}
    os.environ.update(TMPDIR=str(folder), SQLITE_TMPDIR=str(folder))
    try:
        yield
    finally:
        for name, value in former.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


KILLED = """
import os, signal, sys
from pathlib import Path
from app.paths import HubPaths
from tests.factories import open_as
from tests.storage.test_encryption import fill
from app.domain.people import NewPerson
from app.services import people
hub = open_as(HubPaths(Path(sys.argv[1])))
fill(hub)
def half(uow):
    people.add_many([NewPerson(f"Canarinot {n}") for n in range(3000)], uow)
    uow.recorder.finish()
    os.kill(os.getpid(), signal.SIGKILL)
hub.write(half)
"""


def test_no_file_says_anything_after_kill_9(template: Template, paths: HubPaths, tmp_path: Path) -> None:
    with temporary_files_in(tmp_path / "tmp"):
        done = subprocess.run([sys.executable, "-c", KILLED, str(paths.folder)], check=False)

    assert done.returncode == -signal.SIGKILL
    assert (paths.folder / "wasl.db-wal").stat().st_size > 0
    forbidden = canaries(template, paths)
    assert not leaks(paths.folder, forbidden)
    left = [path for path in (tmp_path / "tmp").rglob("*") if path.is_file()]
    assert not [path for path in left for secret in forbidden if secret in path.read_bytes()]


def test_a_password_and_a_code_leave_no_trace_when_changed(paths: HubPaths, template: Template) -> None:
    opened = open_with_recovery(paths, template.recovery_code, MANAGER, "Nouveau-Canari-99", cost=CHEAP)
    opened.close()

    assert not leaks(paths.folder, [b"Nouveau-Canari-99", template.recovery_code.encode()])
    open_hub(paths, MANAGER, "Nouveau-Canari-99", cost=CHEAP).close()


def test_files_are_for_their_owner_only(paths: HubPaths, hub: Hub, tmp_path: Path) -> None:
    backup = hub.back_up(tmp_path / "copy.waslbackup")

    for path in (paths.database, paths.keyring, paths.anchor, backup):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_values_stand_in_no_error_text(hub: Hub) -> None:
    with pytest.raises(sa.exc.SQLAlchemyError) as caught, hub._store.bare() as connection:
        connection.execute(sa.text("SELECT * FROM nowhere WHERE name = :name"), {"name": NAME})
    assert NAME not in str(caught.value)


def test_secrets_stand_in_no_repr(tmp_path: Path) -> None:
    first = FirstStart("RBT", "A", "A B", "amina", PASSWORD)
    new = create_hub(HubPaths(tmp_path / "x"), first, cost=CHEAP)
    new.hub.close()
    assert PASSWORD not in repr(first)
    assert new.recovery_code not in repr(new)
    assert PASSWORD not in repr(NewAccount("x", "X", Role.ADVISOR, PASSWORD))


def test_a_closed_hub_opens_nothing(hub: Hub) -> None:
    hub.close()

    with pytest.raises(RuntimeError):
        hub.read(counters.list_counters)
    with pytest.raises(RuntimeError):
        hub.verify_password(PASSWORD)
    hub.close()


def test_two_processes_may_have_it_open(paths: HubPaths, hub: Hub) -> None:
    other = open_as(paths, "rachid")
    made = other.write(lambda uow: people.add(PERSON, uow)).value
    other.close()

    assert hub.read(lambda uow: people.show(made.id, uow)).person.name == NAME
