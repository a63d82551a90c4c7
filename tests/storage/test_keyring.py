"""Who opens the store: passwords, the recovery code, slots that were altered, a keyring that is lost."""

import unicodedata
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.bootstrap import (
    FirstStart,
    create_hub,
    is_installed,
    list_logins,
    open_hub,
    open_with_recovery,
    renew_recovery_code,
)
from app.domain.accounts import Role
from app.errors import EnvironmentProblem, NotAllowedError, UserError, WrongPasswordError
from app.hub import Hub
from app.paths import HubPaths
from app.services import accounts
from app.services.accounts import NewAccount
from app.storage.keyring import KdfCost, Keyring, KeyringError, read_keyring, write_keyring
from app.storage.sealing import (
    NoSuchSlotError,
    new_database_key,
    new_recovery_code,
    read_recovery_code,
    unwrap,
    wrap,
)
from app.storage.unit_of_work import UnitOfWork
from tests.factories import CHEAP, LOGINS, MANAGER, PASSWORD, SettableClock, Template, open_as

NEW = "Un-autre-mot-88"


def open_with(paths: HubPaths, login: str, password: str) -> Hub:
    return open_hub(paths, login, password, SettableClock(), CHEAP)


def test_the_right_password_opens(paths: HubPaths) -> None:
    opened = open_with(paths, " Amina ", PASSWORD)
    assert opened.actor.login == MANAGER
    opened.close()


@pytest.mark.parametrize("wrong", ["", PASSWORD + " ", PASSWORD.lower(), "\x00", "\ud800", "ك" * 500])
def test_a_wrong_password_opens_nothing(paths: HubPaths, wrong: str) -> None:
    with pytest.raises(WrongPasswordError):
        open_with(paths, MANAGER, wrong)


@pytest.mark.parametrize("login", ["", "personne", "\ud800", "amina\x00", "Amina Gérante"])
def test_an_unknown_login_is_a_wrong_password(paths: HubPaths, login: str, template: Template) -> None:
    with pytest.raises(WrongPasswordError):
        open_with(paths, login, PASSWORD)
    with pytest.raises(WrongPasswordError):
        open_with(paths, login, template.recovery_code)


def test_a_password_may_be_composed_on_another_keyboard(paths: HubPaths) -> None:
    apart = unicodedata.normalize("NFD", PASSWORD)
    assert apart != PASSWORD
    open_with(paths, MANAGER, apart).close()


def test_every_account_has_its_own_slot_of_the_same_key(paths: HubPaths) -> None:
    ring = read_keyring(paths.keyring)
    assert set(list_logins(paths)) == set(LOGINS.values())
    assert len({unwrap(ring, login, PASSWORD).raw for login in LOGINS.values()}) == 1
    assert len({slot.wrapped for slot in ring.slots}) == len({slot.salt for slot in ring.slots}) == len(ring.slots)


def test_a_slot_passed_off_as_another_account_opens_nothing() -> None:
    key = new_database_key()
    ring = wrap(key, Keyring("ab", ()), "rachid", "mot-de-rachid", CHEAP)
    ring = wrap(key, ring, MANAGER, "mot-de-amina", CHEAP)
    other = {"rachid": MANAGER, MANAGER: "rachid"}
    swapped = Keyring(ring.installation, tuple(replace(slot, login=other[slot.login]) for slot in ring.slots))

    for login, password in ((MANAGER, "mot-de-rachid"), ("rachid", "mot-de-amina")):
        with pytest.raises(NoSuchSlotError):
            unwrap(swapped, login, password)
    with pytest.raises(NoSuchSlotError):
        unwrap(Keyring("cd", ring.slots), MANAGER, "mot-de-amina")
    assert unwrap(ring, MANAGER, "mot-de-amina") == key


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"installation": "\xff"}',
        b'{"installation":"ab","slots":[],"format":1}',
    ],
)
def test_a_damaged_keyring_is_told_from_a_wrong_password(paths: HubPaths, content: bytes) -> None:
    paths.keyring.write_bytes(content)
    before = paths.database.read_bytes()

    with pytest.raises(EnvironmentProblem, match=r"keyring\.json"):
        open_with(paths, MANAGER, PASSWORD)
    with pytest.raises(EnvironmentProblem, match=r"keyring\.json"):
        list_logins(paths)
    assert paths.database.read_bytes() == before


def test_any_flipped_byte_of_the_keyring_is_noticed(paths: HubPaths) -> None:
    whole = paths.keyring.read_bytes()
    for position in range(0, len(whole), 37):
        damaged = bytearray(whole)
        damaged[position] ^= 0x01
        paths.keyring.write_bytes(bytes(damaged))
        try:
            found = read_keyring(paths.keyring)
        except KeyringError:
            continue
        # white space, or a member that nobody reads
        assert found.slots == read_from(whole, paths).slots


def read_from(content: bytes, paths: HubPaths) -> Keyring:
    copy = paths.folder / "copy.json"
    copy.write_bytes(content)
    return read_keyring(copy)


