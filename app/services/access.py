"""The check that stands before every use case."""

from app.domain.accounts import Permission
from app.errors import NotAllowedError
from app.i18n import _
from app.storage.unit_of_work import UnitOfWork


def require(uow: UnitOfWork, permission: Permission) -> None:
    """Raise NotAllowedError unless the account's role includes the permission."""
    if not uow.actor.may(permission):
        raise NotAllowedError(
            _("Your account does not include this. Nothing was changed. Ask the hub's manager if you need it.")
        )
