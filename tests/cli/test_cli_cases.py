"""`waslctl cases`, `sessions` and `appointments`: what an advisor does, without the window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

Ask = Callable[..., Any]


def test_a_case_is_opened_listed_and_closed(ask: Ask, run: Run) -> None:
    number = ask("people", "add", "--name", "Awa Fall")["number"]
    case = ask("cases", "open", number, "--counter", "startup", "--goal", "A shop")
    assert (case["kind"], case["goal"], case["exit"], case["number"]) == ("startup", "A shop", "", number)
    assert case["open_steps"] > 0
    assert ask("cases", "list") == [case]
    ran = run("cases", "open", number, "--kind", "startup")
    assert (ran.status, ran.out) == (1, "")
    assert "Awa Fall" in ran.err
    assert ask("cases", "open", number, "--kind", "startup", "--anyway")["kind"] == "startup"
    closed = ask("cases", "close", case["id"], "--exit", "job_obtained")
    assert (closed["exit"], closed["open_steps"]) == ("job_obtained", 0)
    assert len(ask("cases", "list")) == 1
    assert len(ask("cases", "list", "--closed")) == len(ask("cases", "list", "--person", number)) == 2
    shown = run("cases", "list", "--closed")
    assert (shown.status, "Job obtained" in shown.out) == (0, True)


def test_a_session_is_logged_for_all_who_were_there(ask: Ask, run: Run) -> None:
    first, second = (ask("people", "add", "--name", name)["number"] for name in ("Awa Fall", "Ben Keita"))
    ask("cases", "open", first, "--counter", "startup")
    made = ask(
        "sessions", "log", first, second, "--note", "They listened", "--next", "Bring papers", "--due", "2029-05-07"
    )
    assert (made["kind"], made["minutes"], made["note"]) == ("group_workshop", 45, "They listened")
    assert [item["number"] for item in made["people"]] == [first, second]
    assert ask("sessions", "list") == [made] == ask("sessions", "list", "--person", second)
    assert "with 1 person" in run("sessions", "log", first, "--kind", "jury", "--result", "continues").out
    shown = run("sessions", "list").out
    assert "To be continued" in shown
    assert "They listened" not in shown
    assert run("sessions", "log", first, "--kind", "nonsense").status == 1


def test_appointments_go_out_and_come_back(ask: Ask, run: Run, tmp_path: Path) -> None:
    number = ask("people", "add", "--name", "Awa Fall")["number"]
    made = ask("appointments", "add", "--at", "2029-05-07T10:00", "--person", number, "--purpose", "CV")
    assert (made["state"], made["minutes"], made["clashes"]) == ("planned", 45, [])
    other = ask("appointments", "add", "--at", "2029-05-07T10:30")
    assert other["clashes"] == [made["id"]]
    assert len(ask("appointments", "list", "--day", "2029-05-07")) == 2
    assert len(ask("appointments", "list", "--week", "--day", "2029-05-10")) == 2
    assert "no appointment" in run("appointments", "list", "--day", "2029-05-08").out
    file = tmp_path / "week.ics"
    ask("appointments", "export", "-o", file, "--day", "2029-05-07")
    content = file.read_bytes()
    assert content.count(b"BEGIN:VEVENT") == 2
    assert b"Fall" not in content
    ask("appointments", "export", "-o", file, "--day", "2029-05-07", "--names")
    assert b"Awa Fall" in file.read_bytes()
    file.write_bytes(content.replace(b"20290507T09", b"20290508T09"))
    done = ask("appointments", "import", file)
    assert (len(done["changed"]), done["added"]) == (2, [])
    file.write_bytes(b"hello")
    assert run("appointments", "import", file).status == 1
    assert run("appointments", "import", tmp_path / "nowhere.ics").status == 3
