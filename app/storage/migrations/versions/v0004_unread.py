"""What can't be read yet, and streams that were written twice: both noted until they can be put right."""

import sqlalchemy as sa
from alembic import op

from app.storage import types

revision = "0004"
down_revision = "0003"
_TABLES = (
    "hub", "installation", "account", "counter", "hidden_code", "person", "consent", "day", "visit", "place", "paper",
    "erasure", "same_person",
)  # fmt: skip
"""Those that programs without the list knew: what they kept of others is to be looked at."""


def upgrade() -> None:
    """Make the two tables, both local; note what was kept without being noted."""
    op.create_table(
        "unread",
        sa.Column("tbl", sa.Text(), nullable=False),
        sa.Column("row_id", types.Id(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "row_id", name=op.f("pk_unread")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_unread_revision"), "unread", ["revision"], unique=False)
    known = ", ".join(f"'{name}'" for name in _TABLES)
    op.execute(
        "INSERT INTO unread (tbl, row_id, revision) "  # noqa: S608 - names from above
        f"SELECT DISTINCT tbl, row_id, '{down_revision}' FROM op WHERE tbl NOT IN ({known})"
    )
    op.create_table(
        "fork",
        sa.Column("stream", sa.LargeBinary(length=8), nullable=False),
        sa.Column("common", sa.BigInteger(), nullable=False),
        sa.Column("certain", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("noticed_at", sa.BigInteger(), nullable=False),
        sa.Column("healed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_fork")),
    )


def downgrade() -> None:
    """Remove them."""
    for name in ("fork", "unread"):
        op.drop_table(name)
