"""An open installation with somebody signed in: what the window and `waslctl` hold."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.changes import Changes
from app.clock import Clock
from app.domain.accounts import Actor, Permission
from app.errors import UserError, WrongPasswordError
from app.i18n import _
from app.outcome import UndoToken
from app.paths import HubPaths
from app.services.access import require
from app.storage import attempts, backup, check, places, undo
from app.storage.account_keys import AccountKeys
from app.storage.people import reindex
from app.storage.store import Store
from app.storage.unit_of_work import UnitOfWork

T = TypeVar("T")

_KINDS = {
    "person": "people",
    "visit": "visits",
    "place": "visits",
    "paper": "visits",
    "day": "days",
    "counter": "counters",
    "account": "accounts",
    "consent": "consents",
    "hidden_code": "codes",
    "hub": "hubs",
}


class Hub:
    """One installation, opened by one account. To be used from one thread at a time."""

    def __init__(self, store: Store, actor: Actor, clock: Clock, labels: dict[str, str], *, demo: bool) -> None:
        self.actor = actor
        self.demo = demo
        self._labels = labels
        self._store = store
        self._clock = clock

    @property
    def paths(self) -> HubPaths:
        """Where the installation keeps its files."""
        return self._store.paths

    @property
    def keys(self) -> AccountKeys:
        """The keyring, for what is not done in a transaction."""
        return self._store.keys

    def label(self, language: str) -> str:
        """The hub's name in a language of `app.i18n`."""
        return self._labels.get(language, self._labels["en"])

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        """Answer a question about one state of the records."""
        with self._store.reading(self.actor) as uow:
            return query(uow)

    def write(self, action: Callable[[UnitOfWork], T]) -> T:
        """Carry out an action in one transaction; when this returns, it is durable. Any exception undoes it whole."""
        with self._store.writing(self.actor) as uow:
            return action(uow)

    def undo(self, token: UndoToken) -> Changes:
        """Take back an action. Raises UserError when somebody has changed the same since."""
        try:
            changed = self.write(lambda uow: self._undo(uow, token))
        except undo.ChangedSinceError as error:
            raise UserError(
                _("This was changed again since, so it can't be taken back. Nothing was changed. Correct the entry.")
            ) from error
        kinds: dict[str, frozenset[object]] = {}
        for table, ids in changed.items():
            kind = _KINDS.get(table, "people")
            kinds[kind] = kinds.get(kind, frozenset()) | ids
        return Changes(**kinds)  # type: ignore[arg-type]

    def verify_password(self, password: str) -> None:
        """Check the password of whoever is signed in, for the lock. Raises WrongPasswordError, slowed down."""
        paths = self.paths
        wait = attempts.wait_ms(attempts.read_attempts(paths.attempts), self._clock()) / 1000
        if wait > 0:
            raise wrong_password(wait)
        if not self._store.keys.opens(self.actor.login, password):
            tried = attempts.note_failure(paths.attempts, self._clock())
            raise wrong_password(attempts.wait_ms(tried, self._clock()) / 1000)
        attempts.forget_failures(paths.attempts)

    def back_up(self, destination: Path | None = None) -> Path:
        """Copy the store, encrypted like itself, and its keyring into one file; without a name, into `backups`."""
        self.read(lambda uow: require(uow, Permission.BACK_UP))
        return backup.back_up(self._store, destination, self._clock())

    def last_backup(self) -> int | None:
        """When the newest automatic copy was made, in epoch milliseconds."""
        return backup.last_backup(self.paths)

    def check(self) -> list[str]:
        """What is wrong with the store, in technical words; empty when all is well."""
        with self._store.bare() as connection:
            return check.problems_of(connection)

    def digest(self) -> dict[str, str]:
        """A hash for each synced table."""
        with self._store.bare() as connection:
            return check.digests(connection)

    def clock_is_behind(self) -> int:
        """Minutes by which this computer's clock is behind the newest entry; 0 when it is not."""
        with self._store.bare() as connection:
            return check.minutes_behind(connection, self._clock())

    def close(self) -> None:
        """Sign out: release the file and forget the key."""
        self._store.close()

    @staticmethod
    def _undo(uow: UnitOfWork, token: UndoToken) -> dict[str, frozenset[object]]:
        changed = undo.undo(uow, token)
        people = set(changed.get("person", frozenset()))
        people |= places.visitors_of(uow.connection, changed.get("visit", frozenset()))
        if people:
            reindex(uow.connection, people)
        return {table: frozenset[object](ids) for table, ids in changed.items()}


def wrong_password(wait_seconds: float) -> WrongPasswordError:
    """The sentence for a wrong password, with the wait before the next try."""
    if wait_seconds > 0:
        return WrongPasswordError(
            _("The password is not right. Nothing was opened. The next try is possible in {seconds} s.").format(
                seconds=max(1, round(wait_seconds))
            ),
            wait_seconds,
        )
    return WrongPasswordError(_("The password is not right. Nothing was opened. Try again; mind capital letters."))
