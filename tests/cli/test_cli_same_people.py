"""`waslctl people duplicates`, `merge`, `unmerge` and `erase`."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Run

Ask = Callable[..., Any]


def add(ask: Ask, name: str, *more: str) -> str:
    return str(ask("people", "add", "--name", name, *more)["id"])


@pytest.fixture
def twice(ask: Ask) -> tuple[str, str]:
    """Somebody who was written down twice, beside others."""
    first = add(ask, "Wendkuni Ahouansou", "--birth", "1990-05-17", "--phone", "0661234567", "--nationality", "BJ")
    add(ask, "Awa Fall", "--phone", "0661234567")
    add(ask, "Mohamed Alaoui")
    add(ask, "Mohamed Alaoui")
    second = add(ask, "AHOUANSO Wendkuni", "--birth", "17/05/1990", "--phone", "0677889900", "--nationality", "BJ")
    return first, second


def test_duplicates_are_listed_with_score_and_reasons(run: Run, ask: Ask, twice: tuple[str, str]) -> None:
    (pair,) = ask("people", "duplicates")
    assert set(pair) == {"a", "b", "score", "reasons"}
    assert (pair["a"], pair["b"]) == twice
    assert 0.9 <= pair["score"] <= 1
    assert pair["reasons"] == ["name", "birth", "nationality"]
    more = ask("people", "duplicates", "--threshold", "0")
    assert len(more) > 1
    assert [one["score"] for one in more] == sorted((one["score"] for one in more), reverse=True)
    assert ask("people", "duplicates", "--threshold", "0", "--limit", "1") == [pair]
    shown = run("people", "duplicates").out
    assert "Wendkuni Ahouansou" in shown
    assert "name, birth date, nationality" in shown


def test_nothing_alike_is_said(run: Run, ask: Ask) -> None:
    assert ask("people", "duplicates") == []
    assert run("people", "duplicates").out == "No two records look like one person.\n"


@pytest.mark.parametrize("threshold", ["-0.1", "1.1", "much", "nan"])
def test_threshold_is_a_probability(run: Run, threshold: str) -> None:
    ran = run("people", "duplicates", "--threshold", threshold)
    assert (ran.status, ran.out) == (2, "")


def test_records_are_joined_and_parted(run: Run, ask: Ask, twice: tuple[str, str]) -> None:
    first, second = twice
    shown = [ask("people", "show", person) for person in twice]
    assert ask("people", "merge", shown[1]["number"], first) == {"person": first}
    assert ask("people", "duplicates") == []
    assert [row["id"] for row in ask("people", "search", "ahouansou")] == [first]
    again = run("people", "merge", first, second)
    assert (again.status, again.out) == (1, "")
    assert ask("people", "unmerge", second) == {"person": second}
    assert {row["id"] for row in ask("people", "search", "ahouansou")} == set(twice)
    assert [ask("people", "show", person) for person in twice] == shown
    assert run("people", "unmerge", second).status == 1


def test_one_of_three_is_parted_from_one_or_from_all(ask: Ask) -> None:
    three = [add(ask, "Serge Tapsoba", "--birth", str(year)) for year in (1980, 1981, 1982)]
    ask("people", "merge", three[0], three[1])
    ask("people", "merge", three[1], three[2])
    assert len(ask("people", "search", "tapsoba")) == 1
    ask("people", "unmerge", three[1])
    assert len(ask("people", "search", "tapsoba")) == 3
    ask("people", "merge", three[0], three[1])
    ask("people", "merge", three[1], three[2])
    ask("people", "unmerge", three[2], three[1])
    assert len(ask("people", "search", "tapsoba")) == 2


def test_nobody_is_joined_with_nobody(run: Run, ask: Ask) -> None:
    person = add(ask, "Awa Fall")
    for command in (("merge", person, person), ("merge", person, "RBT-A09999"), ("unmerge", "x"), ("unmerge", person)):
        ran = run("people", *command)
        assert (ran.status, ran.out) == (1, ""), command
        assert len(ran.err.strip().splitlines()) == 1


def test_person_is_erased_with_a_reason(run: Run, ask: Ask, twice: tuple[str, str]) -> None:
    first, second = twice
    assert run("people", "erase", first).status == 2
    assert run("people", "erase", first, "--reason", " ").status == 1
    assert ask("people", "erase", first, "--reason", "asked for it") == {"erased": first, "erased_at": 1, "of": 1}
    assert run("people", "show", first).status == 1
    assert run("people", "erase", first, "--reason", "again").status == 1
    assert [row["id"] for row in ask("people", "search", "ahouansou")] == [second]
    assert ask("check") == {"ok": True, "problems": []}
    (event,) = [event for event in ask("audit") if event["action"] == "erased"]
    assert (event["subject"], event["detail"]) == (first, "asked for it")
