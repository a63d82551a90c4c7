"""The program as it was before trust travelled, over stores that the real steps have left as they were then.

The rest of today's code has local tables that it did not have. They are laid beside its store while it runs and taken
away when it closes it, so that the real later steps find what it would have left.
"""

from pathlib import Path
from typing import Final

import sqlalchemy as sa

from app.paths import HubPaths
from app.storage import migrations, schema
from app.storage.engine import open_engine
from app.storage.keyring import read_keyring
from app.storage.schema_accompaniment import ACCOMPANIMENT
from app.storage.schema_papers import PAPERS
from app.storage.schema_parts import metadata
from app.storage.schema_trainings import TRAININGS
from app.storage.schema_ventures import VENTURES
from app.storage.sealing import unwrap
from app.storage.search.tables import metadata as search_tables
from tests.factories import MANAGER, PASSWORD

REVISION: Final = "0004"
NEWER: Final = ("key_change", "revocation", *(table.name for table in (*ACCOMPANIMENT, *VENTURES, *TRAININGS, *PAPERS)))
"""Synced tables that it did not have."""
_laid: dict[str, list[sa.Table]] = {}
_WORDS: Final = ("search_word", "search_sound")
"""Tables of the search index that today's code keeps in another form, and fills anew when it opens such a store."""
_former_words: dict[str, list[str]] = {}


def become_older() -> None:
    """Turn this process into the older program: it knows fewer tables, and brings a store no further than its step."""
    vars(migrations)["HEAD"] = REVISION
    for name in NEWER:
        schema.SYNCED.pop(name, None)


def step_down(folder: str) -> None:
    """Bring a closed store back to what it was after the older program's step."""
    engine = _engine(folder)
    migrations.downgrade(engine, REVISION)
    engine.dispose()


def lay_beside(folder: str) -> None:
    """Lay the tables that today's code asks beside a store of the older program."""
    engine = _engine(folder)
    there = set(sa.inspect(engine).get_table_names())
    _laid[folder] = [table for table in metadata.sorted_tables if table.name not in there]
    with engine.begin() as connection:
        for table in _laid[folder]:
            table.create(connection)
        wanted = ", ".join(f"'{name}'" for name in _WORDS)
        query = f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({wanted}) AND sql IS NOT NULL"  # noqa: S608
        _former_words[folder] = list(connection.scalars(sa.text(query)))
        _drop_words(connection)
        search_tables.create_all(connection)
    engine.dispose()


def take_away(folder: str) -> None:
    """Take them away again."""
    engine = _engine(folder)
    with engine.begin() as connection:
        for table in reversed(_laid.pop(folder)):
            table.drop(connection)
        _drop_words(connection)
        for statement in _former_words.pop(folder):
            connection.execute(sa.text(statement))
    engine.dispose()


def _drop_words(connection: sa.Connection) -> None:
    for name in _WORDS:
        connection.execute(sa.text(f"DROP TABLE {name}"))


def tables_of(folder: str) -> dict[str, list[tuple[object, ...]]]:
    """What tables and columns a store has."""
    engine = _engine(folder)
    with engine.connect() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        found = {
            name: [tuple(row) for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')] for name in names
        }
    engine.dispose()
    return found


def _engine(folder: str) -> sa.Engine:
    paths = HubPaths(Path(folder))
    return open_engine(paths.database, unwrap(read_keyring(paths.keyring), MANAGER, PASSWORD))
