"""The yardstick: the same rows written straight into SQLite, plain and with SQLCipher, in one durable transaction."""

import secrets
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlcipher

from tests.benchmarks.sync_race.sql import create_statements, prepare
from tests.benchmarks.sync_race.workload import Write


class RawInsert:
    """A database that only takes rows in: no messages, no history, no conflicts."""

    def __init__(self, name: str, module: Any, *, encrypts: bool) -> None:  # noqa: ANN401 - two drivers, one interface
        self.name = name
        self.version = str(module.sqlite_version)
        self.encrypts = encrypts
        self._module = module

    def open(self, path: Path) -> Any:  # noqa: ANN401
        """An empty database with the tables of the workload, as durable as Wasl's own."""
        connection = self._module.connect(str(path), isolation_level=None)
        if self.encrypts:
            connection.execute(f"PRAGMA key=\"x'{secrets.token_hex(32)}'\"")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for statement in create_statements():
            connection.execute(statement)
        return connection


RAW: Final = (RawInsert("SQLite", sqlite3, encrypts=False), RawInsert("SQLCipher", sqlcipher, encrypts=True))


def timed_write(connection: Any, writes: Sequence[Write]) -> float:  # noqa: ANN401
    """Seconds for all writes in one transaction; statements and values are made ready before."""
    prepared = prepare(writes)
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for text, rows in prepared:
        connection.executemany(text, rows)
    connection.execute("COMMIT")
    return time.perf_counter() - start
