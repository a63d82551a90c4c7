"""`waslctl ventures` and `calls`: a venture from its record to its decision, by somebody without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

Ask = Callable[..., Any]
LABELS = ("--label-fr", "Appel", "--label-en", "Call", "--label-ar", "نداء")


def test_a_venture_is_kept_and_moved(run: Run, ask: Ask) -> None:
    made = ask(
        "ventures", "add", "--name", "Saveurs", "--kind", "cooperative", "--sector", "catering", "--city", "Rabat"
    )
    assert (made["number"], made["stage"]) == ("RBT-V-A00001", "call")
    refused = run("ventures", "move", made["number"], "pre_incubation")
    assert refused.status == 1
    assert "an advisor" in refused.err
    assert "at least one member" in refused.err
    moved = ask("ventures", "move", made["number"], "pre_incubation", "--reason", "Ancien dossier")
    assert moved["stage"] == "pre_incubation"
    noted = ask("ventures", "figure", made["number"], "2026-01", "--turnover", "1 250,50", "--clients", "7")
    assert (noted["turnover"], noted["clients"], noted["jobs_women"]) == ("1250.50", 7, None)
    shown = ask("ventures", "show", made["number"])
    assert [move["reason"] for move in shown["moves"]] == ["Ancien dossier"]
    assert [figure["month"] for figure in shown["figures"]] == ["2026-01"]
    assert shown["next"] == "committee"
    assert [one["number"] for one in ask("ventures", "list", "saveurs")] == [made["number"]]
    told = run("ventures", "show", made["number"])
    assert "1250.50" in told.out
    assert "a session on the business plan" in told.out
    assert run("ventures", "figure", made["number"], "2026-01", "--turnover", "abc").status == 2
    assert run("ventures", "show", "RBT-V-A00099").status == 1


def test_a_call_takes_applications(run: Run, ask: Ask, tmp_path: Path) -> None:
    number = ask("ventures", "add", "--name", "Saveurs", "--kind", "cooperative")["number"]
    ask("calls", "add", "AMI-1", *LABELS, "--places", "2")
    refused = run("calls", "apply", "AMI-1", number)
    assert (refused.status, "the call is not open" in refused.err) == (1, True)
    assert ask("calls", "set", "AMI-1", "open")["state"] == "open"
    assert ask("calls", "criterion", "AMI-1", *LABELS, "--weight", "3")["weights"] == 3
    made = ask("calls", "apply", "AMI-1", number)
    assert made["gaps"] == ["sector", "activity", "city", "member"]
    assert [(one["code"], one["applications"]) for one in ask("calls", "list")] == [("AMI-1", 1)]
    found = ask("calls", "results", "AMI-1")
    assert (found["open"], found["ranking"], len(found["applications"])) == (False, [], 1)
    assert "Saveurs" in run("calls", "results", "AMI-1").out
    assert run("calls", "letter", made["id"], tmp_path / "letter.pdf").status == 1
    assert not (tmp_path / "letter.pdf").exists()
