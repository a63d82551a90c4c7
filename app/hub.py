"""An open installation with somebody signed in: what the window and `waslctl` hold."""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from app.changes import Changes
from app.clock import Clock
from app.domain.accounts import Actor, Permission
from app.domain.ids import PersonId
from app.errors import EnvironmentProblem, NotAllowedError, WrongPasswordError
from app.i18n import _
from app.outcome import Outcome, UndoToken
from app.paths import HubPaths
from app.services import accounts, erasing
from app.services.access import require
from app.services.exchange import automatic, receiving, separating, verifying
from app.services.exchange.asking import Question
from app.services.exchange.receiving import Preview
from app.services.exchange.separating import Separated
from app.services.exchange.two_copies import TwoCopiesError, note_copies
from app.services.undo import undo
from app.storage import attempts, backup, check, indexing, places, problems, scrubbing
from app.storage.store import Store, installation_of
from app.storage.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)
T = TypeVar("T")
_BEFORE_BUNDLE: Final = "before-bundle-"
_BEFORE_SEPARATING: Final = "before-separating-"
_COPIES_KEPT: Final = 3


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

    def label(self, language: str) -> str:
        """The hub's name in a language of `app.i18n`."""
        return self._labels.get(language, self._labels["en"])

    def automatic(self) -> "Hub | None":
        """This installation as it exchanges by itself, whoever is signed in; None when no manager allows that (now).

        It may carry bundles and nothing else. It is closed with this one.
        """
        actor = self.read(automatic.actor)
        return None if actor is None else Hub(self._store, actor, self._clock, self._labels, demo=self.demo)

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        """Answer a question about one state of the records. What is to be on the audit trail is there on return."""
        with self._noting_copies(), self._store.reading(self.actor) as uow:
            self._take_role(uow)
            return query(uow)

    def write(self, action: Callable[[UnitOfWork], T]) -> T:
        """Carry out an action in one transaction; when this returns, it is durable. Any exception undoes it whole."""
        with self._noting_copies(), self._store.writing(self.actor) as uow:
            self._take_role(uow)
            return action(uow)

    def undo(self, token: UndoToken) -> Changes:
        """Take back an action of this account. Raises as `app.services.undo`."""
        return self.write(lambda uow: undo(token, uow))

    def verify_password(self, password: str) -> None:
        """Check the password of whoever is signed in, for the lock. Raises WrongPasswordError, slowed down."""
        with self._slowed(), problems.worded():
            if not self._store.keys.opens(self.actor.login, password):
                raise wrong_password(0)

    def change_password(self, current: str, password: str) -> Outcome[None]:
        """Give whoever is signed in another password. Raises WrongPasswordError, slowed down, and UserError."""
        with self._slowed():
            return self.write(lambda uow: accounts.change_password(self.actor.account_id, password, uow, current))

    def back_up(self, destination: Path | None = None) -> Path:
        """Copy the store, encrypted like itself, and its keyring into one file; without a name, into `backups`."""
        self.read(lambda uow: require(uow, Permission.BACK_UP))
        return backup.back_up(self._store, destination, self._clock())

    def take_in(
        self,
        content: bytes,
        *,
        agreed: Collection[Question] = (),
        pause: Callable[[], None] = lambda: None,
        searchable: bool = True,
    ) -> Outcome[Preview]:
        """Take a bundle in, after a copy of the records was made. Raises as `receiving.take_in`.

        When this returns, all is durable, and everybody can be found; or will be, once the caller who says that they
        need not be (`searchable`) has called `complete_search`.
        `pause` is called between the steps, the last time just before all is made durable; what it raises undoes all.
        """
        pause()
        expected = self.read(lambda uow: receiving.preview(content, uow))
        pause()
        if expected.ops_new:
            self._back_up_before(_BEFORE_BUNDLE)
        pause()

        def take(uow: UnitOfWork) -> Outcome[Preview]:
            done = receiving.take_in(content, uow, agreed=agreed)
            pause()
            return done

        with problems.rules_kept(verifying.altered):
            outcome = self.write(take)
        self.finish_erasing()
        if searchable:
            self.complete_search()
        return outcome

    def complete_search(self) -> None:
        """Have everybody found whom a large import has only noted: in short transactions, so that others can write.

        What is not done when the program ends, or is refused by the disk, is done at the next sign-in.
        """
        with self._store.bare() as connection:
            complete = indexing.is_complete(connection)
        try:
            while not complete:
                complete = self.write(lambda uow: indexing.catch_up(uow.connection))
        except EnvironmentProblem as problem:
            _log.warning("some can't be found yet: %s", type(problem.__cause__).__name__)

    def separate(self, desk: str = "", *, fresh: bool = False) -> Separated:
        """Make this copy an office of its own, after a backup. Raises as `separating.separate`."""
        self.read(separating.list_copies)
        self._back_up_before(_BEFORE_SEPARATING)

        def separate(uow: UnitOfWork) -> tuple[Separated, Actor]:
            return separating.separate(uow, desk, fresh=fresh), uow.actor

        done, self.actor = self.write(separate)
        return done

    def resume(self) -> Separated:
        """Go on as the same office after older records were put back, after a backup. Raises as `separating.resume`."""
        self.read(separating.list_copies)
        self._back_up_before(_BEFORE_SEPARATING)
        return self.write(separating.resume)

    def erase(self, person_id: PersonId, reason: str) -> Outcome[None]:
        """Erase a person for good: the records, the log's file, and the automatic copies. Raises as `erasing.erase`."""
        outcome = self.write(lambda uow: erasing.erase(person_id, reason, uow))
        self.finish_erasing()
        return outcome

    def finish_erasing(self) -> None:
        """Empty the log's file, and put a fresh copy in the place of automatic ones, where they repeat what is gone.

        The erasure itself is durable before this. What the disk refuses now is done at the next sign-in or exchange,
        and `erasing.is_unfinished` says so until then.
        """
        with self._store.bare() as connection:
            if not scrubbing.may_remain(connection):
                return
        try:
            emptied = self._store.checkpoint()
            fresh = backup.back_up(self._store, None, self._clock())
            backup.forget_others(self.paths, fresh)
            if emptied:
                with self._store.writing(self.actor) as uow:
                    scrubbing.nothing_remains(uow.connection)
        except (EnvironmentProblem, OSError) as problem:
            # the erasure itself must not seem to have failed
            _log.warning("copies of what was erased are still there: %s", type(problem.__cause__ or problem).__name__)

    def last_backup(self) -> int | None:
        """When the newest automatic copy was made, in epoch milliseconds."""
        return backup.last_backup(self.paths)

    def check(self) -> list[str]:
        """What is wrong with the store, in technical words; empty when all is well."""
        # pages that a full disk kept from getting out of the log whole are no damage
        self._store.checkpoint()
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

    @contextmanager
    def _slowed(self) -> Iterator[None]:
        """Let wrong passwords cost time: each one makes the next try wait, a right one ends that."""
        path = self.paths.attempts
        with problems.worded():
            wait = attempts.wait_now(path, self._clock()) / 1000
        if wait > 0:
            raise wrong_password(wait)
        try:
            yield
        except WrongPasswordError as error:
            with problems.worded():
                tried = attempts.note_failure(path, self._clock())
            raise wrong_password(attempts.wait_ms(tried, self._clock()) / 1000) from error
        with problems.worded():
            attempts.forget_failures(path)

    def _back_up_before(self, what: str) -> None:
        paths = self.paths
        with problems.worded():
            paths.backups.mkdir(mode=0o700, exist_ok=True)
        destination = paths.backups / f"{what}{self._clock():013d}{backup.SUFFIX}"
        backup.back_up(self._store, destination, self._clock())
        backup.keep_newest(paths, what, _COPIES_KEPT)

    @contextmanager
    def _noting_copies(self) -> Iterator[None]:
        """Keep what a refused bundle shows of two computers that write as one office, though nothing else of it."""
        try:
            yield
        except TwoCopiesError as error:
            with self._store.writing(self.actor) as uow:
                note_copies(error, uow)
            raise

    def _take_role(self, uow: UnitOfWork) -> None:
        """Act with the role that the account has now: somebody may have changed or closed it since the sign-in."""
        if installation_of(uow.connection) != self.actor.installation_id:
            raise NotAllowedError(_("This computer has become another office meanwhile. Sign in again."))
        account = places.account_of(uow.connection, self.actor.account_id)
        if account is None or not account.active:
            raise NotAllowedError(_("This account was closed. Nothing was changed. Ask the hub's manager."))
        if (account.role, account.name) != (self.actor.role, self.actor.name):
            self.actor = uow.actor = replace(self.actor, role=account.role, name=account.name)


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
