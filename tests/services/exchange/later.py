"""A later version of the program, made up: it has a table and two cells more, and the step that brings them.

To be called in a process of its own, before anything else of the program is imported there.
"""

import importlib
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

STEP: Final = """
import sqlalchemy as sa
from alembic import op

from app.storage.types import Id

revision = "9999"
down_revision = "{before}"


def upgrade():
    op.add_column("person", sa.Column("mood", sa.Text(), server_default="", nullable=False))
    op.add_column("visit", sa.Column("rating", sa.Integer(), nullable=True))
    op.create_table(
        "hobby",
        sa.Column("id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hobby_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hobby")),
    )


def downgrade():
    op.drop_table("hobby")
    op.drop_column("visit", "rating")
    op.drop_column("person", "mood")
"""


_CHANGES: Final = {
    '    text("education"),\n': '    text("education"),\n    text("mood"),\n',
    '    sa.Column("group_id", Id, nullable=True),\n': (
        '    sa.Column("group_id", Id, nullable=True),\n    sa.Column("rating", sa.Integer, nullable=True),\n'
    ),
    "\nSYNCED: Final = {": (
        '\nhobby = synced("hobby", link("person_id", "person"), text("label"))\n\nSYNCED: Final = {'
    ),
    "        same_person,\n": "        same_person,\n        hobby,\n",
}
"""What its authors have written into `schema.py`."""


def become_later(folder: Path) -> None:
    """Turn this process into the later program; `folder` is where its steps are put."""
    migrations = importlib.import_module("app.storage.migrations")

    shutil.copytree(Path(str(migrations.__file__)).parent, folder / "migrations", dirs_exist_ok=True)
    (folder / "migrations" / "versions" / "v9999_later.py").write_text(STEP.format(before=migrations.HEAD))
    vars(migrations).update(files=lambda _package: folder, HEAD="9999")
    _load_schema(Path(str(migrations.__file__)).parents[1] / "schema.py")


def _load_schema(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for before, after in _CHANGES.items():
        if source.count(before) != 1:
            raise ValueError(f"schema.py has no place for {after!r}")
        source = source.replace(before, after)
    for part in (
        "app.storage.schema",
        *(name for name in tuple(sys.modules) if name.startswith("app.storage.schema_")),
    ):
        # the tables are laid anew, so what they are made of is read anew as well
        sys.modules.pop(part, None)
    schema = ModuleType("app.storage.schema")
    sys.modules[schema.__name__] = schema
    exec(compile(source, str(path), "exec"), schema.__dict__)  # noqa: S102
    vars(importlib.import_module("app.storage"))["schema"] = schema
