"""The only place that opens the store: one SQLCipher file, every pragma, how transactions begin."""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.storage.sealing import DatabaseKey

WRITES: Final = "wasl_writes"
"""Execution option of a connection whose transactions are going to write: they begin IMMEDIATE."""


def open_engine(path: Path, key: DatabaseKey) -> sa.Engine:
    """An engine on an encrypted file, which is made on the first connection where it is missing.

    Full durability: WAL with synchronous=FULL, so that what was acknowledged is there after a power cut. Nothing of
    the content leaves the file in clear: temporary structures stay in memory, deleted content is overwritten.
    """

    def connect() -> Any:  # noqa: ANN401 - the driver has no type information
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
        try:
            _prepare(connection, key)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=2,
        # personal data must not stand in exception texts, which may be logged
        hide_parameters=True,
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, key: DatabaseKey) -> None:  # noqa: ANN401
    for statement in (
        f"PRAGMA key=\"x'{key.raw.hex()}'\"",
        "PRAGMA cipher_log_level=NONE",
        "PRAGMA temp_store=MEMORY",
        "PRAGMA busy_timeout=10000",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA secure_delete=ON",
        "PRAGMA cache_size=-32768",
    ):
        connection.execute(statement)


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
