"""The search index emptied and everybody to be indexed: the words of names and their keys are cut by new rules."""

from alembic import op

revision = "0007"
down_revision = "0006"

_TABLES = ("person", "name", "word", "sound", "beginning", "bearer", "code", "digits")


def upgrade() -> None:
    """Empty it. It is filled at the next sign-in, as after a large import."""
    for table in _TABLES:
        op.execute(f"DELETE FROM search_{table}")  # noqa: S608 - the names are those above
    op.execute("INSERT OR IGNORE INTO to_index (person_id) SELECT id FROM person WHERE NOT deleted")


def downgrade() -> None:
    """The other rules cut the words anew as well."""
    upgrade()
