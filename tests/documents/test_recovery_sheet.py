"""The recovery sheet: the code can be read by eye and by scanner, and the words say what to do."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from app.documents.preview import count_pages, rasterise
from app.documents.recovery_sheet import RecoverySheet, render_recovery_sheet

LANGUAGES = ("fr", "en", "ar")
WORDS = {
    "fr": ("Fiche de récupération", "Si tous les mots de passe sont perdus", "« Ouvrir avec la", "Confidentiel"),
    "en": ("Recovery sheet", "When every password is lost", "Where to keep it", "“Open with the recovery sheet”"),
    "ar": ("ورقة الاسترجاع", "إذا ضاعت كل كلمات السر", "«الفتح بورقة الاسترجاع»", "سري"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_to_do(
    language: str, make_sheet: Callable[[str], RecoverySheet], read_text: Callable[[bytes], str]
) -> None:
    sheet = make_sheet(language)
    text = read_text(render_recovery_sheet(sheet, language))
    for words in (*WORDS[language], sheet.hub_name, "23/11/2026", sheet.installation, *sheet.groups):
        assert words.replace(" ", "") in text
    order = [text.index(group) for group in sheet.groups[:4]]
    assert order == sorted(order)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scanner_reads_the_code(
    language: str, make_sheet: Callable[[str], RecoverySheet], run_tool: Callable[..., str]
) -> None:
    sheet = make_sheet(language)
    raster = rasterise(render_recovery_sheet(sheet, language), dpi=100)
    stream = BytesIO()
    image = Image.frombuffer("RGB", (raster.width, raster.height), raster.data, "raw", "RGB", raster.stride, 1)
    image.save(stream, "PNG")
    assert run_tool("zbarimg", "--quiet", "--raw", content=stream.getvalue(), suffix=".png").strip() == sheet.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_sound_page_with_the_same_bytes_each_time(
    language: str, make_sheet: Callable[[str], RecoverySheet], run_tool: Callable[..., str]
) -> None:
    pdf = render_recovery_sheet(make_sheet(language), language)
    assert count_pages(pdf) == 1
    assert len(pdf) < 60_000
    assert render_recovery_sheet(make_sheet(language), language) == pdf
    run_tool("qpdf", "--check", content=pdf)


def test_the_code_stands_left_to_right_in_every_language(
    make_sheet: Callable[[str], RecoverySheet], run_tool: Callable[..., str]
) -> None:
    sheet = make_sheet("ar")
    boxes = run_tool("pdftotext", "-bbox", content=render_recovery_sheet(sheet, "ar"), last=("-",))
    left = [float(re.findall(rf'xMin="([\d.]+)"[^>]*>{group}<', boxes)[0]) for group in sheet.groups]
    assert left[:4] == sorted(left[:4])
    assert left[4:] == sorted(left[4:])


def test_the_code_is_written_in_letters_that_differ(make_sheet: Callable[[str], RecoverySheet]) -> None:
    """0 and O, 1, I and l have different shapes in the font of codes."""
    sheet = make_sheet("fr")
    pages = {
        characters: rasterise(render_recovery_sheet(replace(sheet, code=characters * 4), "en"), dpi=72).data
        for characters in ("0", "O", "1", "I", "l")
    }
    assert len(set(pages.values())) == len(pages)


@pytest.mark.parametrize("code", ["", " - ", "ABCD ÉFGH", "ABCD\n\0", "٠١٢٣"])
def test_a_code_that_cannot_be_copied_is_refused(code: str, make_sheet: Callable[[str], RecoverySheet]) -> None:
    with pytest.raises(ValueError, match="recovery code"):
        replace(make_sheet("fr"), code=code)


@pytest.mark.parametrize("groups", [1, 6, 8, 12, 16])
def test_any_number_of_groups_stands_in_the_box(groups: int, make_sheet: Callable[[str], RecoverySheet]) -> None:
    sheet = replace(make_sheet("fr"), code="-".join(["W0W0"] * groups))
    assert len(sheet.groups) == groups
    image = rasterise(render_recovery_sheet(sheet, "fr"), dpi=72)
    # the rows between the box of the code and the first list stay white from margin to margin
    for number in range(382, 392):
        row = image.data[number * image.stride : (number + 1) * image.stride]
        assert set(row[40 * 3 : 550 * 3]) == {255}
