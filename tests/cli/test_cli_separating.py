"""`waslctl sync separate` and `sync resume`: a folder that was copied, and one that was put back whole."""

import shutil
from pathlib import Path

import pytest

from app.bootstrap import FirstStart, create_hub
from app.paths import HubPaths
from tests.cli.conftest import CHEAP, PASSWORD, Run
from tests.cli.test_cli_exchange import Offices


@pytest.fixture
def offices(tmp_path: Path, bare: Run) -> Offices:
    """Rabat, a copy of its folder, and Tanger; Rabat and the copy have gone on, and Tanger has heard of Rabat."""
    for folder, code in (("rabat", "RBT"), ("tanger", "TNG")):
        first = FirstStart(code, "A", f"Responsable {code}", "chef", PASSWORD)
        create_hub(HubPaths(tmp_path / folder), first, cost=CHEAP).hub.close()
    made = Offices(tmp_path, bare)
    made.enroll("rabat", "tanger")
    made.ask("rabat", "people", "add", "--name", "Avant")
    exchange_all(made, "rabat", "tanger")
    shutil.copytree(tmp_path / "rabat", tmp_path / "copy")
    made.ask("rabat", "people", "add", "--name", "Original")
    made.ask("copy", "people", "add", "--name", "Copie")
    made.send("rabat", "tanger")
    return made


def exchange_all(offices: Offices, *names: str) -> None:
    for _round in range(2):
        for sender in names:
            file = offices.root / f"{sender}.wasl"
            offices.ask(sender, "sync", "export", "--to", "all", "-o", file)
            for receiver in names:
                if receiver != sender:
                    offices.ask(receiver, "sync", "import", file)


def refused(offices: Offices, sender: str, receiver: str, to: str) -> str:
    file = offices.root / "refused.wasl"
    offices.ask(sender, "sync", "export", "--to", to, "-o", file)
    ran = offices.run(receiver, "sync", "import", file)
    assert ran.status == 1
    assert offices.ask(receiver, "check")["problems"] == []
    return ran.err


def test_a_copied_folder_becomes_an_office_of_its_own(offices: Offices) -> None:
    ran = offices.run("copy", "sync", "separate")
    assert ran.status == 1
    assert "Nothing shows" in ran.err
    assert "Send that office a bundle" in refused(offices, "copy", "tanger", "TNG")
    assert offices.ask("tanger", "sync", "status")["copies"] == [
        {"office": "RBT-A", "here": False, "clear": True, "changes": 1}
    ]
    assert "nothing is lost" in refused(offices, "tanger", "copy", "RBT")
    assert offices.ask("copy", "sync", "status")["copies"][0]["here"] is True
    assert "waslctl sync separate" in offices.run("copy", "sync", "status").out
    assert offices.ask("copy", "sync", "separate", "--desk", "K") == {"office": "RBT-K", "changes": 1}
    offices.enroll("rabat", "tanger", "copy")
    everybody = ("rabat", "tanger", "copy")
    exchange_all(offices, *everybody)
    digests = [offices.ask(office, "digest") for office in everybody]
    assert digests[1:] == digests[:-1]
    for office in everybody:
        assert offices.ask(office, "check")["problems"] == []
        assert {row["name"] for row in offices.ask(office, "people", "search", "copie")} >= {"Copie"}


def test_a_folder_that_was_put_back_whole_goes_on(offices: Offices) -> None:
    shutil.rmtree(offices.root / "rabat")
    refused(offices, "copy", "tanger", "TNG")
    refused(offices, "tanger", "copy", "RBT")
    assert offices.ask("copy", "sync", "resume") == {"office": "RBT-A", "changes": 1}
    exchange_all(offices, "copy", "tanger")
    assert offices.ask("copy", "digest") == offices.ask("tanger", "digest")
    for name in ("Original", "Copie"):
        assert name in {row["name"] for row in offices.ask("copy", "people", "search", name)}
