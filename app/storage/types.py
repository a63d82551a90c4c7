"""Column types that SQLite and PostgreSQL keep alike, so that digests agree between engines."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

import sqlalchemy as sa

T = TypeVar("T")
_MANY: Final = 500

AnyRow = sa.Row[*tuple[Any, ...]]
"""A row whose columns are known from the query beside it."""


def parts_of(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists short enough for one statement: engines allow only so many."""
    waiting = iter(values)
    while part := list(islice(waiting, _MANY)):
        yield part


class Id(sa.types.TypeDecorator[UUID]):
    """A UUID as its 16 bytes."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(16)

    def process_bind_param(self, value: UUID | bytes | None, dialect: sa.Dialect) -> bytes | None:  # noqa: ARG002
        """Bytes for the database; bytes pass as they are."""
        return value.bytes if isinstance(value, UUID) else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> UUID | None:  # noqa: ANN401, ARG002
        """The UUID of stored bytes."""
        return None if value is None else UUID(bytes=bytes(value))
