"""What may stand in a cell, by its column: what a program that is broken writes elsewhere must not get into the store.

SQLite would take a number for text, and say something else than the op did from then on.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
from msgspec import Meta

from app.storage import oplog, schema
from app.storage.types import Id

_Moment = Annotated[int, Meta(ge=-(2**63) + 1, le=2**63 - 1)]
_Id = Annotated[bytes, Meta(min_length=16, max_length=16)]


@cache
def cells_of(name: str) -> type[msgspec.Struct]:
    """The cells of a table, an attribute each in its order, with their defaults; for reading what ops say."""
    table = schema.SYNCED[name]
    fields = [(str(cell), _kind_of(table.c[cell]), oplog.default_of(table.c[cell])) for cell in oplog.cells_of(table)]
    # what holds no container can't be part of a cycle, so the collector need not look at it
    return msgspec.defstruct(f"cells_of_{name}", fields, forbid_unknown_fields=True, gc=False)


def check_cells(name: str, values: Mapping[str, oplog.Value]) -> None:
    """Raise ValueError unless a row of a table can hold these values."""
    msgspec.convert(values, cells_of(name))


def _kind_of(column: sa.Column[Any]) -> Any:  # noqa: ANN401 - a type, or what msgspec takes for one
    kind: Any = str
    if isinstance(column.type, Id):
        kind = _Id
    elif isinstance(column.type, sa.Boolean):
        kind = bool
    elif isinstance(column.type, sa.Integer):
        kind = _Moment
    elif isinstance(column.type, sa.LargeBinary):
        kind = bytes
    return kind | None if column.nullable else kind
