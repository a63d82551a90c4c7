"""Wasl itself: real encrypted hubs that have enrolled each other, through the services that the window uses."""

import shutil
import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app import __version__
from app.bootstrap import FirstStart, Hub, UnitOfWork, create_hub, open_hub, restore
from app.domain.ids import PersonId
from app.errors import UserError
from app.paths import HubPaths
from app.services import counters
from app.services.exchange import receiving, sending, settling, trust
from app.storage import schema
from app.storage.keyring import read_keyring
from app.storage.sealing import unwrap
from tests.benchmarks.sync_race.meeting import meet_by_messages
from tests.benchmarks.sync_race.replica import Conflict, Received, RefusedError, Setting
from tests.benchmarks.sync_race.sql import columns_of
from tests.benchmarks.sync_race.workload import Cells, Places, Value, Write
from tests.factories import CHEAP, MANAGER, PASSWORD, SettableClock

_PAGE: Final = 4096
_RESERVED: Final = 80
_FRAME: Final = 24
_SALT: Final = 16
_LOG_HEAD: Final = 32


class WaslReplica:
    """One hub. `quick` takes bundles in without the preview and the backup that the window makes before."""

    def __init__(self, hub: Hub, setting: Setting, clock: SettableClock, *, quick: bool = False) -> None:
        self.name = setting.name
        self.hub = hub
        self._setting = setting
        self._clock = clock
        self._start = clock.moment
        self._quick = quick

    @property
    def places(self) -> Places:
        actor = self.hub.actor
        counter = self.hub.read(counters.list_counters)[0].id
        return Places(actor.hub_id.bytes, actor.installation_id.bytes, counter.bytes)

    def write(self, writes: Sequence[Write]) -> None:
        self._clock.moment += 1000
        self.hub.write(lambda uow: _write_all(writes, uow))

    def send(self, to: str) -> bytes:
        return self.hub.write(lambda uow: sending.make_bundle(to, uow)).content

    def receive(self, message: bytes, sender: str) -> Received:  # noqa: ARG002 - bundles are signed
        self._clock.moment += 1000
        try:
            if self._quick:
                done = self.hub.write(lambda uow: receiving.take_in(message, uow))
            else:
                done = self.hub.take_in(message)
        except UserError as error:
            raise RefusedError(str(error)) from error
        told = done.value.conflicts
        return Received((f"{told} in conflict",) if told else ())

    def meet(self, other: "WaslReplica") -> Received:
        # the second of each tells what the first left its sender with
        meet_by_messages(self, other)
        return meet_by_messages(self, other)

    def share_with(self, other: "WaslReplica") -> None:
        self.meet(other)

    def read(self, table: str, key: bytes) -> Cells | None:
        names = columns_of(table, newer=self._setting.newer)
        columns = schema.SYNCED[table].c
        query = sa.select(*(columns[name] for name in names), columns.deleted, columns.erased).where(
            columns.id == UUID(bytes=key)
        )
        row = self.hub.read(lambda uow: uow.connection.execute(query).one_or_none())
        if row is None or row.deleted or row.erased:
            return None
        return {name: _plain(value) for name, value in zip(names, row, strict=False)}

    def conflicts(self, table: str, key: bytes) -> tuple[Conflict, ...]:
        return tuple(
            Conflict(found.field, frozenset(_plain(side.value) for side in found.sides))
            for found in self.hub.read(settling.list_open)
            if found.table == table and found.row_id.bytes == key
        )

    def erase(self, table: str, key: bytes) -> None:
        if table != "person":
            raise ValueError("only people are erased")
        self.hub.erase(PersonId(UUID(bytes=key)), "demande de la personne")

    def scrub(self) -> None:
        """Erasing did."""

    def contents(self) -> bytes:
        """The store, its log and its automatic copies, page by page as they lie there, decrypted."""
        paths = self.hub.paths
        key = unwrap(read_keyring(paths.keyring), MANAGER, PASSWORD).raw
        found = [_decrypt_store(paths.database.read_bytes(), key)]
        log = paths.database.with_name(paths.database.name + "-wal")
        if log.exists():
            found.append(_decrypt_log(log.read_bytes(), key))
        for copy in paths.backups.glob("*"):
            with zipfile.ZipFile(BytesIO(copy.read_bytes())) as archive:
                found += [_decrypt_store(archive.read(name), key) for name in archive.namelist() if name[-3:] == ".db"]
        return b"\0".join(found)

    def back_up(self, to: Path) -> None:
        self.hub.back_up(to)

    def restore(self, copy: Path, setting: Setting) -> "WaslReplica":
        self.close()
        restore(copy, HubPaths(setting.folder))
        return self._open(setting)

    def clone(self, setting: Setting) -> "WaslReplica":
        self.hub.close()
        shutil.copytree(self._setting.folder, setting.folder)
        self.hub = self._open(self._setting).hub
        return self._open(setting)

    def _open(self, setting: Setting) -> "WaslReplica":
        clock = SettableClock(self._clock.moment)
        return WaslReplica(open_hub(HubPaths(setting.folder), MANAGER, PASSWORD, clock, CHEAP), setting, clock)

    def set_clock(self, ahead: int) -> None:
        self._clock.moment = self._start + ahead

    def save(self) -> int:
        return self.hub.paths.database.stat().st_size

    def close(self) -> None:
        self.hub.close()


