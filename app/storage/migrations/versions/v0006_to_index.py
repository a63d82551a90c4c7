"""People whom a large import has put on record and who are not found by name yet."""

import sqlalchemy as sa
from alembic import op

from app.storage import types

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table, which is local."""
    op.create_table(
        "to_index",
        sa.Column("person_id", types.Id(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_to_index")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("to_index")
