"""Making an installation, opening it, signing in: the part of `bootstrap` that needs the store.

Apart from it so that the sign-in page is up before the database layer is imported.
"""

from collections.abc import Callable
from uuid import UUID

from app.bootstrap import FirstStart, NewHub, is_installed, read_ring, wait_before_next_try
from app.clock import Clock, system_clock, to_local
from app.domain.accounts import Account, Actor, Permission, Role
from app.domain.ids import AccountId, InstallationId, hub_id
from app.domain.people import clean_name
from app.errors import NotAllowedError, UserError
from app.hub import Hub, wrong_password
from app.i18n import _
from app.paths import HubPaths
from app.services import first_records
from app.services.accounts import check_login, check_password, plain_login
from app.services.exchange import rebuilding
from app.storage import attempts, making, places, problems, unread
from app.storage.hlc import id_at, tick
from app.storage.keyring import RECOVERY, KdfCost, Keyring, write_keyring
from app.storage.sealing import (
    DatabaseKey,
    NoSuchSlotError,
    new_database_key,
    new_recovery_code,
    read_recovery_code,
    unwrap,
    wrap,
)
from app.storage.store import Store, create_store, installation_of, open_store
from app.storage.unit_of_work import UnitOfWork


def create_hub(paths: HubPaths, first: FirstStart, clock: Clock = system_clock, cost: KdfCost | None = None) -> NewHub:
    """Make an installation. Raises UserError for answers that can't be used, EnvironmentProblem.

    The keyring is written last: a power cut before that leaves a folder that counts as empty.
    """
    login, name, code, desk = _check_answers(first)
    if is_installed(paths):
        raise UserError(_("There are records in this folder already. Nothing was changed. Sign in, or choose another."))
    moment = tick(0, clock())
    installation, manager = InstallationId(id_at(moment)), AccountId(id_at(tick(moment, 0)))
    actor = Actor(manager, login, name, Role.MANAGER, hub_id(code), code, installation, desk)
    key = new_database_key()
    with problems.worded():
        making.begin(paths)
    store = create_store(paths, key, installation, clock, cost)
    try:
        recovery = new_recovery_code()
        with store.writing(actor) as uow:
            first_records.add_first_records(uow, demo=first.demo)
        ring = wrap(key, Keyring(installation.hex, ()), login, first.password, cost)
        with problems.worded():
            write_keyring(paths.keyring, wrap(key, ring, RECOVERY, recovery, cost))
            making.finish(paths)
        return NewHub(_signed_in(store, login, clock), recovery)
    except BaseException:
        store.close()
        raise


def open_hub(
    paths: HubPaths, login: str, password: str, clock: Clock = system_clock, cost: KdfCost | None = None
) -> Hub:
    """Sign in. Raises WrongPasswordError, DamagedStoreError, NewerStoreError, EnvironmentProblem."""
    name = plain_login(login)
    key = _unlock(paths, lambda ring: _unwrap_account(ring, name, password), clock)
    store = open_store(paths, key, clock, cost)
    try:
        return _signed_in(store, name, clock)
    except BaseException:
        store.close()
        raise


def open_with_recovery(
    paths: HubPaths,
    recovery_code: str,
    login: str,
    new_password: str,
    clock: Clock = system_clock,
    cost: KdfCost | None = None,
) -> Hub:
    """Open with the code of the recovery sheet and give an account a new password. Raises as `open_hub` does."""
    check_password(new_password)
    key = _unlock(paths, lambda ring: unwrap(ring, RECOVERY, read_recovery_code(recovery_code)), clock)
    store = open_store(paths, key, clock, cost)
    try:
        hub = _signed_in(store, plain_login(login), clock)
        hub.write(lambda uow: _recover(uow, new_password))
    except BaseException:
        store.close()
        raise
    return hub


def recovery_sheet(hub: Hub, recovery_code: str, language: str) -> bytes:
    """The recovery sheet as a PDF. It holds the code in clear: it is for the printer, or where somebody asks for it."""
    # paper is seldom made, and what makes it costs each sign-in a tenth of a second
    from app.documents.recovery_sheet import RecoverySheet, render_recovery_sheet  # noqa: PLC0415

    created = hub.read(_created_at)
    sheet = RecoverySheet(
        installation=f"{hub.actor.hub_code}-{hub.actor.desk}",
        hub_name="Work4Life",
        hub_city=hub.label(language),
        desk=hub.actor.desk,
        created=to_local(created).date(),
        code=recovery_code,
    )
    return render_recovery_sheet(sheet, language)


