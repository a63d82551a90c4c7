"""The check that stands before every use case, and a way to write that many share."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from app.domain.accounts import Permission
from app.errors import NotAllowedError, UserError
from app.i18n import _
from app.storage.unit_of_work import UnitOfWork


def require(uow: UnitOfWork, permission: Permission) -> None:
    """Raise NotAllowedError unless the account's role includes the permission."""
    if not uow.actor.may(permission):
        raise NotAllowedError(
            _("Your account does not include this. Nothing was changed. Ask the hub's manager if you need it.")
        )


def put(table: sa.Table, row_id: UUID, cells: Mapping[str, object], uow: UnitOfWork) -> None:
    """Write a row whose id follows from what it is about: it may be new, or there from before it was taken back."""
    try:
        uow.update(table, row_id, **cells, deleted=False)
    except LookupError:
        uow.insert(table, id=row_id, **cells)


def update_row(uow: UnitOfWork, table: sa.Table, row_id: UUID, **cells: object) -> None:
    """Write cells of a row that was found before; UserError where an erasure has left of it what nothing changes."""
    try:
        uow.update(table, row_id, **cells)
    except LookupError as error:
        raise UserError(
            _("Whom this is about was erased: what is left of it can't be changed. Nothing was changed.")
        ) from error
