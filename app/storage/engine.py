"""The only place that opens the store: one SQLCipher file, every pragma, how transactions begin."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.storage.sealing import DatabaseKey

WRITES: Final = "wasl_writes"
"""Execution option of a connection whose transactions are going to write: they begin IMMEDIATE."""

BUSY_MS: Final = 10_000
"""How long a transaction waits for that of another program."""

_POSTPONED: Final = "wasl_postponed"
_PAGES_IN_LOG: Final = 1000
"""With so many, a commit moves them into the file (SQLite's own default)."""

# For each value that is neither int, float nor str, the driver looks for an adapter. Not to find one takes it 1 µs, two
# thirds of a bulk insert (an op: 11 µs, now 3.6). So it finds some that are written in C and leave values alone.
_ADAPTERS: Final[dict[type, Callable[..., object]]] = {bytes: bytes, bool: int, type(None): dict[None, None]().get}
for _type, _adapter in _ADAPTERS.items():
    sqlcipher.register_adapter(_type, _adapter)


def open_engine(path: Path, key: DatabaseKey) -> sa.Engine:
    """An engine on an encrypted file, which is made on the first connection where it is missing.

    Full durability: WAL with synchronous=FULL, so that what was acknowledged is there after a power cut. Nothing of
    the content leaves the file in clear: temporary structures stay in memory, deleted content is overwritten.
    """

    def connect() -> Any:  # noqa: ANN401 - the driver has no type information
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
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


def postpone_checkpoint(connection: sa.Connection) -> None:
    """Leave it to a later transaction to move what this one writes from the log into the file: it is durable before.

    Of an import of 10,000 people this takes a quarter of the commit.
    """
    connection.exec_driver_sql("PRAGMA wal_autocheckpoint=0")
    connection.info[_POSTPONED] = True


def read_meta(path: Path, key: DatabaseKey) -> dict[str, str]:
    """The facts that a store states about itself, read without changing a byte of its file.

    An engine would put an empty file in order and take over what a killed program left in the log beside it. Raises
    the driver's errors.
    """
    connection = sqlcipher.connect(_read_only_uri(path), uri=True, isolation_level=None)
    try:
        _unlock(connection, key)
        return dict(connection.execute("SELECT key, value FROM meta").fetchall())
    finally:
        connection.close()


def _read_only_uri(path: Path) -> str:
    place = path.absolute().as_posix()
    # C:/… needs a slash before it; a share, //server/…, keeps both of its own
    return f"file://{'' if place.startswith('/') else '/'}{quote(place)}?mode=ro"


def _unlock(connection: Any, key: DatabaseKey) -> None:  # noqa: ANN401
    for statement in (
        f"PRAGMA key=\"x'{key.raw.hex()}'\"",
        # whatever a later SQLCipher prefers: the form of the file is part of the format
        "PRAGMA cipher_compatibility=4",
        "PRAGMA cipher_log_level=NONE",
        f"PRAGMA busy_timeout={BUSY_MS}",
    ):
        connection.execute(statement)


def _prepare(connection: Any, key: DatabaseKey) -> None:  # noqa: ANN401
    _unlock(connection, key)
    for statement in (
        "PRAGMA temp_store=MEMORY",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA secure_delete=ON",
        "PRAGMA cache_size=-32768",
    ):
        connection.execute(statement)


def _begin(connection: sa.Connection) -> None:
    if connection.info.pop(_POSTPONED, False):
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint={_PAGES_IN_LOG}")
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
