"""Erasure: every synced row can be erased, and each installation says so. Links between records of one person."""

import sqlalchemy as sa
from alembic import op

from app.storage import types

revision = "0003"
down_revision = "0002"
_TABLES = (
    "hub", "installation", "account", "counter", "hidden_code", "person", "consent", "day", "visit", "place", "paper",
)  # fmt: skip


def upgrade() -> None:
    """Add the cell to every synced table, and the table of receipts."""
    for name in _TABLES:
        op.add_column(name, sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "erasure",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("installation_id", types.Id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), server_default=sa.text("''"), nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_erasure_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["installation_id"],
            ["installation.id"],
            name=op.f("fk_erasure_installation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_person_id"), "erasure", ["person_id"], unique=False)
    op.create_table(
        "same_person",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("first_id", types.Id(), nullable=False),
        sa.Column("second_id", types.Id(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["person.id"], name=op.f("fk_same_person_first_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["person.id"], name=op.f("fk_same_person_second_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_person")),
    )
    op.create_index(op.f("ix_same_person_first_id"), "same_person", ["first_id"], unique=False)
    op.create_index(op.f("ix_same_person_second_id"), "same_person", ["second_id"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("same_person")
    op.drop_table("erasure")
    for name in _TABLES:
        op.drop_column(name, "erased")
