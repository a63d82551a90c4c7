"""What can go wrong, told apart by who can do something about it.

Anything that is not an AppError is a bug: it is logged, shown by the exception hook and exits with 70 in `waslctl`.
"""


class AppError(Exception):
    """Something known went wrong; the message is a sentence in the reader's language."""


class UserError(AppError):
    """The request can't be carried out as given; the person who made it can change it."""


class NotAllowedError(UserError):
    """The account's role does not include this action."""


class NotFoundError(UserError):
    """There is no such record, or it is not visible to this account."""


class WrongPasswordError(UserError):
    """The password (or recovery code) opens nothing. `wait_seconds` says how long the next try is refused."""

    def __init__(self, message: str, wait_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class EnvironmentProblem(AppError):  # noqa: N818 - the design's name: it is not a mistake of anybody's
    """The machine stands in the way: disk full, folder read-only, file locked or damaged, newer version."""


class DamagedStoreError(EnvironmentProblem):
    """The database file can't be read as what it should be."""


class NewerStoreError(EnvironmentProblem):
    """The database was written by a newer major version of Wasl and was left untouched."""


class Cancelled(AppError):  # noqa: N818 - not an error but an answer
    """The person asked to stop; nothing was changed."""
