"""Wrong passwords slow the next try down, also across restarts. The real wall is Argon2id; this stops the curious."""

from contextlib import suppress
from pathlib import Path

import msgspec

from app.storage.files import write_atomically

_FREE_TRIES = 3
_LONGEST_WAIT_MS = 300_000


class Attempts(msgspec.Struct, frozen=True):
    """Wrong passwords in a row, and when the last one was tried (epoch ms)."""

    failed: int = 0
    last: int = 0


def read_attempts(path: Path) -> Attempts:
    """What is on record; a missing or unreadable file is no attempt."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Attempts)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Attempts()


def wait_ms(attempts: Attempts, now: int) -> int:
    """Milliseconds until the next try: none for the first three, then 2, 4, 8 … s, at most five minutes."""
    if attempts.failed < _FREE_TRIES:
        return 0
    delay = min(1000 << min(attempts.failed - _FREE_TRIES + 1, 20), _LONGEST_WAIT_MS)
    return max(0, min(delay, attempts.last + delay - now))


def wait_now(path: Path, now: int) -> int:
    """Milliseconds until the next try by what is on record.

    Where the clock was set back since the last try, the delay is counted from now on: else nobody could sign in
    before the clock comes by that time again, which may take years.
    """
    attempts = read_attempts(path)
    if attempts.last > now:
        attempts = Attempts(attempts.failed, now)
        # a folder that can't be written to is reported where something has to be kept in it
        with suppress(OSError):
            write_atomically(path, msgspec.json.encode(attempts))
    return wait_ms(attempts, now)


def note_failure(path: Path, now: int) -> Attempts:
    """Put one more wrong password on record."""
    attempts = Attempts(read_attempts(path).failed + 1, now)
    write_atomically(path, msgspec.json.encode(attempts))
    return attempts


def forget_failures(path: Path) -> None:
    """The right password was given."""
    path.unlink(missing_ok=True)
