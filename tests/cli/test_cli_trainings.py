"""`waslctl trainings`: from the plan to who may have which certificate, by who only types."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.clock import day_of, system_clock
from tests.cli.conftest import Run

Ask = Callable[..., Any]


def test_a_class_from_the_plan_to_the_certificates(ask: Ask, run: Run) -> None:
    today = day_of(system_clock())
    people = [ask("people", "add", "--name", name)["number"] for name in ("Awa Fall", "Fatou Diop", "Moussa Ba")]
    made = ask("trainings", "create", "--title-fr", "Vendre en ligne", "--places", "2", "--pass-mark", "10")
    assert (made["state"], made["places"], made["hours"]) == ("planned", 2, 0)
    which = made["id"]
    planned = ask("trainings", "days", which, (today - timedelta(1)).isoformat(), "--from", "09:00", "--to", "12:30")
    assert (planned["hours"], planned["state"], len(planned["days"])) == (3.5, "over", 1)
    put = ask("trainings", "enrol", which, *people)
    assert [item["state"] for item in put] == ["enrolled", "enrolled", "waiting"]
    moved = ask("trainings", "withdraw", which, people[0], "--reason", "travaille")
    assert [item["state"] for item in moved] == ["withdrawn", "enrolled"]
    day = planned["days"][0]["day"]
    late = ask("trainings", "attend", which, day, people[1], "--mark", "late", "--minutes", "90")
    assert list(late[0]["marks"].values()) == ["late"]
    assert len(ask("trainings", "attend", which, day)) == 1
    assert ask("trainings", "assess", which, people[1], "--mark", "14.5")[0]["result"] == "passed"
    shown = ask("trainings", "show", which)
    found = {item["number"]: (item["hours"], item["participation"], item["certificate"]) for item in shown["people"]}
    assert found == {
        people[1]: (1.5, [], []),
        people[2]: (3.5, [], ["not_assessed"]),
        people[0]: (0, ["not_enrolled", "no_attendance"], ["not_enrolled", "no_attendance", "not_assessed"]),
    }
    refused = run("trainings", "attend", which, today.isoformat())
    assert (refused.status, "no such day" in refused.err) == (1, True)
    for words in (["list"], ["show", which], ["list", "--person", people[1]]):
        said = run("trainings", *words)
        assert (said.status, said.err) == (0, "")
        assert "Vendre en ligne" in said.out
    assert ask("trainings", "close", which)["state"] == "finished"
    assert ask("trainings", "list") == []
    assert ask("trainings", "list", "--all")[0]["id"] == which
    assert ask("trainings", "close", which, "--reopen")["state"] == "over"
