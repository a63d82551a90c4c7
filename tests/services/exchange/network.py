"""Several real installations that know each other, each in a folder with its own encrypted store and its own clock."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.bootstrap import FirstStart, create_hub, open_hub
from app.hub import Hub
from app.paths import HubPaths
from app.services.exchange import sending, settling, trust
from app.services.exchange.receiving import Preview
from app.services.exchange.settling import OpenDispute
from tests.factories import CHEAP, MANAGER, PASSWORD, SettableClock

CODES: Final = ("RBT", "TNG", "OUJ", "BML")
FIVE: Final = (*CODES, "RBT-B")
"""One hub has a second desk."""


@dataclass(slots=True)
class Site:
    """One installation of the network."""

    code: str
    paths: HubPaths
    clock: SettableClock
    hub: Hub

    def reopen(self) -> None:
        """Close the program and start it again."""
        self.hub.close()
        self.hub = open_hub(self.paths, MANAGER, PASSWORD, self.clock, CHEAP)

    def export(self, to: str = trust.ALL) -> bytes:
        return self.hub.write(lambda uow: sending.make_bundle(to, uow)).content

    def take_in(self, content: bytes) -> Preview:
        return self.hub.take_in(content).value

    def disputes(self) -> tuple[OpenDispute, ...]:
        return self.hub.read(settling.list_open)


def make_network_template(folder: Path, codes: Sequence[str] = CODES) -> Path:
    """Closed installations below a folder, all enrolled with each other."""
    hubs = []
    for code in codes:
        city, _dash, desk = code.partition("-")
        first = FirstStart(city, desk or "A", f"Responsable {code}", MANAGER, PASSWORD)
        hubs.append(create_hub(HubPaths(folder / code), first, SettableClock(), CHEAP).hub)
    files = [hub.write(trust.identity_file) for hub in hubs]
    for hub in hubs:
        for content, words in files:
            if hub.write(trust.identity_file)[0] != content:
                hub.write(lambda uow, content=content, words=words: trust.enroll(content, uow, words))  # type: ignore[misc]
        hub.close()
    return folder


def copy_network(template: Path, folder: Path, codes: Sequence[str] = CODES) -> list[Site]:
    """Open copies of the installations of a template."""
    sites = []
    for code in codes:
        shutil.copytree(template / code, folder / code)
        paths, clock = HubPaths(folder / code), SettableClock()
        sites.append(Site(code, paths, clock, open_hub(paths, MANAGER, PASSWORD, clock, CHEAP)))
    return sites


def exchange_all(sites: Sequence[Site], rounds: int = 2) -> None:
    """Everybody sends to everybody and takes everything in."""
    for _round in range(rounds):
        for sender in sites:
            content = sender.export()
            for receiver in sites:
                if receiver is not sender:
                    receiver.take_in(content)


def digests_differ(sites: Sequence[Site]) -> set[str]:
    """The tables of which two installations hold different things."""
    found = [site.hub.digest() for site in sites]
    return {name for name in found[0] if len({digest[name] for digest in found}) > 1}
