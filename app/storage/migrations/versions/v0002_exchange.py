"""Exchange with other hubs: own keys, peers, the ledger of bundles, cells in dispute."""

import sqlalchemy as sa
from alembic import op

from app.storage import types

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of exchange; all of them local."""
    op.create_table(
        "own_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("age", sa.Text(), nullable=False),
        sa.Column("ed25519", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_keys")),
    )
    op.create_table(
        "peer",
        sa.Column("installation_id", types.Id(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("age", sa.Text(), nullable=False),
        sa.Column("ed25519", sa.LargeBinary(length=32), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.Column("enrolled_by", types.Id(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("vector", sa.LargeBinary(), server_default=sa.text("''"), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("installation_id", name=op.f("pk_peer")),
    )
    op.create_table(
        "bundle",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sender", types.Id(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_in_at", sa.BigInteger(), nullable=False),
        sa.Column("ops", sa.Integer(), nullable=False),
        sa.Column("base", sa.LargeBinary(), server_default=sa.text("''"), nullable=False),
        sa.Column("waiting", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    op.create_table(
        "conflict",
        sa.Column("tbl", sa.Text(), nullable=False),
        sa.Column("row_id", types.Id(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "row_id", "cell", name=op.f("pk_conflict")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Remove them."""
    for name in ("conflict", "bundle", "peer", "own_keys"):
        op.drop_table(name)
