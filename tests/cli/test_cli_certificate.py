"""`waslctl certificate`: issued, checked from the paper alone, printed again, replaced and revoked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

Ask = Callable[..., Any]
TYPED = ("--kind", "participation", "--title", "Couture", "--hours", "18", "--planned", "20:30", "--from", "2026-03-02")


def issue(ask: Ask, person: str, path: Path, *more: str) -> str:
    number: str = ask("certificate", "issue", *TYPED, "--person", person, "-o", path, *more)["number"]
    return number


def test_a_certificate_is_issued_and_verified(run: Run, ask: Ask, tmp_path: Path) -> None:
    person = ask("people", "add", "--name", "Awa Ndiaye", "--name-ar", "أوا نداي")["number"]
    paper = tmp_path / "a.pdf"
    number = issue(ask, person, paper, "--lang", "fr+ar", "--on", "2026-03-09")
    assert number.startswith(f"RBT-AP-{date.today().year}-A00001-")  # noqa: DTZ011 - the year of this computer
    assert paper.read_bytes().startswith(b"%PDF-")
    (row,) = ask("certificate", "list", "--person", person)
    assert (row["number"], row["state"], row["languages"], row["kind"]) == (number, "issued", "fr+ar", "participation")
    for what in (row["code"], f"Voici : {row['code']}.", paper):
        found = ask("certificate", "verify", what)
        assert (found["status"], found["number"], found["name"], found["kind"], found["date"]) == (
            "authentic", number, "Awa Ndiaye", "participation", "2026-03-09",
        )  # fmt: skip
        assert found["as_known_on"]
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Bonjour\n{row['code']}\n", encoding="utf-8")
    assert run("certificate", "verify", mail).status == 0
    code = row["code"]
    altered = run("certificate", "verify", code[:-9] + ("A" if code[-9] != "A" else "B") + code[-8:], "--json")
    assert (altered.status, altered.document["status"]) == (1, "altered")
    assert run("certificate", "verify", number).status == 1
    assert "Authentic" in run("certificate", "verify", code).out


def test_a_certificate_is_printed_again_replaced_and_revoked(run: Run, ask: Ask, tmp_path: Path) -> None:
    person = ask("people", "add", "--name", "Awa Ndiaye")["number"]
    first = issue(ask, person, tmp_path / "a.pdf", "--lang", "en")
    assert run("certificate", "issue", *TYPED, "--person", person, "-o", tmp_path / "a.pdf").status == 1
    ask("certificate", "reprint", first, "-o", tmp_path / "b.pdf")
    assert ask("certificate", "show", first)["copies"] == 1
    ask("people", "edit", person, "name=Awa Fall")
    second = ask("certificate", "replace", first, "--reason", "error", "-o", tmp_path / "c.pdf")["number"]
    shown = ask("certificate", "show", first)
    assert (shown["state"], shown["replaced_by"]) == ("replaced", second)
    assert ask("certificate", "revoke", second, "--reason", "Vendue")["note"] == "Vendue"
    code = ask("certificate", "show", second)["code"]
    found = run("certificate", "verify", code, "--json")
    assert (found.status, found.document["status"]) == (1, "revoked")
    assert "Vendue" in found.document["reason"]
    assert run("certificate", "revoke", second, "--reason", "Vendue").status == 1
    assert [row["number"] for row in ask("certificate", "list")] == [second, first]
    assert second in run("certificate", "list").out


def test_what_can_not_be_issued_is_refused_in_a_sentence(run: Run, ask: Ask, tmp_path: Path) -> None:
    person = ask("people", "add", "--name", "Awa Ndiaye")["number"]
    path = tmp_path / "a.pdf"
    for arguments, status in (
        (("--kind", "participation"), 1),
        (("--kind", "magic"), 2),
        (("--kind", "participation", "--title", "A", "--lang", "fr+en"), 2),
        (("--kind", "participation", "--title", "A", "--hours", "4:99"), 2),
        (("--kind", "participation", "--title", "A", "--on", "2990-01-01"), 1),
    ):
        refused = run("certificate", "issue", *arguments, "--person", person, "-o", path)
        assert (refused.status, refused.out, path.exists()) == (status, "", False)
        assert refused.err


def test_a_badge_is_written_beside_it(run: Run, ask: Ask, tmp_path: Path) -> None:
    person = ask("people", "add", "--name", "Awa Ndiaye")["number"]
    number = issue(ask, person, tmp_path / "a.pdf")
    path = tmp_path / "badge.jwt"
    ask("certificate", "badge", number, "-o", path)
    assert path.read_text(encoding="ascii").count(".") == 2
    assert run("certificate", "badge", number, "-o", path).status == 1
