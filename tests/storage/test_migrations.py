"""The steps between versions of the store: up, down, failing halfway, and in agreement with the schema."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.errors import EnvironmentProblem
from app.hub import Hub
from app.paths import HubPaths
from app.storage import migrations, schema
from app.storage.engine import open_engine
from app.storage.schema_parts import metadata
from app.storage.sealing import new_database_key
from tests.factories import open_as

FOLDER = Path(migrations.__file__).parent


def tables_of(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def is_search(name: str | None) -> bool:
    return name is not None and name.startswith("search_")


def test_the_migrated_store_is_what_the_schema_says(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "x.db", new_database_key())
    migrations.upgrade(engine)

    def include(_item: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and is_search(name))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": include, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        for name, table in schema.SYNCED.items():
            kept = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")}
            assert kept == {column.name for column in table.columns}
            keys = {(row[3], row[2]) for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})")}
            assert keys == {
                (column.name, key.column.table.name) for column in table.columns for key in column.foreign_keys
            }
    engine.dispose()


def test_down_to_nothing_and_up_again(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "x.db", new_database_key())
    migrations.upgrade(engine)
    full = tables_of(engine)
    migrations.downgrade(engine, "base")
    assert tables_of(engine) == {"alembic_version"}
    migrations.upgrade(engine)
    assert tables_of(engine) == full > schema.SYNCED.keys()
    engine.dispose()


def test_the_newest_step_is_the_one_that_opening_compares_with() -> None:
    script = ScriptDirectory(str(FOLDER))
    assert script.get_heads() == [migrations.HEAD]


STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade():
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("mood", sa.Text, nullable=False, server_default="calm"))
    op.create_table("hobby", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE person SET name = 'changed'")
    {last}


def downgrade():
    op.drop_table("hobby")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("mood")
"""


@pytest.fixture
def with_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A later version of the program, which brings one more step."""

    def bring(last: str) -> None:
        folder = tmp_path / "later"
        shutil.copytree(FOLDER, folder / "migrations", dirs_exist_ok=True)
        step = STEP.format(revision="9999", before=migrations.HEAD, last=last)
        (folder / "migrations" / "versions" / "v9999_later.py").write_text(step)
        monkeypatch.setattr(migrations, "files", lambda _package: folder)
        monkeypatch.setattr(migrations, "HEAD", "9999")
        monkeypatch.setattr(schema, "FORMAT_MINOR", 9)

    return bring


def facts(hub: Hub) -> tuple[dict[str, str], str | None]:
    with hub._store.bare() as connection:
        meta = {row.key: row.value for row in connection.execute(sa.select(schema.meta))}
        return meta, migrations.current_revision(connection)


def test_an_older_store_is_brought_up_with_all_it_holds(
    paths: HubPaths, hub: Hub, with_step: Callable[[str], None]
) -> None:
    before = hub.digest()
    hub.close()
    with_step("op.execute('UPDATE person SET name = name')")

    later = open_as(paths)
    meta, revision = facts(later)
    assert (meta["format"], revision) == ("1.9", "9999")
    assert later.digest() == before
    assert later.check() == []
    migrations.downgrade(later._store._engine, "-1")
    later.close()


def test_a_failing_step_leaves_the_store_as_it_was(
    paths: HubPaths, hub: Hub, with_step: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, state = hub.digest(), facts(hub)
    tables = tables_of(hub._store._engine)
    hub.close()
    with_step("raise OSError(28, 'No space left on device')")
    with pytest.raises(EnvironmentProblem, match="full"):
        open_as(paths)
    monkeypatch.undo()

    again = open_as(paths)
    assert (again.digest(), facts(again)[0]["format"], facts(again)[1]) == (before, state[0]["format"], state[1])
    assert tables_of(again._store._engine) == tables
    assert again.check() == []
    again.close()
