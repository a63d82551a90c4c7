"""Papers look as they were approved.

Somebody looked at each image in `approved/` before it was committed. A paper may differ from it as two versions of a
rasteriser do, not by an element that moved, changed or went missing. After a change that is meant, run
`WASL_APPROVE=1 pytest tests/documents/test_approved.py` and look at the new images before committing them.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from app.documents.certificate import render
from app.documents.funding_papers import render_funding_agreement, render_tranche_receipt
from app.documents.hub_sheets import render_attendance_sheet, render_hand_over_sheet
from app.documents.portrait import render_portrait
from app.documents.preview import rasterise
from app.documents.receipt import Receipt, render_receipt
from app.documents.recovery_sheet import RecoverySheet, render_recovery_sheet
from tests.documents.samples import AGREEMENT, ATTENDANCE, CERTIFICATES, HAND_OVER, PORTRAIT, RECEIPT

APPROVED = Path(__file__).parent / "approved"
LANGUAGES = ("fr", "en", "ar")
DPI = 72
CELL = 4
"""Dots of a cell's side: less than a letter."""
TOLERANCE = 16
"""Of 255: how much the mean grey of a cell may differ."""


def grey(pdf: bytes) -> Image.Image:
    raster = rasterise(pdf, dpi=DPI)
    colours = Image.frombuffer("RGB", (raster.width, raster.height), raster.data, "raw", "RGB", raster.stride, 1)
    return colours.convert("L")


def means(image: Image.Image) -> Image.Image:
    return image.resize((-(-image.width // CELL), -(-image.height // CELL)), Image.Resampling.BOX)


def worst_cell(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of the mean greys of two images' cells, 255 where their sizes differ."""
    if one.size != other.size:
        return 255
    return int(ImageChops.difference(means(one), means(other)).getextrema()[1])  # type: ignore[arg-type]


def check(name: str, pdf: bytes) -> None:
    image, path = grey(pdf), APPROVED / f"{name}.png"
    if os.environ.get("WASL_APPROVE"):
        APPROVED.mkdir(exist_ok=True)
        image.quantize(64).save(path, optimize=True)
        pytest.skip(f"{path.name} was written anew: look at it")
    with Image.open(path) as approved:
        assert worst_cell(image, approved.convert("L")) <= TOLERANCE, f"{name} no longer looks as approved"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt(language: str, make_receipt: Callable[..., Receipt]) -> None:
    check(f"receipt-{language}", render_receipt(make_receipt(language), language))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_receipt_without_a_name(language: str, make_receipt: Callable[..., Receipt]) -> None:
    receipt = make_receipt(language, holder_name=None, holder_name_ar=None, left=None, next_appointment=None)
    check(f"receipt-anonymous-{language}", render_receipt(receipt, language))


def test_a_receipt_with_names_of_300_characters(make_receipt: Callable[..., Receipt]) -> None:
    latin = ("N’GUESSAN Kouamé Jean-Baptiste Emmanuel " * 8)[:300]
    arabic = ("محمد عبد الرحمن بن عبد الله العلوي الإدريسي " * 8)[:300]
    receipt = make_receipt("ar", holder_name=latin, holder_name_ar=arabic, reason="إيداع ملف")
    check("receipt-long-names-ar", render_receipt(receipt, "ar"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recovery_sheet(language: str, make_sheet: Callable[[str], RecoverySheet]) -> None:
    check(f"recovery-sheet-{language}", render_recovery_sheet(make_sheet(language), language))


@pytest.mark.parametrize(
    "changes",
    [
        {"left": None},
        {"next_appointment": None},
        {"holder_name": "KONÉ Aïssatou"},
        {"holder_name_ar": None},
        {"desk": "B"},
        {"arrived": "09:43"},
        {"number": "RBT-RV-2026-A00124-P"},
        {"hub_city": "Rabat, quartier Océan"},
    ],
)
def test_the_comparison_sees_what_changed(changes: dict[str, object], make_receipt: Callable[..., Receipt]) -> None:
    receipt = make_receipt("fr")
    changed = replace(receipt, **changes)  # type: ignore[arg-type]
    assert worst_cell(grey(render_receipt(receipt, "fr")), grey(render_receipt(changed, "fr"))) > TOLERANCE


def test_the_comparison_sees_what_moved_by_a_millimetre(make_receipt: Callable[..., Receipt]) -> None:
    image = grey(render_receipt(make_receipt("fr"), "fr"))
    label = (40, 225, 130, 245)
    moved = image.copy()
    moved.paste(255, label)
    moved.paste(image.crop(label), (label[0] + 3, label[1]))
    assert worst_cell(image, moved) > TOLERANCE


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_certificate(name: str) -> None:
    check(f"certificate-{name}", render(CERTIFICATES[name]))


PAPERS: dict[str, Callable[[str], bytes]] = {
    "agreement": lambda language: render_funding_agreement(AGREEMENT, language),
    "tranche-receipt": lambda language: render_tranche_receipt(RECEIPT, language),
    "attendance": lambda language: render_attendance_sheet(ATTENDANCE, language),
    "hand-over": lambda language: render_hand_over_sheet(HAND_OVER, language),
    "portrait": lambda language: render_portrait(PORTRAIT, language),
}


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_of_money_and_classes(paper: str, language: str) -> None:
    check(f"{paper}-{language}", PAPERS[paper](language))


@pytest.mark.parametrize("name", ["bilingual", "ar", "latin-name-only"])
def test_poppler_shows_a_certificate_as_pdfium_does(name: str, run_tool: Callable[..., str], tmp_path: Path) -> None:
    """PDFium is what Chromium opens papers with; poppler what most Linux desktops do."""
    pdf = render(CERTIFICATES[name])
    run_tool("pdftoppm", "-r", str(DPI), "-gray", "-png", "-singlefile", content=pdf, last=(str(tmp_path / "page"),))
    with Image.open(tmp_path / "page.png") as page:
        other = page.convert("L").resize(grey(pdf).size)
    difference = ImageChops.difference(means(other), means(grey(pdf))).histogram()
    # edges differ by how each smooths them; letters that moved or went missing would differ over whole areas
    assert sum(difference[64:]) < 0.004 * sum(difference)
