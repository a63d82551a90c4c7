"""`waslctl accounts`: who may sign in."""

import getpass
from argparse import Namespace
from pathlib import Path
from typing import Final

from app.bootstrap import UnitOfWork
from app.commands.access import opened, password, read_secret
from app.commands.parser import Commands
from app.commands.terminal import Reply, table
from app.commands.words import label
from app.domain.accounts import Account, Role
from app.errors import NotFoundError, UserError
from app.i18n import _, pgettext
from app.services import accounts
from app.services.accounts import NewAccount, plain_login

NEW_PASSWORD_VARIABLE: Final = "WASL_NEW_PASSWORD"  # noqa: S105 - the name of the variable, not what it holds


def register(commands: Commands) -> None:
    """Make the commands known."""
    commands.group("accounts", _("who may sign in"))
    commands.add("accounts list", _("the accounts of this hub"), _list)
    adding = commands.add("accounts add", _("let somebody sign in"), _add)
    adding.add_argument("login", metavar=_("LOGIN"), help=_("what is typed or chosen at sign-in"))
    adding.add_argument("--name", required=True, metavar=_("NAME"), help=_("what colleagues read"))
    adding.add_argument(
        "--role", required=True, choices=[str(role) for role in Role], help=_("what the account may do")
    )
    adding.add_argument(
        "--new-password-file",
        type=Path,
        metavar=_("FILE"),
        help=_("a file whose first line is the new account's password; else WASL_NEW_PASSWORD or a question"),
    )
    changing = commands.add("accounts password", _("give yourself, or somebody else, a new password"), _change_password)
    changing.add_argument("login", nargs="?", metavar=_("LOGIN"), help=_("somebody else's; a manager may do that"))
    changing.add_argument(
        "--new-password-file",
        type=Path,
        metavar=_("FILE"),
        help=_("a file whose first line is the new password; else WASL_NEW_PASSWORD or a question"),
    )


def _list(args: Namespace) -> Reply:
    with opened(args) as hub:
        found = hub.read(accounts.list_accounts)
    return Reply(
        [_document(account) for account in found],
        lambda: table(
            (_("Login"), _("Name"), _("Role"), pgettext("account", "State")),
            [
                (
                    account.login,
                    account.name,
                    label("roles", account.role),
                    pgettext("account", "open") if account.active else pgettext("account", "closed"),
                )
                for account in found
            ],
        ),
    )


def _add(args: Namespace) -> Reply:
    given = read_secret(args.new_password_file, NEW_PASSWORD_VARIABLE, ask_twice)
    new = NewAccount(args.login, args.name, Role(args.role), given)
    with opened(args) as hub:
        account = hub.write(lambda uow: accounts.add(new, uow).value)
    return Reply(
        _document(account),
        lambda: [_("{name} can sign in as “{login}”.").format(name=account.name, login=account.login)],
    )


def _change_password(args: Namespace) -> Reply:
    former = password(args)
    with opened(args, former) as hub:
        new = read_secret(args.new_password_file, NEW_PASSWORD_VARIABLE, ask_twice)
        login = hub.actor.login if args.login is None else plain_login(args.login)
        if login == hub.actor.login:
            hub.change_password(former, new)
        else:
            hub.write(lambda uow: accounts.change_password(_account(login, uow).id, new, uow))
    return Reply({"login": login}, lambda: [_("“{login}” signs in with the new password.").format(login=login)])


def _account(login: str, uow: UnitOfWork) -> Account:
    for account in accounts.list_accounts(uow):
        if account.login == login:
            return account
    raise NotFoundError(_("There is no such account at this hub. Nothing was changed."))


def ask_twice() -> str:
    """A new password from the person at the terminal. Raises UserError when the two do not agree."""
    first = getpass.getpass(_("New password: "))
    if getpass.getpass(_("The same again: ")) != first:
        raise UserError(_("The two passwords are not the same. Nothing was changed."))
    return first


def _document(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "role": account.role,
        "active": account.active,
    }
