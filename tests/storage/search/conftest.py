"""A real encrypted database with an empty search index."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from sqlcipher3 import dbapi2 as sqlcipher

from app.storage.search import create_search_tables


def open_engine(path: Path, key: str) -> sqlalchemy.Engine:
    engine = sqlalchemy.create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=lambda: sqlcipher.connect(str(path))
    )

    @sqlalchemy.event.listens_for(engine, "connect")
    def _on_connect(connection: sqlcipher.Connection, _: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA key=\"x'{key}'\"")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-32000")

    @sqlalchemy.event.listens_for(engine, "begin")
    def _on_begin(connection: sqlalchemy.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlalchemy.Connection]:
    engine = open_engine(tmp_path / "search.db", secrets.token_hex(32))
    with engine.begin() as opened:
        create_search_tables(opened)
        yield opened
    engine.dispose()
