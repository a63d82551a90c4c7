"""Accounts: names to sign in with, the last manager, closing and opening again."""

from functools import partial

import pytest

from app.bootstrap import list_logins, open_hub
from app.domain.accounts import Account, Role
from app.domain.ids import AccountId
from app.errors import NotFoundError, UserError, WrongPasswordError
from app.hub import Hub
from app.services import accounts
from app.services.accounts import NewAccount, check_login
from app.storage import oplog, schema
from tests.factories import CHEAP, LOGINS, MANAGER, PASSWORD, SettableClock, open_as


def account(hub: Hub, login: str) -> Account:
    return next(item for item in hub.read(accounts.list_accounts) if item.login == login)


def test_a_new_account_signs_in_at_once(hub: Hub) -> None:
    made = hub.write(lambda uow: accounts.add(NewAccount(" Zoé.B-1_x ", " Zoé\tB ", Role.ADVISOR, PASSWORD), uow))
    assert (made.value.login, made.value.name, made.value.active) == ("zoé.b-1_x", "Zoé B", True)
    opened = open_as(hub.paths, "zoé.b-1_x")
    assert opened.actor.role is Role.ADVISOR
    opened.close()


@pytest.mark.parametrize("login", ["", " ", "a b", "a@b", "a\x00", "\ud800", "x" * 33, "a/b", "😀"])
def test_a_login_is_plain(hub: Hub, login: str) -> None:
    before = hub.paths.keyring.read_bytes()
    with pytest.raises(UserError):
        hub.write(lambda uow: accounts.add(NewAccount(login, "X", Role.ADVISOR, PASSWORD), uow))
    assert hub.paths.keyring.read_bytes() == before


def test_a_login_may_be_arabic() -> None:
    assert check_login("أمينة") == "أمينة"


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("\u200f", PASSWORD), ("X", "court"), ("X", "")])
def test_an_account_needs_a_name_and_a_password(hub: Hub, name: str, password: str) -> None:
    with pytest.raises(UserError):
        hub.write(lambda uow: accounts.add(NewAccount("neu", name, Role.ADVISOR, password), uow))
    assert "neu" not in list_logins(hub.paths)


def test_the_hub_keeps_a_manager(hub: Hub) -> None:
    only = account(hub, MANAGER)
    for change in ({"active": False}, {"role": Role.ADVISOR}):
        with pytest.raises(UserError, match="only manager"):
            hub.write(partial(accounts.edit, only.id, **change))
    advisor = account(hub, LOGINS[Role.ADVISOR])
    hub.write(lambda uow: accounts.edit(advisor.id, uow, role=Role.MANAGER))
    hub.write(lambda uow: accounts.edit(only.id, uow, role=Role.ADVISOR))
    assert MANAGER in list_logins(hub.paths)


def test_a_closed_account_is_opened_again_with_a_new_password(hub: Hub) -> None:
    advisor = account(hub, LOGINS[Role.ADVISOR])
    hub.write(lambda uow: accounts.edit(advisor.id, uow, active=False))
    with pytest.raises(UserError, match="closed"):
        hub.write(lambda uow: accounts.change_password(advisor.id, "un-autre-mot", uow))
    with pytest.raises(UserError, match="already"):
        hub.write(lambda uow: accounts.add(NewAccount(advisor.login, "X", Role.ADVISOR, PASSWORD), uow))
    hub.write(lambda uow: accounts.edit(advisor.id, uow, active=True))
    hub.write(lambda uow: accounts.change_password(advisor.id, "un-autre-mot", uow))
    open_hub(hub.paths, advisor.login, "un-autre-mot", SettableClock(), CHEAP).close()


def add_from_another_desk(hub: Hub, login: str, role: Role) -> AccountId:
    """An account as a bundle brings it: made in another installation's stream."""
    made = AccountId(hub.write(lambda uow: uow.new_id()))
    with hub._store._begin() as connection:
        connection.execute(
            schema.stream.insert().values(
                n=77, stream=b"elsewher", installation_id=made, last_seq=1, last_hash=bytes(32)
            )
        )
        versions = oplog.encode(oplog.Versions([(77, 1)]))
        connection.execute(
            schema.account.insert().values(
                id=made, hub_id=hub.actor.hub_id, login=login, name="Aaa", role=role, active=True, deleted=False,
                versions=versions,
            )
        )  # fmt: skip
    return made


def test_nobody_comes_by_the_role_of_somebody_with_the_same_login(hub: Hub) -> None:
    login = LOGINS[Role.RECEPTIONIST]
    other = add_from_another_desk(hub, login, Role.MANAGER)
    desk = open_as(hub.paths, login)
    assert desk.actor.role is Role.RECEPTIONIST
    assert desk.actor.account_id != other
    with pytest.raises(UserError, match="Another account"):
        hub.write(lambda uow: accounts.change_password(other, "un-autre-mot", uow))
    # closing the other one leaves this one its password, and the other way round
    hub.write(lambda uow: accounts.edit(other, uow, active=False))
    desk.verify_password(PASSWORD)
    hub.write(lambda uow: accounts.edit(other, uow, active=True))
    hub.write(lambda uow: accounts.edit(desk.actor.account_id, uow, active=False))
    desk.close()
    assert login not in list_logins(hub.paths)


def test_an_account_from_another_desk_can_be_given_a_password_here(hub: Hub) -> None:
    other = add_from_another_desk(hub, "ailleurs", Role.ADVISOR)
    hub.write(lambda uow: accounts.change_password(other, PASSWORD, uow))
    opened = open_as(hub.paths, "ailleurs")
    assert opened.actor.account_id == other
    opened.close()


def test_what_is_not_there_is_not_found(hub: Hub) -> None:
    nowhere = AccountId(hub.write(lambda uow: uow.new_id()))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: accounts.edit(nowhere, uow, name="X"))
    with pytest.raises(NotFoundError):
        hub.write(lambda uow: accounts.change_password(nowhere, PASSWORD, uow))
    with pytest.raises(UserError, match="name"):
        hub.write(lambda uow: accounts.edit(account(hub, MANAGER).id, uow, name=" "))


def test_ones_own_password_is_changed_only_by_who_knows_it(hub: Hub) -> None:
    own = hub.actor.account_id
    before = hub.paths.keyring.read_bytes()
    for current in (None, "", "un-autre-mot"):
        with pytest.raises(WrongPasswordError, match="Nothing was changed"):
            hub.write(partial(accounts.change_password, own, "un-autre-mot", current=current))
    assert hub.paths.keyring.read_bytes() == before
    hub.change_password(PASSWORD, "un-autre-mot")
    hub.verify_password("un-autre-mot")


def test_guessing_the_former_password_is_slowed_like_any_other(hub: Hub) -> None:
    for _try in range(3):
        with pytest.raises(WrongPasswordError):
            hub.change_password("faux", "un-autre-mot")
    with pytest.raises(WrongPasswordError) as caught:
        hub.change_password("faux", "un-autre-mot")
    assert caught.value.wait_seconds > 0
    with pytest.raises(WrongPasswordError):
        # right, and too early
        hub.change_password(PASSWORD, "un-autre-mot")
    with pytest.raises(WrongPasswordError):
        hub.verify_password(PASSWORD)
