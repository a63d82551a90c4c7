"""Exchange through a folder without being asked, whoever is signed in: a manager allows it, and answers for it.

What is done by itself is done in the name of that manager, with one right only: to carry bundles. Nothing can be read
that way, nothing decided, and no deletion agreed to. When the manager's account is closed or loses the right, the
order ends with it until somebody renews it.
"""

from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.accounts import Actor, Permission
from app.errors import UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.storage import disputes, places, standing
from app.storage.standing import StandingOrder
from app.storage.unit_of_work import UnitOfWork

ONLY = frozenset({Permission.CARRY_BUNDLES})


@dataclass(frozen=True, slots=True)
class Automatic:
    """The folder that is looked after, who allowed it, since when (epoch ms).

    `valid` is False when that account may no longer allow it: then nothing is done.
    """

    folder: str
    allowed_by: str
    since: int
    valid: bool


def allow(folder: Path, uow: UnitOfWork) -> Outcome[None]:
    """Let this installation look after a folder from now on. Raises UserError for what is no full path of a folder."""
    _require_manager(uow)
    if not folder.is_absolute():
        raise UserError(_("The folder needs its full path. Nothing was changed."))
    standing.keep_order(uow.connection, StandingOrder(str(folder), uow.actor.account_id, uow.now))
    uow.note("exchange_allowed", "installation", uow.actor.installation_id, str(folder))
    return Outcome(None, Changes())


def stop(uow: UnitOfWork) -> Outcome[None]:
    """Look after no folder any more."""
    _require_manager(uow)
    drop(uow)
    return Outcome(None, Changes())


def drop(uow: UnitOfWork) -> None:
    """End the order, without asking who may: where it was given for another computer, of which this one is a copy."""
    order = standing.read_order(uow.connection)
    if order is not None:
        standing.drop_order(uow.connection)
        uow.note("exchange_stopped", "installation", uow.actor.installation_id, order.folder)


def current(uow: UnitOfWork) -> Automatic | None:
    """What was allowed; everybody may know it, for everybody's computer does it."""
    order = standing.read_order(uow.connection)
    if order is None:
        return None
    account = places.account_of(uow.connection, order.account_id)
    return Automatic(order.folder, account.name if account else "", order.since, actor(uow) is not None)


def actor(uow: UnitOfWork) -> Actor | None:
    """Who acts where nobody is asked: the manager who allowed it, with no other right than to carry bundles."""
    order = standing.read_order(uow.connection)
    if order is None:
        return None
    account = places.account_of(uow.connection, order.account_id)
    if account is None or not account.active:
        return None
    here = uow.actor
    found = Actor(
        account.id, account.login, account.name, account.role, here.hub_id, here.hub_code, here.installation_id,
        here.desk, ONLY,
    )  # fmt: skip
    return found if found.may(Permission.CARRY_BUNDLES) else None


def count_undecided(uow: UnitOfWork) -> int:
    """How many values wait for a person's decision: how many, and nothing about whom."""
    require(uow, Permission.CARRY_BUNDLES)
    return disputes.count(uow.connection)


def _require_manager(uow: UnitOfWork) -> None:
    require(uow, Permission.EXCHANGE)
    require(uow, Permission.EDIT_ACCOUNTS)
