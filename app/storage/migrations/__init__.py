"""Bringing a store to this program's tables, one step a version, each whole or not at all."""

from importlib.resources import as_file, files
from typing import Final

import sqlalchemy as sa

HEAD: Final = "0012"
"""The newest step; compared before Alembic is imported, which costs start-up time."""


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Run the steps that are missing. A failing step leaves the store as it was before that step."""
    _run(engine, "upgrade", revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Undo steps; for tests of the steps themselves."""
    _run(engine, "downgrade", revision)


def current_revision(connection: sa.Connection) -> str | None:
    """The step that the store is at; None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision


def _run(engine: sa.Engine, direction: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - only when a step is to be run
    from alembic.config import Config  # noqa: PLC0415

    from app.storage.engine import WRITES  # noqa: PLC0415

    with as_file(files("app.storage") / "migrations") as folder, engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        driver = connection.connection.dbapi_connection
        # batch steps rebuild tables, which foreign keys forbid; they can't be switched off inside a transaction
        if engine.dialect.name == "sqlite" and driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            config = Config()
            config.set_main_option("script_location", str(folder))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            getattr(command, direction)(config, revision)
        finally:
            if engine.dialect.name == "sqlite" and driver is not None:
                driver.execute("PRAGMA foreign_keys=ON")
