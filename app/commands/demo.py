"""`waslctl demo`: invented hubs."""

import os
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from app.bootstrap import is_installed
from app.commands.access import data_paths
from app.commands.parser import Commands
from app.commands.terminal import Reply, Terminal
from app.demo.fill import LOGINS, PASSWORD, DemoHub, already_there, make_demo_hub
from app.domain.codes import code_list
from app.errors import UserError
from app.i18n import _, current_language, use_language
from app.paths import HubPaths

_SHORTEST, _LONGEST = 0.02, 20.0


def register(commands: Commands) -> None:
    """Make the command known."""
    showing = commands.add("demo", _("fill the folder with invented hubs, to learn and show"), _demo)
    showing.add_argument("--hubs", default=",".join(_hub_folders()), metavar=_("LIST"), help=_("the hubs wanted (all)"))
    showing.add_argument("--years", type=_years, default=1.0, metavar="N", help=_("years of visits, such as 0.25 (1)"))
    showing.add_argument("--seed", type=int, default=1, metavar="N", help=_("another number, other people (1)"))


def _years(text: str) -> float:
    """How long the story is: some days to some years."""
    try:
        years = float(text)
    except ValueError:
        years = 0.0
    if not _SHORTEST <= years <= _LONGEST:
        raise ArgumentTypeError(_("“{text}” is not a number of years from 0.02 to 20").format(text=text))
    return years


def _hub_folders() -> dict[str, str]:
    """The folder of each hub that Wasl knows, and its code."""
    return {hub.fr.lower().replace(" ", "-"): hub.code for hub in code_list("hubs")}


def _demo(args: Namespace) -> Reply:
    root, known = data_paths(args).folder, _hub_folders()
    wanted = [name.strip().lower() for name in args.hubs.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        raise UserError(
            _("There is no hub “{name}” to show. There are: {known}.").format(
                name=", ".join(unknown), known=", ".join(known)
            )
        )
    for folder in (root, *(root / name for name in wanted)):
        if is_installed(HubPaths(folder)):
            raise already_there(folder)
    orders = [_Order(name, root / name, known[name], args.seed, args.years) for name in dict.fromkeys(wanted)]
    made = _make_all(orders)
    document = {
        "installations": [
            {"folder": str(hub.paths.folder), "hub": hub.code, "people": hub.people, "visits": hub.visits}
            for hub in made
        ],
        "people": sum(hub.people for hub in made),
        "visits": sum(hub.visits for hub in made),
    }
    return Reply(document, lambda: _demo_lines(made))


@dataclass(frozen=True, slots=True)
class _Order:
    """One hub to be made; goes to another process as it is."""

    name: str
    folder: Path
    code: str
    seed: int
    years: float
    language: str = field(default_factory=current_language)


def _make_all(orders: list[_Order]) -> list[DemoHub]:
    """The hubs, several at a time: they have nothing in common, and each takes one processor for a while."""
    workers = min(len(orders), os.cpu_count() or 1)
    if workers == 1 or getattr(sys, "frozen", False):
        return [_make(order) for order in orders]
    # spawned, not forked: nothing that this process holds open is shared
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_make, orders))


def _make(order: _Order) -> DemoHub:
    use_language(order.language)
    return make_demo_hub(
        HubPaths(order.folder), order.code, seed=order.seed, years=order.years, tell=_Progress(order.name)
    )


class _Progress:
    """Says once a quarter how far the story of a hub is."""

    def __init__(self, name: str) -> None:
        self._name, self._said = name, ""

    def __call__(self, day: date) -> None:
        quarter = f"{day.year}-{(day.month + 2) // 3}"
        if quarter != self._said:
            self._said = quarter
            Terminal(as_json=False).tell(_("{hub}: {day} …").format(hub=self._name, day=day.strftime("%m/%Y")))


def _demo_lines(made: list[DemoHub]) -> Iterable[str]:
    for hub in made:
        yield _("{folder}: {people} people, {visits} visits, all invented.").format(
            folder=hub.paths.folder, people=hub.people, visits=hub.visits
        )
    yield _("Sign in as {logins}, with the password “{password}”.").format(logins=", ".join(LOGINS), password=PASSWORD)