def found_hub(setting: Setting, *, quick: bool = False) -> WaslReplica:
    """A new hub that knows nobody yet."""
    clock = SettableClock()
    first = FirstStart(setting.name, "A", f"Chef {setting.name}", MANAGER, PASSWORD)
    return WaslReplica(create_hub(HubPaths(setting.folder), first, clock, CHEAP).hub, setting, clock, quick=quick)


def identity_of(replica: WaslReplica) -> bytes:
    """A hub's identity file."""
    return replica.hub.write(trust.identity_file)[0]


def enroll(replica: WaslReplica, files: Sequence[bytes]) -> None:
    """Believe all whose identity files these are, but not oneself."""
    own = identity_of(replica)
    for content in files:
        if content != own:
            replica.hub.write(partial(trust.enroll, content))


class WaslPeer:
    """This program, in full or without the preview and the backup before each import."""

    version = __version__
    memory_only = False
    encrypts = True
    largest = 30_000

    def __init__(self, *, quick: bool = False, named: str = "Wasl, with preview and backup") -> None:
        self.name = "Wasl" if quick else named
        self._quick = quick

    def make(self, settings: Sequence[Setting]) -> Mapping[str, WaslReplica]:
        made = {setting.name: found_hub(setting, quick=self._quick) for setting in settings}
        introduce(list(made.values()))
        return made


def introduce(replicas: Sequence[Any]) -> None:
    """Have all enrol each other, and exchange what they began with."""
    files = [identity_of(replica) for replica in replicas]
    for replica in replicas:
        enroll(replica, files)
    for _round in range(2):
        for sender in replicas:
            content = sender.send(trust.ALL)
            for receiver in replicas:
                if receiver is not sender:
                    receiver.receive(content, sender.name)


def _write_all(writes: Sequence[Write], uow: UnitOfWork) -> None:
    position = 0
    while position < len(writes):
        write, table = writes[position], schema.SYNCED[writes[position].table]
        alike = position
        while alike < len(writes) and writes[alike].new and writes[alike].table == write.table:
            alike += 1
        if alike > position:
            uow.insert_many(table, [{"id": UUID(bytes=new.key), **_cells(new.cells)} for new in writes[position:alike]])
            position = alike
        else:
            uow.update(table, UUID(bytes=write.key), **_cells(write.cells))
            position += 1


def _cells(cells: Cells) -> dict[str, Any]:
    return {name: UUID(bytes=value) if isinstance(value, bytes) else value for name, value in cells.items()}


def _plain(value: Any) -> Value:  # noqa: ANN401
    plain: Value = value.bytes if isinstance(value, UUID) else value
    return plain


def _decrypt_store(content: bytes, key: bytes) -> bytes:
    pages = [content[start : start + _PAGE] for start in range(0, len(content), _PAGE)]
    return b"".join(_decrypt_page(page, key, _SALT if number == 0 else 0) for number, page in enumerate(pages))


def _decrypt_log(content: bytes, key: bytes) -> bytes:
    frames = range(_LOG_HEAD, len(content) - _PAGE - _FRAME + 1, _PAGE + _FRAME)
    return b"".join(
        _decrypt_page(
            content[start + _FRAME : start + _FRAME + _PAGE],
            key,
            _SALT if content[start : start + 4] == b"\0\0\0\1" else 0,
        )
        for start in frames
    )


def _decrypt_page(page: bytes, key: bytes, skipped: int) -> bytes:
    """SQLCipher 4: AES-256-CBC; the page's last 80 bytes are the vector of 16 and a code of 64."""
    body, vector = page[skipped:-_RESERVED], page[-_RESERVED : -_RESERVED + 16]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
