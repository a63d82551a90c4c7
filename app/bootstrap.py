"""The only place where the parts are put together: making an installation, opening it, signing in.

Importing this is cheap, because the window shows the sign-in page with it; what needs the store is in `opening` and
imported by the functions that use it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock, system_clock
from app.errors import EnvironmentProblem
from app.i18n import _
from app.paths import HubPaths
from app.storage import attempts, making
from app.storage.keyring import KdfCost, Keyring, KeyringError, read_keyring

if TYPE_CHECKING:
    from app.hub import Hub
    from app.storage.unit_of_work import UnitOfWork

__all__ = [
    "FirstStart",
    "Hub",
    "KdfCost",
    "NewHub",
    "UnitOfWork",
    "create_hub",
    "is_installed",
    "last_backup",
    "list_logins",
    "open_hub",
    "open_with_recovery",
    "read_ring",
    "recovery_sheet",
    "renew_recovery_code",
    "restore",
    "wait_before_next_try",
]


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What the guide of the first start asks. `hub_code` has three letters, `desk` is one letter A to Z."""

    hub_code: str
    desk: str
    manager_name: str
    manager_login: str
    password: str
    language: str = "fr"
    demo: bool = False

    def __repr__(self) -> str:
        return f"FirstStart({self.hub_code!r}, {self.desk!r})"


@dataclass(frozen=True, slots=True)
class NewHub:
    """A new installation, signed in as its manager, and the recovery code, which is shown this once."""

    hub: "Hub"
    recovery_code: str

    def __repr__(self) -> str:
        return "NewHub(…)"


def is_installed(paths: HubPaths) -> bool:
    """Whether the folder holds an installation. One that was cut off while it was made does not count.

    One whose keyring is missing does: its records can be opened again with the copy in a backup.
    """
    return making.is_installed(paths)


def list_logins(paths: HubPaths) -> tuple[str, ...]:
    """The sign-in names that have a password here."""
    return read_ring(paths).logins()


def wait_before_next_try(paths: HubPaths, clock: Clock = system_clock) -> float:
    """Seconds until the next password may be tried."""
    return attempts.wait_now(paths.attempts, clock()) / 1000


def create_hub(paths: HubPaths, first: FirstStart, clock: Clock = system_clock, cost: KdfCost | None = None) -> NewHub:
    """Make an installation. Raises UserError for answers that can't be used, EnvironmentProblem."""
    from app import opening  # noqa: PLC0415 - the store is imported when it is needed

    return opening.create_hub(paths, first, clock, cost)


def open_hub(
    paths: HubPaths, login: str, password: str, clock: Clock = system_clock, cost: KdfCost | None = None
) -> "Hub":
    """Sign in. Raises WrongPasswordError, DamagedStoreError, NewerStoreError, EnvironmentProblem."""
    from app import opening  # noqa: PLC0415

    return opening.open_hub(paths, login, password, clock, cost)


def open_with_recovery(
    paths: HubPaths,
    recovery_code: str,
    login: str,
    new_password: str,
    clock: Clock = system_clock,
    cost: KdfCost | None = None,
) -> "Hub":
    """Open with the code of the recovery sheet and give an account a new password. Raises as `open_hub` does."""
    from app import opening  # noqa: PLC0415

    return opening.open_with_recovery(paths, recovery_code, login, new_password, clock, cost)


def recovery_sheet(hub: "Hub", recovery_code: str, language: str) -> bytes:
    """The recovery sheet as a PDF. It holds the code in clear: for the printer, or where somebody asks for it."""
    from app import opening  # noqa: PLC0415

    return opening.recovery_sheet(hub, recovery_code, language)


def renew_recovery_code(hub: "Hub") -> str:
    """A new recovery code in place of the former one, which opens nothing from now on."""
    from app import opening  # noqa: PLC0415

    return opening.renew_recovery_code(hub)


def restore(backup: Path, paths: HubPaths) -> None:
    """Put a copy into a folder that holds no records. Raises UserError, EnvironmentProblem; nothing is overwritten."""
    from app.storage.backup import restore  # noqa: PLC0415

    restore(backup, paths)


def last_backup(paths: HubPaths) -> int | None:
    """When the newest automatic copy was made, in epoch milliseconds."""
    from app.storage.backup import last_backup  # noqa: PLC0415

    return last_backup(paths)


def read_ring(paths: HubPaths) -> Keyring:
    """The keyring of an installation. Raises EnvironmentProblem when it is missing or damaged."""
    try:
        return read_keyring(paths.keyring)
    except (KeyringError, OSError) as error:
        raise EnvironmentProblem(
            _(
                "The file that opens the records (keyring.json) is missing or damaged. The records themselves were "
                "not touched. Put back the copy that is in the newest backup."
            )
        ) from error


def __getattr__(name: str) -> object:
    """`Hub` and `UnitOfWork`, for annotations and tests, without importing the store before it is needed."""
    if name == "Hub":
        from app.hub import Hub  # noqa: PLC0415

        return Hub
    if name == "UnitOfWork":
        from app.storage.unit_of_work import UnitOfWork  # noqa: PLC0415

        return UnitOfWork
    raise AttributeError(name)
