"""Who acts, with which password, and what a refusal looks like from outside."""

import getpass
import io
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PASSWORD, Run

Ask = Callable[..., Any]
NEW_PASSWORD = "another four words here"


@pytest.fixture
def with_reception(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second account, a receptionist's."""
    monkeypatch.setenv("WASL_NEW_PASSWORD", NEW_PASSWORD)
    ran = run("--json", "accounts", "add", "reception", "--name", "Aya Belhaj", "--role", "receptionist")
    assert ran.status == 0, ran.err
    assert ran.document["login"] == "reception"


def test_account_may_be_left_out_where_there_is_one(ask: Ask) -> None:
    assert [account["login"] for account in ask("accounts", "list")] == ["samira"]


@pytest.mark.usefixtures("with_reception")
def test_account_must_be_named_where_there_are_two(run: Run) -> None:
    ran = run("people", "search", "awa")
    assert (ran.status, ran.out) == (1, "")
    assert "samira, reception" in ran.err
    assert run("--account", "samira", "people", "search", "awa").status == 0
    assert run("people", "search", "awa", "--account", "SAMIRA").status == 0


@pytest.mark.usefixtures("with_reception")
def test_receptionist_sees_nothing_restricted(run: Run, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    number = ask("--account", "samira", "people", "add", "--name", "Awa Fall")["number"]
    ask("--account", "samira", "people", "edit", number, "residence=irregular")
    monkeypatch.setenv("WASL_PASSWORD", NEW_PASSWORD)
    shown = run("--account", "reception", "--json", "people", "show", number)
    assert shown.document["restricted"] is None
    assert "irregular" not in shown.out
    assert "rregular" not in run("--account", "reception", "people", "show", number).out
    for refused in (
        ("people", "edit", number, "residence=refugee"),
        ("audit",),
        ("backup", "-o", "anywhere"),
        ("accounts", "list"),
    ):
        ran = run("--account", "reception", *refused)
        assert (ran.status, ran.out) == (1, "")


def test_password_stands_in_a_file(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WASL_PASSWORD", "not this one")
    file = tmp_path / "password"
    for content in (PASSWORD, f"{PASSWORD}\n", f"{PASSWORD}\r\nsecond line", f"\ufeff{PASSWORD}\n"):
        file.write_bytes(content.encode())
        assert run("--password-file", file, "people", "search", "awa").status == 0
    file.write_text(f" {PASSWORD}", encoding="utf-8")
    assert run("--password-file", file, "people", "search", "awa").status == 1


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_password_file_that_is_none_is_said(run: Run, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    ran = run("--password-file", file, "people", "search", "awa")
    assert (ran.status, ran.out) == (1, "")
    assert str(file) in ran.err


def test_wrong_password_opens_nothing_and_slows_down(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WASL_PASSWORD", "wrong wrong wrong")
    tries = [run("--json", "people", "search", "awa") for _ in range(5)]
    assert {(ran.status, ran.out) for ran in tries} == {(1, "")}
    assert "next try is possible" in tries[-1].err
    monkeypatch.setenv("WASL_PASSWORD", PASSWORD)
    assert run("people", "search", "awa").status == 1


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody sits at the terminal and answers questions with what the test puts in the list, last first."""
    answers: list[str] = []

    def answer(_prompt: str = "", _stream: object = None) -> str:
        if not answers:
            raise EOFError
        return answers.pop()

    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr(getpass, "getpass", answer)
    monkeypatch.delenv("WASL_PASSWORD")
    yield answers
    assert not answers


def test_password_is_asked_for(run: Run, at_terminal: list[str]) -> None:
    at_terminal.append(PASSWORD)
    assert run("people", "search", "awa").status == 0


def test_no_answer_is_an_answer(run: Run, at_terminal: list[str]) -> None:
    assert at_terminal == []
    ran = run("people", "search", "awa")
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.strip().splitlines()) == 1


def test_new_password_is_asked_for_twice(run: Run, at_terminal: list[str]) -> None:
    at_terminal += [PASSWORD, NEW_PASSWORD, NEW_PASSWORD]
    assert run("accounts", "add", "amine", "--name", "Amine", "--role", "advisor").status == 0
    at_terminal += ["something else", NEW_PASSWORD]
    ran = run("accounts", "add", "bouchra", "--name", "Bouchra", "--role", "advisor", "--account", "samira")
    assert (ran.status, ran.out) == (1, "")
    assert "not the same" in ran.err


def test_no_password_and_nobody_to_ask_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WASL_PASSWORD")
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD))
    ran = run("people", "search", "awa")
    assert (ran.status, ran.out) == (1, "")
    assert "WASL_PASSWORD" in ran.err


def test_folder_without_records_is_left_as_it_was(bare: Run, tmp_path: Path) -> None:
    ran = bare("--data", tmp_path / "nowhere", "--lang", "en", "people", "search", "awa")
    assert (ran.status, ran.out) == (1, "")
    assert "nowhere" in ran.err
    assert not (tmp_path / "nowhere").exists()


def test_damaged_records_are_the_environment(run: Run, folder: Path) -> None:
    database = folder / "wasl.db"
    kept = database.read_bytes()
    database.write_bytes(kept[:5000] + bytes(len(kept) - 5000))
    ran = run("people", "search", "awa")
    assert (ran.status, ran.out) == (3, "")
    assert "damaged" in ran.err
    database.unlink()
    assert run("people", "search", "awa").status == 3


def test_copy_of_the_folder_is_another_place(bare: Run, run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("people", "add", "--name", "Awa Fall").status == 0
    copied = shutil.copytree(folder, tmp_path / "copy")
    assert len(bare("--data", copied, "--json", "people", "search", "awa").document) == 1


def test_own_password_is_changed_by_who_knows_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WASL_NEW_PASSWORD", "short")
    assert run("accounts", "password").status == 1
    monkeypatch.setenv("WASL_NEW_PASSWORD", NEW_PASSWORD)
    ran = run("--json", "accounts", "password")
    assert (ran.status, ran.document) == (0, {"login": "samira"}), ran.err
    assert run("accounts", "list").status == 1
    monkeypatch.setenv("WASL_PASSWORD", NEW_PASSWORD)
    assert run("accounts", "list").status == 0


@pytest.mark.usefixtures("with_reception")
def test_a_manager_gives_others_a_new_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WASL_NEW_PASSWORD", "yet four more words")
    assert run("--account", "samira", "accounts", "password", "Reception").status == 0
    assert run("--account", "samira", "accounts", "password", "nobody").status == 1
    monkeypatch.setenv("WASL_PASSWORD", "yet four more words")
    assert run("--account", "reception", "people", "search", "awa").status == 0
    assert run("--account", "reception", "accounts", "password", "samira").status == 1
