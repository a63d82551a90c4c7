"""The search index made anew: words keep their coarse spellings and stand backwards too, links of names are left out.

What the index holds is derived from people, so it is laid out as the program that opens the store has it, and filled
at the next sign-in, as after a large import.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.search import create_search_tables
from app.storage.search.tables import metadata as search_tables

revision = "0010"
down_revision = "0009"

_OTHERS = ("person", "name", "beginning", "bearer", "code", "digits")


def upgrade() -> None:
    """Lay it out anew."""
    op.execute("DROP TABLE search_digits")
    search_tables.drop_all(op.get_bind())
    create_search_tables(op.get_bind())
    _index_everybody()


def downgrade() -> None:
    """Lay out the words as they were."""
    op.drop_table("search_word")
    op.drop_table("search_sound")
    op.create_table(
        "search_word",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False, unique=True),
        sa.Column("uses", sa.Integer(), nullable=False),
    )
    op.create_table(
        "search_sound",
        sa.Column("sound", sa.String(), primary_key=True),
        sa.Column("word", sa.Integer(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    for table in _OTHERS:
        op.execute(f"DELETE FROM search_{table}")  # noqa: S608 - the names are those above
    _index_everybody()


def _index_everybody() -> None:
    op.execute("INSERT OR IGNORE INTO to_index (person_id) SELECT id FROM person WHERE NOT deleted")