def test_an_altered_cost_can_not_take_all_memory(paths: HubPaths) -> None:
    key = new_database_key()
    ring = wrap(key, Keyring("ab", ()), MANAGER, PASSWORD, CHEAP)
    write_keyring(paths.keyring, Keyring("ab", (replace(ring.slots[0], cost=KdfCost(1 << 30, 9999, 1)),)))

    with pytest.raises(EnvironmentProblem, match=r"keyring\.json"):
        open_with(paths, MANAGER, PASSWORD)


def test_records_without_a_keyring_are_never_taken_for_leftovers(paths: HubPaths) -> None:
    before = paths.database.read_bytes()
    kept = paths.keyring.read_bytes()
    paths.keyring.unlink()

    assert is_installed(paths)
    with pytest.raises(EnvironmentProblem, match=r"keyring\.json"):
        open_with(paths, MANAGER, PASSWORD)
    with pytest.raises(UserError):
        create_hub(paths, FirstStart("RBT", "A", "X", "x", PASSWORD), cost=CHEAP)
    assert paths.database.read_bytes() == before
    paths.keyring.write_bytes(kept)
    open_as(paths).close()


def test_a_first_start_that_was_cut_off_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = HubPaths(tmp_path / "hub")
    first = FirstStart("RBT", "A", "Amina", MANAGER, PASSWORD)

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("app.opening.write_keyring", fail)
        with pytest.raises(EnvironmentProblem, match="full"):
            create_hub(paths, first, cost=CHEAP)
    assert paths.database.exists()
    assert not is_installed(paths)
    created = create_hub(paths, first, cost=CHEAP)
    assert created.hub.check() == []
    created.hub.close()
    assert is_installed(paths)
    paths.keyring.unlink()
    assert is_installed(paths)


def test_nothing_is_made_over_records(paths: HubPaths) -> None:
    before = paths.database.read_bytes()
    with pytest.raises(UserError):
        create_hub(paths, FirstStart("TNG", "B", "X", "x", PASSWORD), cost=CHEAP)
    assert paths.database.read_bytes() == before


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        (("RB", "A", "Amina", "amina", PASSWORD), "three letters"),
        (("RBT", "AB", "Amina", "amina", PASSWORD), "one letter"),
        (("RBT", "é", "Amina", "amina", PASSWORD), "one letter"),
        (("RBT", "A", " \u200f", "amina", PASSWORD), "name"),
        (("RBT", "A", "Amina", "a b", PASSWORD), "sign-in name"),
        (("RBT", "A", "Amina", "amina", "court"), "at least 8"),
    ],
)
def test_bad_answers_make_nothing(tmp_path: Path, answers: tuple[str, str, str, str, str], word: str) -> None:
    paths = HubPaths(tmp_path / "hub")
    with pytest.raises(UserError, match=word):
        create_hub(paths, FirstStart(*answers), cost=CHEAP)
    assert not paths.folder.exists()


def test_the_recovery_code_gives_a_new_password(paths: HubPaths, template: Template) -> None:
    typed = template.recovery_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    opened = open_with_recovery(paths, f"\u200f{typed}\n", "AMINA", NEW, SettableClock(), CHEAP)
    assert opened.actor.login == MANAGER
    opened.close()
    with pytest.raises(WrongPasswordError):
        open_with(paths, MANAGER, PASSWORD)
    open_with(paths, MANAGER, NEW).close()


def test_a_recovery_code_with_a_slip_opens_nothing(paths: HubPaths, template: Template) -> None:
    code = template.recovery_code
    slip = ("B" if code[0] == "A" else "A") + code[1:]
    for typed in (slip, code[:-1], "", "-"):
        with pytest.raises(WrongPasswordError):
            open_with_recovery(paths, typed, MANAGER, NEW, SettableClock(), CHEAP)
        paths.attempts.unlink(missing_ok=True)


def test_a_new_recovery_code_takes_the_place_of_the_former(paths: HubPaths, hub: Hub, template: Template) -> None:
    code = renew_recovery_code(hub)
    with pytest.raises(WrongPasswordError):
        open_with_recovery(paths, template.recovery_code, MANAGER, NEW, SettableClock(), CHEAP)
    open_with_recovery(paths, code, MANAGER, NEW, SettableClock(), CHEAP).close()


def test_only_a_manager_makes_a_recovery_code(paths: HubPaths, template: Template) -> None:
    desk = open_as(paths, "rachid")
    with pytest.raises(NotAllowedError):
        renew_recovery_code(desk)
    desk.close()
    open_with_recovery(paths, template.recovery_code, MANAGER, NEW, SettableClock(), CHEAP).close()


LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NOISE = ["", " ", "-", "–", ".", "\u200f", "\n", "_"]
LIKENESSES = {"0": "0Oo٠۰０", "1": "1IiLl١"}


