"""Geodiff: differences between two SQLite files, and rebasing one's own changes onto another's.

For each other office there is a file of what both had at the last message. A message is the difference to it; what
comes in is applied, below one's own changes where there are any (`rebase`), whose conflicts go to a file: they are
told. Ids are text, because rebasing knows no binary keys.
"""

import importlib
import json
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.sync_race.meeting import meet_by_messages
from tests.benchmarks.sync_race.replica import Conflict, PeerMissingError, Received, RefusedError, Setting, read_files
from tests.benchmarks.sync_race.sql import columns_of, create_statements, prepare, select_statement
from tests.benchmarks.sync_race.workload import Cells, Places, Write

_FILE = "office.db"


class GeodiffReplica:
    """One database, and a base for each other office."""

    def __init__(self, package: Any, setting: Setting) -> None:  # noqa: ANN401 - the package brings no types
        self.name = setting.name
        self.places = Places()
        self._package = package
        self._diff = package.GeoDiff()
        self._diff.set_maximum_logger_level(0)
        self._setting = setting
        self._path = setting.folder / _FILE
        setting.folder.mkdir(parents=True, exist_ok=True)
        if not self._path.exists():
            with self._open() as connection:
                for statement in create_statements(newer=setting.newer, id_type="TEXT"):
                    connection.execute(statement)
        self._behind: set[str] = set()
        for other in setting.others:
            if not self._base(other).exists():
                shutil.copy(self._path, self._base(other))

    def _base(self, other: str) -> Path:
        return self._setting.folder / f"base-{other}.db"

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, factory=_Closing)
        connection.execute("PRAGMA secure_delete=ON")
        return connection

    def _bring_bases_up(self) -> None:
        """Bases of offices whose message was applied with nothing of one's own in the way are copies."""
        for other in self._behind:
            shutil.copy(self._path, self._base(other))
        self._behind.clear()

    def write(self, writes: Sequence[Write]) -> None:
        self._bring_bases_up()
        with self._open() as connection:
            connection.execute("BEGIN")
            for text, rows in prepare(writes, hexadecimal=True):
                connection.executemany(text, rows)
            connection.execute("COMMIT")

    def send(self, to: str) -> bytes:
        self._bring_bases_up()
        made = self._setting.folder / "outgoing.diff"
        self._diff.create_changeset(str(self._base(to)), str(self._path), str(made))
        shutil.copy(self._path, self._base(to))
        content = made.read_bytes()
        made.unlink()
        return content

    def receive(self, message: bytes, sender: str) -> Received:
        came, told = self._setting.folder / "incoming.diff", self._setting.folder / "conflicts.json"
        came.write_bytes(message)
        told.unlink(missing_ok=True)
        try:
            if sender in self._behind or not self._has_own(sender):
                self._apply(came, sender)
            else:
                self._rebase(came, told, sender)
        except (self._package.GeoDiffLibError, self._package.GeoDiffLibConflictError) as error:
            raise RefusedError(str(error).strip().splitlines()[-1]) from error
        finally:
            came.unlink()
        conflicts = json.loads(told.read_text(encoding="utf-8")).get("geodiff", []) if told.exists() else []
        told.unlink(missing_ok=True)
        return Received(tuple(json.dumps(conflict) for conflict in conflicts))

    def _has_own(self, sender: str) -> bool:
        found = self._setting.folder / "own.diff"
        self._diff.create_changeset(str(self._base(sender)), str(self._path), str(found))
        has = bool(self._diff.has_changes(str(found)))
        found.unlink()
        return has

    def _apply(self, came: Path, sender: str) -> None:
        self._diff.apply_changeset(str(self._path), str(came))
        self._behind.add(sender)

    def _rebase(self, came: Path, told: Path, sender: str) -> None:
        """Into copies: a rebase that fails may leave anything behind."""
        base, mine = self._base(sender), self._setting.folder / "rebased.db"
        theirs = self._setting.folder / "theirs.db"
        shutil.copy(self._path, mine)
        shutil.copy(base, theirs)
        try:
            self._diff.rebase_ex("sqlite", "", str(base), str(mine), str(came), str(told))
            self._diff.apply_changeset(str(theirs), str(came))
            mine.replace(self._path)
            theirs.replace(base)
        finally:
            mine.unlink(missing_ok=True)
            theirs.unlink(missing_ok=True)

    def meet(self, other: "GeodiffReplica") -> Received:
        return meet_by_messages(self, other)

    def share_with(self, other: "GeodiffReplica") -> None:
        for path in (other._path, self._base(other.name), *map(other._base, other._setting.others)):
            shutil.copy(self._path, path)

    def read(self, table: str, key: bytes) -> Cells | None:
        names = columns_of(table, newer=self._setting.newer)
        with self._open() as connection:
            row = connection.execute(select_statement(table, names), (key.hex(),)).fetchone()
        return None if row is None else dict(zip(names, row, strict=True))

    def conflicts(self, table: str, key: bytes) -> tuple[Conflict, ...]:  # noqa: ARG002 - it keeps none
        return ()

    def erase(self, table: str, key: bytes) -> None:
        self._bring_bases_up()
        with self._open() as connection:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (key.hex(),))  # noqa: S608

    def scrub(self) -> None:
        with self._open() as connection:
            connection.execute("VACUUM")
        self._behind = set(self._setting.others)
        self._bring_bases_up()

    def contents(self) -> bytes:
        return read_files(self._setting.folder)

    def back_up(self, to: Path) -> None:
        self._diff.make_copy_sqlite(str(self._path), str(to))

    def restore(self, copy: Path, setting: Setting) -> "GeodiffReplica":
        setting.folder.mkdir(parents=True)
        shutil.copy(copy, setting.folder / _FILE)
        return GeodiffReplica(self._package, setting)

    def clone(self, setting: Setting) -> "GeodiffReplica":
        self._bring_bases_up()
        shutil.copytree(self._setting.folder, setting.folder)
        return GeodiffReplica(self._package, setting)

    def set_clock(self, ahead: int) -> None:
        """It knows no time."""

    def save(self) -> int:
        return self._path.stat().st_size

    def close(self) -> None:
        self._diff.shutdown()


class _Closing(sqlite3.Connection):
    """Closed at the end of its block: geodiff opens the file itself."""

    def __exit__(self, *_: object) -> None:  # type: ignore[override]
        self.close()


class GeodiffPeer:
    """The library as its Python package brings it."""

    name = "geodiff"
    memory_only = False
    encrypts = False
    largest = 30_000

    def __init__(self) -> None:
        try:
            self._package = importlib.import_module("pygeodiff")
        except ImportError as error:
            raise PeerMissingError("the package pygeodiff is not installed") from error
        self.version = str(self._package.GeoDiff().version())

    def make(self, settings: Sequence[Setting]) -> Mapping[str, GeodiffReplica]:
        return {setting.name: GeodiffReplica(self._package, setting) for setting in settings}
