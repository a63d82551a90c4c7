"""The walk of `make run` on a machine without a screen, from the empty folder to the account of it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageStat

from ui.tour.visits import spellings

PICTURES = {
    *(f"{what}-{language}.png" for what in ("first-start", "sign-in", "new-person") for language in ("fr", "en", "ar")),
    *(f"desk-{language}-{look}.png" for language in ("fr", "en", "ar") for look in ("light", "dark")),
    "recovery-sheet-step.png",
    "receipt-preview.png",
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "app.cli", "--data", str(folder), "demo", "--hubs", "rabat", "--years", "0.1"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=150)
    return folder / "rabat"


def take_tour(folder: Path, hub: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ui.tour", str(folder), "--hub", str(hub)]
    return subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=170, env=os.environ
    )


def test_the_walk_leaves_pictures_papers_and_an_account(hub: Path, tmp_path: Path) -> None:
    own = tmp_path / "hub"
    shutil.copytree(hub, own)
    done = take_tour(tmp_path / "out", own)
    assert done.returncode == 0, done.stdout + done.stderr
    out = tmp_path / "out"
    assert {path.name for path in out.glob("*.png")} == PICTURES
    for name in PICTURES:
        with Image.open(out / name) as picture:
            assert len(picture.convert("RGB").getcolors(maxcolors=1 << 20) or ()) > 20, name
    with Image.open(out / "desk-ar-light.png") as light, Image.open(out / "desk-ar-dark.png") as dark:
        assert light.size == dark.size == (1366, 768)
        assert _brightness(light) > 200
        assert _brightness(dark) < 80
    for name, words in (("receipt.pdf", "RBT-RV-"), ("recovery-sheet.pdf", "RBT-A")):
        document = pypdfium2.PdfDocument(out / name)
        assert words in document[0].get_textpage().get_text_range()
        document.close()
    account = (out / "account.md").read_text(encoding="utf-8")
    _check_account(account)


def _brightness(picture: Image.Image) -> float:
    return ImageStat.Stat(picture.convert("L")).mean[0]


def _check_account(account: str) -> None:
    figures = {
        name: (int(before), int(after)) for name, before, after in re.findall(r"\| (.+) \| (\d+) \| (\d+) \|", account)
    }
    before, after = figures["visits today"]
    assert after - before == 24
    kinds = re.findall(r"^\| (fr|en|ar) \| ([^|]+) \| [^|]* \| (\d+) \| \d+ \|$", account, flags=re.MULTILINE)
    assert len(kinds) == 21
    assert {language for language, _kind, _keys in kinds} == {"fr", "en", "ar"}
    assert all(int(keys) <= 10 for _language, kind, keys in kinds if kind.startswith("known"))
    assert all(int(keys) == 2 for _language, kind, keys in kinds if kind == "anonymous")


def test_it_fails_aloud_where_nothing_can_be_written(tmp_path: Path, hub: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be", encoding="utf-8")
    done = take_tour(tmp_path / "out", hub)
    assert done.returncode == 1
    assert done.stderr.startswith("The tour failed: ")


def test_what_is_typed_of_a_name_is_short_and_of_its_words() -> None:
    typed = spellings("El Alaoui Mohamed")
    assert all(3 <= len(text) <= 7 for text in typed)
    assert {"ala", "alao", "moh", "ala mo", "moh ala"} <= set(typed)
    assert spellings("") == ()
