"""SQLite's session extension through apsw: changesets of what was recorded, applied with a conflict handler.

One session for each other office records what was changed since the last message to it, and what came from third
offices. The handler does what can be done without causality: equal values are no conflict, of two others the greater
one wins, so that all come to the same; each conflict is told. Nothing else is kept of it.
"""

import importlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.sync_race.meeting import meet_by_messages
from tests.benchmarks.sync_race.replica import Conflict, PeerMissingError, Received, RefusedError, Setting, read_files
from tests.benchmarks.sync_race.sql import columns_of, create_statements, prepare, select_statement
from tests.benchmarks.sync_race.workload import Cells, Places, Write

_FILE = "office.db"


def _order(value: object) -> tuple[str, Any]:
    return type(value).__name__, value if value is not None else 0


class SessionReplica:
    """One database and the sessions that watch it."""

    def __init__(self, apsw: Any, setting: Setting) -> None:  # noqa: ANN401 - the package may not be there to be typed
        self.name = setting.name
        self.places = Places()
        self._apsw = apsw
        self._setting = setting
        self._path = setting.folder / _FILE
        setting.folder.mkdir(parents=True, exist_ok=True)
        self._open()

    def _open(self) -> None:
        fresh = not self._path.exists()
        self._connection = self._apsw.Connection(str(self._path))
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        if fresh:
            for statement in create_statements(newer=self._setting.newer):
                self._connection.execute(statement)
        self._sessions = {other: self._record() for other in self._setting.others}

    def _record(self) -> Any:  # noqa: ANN401
        session = self._apsw.Session(self._connection, "main")
        session.attach()
        return session

    def write(self, writes: Sequence[Write]) -> None:
        with self._connection:
            for text, rows in prepare(writes):
                self._connection.executemany(text, rows)

    def send(self, to: str) -> bytes:
        session = self._sessions[to]
        changeset: bytes = session.changeset()
        session.close()
        self._sessions[to] = self._record()
        return changeset

    def receive(self, message: bytes, sender: str) -> Received:
        told: list[str] = []
        apsw = self._apsw

        def decide(reason: int, change: Any) -> int:  # noqa: ANN401
            if reason not in {apsw.SQLITE_CHANGESET_DATA, apsw.SQLITE_CHANGESET_CONFLICT}:
                told.append(f"{change.op} of a row that is not there")
                return int(apsw.SQLITE_CHANGESET_OMIT)
            new = change.new or ()
            pairs = [
                (value, here)
                for value, old, here in zip(new, change.old or new, change.conflict, strict=False)
                if value is not apsw.no_change and value != here and (old != here or change.old is None)
            ]
            if pairs or not new:
                told.append(f"{change.op}: {pairs}")
            wins = [_order(value) for value, _ in pairs] >= [_order(here) for _, here in pairs]
            return int(apsw.SQLITE_CHANGESET_REPLACE if wins else apsw.SQLITE_CHANGESET_OMIT)

        session = self._sessions[sender]
        session.enabled = False
        try:
            with self._connection:
                apsw.Changeset.apply(message, self._connection, conflict=decide)
        except apsw.Error as error:
            raise RefusedError(str(error)) from error
        finally:
            session.enabled = True
        return Received(tuple(told))

    def meet(self, other: "SessionReplica") -> Received:
        return meet_by_messages(self, other)

    def share_with(self, other: "SessionReplica") -> None:
        copy = self._setting.folder / "beginning.db"
        self.back_up(copy)
        other._begin_with(copy)
        copy.unlink()
        self.send(other.name)

    def _begin_with(self, copy: Path) -> None:
        self.close()
        for path in self._setting.folder.iterdir():
            path.unlink()
        shutil.copy(copy, self._path)
        self._open()

    def read(self, table: str, key: bytes) -> Cells | None:
        names = columns_of(table, newer=self._setting.newer)
        row = self._connection.execute(select_statement(table, names), (key,)).fetchone()
        return None if row is None else dict(zip(names, row, strict=True))

    def conflicts(self, table: str, key: bytes) -> tuple[Conflict, ...]:  # noqa: ARG002 - it keeps none
        return ()

    def erase(self, table: str, key: bytes) -> None:
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))  # noqa: S608

    def scrub(self) -> None:
        for session in self._sessions.values():
            session.close()
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._sessions = {other: self._record() for other in self._sessions}

    def contents(self) -> bytes:
        return read_files(self._setting.folder)

    def back_up(self, to: Path) -> None:
        self._connection.execute("VACUUM INTO ?", (str(to),))

    def restore(self, copy: Path, setting: Setting) -> "SessionReplica":
        self.close()
        setting.folder.mkdir(parents=True)
        shutil.copy(copy, setting.folder / _FILE)
        return SessionReplica(self._apsw, setting)

    def clone(self, setting: Setting) -> "SessionReplica":
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(self._setting.folder, setting.folder)
        return SessionReplica(self._apsw, setting)

    def set_clock(self, ahead: int) -> None:
        """It knows no time."""

    def save(self) -> int:
        return self._path.stat().st_size

    def close(self) -> None:
        for session in self._sessions.values():
            session.close()
        self._connection.close()


class SessionPeer:
    """The extension as apsw brings it."""

    name = "SQLite sessions (apsw)"
    memory_only = False
    encrypts = False
    largest = 30_000

    def __init__(self) -> None:
        try:
            self._apsw = importlib.import_module("apsw")
        except ImportError as error:
            raise PeerMissingError("the package apsw is not installed") from error
        if not hasattr(self._apsw, "Session"):
            raise PeerMissingError("this build of apsw lacks the session extension")
        self.version = f"{self._apsw.apsw_version()}"

    def make(self, settings: Sequence[Setting]) -> Mapping[str, SessionReplica]:
        return {setting.name: SessionReplica(self._apsw, setting) for setting in settings}
