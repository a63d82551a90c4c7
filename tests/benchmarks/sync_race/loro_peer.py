"""Loro: a map for each table, in it a map for each row; the last writer wins a cell.

Messages are updates since the last one; a meeting exchanges version vectors. The document lives in memory. Its history
is cut off by a shallow snapshot, which is the strongest means there is to get rid of former content.
"""

import importlib
import importlib.metadata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.sync_race.replica import Conflict, PeerMissingError, Received, RefusedError, Setting
from tests.benchmarks.sync_race.workload import Cells, Places, Write
from tests.benchmarks.sync_race.yjs import write_durably

_FILE = "office.loro"


class LoroReplica:
    """One document."""

    def __init__(self, package: Any, setting: Setting) -> None:  # noqa: ANN401 - the package may not be there
        self.name = setting.name
        self.places = Places()
        self._package = package
        self._setting = setting
        self._ahead = 0
        self._doc = package.LoroDoc()
        setting.folder.mkdir(parents=True, exist_ok=True)
        if (kept := setting.folder / _FILE).exists():
            self._doc.import_(kept.read_bytes())
        self._sent = {other: package.VersionVector() for other in setting.others}

    def write(self, writes: Sequence[Write]) -> None:
        new_map = self._package.LoroMap
        for write in writes:
            table, key = self._doc.get_map(write.table), write.key.hex()
            row = table.insert_container(key, new_map()) if write.new else table.get(key).container
            for name, value in write.cells.items():
                row.insert(name, value)
        if self._ahead:
            self._doc.set_next_commit_timestamp(self._ahead // 1000)
        self._doc.commit()

    def send(self, to: str) -> bytes:
        update: bytes = self._doc.export(self._package.ExportMode.Updates(self._sent[to]))
        self._sent[to] = self._doc.oplog_vv
        return update

    def receive(self, message: bytes, sender: str) -> Received:  # noqa: ARG002 - updates name their writers
        try:
            self._doc.import_(message)
        except Exception as error:
            raise RefusedError(str(error)) from error
        return Received()

    def meet(self, other: "LoroReplica") -> Received:
        mode = self._package.ExportMode.Updates
        for sender, receiver in ((self, other), (other, self)):
            receiver.receive(sender._doc.export(mode(receiver._doc.oplog_vv)), sender.name)
        return Received()

    def share_with(self, other: "LoroReplica") -> None:
        self.meet(other)

    def read(self, table: str, key: bytes) -> Cells | None:
        found = self._doc.get_map(table).get(key.hex())
        return None if found is None else dict(found.container.get_value())

    def conflicts(self, table: str, key: bytes) -> tuple[Conflict, ...]:  # noqa: ARG002 - it shows none
        return ()

    def erase(self, table: str, key: bytes) -> None:
        self._doc.get_map(table).delete(key.hex())
        self._doc.commit()

    def scrub(self) -> None:
        # where histories have run apart it keeps what came after they did: a write that has seen all joins them
        self._doc.get_map("scrubbed").insert(self.name, 1)
        self._doc.commit()
        short = self._doc.export(self._package.ExportMode.ShallowSnapshot(self._doc.state_frontiers))
        self._doc = self._package.LoroDoc()
        self._doc.import_(short)

    def contents(self) -> bytes:
        whole: bytes = self._doc.export(self._package.ExportMode.Snapshot())
        # snapshots are compressed: what they hold is looked for in the form that is not, too
        history: str = self._doc.export_json_updates(self._package.VersionVector(), self._doc.oplog_vv)
        return whole + history.encode()

    def back_up(self, to: Path) -> None:
        to.write_bytes(self._doc.export(self._package.ExportMode.Snapshot()))

    def restore(self, copy: Path, setting: Setting) -> "LoroReplica":
        setting.folder.mkdir(parents=True)
        (setting.folder / _FILE).write_bytes(copy.read_bytes())
        return LoroReplica(self._package, setting)

    def clone(self, setting: Setting) -> "LoroReplica":
        setting.folder.mkdir(parents=True)
        self.back_up(setting.folder / _FILE)
        return LoroReplica(self._package, setting)

    def set_clock(self, ahead: int) -> None:
        self._ahead = 1_795_000_000_000 + ahead

    def save(self) -> int:
        content = self._doc.export(self._package.ExportMode.Snapshot())
        write_durably(self._setting.folder / _FILE, content)
        return len(content)

    def close(self) -> None:
        """Nothing is open."""


class LoroPeer:
    """The library as its Python package brings it."""

    name = "Loro"
    memory_only = True
    encrypts = False
    largest = 30_000

    def __init__(self) -> None:
        try:
            self._package = importlib.import_module("loro")
        except ImportError as error:
            raise PeerMissingError("the package loro is not installed") from error
        self.version = importlib.metadata.version("loro")

    def make(self, settings: Sequence[Setting]) -> Mapping[str, LoroReplica]:
        return {setting.name: LoroReplica(self._package, setting) for setting in settings}
