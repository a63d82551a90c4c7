"""Yrs, the CRDT of Yjs, through pycrdt: a map for each table, in it a map for each row; the last writer wins a cell.

Messages are updates since the last one; a meeting exchanges state vectors. The document lives in memory.
"""

import importlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.sync_race.columns import TABLES
from tests.benchmarks.sync_race.replica import Conflict, PeerMissingError, Received, RefusedError, Setting
from tests.benchmarks.sync_race.workload import Cells, Places, Write

_FILE = "office.yrs"
_NOTHING = b"\0"


class YrsReplica:
    """One document."""

    def __init__(self, package: Any, setting: Setting) -> None:  # noqa: ANN401 - the package may not be there
        self.name = setting.name
        self.places = Places()
        self._package = package
        self._setting = setting
        self._doc = package.Doc()
        self._tables = {name: self._doc.get(name, type=package.Map) for name in TABLES}
        self._sent = dict.fromkeys(setting.others, _NOTHING)
        setting.folder.mkdir(parents=True, exist_ok=True)
        if (kept := setting.folder / _FILE).exists():
            self._doc.apply_update(kept.read_bytes())

    def write(self, writes: Sequence[Write]) -> None:
        make = self._package.Map
        with self._doc.transaction():
            for write in writes:
                table, key = self._tables[write.table], write.key.hex()
                if write.new:
                    table[key] = make(dict(write.cells))
                else:
                    row = table[key]
                    for name, value in write.cells.items():
                        row[name] = value

    def send(self, to: str) -> bytes:
        update: bytes = self._doc.get_update(self._sent[to])
        self._sent[to] = self._doc.get_state()
        return update

    def receive(self, message: bytes, sender: str) -> Received:  # noqa: ARG002 - updates name their writers
        try:
            self._doc.apply_update(message)
        except (ValueError, RuntimeError) as error:
            raise RefusedError(str(error)) from error
        return Received()

    def meet(self, other: "YrsReplica") -> Received:
        for sender, receiver in ((self, other), (other, self)):
            receiver.receive(sender._doc.get_update(receiver._doc.get_state()), sender.name)
        return Received()

    def share_with(self, other: "YrsReplica") -> None:
        self.meet(other)

    def read(self, table: str, key: bytes) -> Cells | None:
        row = self._tables[table].get(key.hex())
        return None if row is None else {name: _plain(value) for name, value in row.to_py().items()}

    def conflicts(self, table: str, key: bytes) -> tuple[Conflict, ...]:  # noqa: ARG002 - it shows none
        return ()

    def erase(self, table: str, key: bytes) -> None:
        del self._tables[table][key.hex()]

    def scrub(self) -> None:
        """It collects deleted content by itself."""

    def contents(self) -> bytes:
        whole: bytes = self._doc.get_update()
        return whole

    def back_up(self, to: Path) -> None:
        to.write_bytes(self._doc.get_update())

    def restore(self, copy: Path, setting: Setting) -> "YrsReplica":
        setting.folder.mkdir(parents=True)
        (setting.folder / _FILE).write_bytes(copy.read_bytes())
        return YrsReplica(self._package, setting)

    def clone(self, setting: Setting) -> "YrsReplica":
        setting.folder.mkdir(parents=True)
        (setting.folder / _FILE).write_bytes(self._doc.get_update())
        return YrsReplica(self._package, setting)

    def set_clock(self, ahead: int) -> None:
        """It knows no time."""

    def save(self) -> int:
        content = self._doc.get_update()
        write_durably(self._setting.folder / _FILE, content)
        return len(content)

    def close(self) -> None:
        """Nothing is open."""


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, bytearray):
        return bytes(value)
    return int(value) if isinstance(value, float) else value


class YrsPeer:
    """The library as pycrdt brings it."""

    name = "pycrdt (Yjs)"
    memory_only = True
    encrypts = False
    largest = 30_000

    def __init__(self) -> None:
        try:
            self._package = importlib.import_module("pycrdt")
        except ImportError as error:
            raise PeerMissingError("the package pycrdt is not installed") from error
        self.version = str(importlib.import_module("importlib.metadata").version("pycrdt"))

    def make(self, settings: Sequence[Setting]) -> Mapping[str, YrsReplica]:
        return {setting.name: YrsReplica(self._package, setting) for setting in settings}