def _created_at(uow: UnitOfWork) -> int:
    require_manager(uow)
    return int(places.installation_row(uow.connection, uow.actor.installation_id).created_at)


def renew_recovery_code(hub: Hub) -> str:
    """A new recovery code, for a sheet that was lost or seen; the former one opens nothing from now on."""
    return hub.write(_renew_recovery_code)


def _renew_recovery_code(uow: UnitOfWork) -> str:
    require_manager(uow)
    code = new_recovery_code()
    uow.keys.give(RECOVERY, code)
    uow.note("recovery_renewed", "account", uow.actor.account_id)
    return code


def require_manager(uow: UnitOfWork) -> None:
    """Raise NotAllowedError unless a manager is signed in."""
    if not uow.actor.may(Permission.EDIT_ACCOUNTS):
        raise NotAllowedError(_("Only a manager can do this. Nothing was changed."))


def _check_answers(first: FirstStart) -> tuple[str, str, str, str]:
    login, name = check_login(first.manager_login), clean_name(first.manager_name)
    check_password(first.password)
    code, desk = first.hub_code.strip().upper(), first.desk.strip().upper()
    if not name:
        raise UserError(_("The manager's name is needed. Nothing was made."))
    if len(desk) != 1 or not ("A" <= desk <= "Z"):
        raise UserError(_("A desk has one letter, A to Z, that no other computer of the hub has. Nothing was made."))
    if not first_records.is_hub_code(code):
        raise UserError(_("A hub has a code of three letters, such as RBT for Rabat. Nothing was made."))
    return login, name, code, desk


def _unwrap_account(ring: Keyring, login: str, password: str) -> DatabaseKey:
    if login == RECOVERY:
        # the recovery code is no account's password
        raise NoSuchSlotError(login)
    return unwrap(ring, login, password)


def _recover(uow: UnitOfWork, new_password: str) -> None:
    uow.keys.give(uow.actor.login, new_password)
    uow.note("recovered", "account", uow.actor.account_id)


def _unlock(paths: HubPaths, unlock: Callable[[Keyring], DatabaseKey], clock: Clock) -> DatabaseKey:
    ring = read_ring(paths)
    wait = wait_before_next_try(paths, clock)
    if wait > 0:
        raise wrong_password(wait)
    try:
        key = unlock(ring)
    except NoSuchSlotError as error:
        with problems.worded():
            tried = attempts.note_failure(paths.attempts, clock())
        raise wrong_password(attempts.wait_ms(tried, clock()) / 1000) from error
    with problems.worded():
        attempts.forget_failures(paths.attempts)
        making.finish(paths)
    return key


def _signed_in(store: Store, login: str, clock: Clock) -> Hub:
    with store.bare() as connection:
        installation = InstallationId(installation_of(connection))
        place = places.installation_row(connection, installation)
        account = _open_account(places.holder_of(connection, place.hub_id, login))
        open_logins = places.open_logins(connection, place.hub_id)
        due = unread.due(connection)
    actor = Actor(account.id, login, account.name, account.role, place.hub_id, place.code, installation, place.desk)
    labels = {"fr": place.label_fr, "en": place.label_en, "ar": place.label_ar}
    hub = Hub(store, actor, clock, labels, demo=place.demo)
    if due:
        # a newer version of the program opens the store for the first time, or could not finish the last time
        hub.write(rebuilding.read_unread)
    with problems.worded():
        if store.keys.needs_tidying(open_logins):
            hub.write(lambda uow: uow.keys.tidy(places.open_logins(uow.connection, place.hub_id)))
    hub.read(lambda uow: uow.note("signed_in", "account", UUID(int=account.id.int)))
    hub.finish_erasing()
    hub.complete_search()
    return hub


def _open_account(account: Account | None) -> Account:
    if account is None or not account.active:
        raise UserError(_("This account is closed. Nothing was opened. Ask the hub's manager."))
    return account
