"""A real encrypted installation for each test, copied from one that is made once; and a clock that tests can set."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from app.bootstrap import FirstStart, KdfCost, create_hub, open_hub
from app.clock import to_moment
from app.domain.accounts import Role
from app.hub import Hub
from app.paths import HubPaths
from app.services import accounts
from app.services.accounts import NewAccount

CHEAP: Final = KdfCost(memory_kib=64, iterations=1, lanes=1)
START: Final = to_moment(datetime(2026, 3, 12, 9, 0))  # noqa: DTZ001 - legal time in Morocco, by to_moment
MINUTE: Final = 60_000
DAY: Final = 24 * 60 * MINUTE
YEAR: Final = 365 * DAY
PASSWORD: Final = "Canari-Clé-été-4711"
MANAGER: Final = "amina"
LOGINS: Final = {
    Role.RECEPTIONIST: "rachid",
    Role.ADVISOR: "aicha",
    Role.MANAGER: MANAGER,
    Role.DATA_PROTECTION: "driss",
    Role.COORDINATOR: "khadija",
}


class SettableClock:
    """A computer's clock that somebody sets."""

    def __init__(self, moment: int = START) -> None:
        self.moment = moment

    def __call__(self) -> int:
        return self.moment

    def set(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        self.moment = to_moment(datetime(year, month, day, hour, minute))  # noqa: DTZ001


@dataclass(frozen=True, slots=True)
class Template:
    """A closed installation with one account of each role."""

    folder: Path
    recovery_code: str


def make_template(folder: Path) -> Template:
    clock = SettableClock()
    first = FirstStart("RBT", "A", "Amina Gérante", MANAGER, PASSWORD)
    new = create_hub(HubPaths(folder), first, clock, CHEAP)
    for role, login in LOGINS.items():
        if role is not Role.MANAGER:
            account = NewAccount(login, f"Compte {role}", role, PASSWORD)
            new.hub.write(partial(accounts.add, account))
    new.hub.close()
    return Template(folder, new.recovery_code)


def copy_template(template: Template, folder: Path) -> HubPaths:
    shutil.copytree(template.folder, folder)
    return HubPaths(folder)


def open_as(paths: HubPaths, login: str = MANAGER, clock: SettableClock | None = None) -> Hub:
    return open_hub(paths, login, PASSWORD, clock or SettableClock(), CHEAP)
