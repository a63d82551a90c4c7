"""Four hubs in four folders, each with its visits, thrown into disorder through `waslctl` alone, end alike.

Nothing but the program's own commands is used, as somebody else's script would.
"""

import random
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from app.demo.fill import MANAGER
from app.demo.fill import PASSWORD as DEMO_PASSWORD
from tests.cli.conftest import Ran, Run
from tests.soak import Tell, new_dice, years

FOLDERS = {"rabat": "RBT", "tanger": "TNG", "oujda": "OUJ", "beni-mellal": "BML"}


class Disorder:
    """Four installations, the bundles that lie about, and what was done with them."""

    def __init__(self, root: Path, run: Run, dice: random.Random) -> None:
        self.root, self._run, self.dice = root, run, dice
        self.files: list[tuple[str, Path]] = []
        self.counts = dict.fromkeys(("exported", "taken in", "again", "lost", "waited", "contradicted"), 0)
        self.shared: list[str] = []

    def run(self, hub: str, *arguments: str | Path) -> Ran:
        return self._run("--data", self.root / hub, "--account", MANAGER, "--lang", "en", "--json", *arguments)

    def ask(self, hub: str, *arguments: str | Path) -> Any:  # noqa: ANN401 - whatever the command answers
        ran = self.run(hub, *arguments)
        assert ran.status == 0, f"{hub} {arguments}: {ran.err}"
        return ran.document

    def enroll(self) -> None:
        said = {hub: self.ask(hub, "sync", "identity", "-o", self.root / f"{hub}.wasl-id") for hub in FOLDERS}
        for here in FOLDERS:
            for there, words in said.items():
                if here != there:
                    self.ask(here, "sync", "enroll", words["file"], "--fingerprint", words["fingerprint"])

    def export(self, hub: str, to: str) -> Path:
        self.counts["exported"] += 1
        file = self.root / f"{self.counts['exported']}.wasl"
        self.ask(hub, "sync", "export", "--to", to, "-o", file)
        return file

    def take_in(self, hub: str, file: Path) -> None:
        done = self.ask(hub, "sync", "import", file)
        self.counts["again" if done["known"] else "waited" if done["waits"] else "taken in"] += 1

    def step(self) -> None:
        """Somebody does something, or something happens."""
        hub = self.dice.choice(list(FOLDERS))
        what = self.dice.choice(("export", "export", "import", "import", "import", "lose", "edit", "edit", "visit"))
        if what == "export":
            others = [name for name in FOLDERS if name != hub]
            to = self.dice.choice(["all", *(FOLDERS[name] for name in others)])
            file = self.export(hub, to)
            self.files += [(name, file) for name in others if to in {"all", FOLDERS[name]}]
        elif what == "import" and self.files:
            # in any order, some of them again and again
            self.take_in(*self.dice.choice(self.files))
        elif what == "lose" and self.files:
            self.files.remove(self.dice.choice(self.files))
            self.counts["lost"] += 1
        elif what == "edit":
            person = self.dice.choice(self.shared)
            if self.run(hub, "people", "show", person).status == 0:
                self.ask(hub, "people", "edit", person, f"contact={hub} {self.dice.random()}")
                self.counts["contradicted"] += 1
        elif what == "visit":
            self.ask(hub, "visits", "log", "--anonymous", "--counter", "1")

    def settle_all(self) -> int:
        """Each hub sends to all and takes in from all, twice; a manager settles what is left; and once more."""
        self.exchange(2)
        conflicts = self.ask("rabat", "conflicts", "list")
        for conflict in conflicts:
            self.ask("rabat", "conflicts", "settle", conflict["id"], "--keep", str(conflict["sides"][-1]["value"]))
        self.exchange(1)
        return len(conflicts)

    def exchange(self, rounds: int) -> None:
        for _round in range(rounds):
            for sender in self.dice.sample(list(FOLDERS), len(FOLDERS)):
                file = self.export(sender, "all")
                for receiver in FOLDERS:
                    if receiver != sender:
                        self.take_in(receiver, file)


def _live_a_year(root: Path, run: Run, tell: Tell, length: float, steps: int) -> None:
    disorder = Disorder(root, run, new_dice(tell))
    start = perf_counter()
    made = run("--data", root, "--json", "demo", "--hubs", ",".join(FOLDERS), "--years", str(length))
    assert made.status == 0, made.err
    visits = sum(hub["visits"] for hub in made.document["installations"])
    tell(f"four hubs with {visits} visits made in {perf_counter() - start:.0f} s")
    disorder.enroll()
    disorder.shared = [disorder.ask("rabat", "people", "add", "--name", f"Awa Diop {n}")["id"] for n in range(3)]
    start = perf_counter()
    disorder.exchange(1)
    tell(f"everything to everybody for the first time in {perf_counter() - start:.0f} s")
    for _step in range(steps):
        disorder.step()
    # at least these do not know of each other
    for hub in FOLDERS:
        disorder.ask(hub, "people", "edit", disorder.shared[0], f"name=Awa de {hub.title()}")
    conflicts = disorder.settle_all()
    tell(", ".join(f"{count} {what}" for what, count in disorder.counts.items()) + f", {conflicts} settled")
    assert conflicts
    first, *others = [disorder.ask(hub, "digest") for hub in FOLDERS]
    assert others == [first] * 3
    for hub in FOLDERS:
        assert disorder.ask(hub, "check") == {"ok": True, "problems": []}
        assert disorder.ask(hub, "conflicts", "list") == []
        status = disorder.ask(hub, "sync", "status")
        assert status["waiting"] == []


@pytest.fixture
def demo(bare: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("WASL_PASSWORD", DEMO_PASSWORD)
    return bare


def test_a_week_of_four_hubs_in_disorder_ends_alike(demo: Run, tmp_path: Path, tell: Tell) -> None:
    _live_a_year(tmp_path, demo, tell, length=0.02, steps=30)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_year_of_four_hubs_in_disorder_ends_alike(demo: Run, tmp_path: Path, tell: Tell) -> None:
    _live_a_year(tmp_path, demo, tell, length=years(), steps=300)
