"""`waslctl people`: one at a time, many at once, found in either script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

Ask = Callable[..., Any]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_person_is_added_found_and_shown(ask: Ask) -> None:
    added = ask(
        "people", "add", "--name", "Aïssata Koné", "--sex", "f", "--birth", "12/03/1998", "--nationality", "ci",
        "--phone", "0661 23 45 67", "--phone", "+221 77 123 45 67",
    )  # fmt: skip
    assert set(added) == {"id", "number", "possible_duplicates"}
    assert added["possible_duplicates"] == []
    found = ask("people", "search", "kone aissata")
    assert [set(row) for row in found] == [{"id", "number", "name", "name_ar", "score"}]
    assert (found[0]["id"], found[0]["name"]) == (added["id"], "Aïssata Koné")
    shown = ask("people", "show", added["number"])
    assert (shown["birth"], shown["sex"], shown["nationality"]) == ("1998-03-12", "f", "CI")
    assert shown["phones"] == ["+212661234567", "+221771234567"]
    assert shown["restricted"] == {"residence": "not_stated", "education": ""}
    assert ask("people", "show", added["id"]) == shown


def test_the_same_person_again_is_pointed_out(ask: Ask) -> None:
    first = ask("people", "add", "--name", "Mohamed Alaoui", "--birth", "1990-05-02", "--phone", "0661234567")
    again = ask("people", "add", "--name-ar", "محمد العلوي", "--birth", "1990-05-02", "--phone", "+212 661-234567")
    (likely,) = again["possible_duplicates"]
    assert (likely["id"], likely["number"]) == (first["id"], first["number"])
    assert {"name", "phone", "birth"} <= set(likely["reasons"])
    assert 0.62 <= likely["score"] <= 1


def test_arabic_name_given_as_the_name_is_kept_as_arabic(ask: Ask) -> None:
    added = ask("people", "add", "--name", "فاطمة الزهراء بناني")
    shown = ask("people", "show", added["id"])
    assert (shown["name"], shown["name_ar"]) == ("", "فاطمة الزهراء بناني")
    assert [row["id"] for row in ask("people", "search", "fatima zahra bennani")] == [added["id"]]


def test_file_is_added_in_the_order_of_its_rows(ask: Ask, tmp_path: Path) -> None:
    file = write(
        tmp_path / "people.csv",
        "name,name_ar,sex,birth,nationality,phone\n"
        "Koné Aïssata,,f,1998,CI,0661234567;0662345678\n"
        ",محمد العلوي,m,~1970,MA,\n"
        "\n"
        '"Diallo, dit ""Petit""\nMamadou",,,,GN,\n',
    )
    answer = ask("people", "add", "--from", file)
    assert set(answer) == {"created", "ids"}
    assert answer["created"] == 3
    shown = [ask("people", "show", person) for person in answer["ids"]]
    assert [person["number"] for person in shown] == ["RBT-A00001", "RBT-A00002", "RBT-A00003"]
    assert [person["birth"] for person in shown] == ["1998", "~1970", ""]
    assert shown[0]["phones"] == ["+212661234567", "+212662345678"]
    assert shown[1]["name_ar"] == "محمد العلوي"
    assert shown[2]["name"] == 'Diallo, dit "Petit" Mamadou'


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name;sex\nKoné Aïssata;f\n", "utf-8"),
        ("name\tsex\nKoné Aïssata\tf\n", "utf-8"),
        ("name,sex\r\nKoné Aïssata,f\r\n", "utf-8-sig"),
        ("Name , SEX\nKoné Aïssata,F", "utf-8"),
        ('name;phone\nKoné Aïssata;"0661234567;0662345678"\n', "utf-8-sig"),
    ],
)
def test_spreadsheets_may_write_the_file_as_they_do(ask: Ask, tmp_path: Path, text: str, encoding: str) -> None:
    answer = ask("people", "add", "--from", write(tmp_path / "people.csv", text, encoding))
    assert ask("people", "show", answer["ids"][0])["name"] == "Koné Aïssata"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"name,surname\nA,B\n", 1, "surname"),
        (b"name,name\nA,B\n", 1, "twice"),
        (b"sex,birth\nf,1990\n", 1, "name_ar"),
        (b"name,sex\nAwa Fall,f\nAwa Ba\n", 3, "cells"),
        (b"name,sex\nAwa Fall,f\n\nAwa Ba,x\n", 4, "sex"),
        (b"name,birth\nAwa Fall,1990\nAwa Ba,1999-02-30\n", 3, "1999-02-30"),
        ("name\nAwa Fall\nKoné\n".encode("latin-1"), 3, "UTF-8"),
        ("name\nAwa\n".encode("utf-16"), 1, "NUL"),
        (b"name\nAwa Fall\nAwa\0Ba\n", 3, "NUL"),
        (b'name,sex\nAwa Fall,f\n"Awa Ba,m\nFatou Sow,f\n', 3, "quotation marks"),
        (b"name\nAwa Fall\n" + b"a" * 301 + b"\n", 3, "300"),
        (b"name,name_ar\nAwa Fall,\n ,\n???,\n", 4, "A name is needed"),
        (b"name,nationality\nAwa Fall,SN\nAwa Ba,Senegal\n", 3, "nationality"),
        (b"name,sex\nAwa Fall,f\n" + b'"' + b"x" * 200_000 + b'",f\n', 3, "too long"),
    ],
)  # fmt: skip
def test_bad_file_is_refused_by_its_line_and_nobody_is_kept(
    run: Run, ask: Ask, tmp_path: Path, content: bytes, line: int, words: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    ran = run("--json", "people", "add", "--from", file)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"Line {line}: ")
    assert words in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert ask("people", "search", "awa") == []


def test_longest_name_is_kept_whole(ask: Ask, tmp_path: Path) -> None:
    name = ("Mohamed " * 38)[:300].strip()
    answer = ask("people", "add", "--from", write(tmp_path / "people.csv", f"name\n{name}\n"))
    assert ask("people", "show", answer["ids"][0])["name"] == name


def test_missing_file_is_said(run: Run, tmp_path: Path) -> None:
    ran = run("people", "add", "--from", tmp_path / "none.csv")
    assert (ran.status, ran.out) == (1, "")
    assert "none.csv" in ran.err


def test_options_and_file_are_not_mixed(run: Run, tmp_path: Path) -> None:
    assert run("people", "add", "--name", "Awa", "--from", tmp_path / "x.csv").status == 1


def test_queries_of_a_file_are_answered_line_by_line(ask: Ask, tmp_path: Path) -> None:
    write(tmp_path / "people.csv", "name,phone\nMohamed Alaoui,0661234567\nAïssata Koné,\nTrésor Ilunga,\n")
    ids = ask("people", "add", "--from", tmp_path / "people.csv")["ids"]
    queries = write(tmp_path / "queries.txt", "محمد العلوي\r\nkone\n\nzzqxw\nilunga tresor\n4567", "utf-8-sig")
    answers = ask("people", "search", "--from", queries, "--limit", "1")
    assert [[row["id"] for row in rows] for rows in answers] == [[ids[0]], [ids[1]], [], [], [ids[2]], [ids[0]]]


def test_limit_is_kept(ask: Ask, tmp_path: Path) -> None:
    rows = "".join(f"Awa Fall {letter}\n" for letter in "abcdefghijkl")
    ask("people", "add", "--from", write(tmp_path / "people.csv", f"name\n{rows}"))
    assert len(ask("people", "search", "awa fall")) == 10
    assert len(ask("people", "search", "awa fall", "--limit", "3")) == 3


@pytest.mark.parametrize("limit", ["0", "-1", "many", "10000000"])
def test_limit_must_be_a_number_from_one_on(run: Run, limit: str) -> None:
    ran = run("people", "search", "awa", "--limit", limit)
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("query", ["", "   ", "😀", "\u200f\u200f", "a\0b", "x" * 5000, "%_'\";--", "\ud800"])
def test_no_query_is_too_odd(ask: Ask, query: str) -> None:
    ask("people", "add", "--name", "Awa Fall")
    assert len(ask("people", "search", query)) <= 1


def test_fields_are_corrected(ask: Ask) -> None:
    number = ask("people", "add", "--name", "Awa Fal")["number"]
    edited = ask(
        "people", "edit", number, "name=Awa Fall", "name-ar=آوا فال", "birth=~1985", "phone=0661234567;0662345678",
        "also_known=Awa Diouf", "language=fr wo", "residence=refugee", "education=primary", "sex=f", "nationality=sn",
    )  # fmt: skip
    assert (edited["name"], edited["name_ar"], edited["birth"]) == ("Awa Fall", "آوا فال", "~1985")
    assert (edited["also_known"], edited["languages"]) == (["Awa Diouf"], ["fr", "wo"])
    shown = ask("people", "show", number)
    assert shown["restricted"] == {"residence": "refugee", "education": "primary"}
    assert [row["number"] for row in ask("people", "search", "awa diouf")] == [number]
    assert ask("people", "edit", number, "birth=")["birth"] == ""


@pytest.mark.parametrize(
    "field", ["name", "name=", "colour=red", "birth=soon", "nationality=Senegal", "residence=moonman", "sex=z", "=x"]
)
def test_bad_correction_changes_nothing(run: Run, ask: Ask, field: str) -> None:
    number = ask("people", "add", "--name", "Awa Fall")["number"]
    before = ask("people", "show", number)
    ran = run("--json", "people", "edit", number, "contact=in the evening", field)
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.strip().splitlines()) == 1
    assert ask("people", "show", number) == before


@pytest.mark.parametrize("reference", ["RBT-A09999", "00000000-0000-7000-8000-000000000000", "", "x"])
def test_nobody_is_said(run: Run, reference: str) -> None:
    assert run("people", "show", reference).status == 1
    assert run("people", "edit", reference, "name=Awa").status == 1


def test_person_is_shown_in_words(run: Run, ask: Ask) -> None:
    number = ask("people", "add", "--name", "Awa Fall", "--nationality", "SN", "--sex", "f", "--birth", "~1985")[
        "number"
    ]
    ask("people", "edit", number, "residence=refugee")
    ask("visits", "log", "--person", number, "--counter", "startup", "--at", "2026-01-05T10:30")
    shown = run("people", "show", number).out
    assert shown.startswith(f"{number} · Awa Fall\n")
    for words in ("Sex: Woman", "Born: ~1985", "Nationality: Senegal", "Residence situation: Refugee"):
        assert f"  {words}\n" in shown
    assert "05/01/2026 10:30  Start-up  Information" in shown


def test_table_lines_up_whatever_the_letters(run: Run, ask: Ask) -> None:
    ask("people", "add", "--name", "Awa Fall")
    ask("people", "add", "--name", "Awa Fállé", "--nationality", "CI")
    ask("people", "add", "--name", "Awa 日本 Fall", "--birth", "1990")
    heads, rule, *rows = run("people", "search", "awa").out.splitlines()
    assert heads.split()[0] == "Number"
    assert len(rows) == 3
    born = heads.index("Born")
    assert set(rule) == {"─", " "}
    wide = next(row for row in rows if "日本" in row)
    assert wide.index("1990") == born - 2  # two letters that take two columns each
    assert run("people", "search", "zzzzzz").out == "Nobody was found.\n"
