"""`waslctl init` and `doctor`."""

import re
import stat
from pathlib import Path

import pypdfium2
import pytest

from app.bootstrap import open_with_recovery
from app.paths import HubPaths
from app.settings import load_settings
from tests.cli.conftest import PASSWORD, Run


def test_new_installation_opens_with_its_password(bare: Run, tmp_path: Path) -> None:
    made = bare(
        "--json", "--data", tmp_path / "hub", "init", "--hub", "ouj", "--desk", "b", "--manager", "Touria Amghar"
    )
    assert made.status == 0
    assert set(made.document) == {"installation", "hub", "desk"}
    assert (made.document["hub"], made.document["desk"]) == ("OUJ", "B")
    code = made.err.partition(": ")[2].split(".")[0]
    assert len(code.split("-")) == 8
    accounts = bare("--json", "--data", tmp_path / "hub", "accounts", "list").document
    assert [(item["login"], item["name"], item["role"]) for item in accounts] == [
        ("touria.amghar", "Touria Amghar", "manager")
    ]
    added = bare("--json", "--data", tmp_path / "hub", "people", "add", "--name", "Awa Fall").document
    assert added["number"] == "OUJ-B00001"
    assert PASSWORD.encode() not in b"".join(path.read_bytes() for path in (tmp_path / "hub").iterdir())


def test_manager_may_choose_a_login_and_a_language(bare: Run, tmp_path: Path) -> None:
    made = bare(
        "--data", tmp_path, "--account", "nabil", "--lang", "en",
        "init", "--hub", "TNG", "--desk", "A", "--manager", "نبيل الحراق", "--language", "ar",
    )  # fmt: skip
    assert made.status == 0
    assert "“nabil”" in made.out
    assert load_settings(HubPaths(tmp_path).settings).language == "ar"


def test_login_can_be_made_of_an_arabic_name(bare: Run, tmp_path: Path) -> None:
    made = bare("--data", tmp_path, "--lang", "en", "init", "--hub", "TNG", "--desk", "A", "--manager", "نبيل الحراق")
    assert "“نبيل.الحراق”" in made.out


def test_recovery_sheet_is_a_file_for_its_owner_alone(bare: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = bare(
        "--data", tmp_path / "hub", "--lang", "en",
        "init", "--hub", "RBT", "--desk", "A", "--manager", "Samira", "--recovery", sheet,
    )  # fmt: skip
    assert made.status == 0
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    document = pypdfium2.PdfDocument(sheet)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Rabat" in text
    groups = re.findall(r"^\d\s+([0-9A-Z]{4})\s*$", text, re.M)
    assert len(groups) == 8
    assert not any(group in made.out + made.err for group in groups)
    open_with_recovery(HubPaths(tmp_path / "hub"), " ".join(groups), "samira", "new words of hers").close()


@pytest.mark.parametrize(
    "changes",
    [
        {"--hub": "R2"}, {"--hub": "Rabat"}, {"--desk": "AB"}, {"--desk": "1"}, {"--manager": "  "},
        {"--recovery": "{tmp}/taken.pdf"}, {"--recovery": "{tmp}/no/folder.pdf"},
    ],
)  # fmt: skip
def test_bad_answer_makes_nothing(bare: Run, tmp_path: Path, changes: dict[str, str]) -> None:
    (tmp_path / "taken.pdf").write_bytes(b"kept")
    answers = {"--hub": "RBT", "--desk": "A", "--manager": "Samira Ouchen"} | changes
    words = [word.format(tmp=tmp_path) for pair in answers.items() for word in pair]
    ran = bare("--data", tmp_path / "hub", "init", *words)
    assert (ran.status, ran.out) == (1, "")
    assert not (tmp_path / "hub" / "keyring.json").exists()
    assert (tmp_path / "taken.pdf").read_bytes() == b"kept"


def test_short_password_makes_nothing(bare: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WASL_PASSWORD", "short")
    assert bare("--data", tmp_path, "init", "--hub", "RBT", "--desk", "A", "--manager", "Samira").status == 1
    assert not (tmp_path / "keyring.json").exists()


def test_second_installation_leaves_the_first(run: Run, folder: Path) -> None:
    before = (folder / "keyring.json").read_bytes()
    ran = run("init", "--hub", "RBT", "--desk", "B", "--manager", "Samira")
    assert (ran.status, ran.out) == (1, "")
    assert (folder / "keyring.json").read_bytes() == before


def test_folder_that_may_not_be_made_is_the_environment(bare: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = bare("--data", tmp_path / "file" / "hub", "init", "--hub", "RBT", "--desk", "A", "--manager", "Samira")
    assert (ran.status, ran.out) == (3, "")


def test_doctor_needs_no_password_and_says_nothing_about_people(
    bare: Run, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("people", "add", "--name", "Awa Fall").status == 0
    assert run("backup", "-o", folder / "copy").status == 0
    monkeypatch.delenv("WASL_PASSWORD")
    found = run("--json", "doctor").document
    assert found["installed"] is True
    assert found["folder"] == str(folder)
    assert found["engine"].startswith("SQLCipher 4.")
    assert "Amiri-Regular.ttf" in found["fonts"]
    assert found["free_bytes"] > 0
    assert found["clock_behind_minutes"] == 0
    told = run("doctor").out
    assert "Awa" not in told
    assert "samira" not in told.lower()
    nothing = bare("--json", "--data", folder / "not" / "there", "doctor").document
    assert (nothing["installed"], nothing["last_backup"]) == (False, None)
