"""Who may do what is held where it is done: every role tries every use case."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FunctionType
from typing import Any, Final

import pytest

from app.bootstrap import open_hub, recovery_sheet, renew_recovery_code
from app.domain.accounts import PERMISSIONS, Actor, Permission, Role
from app.domain.people import NewPerson
from app.domain.visits import CorrectVisit, LogGroup, LogVisit
from app.errors import NotAllowedError
from app.services import (
    accounts,
    audit,
    corrections,
    counters,
    days,
    erasing,
    merging,
    past_visits,
    people,
    reasons,
    receipts,
    visits,
)
from app.services.accounts import NewAccount
from app.services.counters import NewCounter
from app.services.past_visits import PastVisit
from app.storage.unit_of_work import UnitOfWork
from tests.factories import CHEAP, LOGINS, PASSWORD, SettableClock, Template, copy_template, open_as


class EnoughError(Exception):
    """The action was allowed."""


class Scene:
    """An installation with a person, a visit that waits and one that is called, as some role sees it."""

    def __init__(self, folder: Path, template: Template, role: Role) -> None:
        paths = copy_template(template, folder / "hub")
        manager = open_as(paths)
        self.person = manager.write(lambda uow: people.add(NewPerson("Awa Ndiaye"), uow)).value.id
        manager.write(lambda uow: people.edit(self.person, {"residence": "irregular", "education": "higher"}, uow))
        self.twin = manager.write(lambda uow: people.add(NewPerson("Awa NDIAYE"), uow)).value.id
        self.counter, self.other = (item.id for item in manager.read(counters.list_counters)[:2])
        self.visit = manager.write(lambda uow: visits.log(LogVisit(None, self.counter), uow)).value.id
        self.account = next(
            item.id for item in manager.read(accounts.list_accounts) if item.login == LOGINS[Role.ADVISOR]
        )
        self.folder = folder
        manager.close()
        self.hub = open_as(paths, LOGINS[role])

    @property
    def actor(self) -> Actor:
        return self.hub.actor

    def read(self, query: Callable[[UnitOfWork], Any]) -> object:
        return self.hub.read(query)

    def write(self, action: Callable[[UnitOfWork], Any]) -> None:
        """Carry out an action as far as its commit, so that the next one finds everything as it was."""

        def almost(uow: UnitOfWork) -> None:
            action(uow)
            raise EnoughError

        with suppress(EnoughError):
            self.hub.write(almost)


def _join_and_part(scene: Scene, uow: UnitOfWork) -> None:
    if uow.actor.may(Permission.MERGE_PEOPLE):
        merging.merge(scene.person, scene.twin, uow)
    merging.unmerge(scene.person, scene.twin, uow)


P = Permission
USE_CASES: Final[dict[str, tuple[set[Permission], Callable[[Scene], object]]]] = {
    "search": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.search("awa", u))),
    "latest": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.search("", u))),
    "expect more": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.expect_more("awa", u))),
    "duplicates": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.possible_duplicates(NewPerson("Awa"), u))),
    "show": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.show(s.person, u))),
    "history": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.history(s.person, u))),
    "resolve": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.resolve("RBT-A00001", u))),
    "add": ({P.ADD_PEOPLE}, lambda s: s.write(lambda u: people.add(NewPerson("Fatou Diop"), u))),
    "add_many": ({P.ADD_PEOPLE}, lambda s: s.write(lambda u: people.add_many([NewPerson("Fatou Diop")], u))),
    "add_none": ({P.ADD_PEOPLE}, lambda s: s.write(lambda u: people.add_many([], u))),
    "edit": ({P.EDIT_PEOPLE}, lambda s: s.write(lambda u: people.edit(s.person, {"name": "Awa"}, u))),
    "hide": ({P.EDIT_PEOPLE}, lambda s: s.write(lambda u: people.edit(s.person, {"hidden": True}, u))),
    "edit_residence": (
        {P.EDIT_PEOPLE, P.EDIT_RESIDENCE},
        lambda s: s.write(lambda u: people.edit(s.person, {"residence": "refugee"}, u)),
    ),
    "edit_education": (
        {P.EDIT_PEOPLE, P.EDIT_RESIDENCE},
        lambda s: s.write(lambda u: people.edit(s.person, {"name": "Awa", "education": "none"}, u)),
    ),
    "log": ({P.LOG_VISITS}, lambda s: s.write(lambda u: visits.log(LogVisit(None, s.counter), u))),
    "log_group": ({P.LOG_VISITS}, lambda s: s.write(lambda u: visits.log_group(LogGroup((), 3, s.counter), u))),
    "call_next": ({P.LOG_VISITS}, lambda s: s.write(lambda u: visits.call_next(s.counter, u))),
    "call": ({P.LOG_VISITS}, lambda s: s.write(lambda u: visits.call(s.visit, u))),
    "hand_over": ({P.LOG_VISITS}, lambda s: s.write(lambda u: visits.hand_over(s.visit, s.other, u))),
    "check_out": ({P.LOG_VISITS}, lambda s: s.write(lambda u: visits.check_out(s.visit, u))),
    "correct": ({P.CORRECT_VISITS}, lambda s: s.write(lambda u: visits.correct(CorrectVisit(s.visit, void=True), u))),
    "visit_history": ({P.LOG_VISITS}, lambda s: s.read(lambda u: visits.history(s.visit, u))),
    "list_day": ({P.LOG_VISITS}, lambda s: s.read(lambda u: visits.list_day(None, u))),
    "queues": ({P.LOG_VISITS}, lambda s: s.read(visits.queues)),
    "today": ({P.READ_FIGURES}, lambda s: s.read(days.today)),
    "close_day": ({P.CLOSE_DAY}, lambda s: s.write(days.close_day)),
    "list_counters": (set(), lambda s: s.read(counters.list_counters)),
    "add_counter": (
        {P.EDIT_COUNTERS},
        lambda s: s.write(lambda u: counters.add(NewCounter("accueil", "Accueil", "Welcome", "استقبال"), u)),
    ),
    "edit_counter": ({P.EDIT_COUNTERS}, lambda s: s.write(lambda u: counters.edit(s.counter, {"position": 2}, u))),
    "list_reasons": (set(), lambda s: s.read(reasons.list_reasons)),
    "set_hidden": (
        {P.EDIT_CODES},
        lambda s: s.write(lambda u: reasons.set_hidden("visit_reasons", "other", hidden=True, uow=u)),
    ),
    "issue_receipt": ({P.LOG_VISITS}, lambda s: s.write(lambda u: receipts.issue_receipt(s.visit, "fr", u))),
    "list_accounts": ({P.EDIT_ACCOUNTS}, lambda s: s.read(accounts.list_accounts)),
    "add_account": (
        {P.EDIT_ACCOUNTS},
        lambda s: s.write(lambda u: accounts.add(NewAccount("neuf", "Neuf", Role.MANAGER, PASSWORD), u)),
    ),
    "edit_account": ({P.EDIT_ACCOUNTS}, lambda s: s.write(lambda u: accounts.edit(s.account, u, role=Role.MANAGER))),
    "own_password": (
        set(),
        lambda s: s.write(lambda u: accounts.change_password(s.actor.account_id, "un-autre-mot", u, PASSWORD)),
    ),
    "merge": ({P.MERGE_PEOPLE}, lambda s: s.write(lambda u: merging.merge(s.person, s.twin, u))),
    "keep_apart": ({P.MERGE_PEOPLE}, lambda s: s.write(lambda u: merging.keep_apart(s.person, s.twin, u))),
    "unmerge": ({P.MERGE_PEOPLE}, lambda s: s.write(lambda u: _join_and_part(s, u))),
    "erase": ({P.ERASE_PEOPLE}, lambda s: s.write(lambda u: erasing.erase(s.person, "asked", u))),
    "list_erased": ({P.ERASE_PEOPLE}, lambda s: s.read(erasing.list_erased)),
    "erasure_of": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: erasing.erasure_of(s.person, u))),
    "show_even_erased": ({P.FIND_PEOPLE}, lambda s: s.read(lambda u: people.show_even_erased(s.person, u))),
    "erased_at": ({P.ERASE_PEOPLE}, lambda s: s.read(lambda u: erasing.erased_at(s.person, u))),
    "log_past": (
        {P.LOG_VISITS, P.CLOSE_DAY},
        lambda s: s.write(
            lambda u: past_visits.log_past([PastVisit(None, s.counter, "information", u.now - 60_000)], u)
        ),
    ),
    "list_events": ({P.READ_AUDIT}, lambda s: s.read(audit.list_events)),
    "list_events_of": ({P.READ_AUDIT}, lambda s: s.read(lambda u: audit.list_events(u, s.person))),
    "back_up": ({P.BACK_UP}, lambda s: s.hub.back_up(s.folder / "copy.waslbackup")),
    "recovery_sheet": ({P.EDIT_ACCOUNTS}, lambda s: recovery_sheet(s.hub, "0000", "fr")),
    "renew_recovery_code": ({P.EDIT_ACCOUNTS}, lambda s: renew_recovery_code(s.hub)),
}


@pytest.fixture(params=list(Role))
def scene(request: pytest.FixtureRequest, tmp_path: Path, template: Template) -> Iterator[Scene]:
    made = Scene(tmp_path, template, request.param)
    yield made
    made.hub.close()


def test_every_use_case_is_held_for_every_role(scene: Scene) -> None:
    for name, (needed, attempt) in USE_CASES.items():
        before, keyring = scene.hub.digest(), scene.hub.paths.keyring.read_bytes()
        if needed <= PERMISSIONS[scene.actor.role]:
            # nothing else may stand in the way: a refusal of another kind fails the test
            attempt(scene)
        else:
            with pytest.raises(NotAllowedError):
                attempt(scene)
            assert scene.hub.paths.keyring.read_bytes() == keyring, name
        assert scene.hub.digest() == before, name


MODULES: Final = (
    accounts, audit, corrections, counters, days, erasing, merging, past_visits, people, reasons, receipts, visits,
)  # fmt: skip
INNER: Final = {
    "check_login", "check_password", "plain_login", "load_counter", "load_in_use", "open_day", "hidden_codes",
    "records_of", "confirm", "hear", "is_unfinished", "resolve",
}  # fmt: skip
"""No use cases by themselves: they serve others, or read what everybody sees."""


def test_no_use_case_is_forgotten() -> None:
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, item in vars(module).items()
        if isinstance(item, FunctionType) and item.__module__ == module.__name__ and not name.startswith("_")
        if name not in INNER
    }
    source = Path(__file__).read_text(encoding="utf-8").partition("class Scene")[2].partition("MODULES")[0]
    assert not {name for name in public if name not in source and name.replace("corrections", "visits") not in source}


def test_only_managers_change_the_passwords_of_others(scene: Scene) -> None:
    if scene.account == scene.actor.account_id:
        pytest.skip("this is the account itself")
    keyring = scene.hub.paths.keyring.read_bytes()

    def change() -> None:
        scene.hub.write(lambda uow: accounts.change_password(scene.account, "un-autre-mot", uow))

    if scene.actor.role is Role.MANAGER:
        change()
        open_as_with(scene, "un-autre-mot")
    else:
        with pytest.raises(NotAllowedError):
            change()
        assert scene.hub.paths.keyring.read_bytes() == keyring


def open_as_with(scene: Scene, password: str) -> None:
    open_hub(scene.hub.paths, LOGINS[Role.ADVISOR], password, SettableClock(), CHEAP).close()


def test_the_table_of_permissions_says_what_the_project_says() -> None:
    assert PERMISSIONS.keys() == set(Role)
    assert PERMISSIONS[Role.MANAGER] == frozenset(Permission)
    for held in (P.READ_RESIDENCE, P.EDIT_RESIDENCE, P.READ_SESSION_NOTES, P.READ_AUDIT, P.EXPORT_ALL, P.BACK_UP):
        assert held not in PERMISSIONS[Role.RECEPTIONIST]
    assert P.READ_AUDIT in PERMISSIONS[Role.DATA_PROTECTION]
    assert P.LOG_VISITS not in PERMISSIONS[Role.DATA_PROTECTION]
    assert P.EDIT_ACCOUNTS not in PERMISSIONS[Role.COORDINATOR]


def test_a_role_that_changes_counts_at_once(template: Template, tmp_path: Path) -> None:
    scene = Scene(tmp_path, template, Role.ADVISOR)
    manager = open_as(scene.hub.paths)
    assert scene.hub.read(lambda uow: people.show(scene.person, uow)).restricted is not None
    manager.write(lambda uow: accounts.edit(scene.account, uow, role=Role.RECEPTIONIST))
    assert scene.hub.read(lambda uow: people.show(scene.person, uow)).restricted is None
    assert scene.actor.role is Role.RECEPTIONIST
    manager.close()
    scene.hub.close()
