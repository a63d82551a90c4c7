"""`waslctl sync rotate` and `sync revoke`: keys that are replaced, and offices that are believed no longer."""

from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import FirstStart, create_hub
from app.paths import HubPaths
from tests.cli.conftest import CHEAP, PASSWORD, Run
from tests.cli.test_cli_exchange import HUBS, Offices

NAMES = ("rabat", "tanger", "oujda")


@pytest.fixture
def offices(tmp_path: Path, bare: Run) -> Offices:
    """Three hubs that know each other and have exchanged."""
    for name in NAMES:
        first = FirstStart(HUBS[name], "A", f"Chef {name}", "chef", PASSWORD)
        create_hub(HubPaths(tmp_path / name), first, cost=CHEAP).hub.close()
    made = Offices(tmp_path, bare)
    made.enroll(*NAMES)
    for sender in NAMES:
        for receiver in NAMES:
            if sender != receiver:
                made.send(sender, receiver)
    return made


def test_keys_are_replaced_and_followed(offices: Offices) -> None:
    before = offices.ask("rabat", "sync", "identity", "-o", offices.root / "1.wasl-id")
    made = offices.ask("rabat", "sync", "rotate")
    assert set(made) == {"installation", "fingerprint"}
    assert made["installation"] == before["installation"]
    assert made["fingerprint"] != before["fingerprint"]
    after = offices.ask("rabat", "sync", "identity", "-o", offices.root / "2.wasl-id")
    assert after["fingerprint"] == made["fingerprint"]
    offices.ask("rabat", "people", "add", "--name", "Awa Diop")
    assert offices.send("rabat", "tanger")["ops_new"] > 0
    assert offices.send("tanger", "oujda")["ops_new"] > 0
    assert offices.send("oujda", "rabat")["ops_new"] == 0
    assert "its words are now" in offices.run("tanger", "sync", "rotate").out


def test_a_revocation_travels_and_what_is_passed_on_of_it_is_asked_about(offices: Offices) -> None:
    offices.ask("oujda", "people", "add", "--name", "Awa Diop")
    offices.send("oujda", "tanger")
    assert "hear of it" in offices.run("rabat", "sync", "revoke", "OUJ-A", "--reason", "volé le 3 mars").out
    file = offices.root / "1.wasl"
    offices.ask("tanger", "sync", "export", "--to", "RBT", "-o", file)
    shown = offices.ask("rabat", "sync", "preview", file)
    assert shown["asks"] == ["revoked"]
    assert set(shown["from_revoked"]) == {"OUJ-A"}
    assert "--agree-to-revoked" in offices.run("rabat", "sync", "preview", file).out
    for options in ((), ("--agree-to-deletions",)):
        refused = offices.run("rabat", "sync", "import", file, *options)
        assert (refused.status, refused.out) == (1, "")
        assert "no longer trusted" in refused.err
    assert offices.ask("rabat", "sync", "import", file, "--agree-to-revoked")["ops_new"] == shown["ops_new"]

    offices.ask("rabat", "sync", "export", "--to", "TNG", "-o", file)
    said: Any = offices.ask("tanger", "sync", "preview", file)["revocations"]
    assert [(item["office"], item["by"], item["reason"]) for item in said] == [("OUJ-A", "RBT-A", "volé le 3 mars")]
    lines = offices.run("tanger", "sync", "import", file).out
    assert "RBT-A no longer trusts OUJ-A" in lines
    assert "volé le 3 mars" in lines
    offices.ask("oujda", "sync", "export", "--to", "TNG", "-o", file)
    refused = offices.run("tanger", "sync", "import", file)
    assert (refused.status, refused.out) == (1, "")
    assert "RBT-A: volé le 3 mars" in refused.err

    # who believes them again all the same is told what Rabat says
    identity = offices.root / "3.wasl-id"
    offices.ask("oujda", "sync", "identity", "-o", identity)
    again: Any = offices.ask("tanger", "sync", "enroll", identity)
    assert (again["revoked_by"]["by"], again["revoked_by"]["reason"]) == ("RBT-A", "volé le 3 mars")
    lines = offices.run("tanger", "sync", "enroll", identity).out
    assert "Beware: RBT-A no longer trusts OUJ-A" in lines
    assert "OUJ-A is enrolled" in lines
    # what this office itself said is no news here
    assert "revoked_by" not in offices.ask("rabat", "sync", "enroll", identity)
