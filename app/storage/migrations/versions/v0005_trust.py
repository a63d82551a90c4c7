"""Trust: signed heads of streams, keys that are replaced, installations that are believed no longer."""

import sqlalchemy as sa
from alembic import op

from app.storage import types

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables: two local ones, and two that travel."""
    op.create_table(
        "head",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.ForeignKeyConstraint(["n"], ["stream.n"], name=op.f("fk_head_n")),
        sa.PrimaryKeyConstraint("n", "seq", name=op.f("pk_head")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "key_statement",
        sa.Column("installation_id", types.Id(), nullable=False),
        sa.Column("before", sa.LargeBinary(length=32), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("installation_id", "before", name=op.f("pk_key_statement")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "revocation_seen",
        sa.Column("id", types.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation_seen")),
        sqlite_with_rowid=False,
    )
    _create_synced(
        "key_change",
        "installation_id",
        sa.Column("installation_id", types.Id(), nullable=False),
        sa.Column("statement", sa.LargeBinary(), server_default=sa.text("''"), nullable=False),
    )
    _create_synced(
        "revocation",
        "by_id",
        sa.Column("installation_id", types.Id(), nullable=False),
        sa.Column("by_id", types.Id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
    )


def _create_synced(name: str, link: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", types.Id(), nullable=False),
        *columns,
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            [link], ["installation.id"], name=op.f(f"fk_{name}_{link}"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_installation_id"), name, ["installation_id"], unique=False)


def downgrade() -> None:
    """Remove them."""
    for name in ("revocation", "key_change"):
        op.drop_index(op.f(f"ix_{name}_installation_id"), table_name=name)
        op.drop_table(name)
    for name in ("revocation_seen", "key_statement", "head"):
        op.drop_table(name)