@settings(max_examples=100, deadline=None)
@given(code=st.text(LETTERS, min_size=32, max_size=32), data=st.data())
def test_a_recovery_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    typed = "".join(
        data.draw(st.sampled_from(NOISE)) + data.draw(st.sampled_from(LIKENESSES.get(char, char + char.lower())))
        for char in code
    )
    assert read_recovery_code(typed).replace("-", "") == code


def test_recovery_codes_are_read_as_they_are_issued() -> None:
    codes = {new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(read_recovery_code(code) == code for code in codes)


def test_a_closed_account_opens_nothing(paths: HubPaths, hub: Hub, template: Template) -> None:
    rachid = next(item for item in hub.read(accounts.list_accounts) if item.login == "rachid")
    hub.write(lambda uow: accounts.edit(rachid.id, uow, active=False))

    assert "rachid" not in list_logins(paths)
    with pytest.raises(WrongPasswordError):
        open_with(paths, "rachid", PASSWORD)
    with pytest.raises(UserError, match="closed"):
        open_with_recovery(paths, template.recovery_code, "rachid", NEW, SettableClock(), CHEAP)
    with pytest.raises(NoSuchSlotError):
        unwrap(read_keyring(paths.keyring), "rachid", NEW)


def test_an_account_closed_while_signed_in_can_do_nothing_more(paths: HubPaths, hub: Hub) -> None:
    desk = open_as(paths, "rachid")
    rachid = next(item for item in hub.read(accounts.list_accounts) if item.login == "rachid")
    hub.write(lambda uow: accounts.edit(rachid.id, uow, active=False))

    with pytest.raises(NotAllowedError):
        desk.read(lambda uow: uow.now)
    with pytest.raises(NotAllowedError):
        desk.write(lambda uow: uow.now)
    with pytest.raises(WrongPasswordError):
        desk.verify_password(PASSWORD)
    desk.close()


def test_changing_a_password_ends_the_former_one(paths: HubPaths, hub: Hub) -> None:
    hub.write(lambda uow: accounts.change_password(hub.actor.account_id, NEW, uow, PASSWORD))

    with pytest.raises(WrongPasswordError):
        hub.verify_password(PASSWORD)
    hub.verify_password(NEW)
    open_with(paths, MANAGER, NEW).close()


def test_a_refused_action_changes_no_password(paths: HubPaths, hub: Hub) -> None:
    before = paths.keyring.read_bytes()

    def change_and_fail(uow: UnitOfWork) -> None:
        accounts.change_password(hub.actor.account_id, NEW, uow, PASSWORD)
        raise UserError("refused")

    with pytest.raises(UserError, match="refused"):
        hub.write(change_and_fail)
    assert paths.keyring.read_bytes() == before
    hub.write(lambda uow: uow.note("nothing"))
    assert paths.keyring.read_bytes() == before


def test_a_commit_that_fails_puts_the_former_password_back(paths: HubPaths, hub: Hub) -> None:
    before = paths.keyring.read_bytes()
    seen = []

    def fail(_connection: sa.Connection) -> None:
        seen.append(paths.keyring.read_bytes() != before)
        raise OSError(28, "No space left on device")

    engine = hub._store._engine
    sa.event.listen(engine, "commit", fail)
    try:
        with pytest.raises(EnvironmentProblem, match="full"):
            hub.write(lambda uow: accounts.change_password(hub.actor.account_id, NEW, uow, PASSWORD))
    finally:
        sa.event.remove(engine, "commit", fail)
    assert seen == [True]
    assert read_keyring(paths.keyring).slots == read_from(before, paths).slots
    hub.verify_password(PASSWORD)
    assert not list(paths.folder.glob(".keyring*"))


def test_what_was_cut_off_is_tidied_at_the_next_opening(paths: HubPaths, hub: Hub) -> None:
    key = unwrap(read_keyring(paths.keyring), MANAGER, PASSWORD)
    write_keyring(paths.keyring, wrap(key, read_keyring(paths.keyring), "fantome", PASSWORD, CHEAP))
    (paths.folder / ".keyring.json.0badcafe").write_bytes(paths.keyring.read_bytes())
    hub.close()

    open_as(paths).close()
    assert "fantome" not in list_logins(paths)
    assert not list(paths.folder.glob(".keyring*"))
    assert "" in {slot.login for slot in read_keyring(paths.keyring).slots}


def test_logins_that_differ_in_case_or_composition_are_one(hub: Hub) -> None:
    hub.write(lambda uow: accounts.add(NewAccount("Zoé", "Zoé", Role.ADVISOR, PASSWORD), uow))
    for login in ("zoé", "ZOÉ", " zoe\u0301 "):
        with pytest.raises(UserError, match="already"):
            hub.write(partial(accounts.add, NewAccount(login, "Z", Role.ADVISOR, PASSWORD)))
    open_with(hub.paths, "ZOE\u0301", PASSWORD).close()


def test_the_lock_screen_says_when_the_keyring_is_gone(paths: HubPaths, hub: Hub) -> None:
    paths.keyring.unlink()
    with pytest.raises(EnvironmentProblem, match=r"keyring\.json"):
        hub.verify_password(PASSWORD)
