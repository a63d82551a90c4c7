"""What every table of the schema is made of: the kinds of columns, and what a synced table always has."""

from typing import Any

import sqlalchemy as sa

from app.storage.types import Id

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def text(name: str) -> sa.Column[str]:
    """A text, empty where nothing is known."""
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def moment(name: str, *, nullable: bool = True) -> sa.Column[int]:
    """A moment, in epoch milliseconds."""
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def flag(name: str) -> sa.Column[bool]:
    """Yes or no; no unless said."""
    return sa.Column(name, sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false())


def link(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    """The id of a row of another table, checked when the transaction ends."""
    key = sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, Id, key, nullable=nullable)


def synced(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """A table whose rows travel, with the columns that each such table has."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", Id, primary_key=True),
        *columns,
        flag("deleted"),
        flag("erased"),
        sa.Column("versions", sa.LargeBinary, nullable=False),
    )


def number(name: str, default: int = 0) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=False, server_default=str(default))


def count(name: str) -> sa.Column[int]:
    """A whole number that nobody may have noted."""
    return sa.Column(name, sa.Integer, nullable=True)
