"""The records as a whole: trail, digest, check, copies."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

Ask = Callable[..., Any]


def test_trail_says_who_read_and_changed_what(run: Run, ask: Ask) -> None:
    person = ask("people", "add", "--name", "Awa Fall")
    other = ask("people", "add", "--name", "Modou Sarr")
    ask("people", "edit", person["number"], "birth=1990")
    ask("people", "show", person["number"])
    events = ask("audit", "--person", person["number"])
    assert {event["subject"] for event in events} == {person["id"]}
    assert [event["action"] for event in events] == ["read_restricted", "changed", "changed"]
    assert {event["author"] for event in events} == {"Samira Ouchen"}
    assert "birth_date" in events[1]["detail"]
    everything = ask("audit")
    assert {"signed_in", "changed"} <= {event["action"] for event in everything}
    assert other["id"] in {event["subject"] for event in everything}
    assert len(ask("audit", "--limit", "2")) == 2
    # what was written is not repeated on the trail
    assert "Modou" not in run("audit").out + run("--json", "audit").out


def test_trail_begins_on_a_day(run: Run, ask: Ask) -> None:
    ask("people", "add", "--name", "Awa Fall")
    assert ask("audit", "--from", "2020-01-01") != []
    assert ask("audit", "--from", "2999-01-01") == []
    assert "Nothing is on the audit trail" in run("audit", "--from", "2999-01-01").out
    assert run("audit", "--from", "Monday").status == 2


def test_digest_tells_records_apart(run: Run, ask: Ask) -> None:
    before = ask("digest")
    assert {"person", "visit", "counter"} <= set(before)
    assert all(len(digest) == 64 for digest in before.values())
    assert ask("digest") == before
    ask("people", "add", "--name", "Awa Fall")
    after = ask("digest")
    assert {table for table in after if after[table] != before[table]} == {"person"}
    assert after["person"] in run("digest").out


def test_whole_records_are_whole(run: Run, ask: Ask) -> None:
    ask("people", "add", "--name", "Awa Fall")
    assert ask("check") == {"ok": True, "problems": []}
    assert run("check").out == "The records are whole.\n"


@pytest.mark.logs_warnings
def test_what_could_not_be_cleared_away_after_an_erasure_is_said(run: Run, ask: Ask, folder: Path) -> None:
    """Nothing can be put into the folder of copies: there is a file in its place."""
    person = ask("people", "add", "--name", "Awa Fall")
    backups = folder / "backups"
    backups.write_bytes(b"")
    ask("people", "erase", person["number"], "--reason", "demande")
    done = run("check")
    assert done.status == 1
    assert "may still hold what was erased" in done.out
    assert "The records are whole." in done.out
    backups.unlink()
    assert ask("check")["ok"] is True


def test_copy_is_restored_elsewhere(bare: Run, ask: Ask, tmp_path: Path) -> None:
    first = ask("people", "add", "--name", "Awa Fall")
    file = tmp_path / "copy.waslbackup"
    assert ask("backup", "-o", file) == {"file": str(file)}
    assert b"Awa" not in file.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    restored = bare("--data", elsewhere, "--json", "restore", file)
    assert (restored.status, restored.document) == (0, {"folder": str(elsewhere)})
    found = bare("--data", elsewhere, "--json", "people", "search", "awa")
    assert [row["id"] for row in found.document] == [first["id"]]
    assert bare("--data", elsewhere, "--json", "digest").document == ask("digest")
    assert bare("--data", elsewhere, "--json", "check").document["ok"]


def test_copy_is_never_restored_over_records(run: Run, ask: Ask, tmp_path: Path) -> None:
    ask("backup", "-o", tmp_path / "copy")
    ask("people", "add", "--name", "Awa Fall")
    ran = run("restore", tmp_path / "copy")
    assert (ran.status, ran.out) == (1, "")
    assert len(ask("people", "search", "awa")) == 1


@pytest.mark.parametrize("content", [b"", b"no backup", b"PK\x03\x04 cut off"])
def test_file_that_is_no_copy_is_refused(bare: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy").write_bytes(content)
    ran = bare("--data", tmp_path / "elsewhere", "restore", tmp_path / "copy")
    assert (ran.status, ran.out) == (1, "")
    assert not (tmp_path / "elsewhere" / "keyring.json").exists()


def test_copy_that_is_not_there_is_said(bare: Run, tmp_path: Path) -> None:
    ran = bare("--data", tmp_path / "elsewhere", "--lang", "en", "restore", tmp_path / "copy")
    assert (ran.status, ran.out) == (1, "")
    assert "copy" in ran.err


def test_copy_into_no_folder_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("backup", "-o", tmp_path / "no" / "folder" / "copy")
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.strip().splitlines()) == 1
