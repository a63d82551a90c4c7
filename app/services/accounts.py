"""Accounts: who may sign in on this installation, as what, with which password."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from app.changes import Changes
from app.domain.accounts import Account, Permission, Role
from app.domain.ids import AccountId
from app.domain.people import clean_name
from app.errors import NotFoundError, UserError, WrongPasswordError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import require
from app.storage import places, schema
from app.storage.unit_of_work import UnitOfWork

SHORTEST_PASSWORD: Final = 8
_LONGEST_LOGIN: Final = 32


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made. `login` is typed or chosen at sign-in: letters, digits, dot, dash."""

    login: str
    name: str
    role: Role
    password: str

    def __repr__(self) -> str:
        return f"NewAccount({self.login!r})"


def plain_login(text: str) -> str:
    """A login as it is kept, of what somebody typed: case doesn't matter, nor how é is composed."""
    return unicodedata.normalize("NFC", text.strip().lower())


def check_login(text: str) -> str:
    """A login as it is kept. Raises UserError."""
    login = plain_login(text)
    if not login or len(login) > _LONGEST_LOGIN or not all(char.isalnum() or char in ".-_" for char in login):
        raise UserError(_("A sign-in name has letters, digits, dots or dashes, and at most 32 of them."))
    return login


def check_password(password: str) -> None:
    """Raise UserError for a password that is too short to keep anybody out."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            _("A password needs at least {count} characters. Three or four words are good and easy to keep.").format(
                count=SHORTEST_PASSWORD
            )
        )


def list_accounts(uow: UnitOfWork) -> tuple[Account, ...]:
    """The accounts of this hub, closed ones included."""
    require(uow, Permission.EDIT_ACCOUNTS)
    return tuple(places.accounts_of(uow.connection, uow.actor.hub_id))


def add(new: NewAccount, uow: UnitOfWork) -> Outcome[Account]:
    """Make an account that can sign in on this installation at once."""
    require(uow, Permission.EDIT_ACCOUNTS)
    login, name = check_login(new.login), clean_name(new.name)
    check_password(new.password)
    if not name:
        raise UserError(_("An account needs the name of who uses it. Nothing was changed."))
    if any(account.login == login for account in places.accounts_of(uow.connection, uow.actor.hub_id)):
        raise UserError(_("There is an account “{login}” already. Nothing was changed.").format(login=login))
    made = AccountId(
        uow.insert(schema.account, hub_id=uow.actor.hub_id, login=login, name=name, role=str(new.role), active=True)
    )
    uow.keys.give(login, new.password)
    return Outcome(_load(made, uow), Changes(accounts=frozenset({made})))


def edit(
    account_id: AccountId,
    uow: UnitOfWork,
    *,
    name: str | None = None,
    role: Role | None = None,
    active: bool | None = None,
) -> Outcome[Account]:
    """Change an account's name or role, or close it. The hub always keeps one open manager."""
    require(uow, Permission.EDIT_ACCOUNTS)
    before = _load(account_id, uow)
    cells: dict[str, object] = {}
    if name is not None:
        if not clean_name(name):
            raise UserError(_("An account needs the name of who uses it. Nothing was changed."))
        cells["name"] = clean_name(name)
    if role is not None:
        cells["role"] = str(role)
    if active is not None:
        cells["active"] = active
    loses_manager = before.role is Role.MANAGER and (active is False or role not in {None, Role.MANAGER})
    if loses_manager and not _other_manager(account_id, uow):
        raise UserError(_("This is the hub's only manager. Nothing was changed. Make another manager first."))
    uow.update(schema.account, account_id, **cells)
    if active is False and _holds_login(before, uow):
        uow.keys.take(before.login)
    return Outcome(_load(account_id, uow), Changes(accounts=frozenset({account_id})))


def change_password(account_id: AccountId, password: str, uow: UnitOfWork, current: str | None = None) -> Outcome[None]:
    """Give an account a new password here: anybody's for a manager, one's own for who knows the `current` one.

    Raises WrongPasswordError, in which nothing slows further tries down: `Hub.change_password` does that.
    """
    if account_id != uow.actor.account_id:
        require(uow, Permission.EDIT_ACCOUNTS)
    elif current is None or not uow.keys.opens(uow.actor.login, current):
        # whoever found the window open must not be able to lock its owner out
        raise WrongPasswordError(_("The password you have now is not right. Nothing was changed."), 0)
    check_password(password)
    account = _load(account_id, uow)
    if not account.active:
        raise UserError(_("This account is closed. Nothing was changed. Open it again first."))
    if not _holds_login(account, uow):
        raise UserError(
            _(
                "Another account signs in as “{login}” on this computer. Nothing was changed. Make a new account."
            ).format(login=account.login)
        )
    uow.keys.give(account.login, password)
    uow.note("password_changed", "account", account_id)
    return Outcome(None, Changes(accounts=frozenset({account_id})))


def _load(account_id: AccountId, uow: UnitOfWork) -> Account:
    for account in places.accounts_of(uow.connection, uow.actor.hub_id):
        if account.id == account_id:
            return account
    raise NotFoundError(_("There is no such account at this hub. Nothing was changed."))


def _holds_login(account: Account, uow: UnitOfWork) -> bool:
    """Whether the password kept under the account's sign-in name is, or would be, its own."""
    holder = places.holder_of(uow.connection, uow.actor.hub_id, account.login)
    return holder is not None and holder.id == account.id


def _other_manager(account_id: AccountId, uow: UnitOfWork) -> bool:
    return any(
        account.role is Role.MANAGER and account.active and account.id != account_id
        for account in places.accounts_of(uow.connection, uow.actor.hub_id)
    )
