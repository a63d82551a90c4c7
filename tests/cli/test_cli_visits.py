"""`waslctl visits`: log, list, close the day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.clock import system_clock, to_local
from tests.cli.conftest import Run

Ask = Callable[..., Any]


def test_visit_is_logged_and_listed(ask: Ask) -> None:
    person = ask("people", "add", "--name", "Awa Fall")
    logged = ask("visits", "log", "--person", person["number"], "--counter", "marketing", "--reason", "employment")
    assert (logged["person"], logged["counter"], logged["reason"]) == (person["id"], "marketing", "employment")
    assert logged["state"] == "waiting"
    anonymous = ask("visits", "log", "--anonymous", "--counter", "2")
    assert (anonymous["person"], anonymous["counter"], anonymous["reason"]) == (
        None,
        "auto_entrepreneur",
        "information",
    )
    assert ask("visits", "list") == [logged, anonymous]
    assert ask("visits", "list", "--day", logged["day"]) == [logged, anonymous]
    assert ask("visits", "list", "--day", "2020-01-01") == []


def test_moment_without_a_zone_is_legal_time_in_morocco(ask: Ask) -> None:
    here = ask("visits", "log", "--anonymous", "--counter", "startup", "--at", "2026-01-05T09:40")
    there = ask("visits", "log", "--anonymous", "--counter", "startup", "--at", "2026-01-05T08:40:00+00:00")
    assert here["arrived_at"] == there["arrived_at"] == "2026-01-05T09:40:00.000+01:00"
    assert here["day"] == "2026-01-05"


def test_moment_to_come_is_refused(run: Run) -> None:
    tomorrow = to_local(system_clock()) + timedelta(days=1)
    ran = run("visits", "log", "--anonymous", "--counter", "startup", "--at", tomorrow.isoformat())
    assert (ran.status, ran.out) == (1, "")


def test_second_open_visit_is_refused(run: Run, ask: Ask) -> None:
    number = ask("people", "add", "--name", "Awa Fall")["number"]
    ask("visits", "log", "--person", number, "--counter", "startup")
    ran = run("visits", "log", "--person", number, "--counter", "marketing")
    assert (ran.status, ran.out) == (1, "")
    assert "Awa Fall" in ran.err
    assert len(ask("visits", "list")) == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--anonymous", "--counter", "nowhere"), 1),
        (("--anonymous", "--counter", "startup", "--reason", "curiosity"), 1),
        (("--person", "RBT-A09999", "--counter", "startup"), 1),
        (("--anonymous",), 2),
        (("--counter", "startup"), 2),
        (("--person", "RBT-A00001", "--anonymous", "--counter", "startup"), 2),
        (("--anonymous", "--counter", "startup", "--at", "yesterday"), 2),
        (("--anonymous", "--counter", "startup", "--at", "9999-12-31T23:59:59-23:00"), 1),
    ],
)
def test_bad_visit_leaves_nothing(run: Run, ask: Ask, arguments: tuple[str, ...], status: int) -> None:
    ran = run("visits", "log", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.strip()
    assert ask("visits", "list") == []


def test_day_is_closed_with_those_who_are_still_here(run: Run, ask: Ask) -> None:
    ask("people", "add", "--name", "Awa Fall")
    ask("visits", "log", "--person", "RBT-A00001", "--counter", "startup", "--at", "2026-01-05T09:40")
    ask("visits", "log", "--anonymous", "--counter", "startup", "--at", "2026-01-05T10:00")
    closed = ask("visits", "close-day")
    assert closed == {"day": "2026-01-05", "visits": 2, "new_people": 1, "anonymous": 1, "closed_with_day": 2}
    states = [(visit["state"], visit["left_at"]) for visit in ask("visits", "list", "--day", "2026-01-05")]
    assert states == [("closed_with_day", None)] * 2
    again = run("visits", "close-day")
    assert (again.status, again.out) == (1, "")


def test_visits_are_told_in_words(run: Run, ask: Ask) -> None:
    assert "No visit" in run("visits", "list").out
    ask("people", "add", "--name", "Awa Fall")
    said = run("visits", "log", "--person", "RBT-A00001", "--counter", "3", "--at", "2026-01-05T09:40").out
    assert said == "Awa Fall waits at counter 3, Associations, since 09:40.\n"
    run("visits", "log", "--anonymous", "--counter", "startup", "--at", "2026-01-05T10:00")
    _heads, _rule, first, second = run("visits", "list", "--day", "2026-01-05").out.splitlines()
    assert first.split()[:2] == ["09:40", "waiting"]
    assert first.endswith("RBT-A00001  Awa Fall")
    assert second.endswith("anonymous")
    assert run("visits", "close-day").out == (
        "05/01/2026 is closed, with 2 visits.\n2 visits were still open and were marked as closed with the day.\n"
    )
