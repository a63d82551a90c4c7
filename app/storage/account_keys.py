"""Giving accounts the key of the store, and taking it from them."""

from pathlib import Path

from app.storage.keyring import KdfCost, read_keyring, without, write_keyring
from app.storage.sealing import DatabaseKey, NoSuchSlotError, unwrap, wrap


class AccountKeys:
    """The keyring of an installation that is open: it can wrap the key for others, for it has it."""

    def __init__(self, path: Path, key: DatabaseKey, cost: KdfCost | None = None) -> None:
        self._path = path
        self._key = key
        self._cost = cost

    def give(self, login: str, password: str) -> None:
        """Let a login open the store with a password, in place of its former one; durable on return."""
        ring = read_keyring(self._path)
        write_keyring(self._path, wrap(self._key, ring, login, password, self._cost))

    def take(self, login: str) -> None:
        """Let a login open nothing any more. Whoever kept a copy of the old file can still open a copy of the store."""
        write_keyring(self._path, without(read_keyring(self._path), login))

    def opens(self, login: str, password: str) -> bool:
        """Whether a login's password is right."""
        try:
            return unwrap(read_keyring(self._path), login, password) == self._key
        except NoSuchSlotError:
            return False
