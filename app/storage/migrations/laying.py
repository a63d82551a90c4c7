"""How a step lays a synced table: its own columns, the links out of it, and what every synced table has.

What a step made is part of the files that are out there, so this changes no more than the steps do.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.storage import types


def text(name: str) -> sa.Column[str]:
    """A text, empty where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def moment(name: str, *, known: bool = False) -> sa.Column[int]:
    """A moment in epoch milliseconds; `known` where there is always one."""
    return sa.Column(name, sa.BigInteger(), nullable=not known)


def flag(name: str) -> sa.Column[bool]:
    """Yes or no; no unless said."""
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def number(name: str, default: int = 0) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), server_default=str(default), nullable=False)


def count(name: str) -> sa.Column[int]:
    """A whole number that may be unknown."""
    return sa.Column(name, sa.Integer(), nullable=True)


def row(name: str, *, known: bool = False) -> sa.Column[Any]:
    """The id of another row; what table it is of is said beside it."""
    return sa.Column(name, types.Id(), nullable=not known)


def content(name: str) -> sa.Column[bytes]:
    """Bytes."""
    return sa.Column(name, sa.LargeBinary(), server_default=sa.text("''"), nullable=False)


def lay(
    name: str, columns: Sequence[sa.Column[Any]], links: Sequence[tuple[str, str]], indexed: Sequence[tuple[str, ...]]
) -> None:
    """Make a synced table; `links` are (column, table), each checked when the transaction ends."""
    op.create_table(
        name,
        sa.Column("id", types.Id(), nullable=False),
        *columns,
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("versions", sa.LargeBinary(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"), initially="DEFERRED", deferrable=True
            )
            for column, table in links
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for chosen in indexed:
        op.create_index(op.f(f"ix_{name}_{'_'.join(chosen)}"), name, list(chosen), unique=False)


def clear(names: Sequence[str]) -> None:
    """Remove tables and their indexes."""
    for name in names:
        op.drop_table(name)
