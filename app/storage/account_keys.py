"""Giving accounts the key of the store, and taking it from them."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from app.storage.files import draft_prefix, put_in_place, write_draft
from app.storage.keyring import KdfCost, Keyring, Slot, keyring_bytes, read_keyring, with_slot, without
from app.storage.sealing import DatabaseKey, NoSuchSlotError, unwrap, wrap


class AccountKeys:
    """The keyring of an installation that is open: it can wrap the key for others, for it has it.

    What is given and taken waits until the transaction that asked for it ends: the file changes just before the
    commit, while the store is locked against other writers, and is put back when the commit fails. So neither a
    full disk nor an action refused halfway leaves a password that nobody was told of.
    """

    def __init__(self, path: Path, key: DatabaseKey, cost: KdfCost | None = None) -> None:
        self._path = path
        self._key: DatabaseKey | None = key
        self._cost = cost
        self._waiting: dict[str, Slot | None] = {}
        self._former: Path | None = None

    def give(self, login: str, password: str) -> None:
        """Let a login open the store with a password, in place of its former one, once the transaction is durable."""
        ring = wrap(self._held(), read_keyring(self._path), login, password, self._cost)
        self._waiting[login] = next(slot for slot in ring.slots if slot.login == login)

    def take(self, login: str) -> None:
        """Let a login open nothing any more. Whoever kept a copy of the old file can still open a copy of the store."""
        self._waiting[login] = None

    def opens(self, login: str, password: str) -> bool:
        """Whether a login's password is right."""
        try:
            return unwrap(read_keyring(self._path), login, password) == self._held()
        except NoSuchSlotError:
            return False

    def needs_tidying(self, open_logins: Collection[str]) -> bool:
        """Whether something was cut off: a slot of an account that is not open, or a draft left behind."""
        return bool(set(read_keyring(self._path).logins()) - set(open_logins)) or bool(self._drafts())

    def tidy(self, open_logins: Collection[str]) -> None:
        """Take the key from accounts that are not open, and remove drafts; within a writing transaction only."""
        for login in set(read_keyring(self._path).logins()) - set(open_logins):
            self.take(login)
        for draft in self._drafts():
            draft.unlink(missing_ok=True)

    def write(self) -> None:
        """Write what waits; to be called last in the transaction. Raises OSError, the former file then stands."""
        if not self._waiting:
            return
        former = read_keyring(self._path)
        # beside the new one, so that putting it back needs no space on a disk that may be full
        self._former = write_draft(self._path, keyring_bytes(former))
        draft = write_draft(self._path, keyring_bytes(self._applied_to(former)))
        put_in_place(draft, self._path)

    def put_back(self) -> None:
        """The transaction failed: nothing is given or taken."""
        self._waiting.clear()
        former, self._former = self._former, None
        if former is not None:
            put_in_place(former, self._path)

    def settle(self) -> None:
        """The transaction is durable."""
        self._waiting.clear()
        former, self._former = self._former, None
        if former is not None:
            # what is left is removed at the next opening
            with suppress(OSError):
                former.unlink()

    def forget(self) -> None:
        """Let go of the key."""
        self._key = None

    def _held(self) -> DatabaseKey:
        if self._key is None:
            raise RuntimeError("the store is closed")
        return self._key

    def _applied_to(self, ring: Keyring) -> Keyring:
        for login, slot in self._waiting.items():
            ring = without(ring, login) if slot is None else with_slot(ring, slot)
        return ring

    def _drafts(self) -> list[Path]:
        return list(self._path.parent.glob(f"{draft_prefix(self._path)}*"))
