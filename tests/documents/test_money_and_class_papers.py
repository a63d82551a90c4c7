"""Agreements, receipts of money, portraits, lists to sign: sound files that say what they were given."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.documents.flow import BOTH
from app.documents.funding_papers import render_funding_agreement, render_tranche_receipt
from app.documents.hub_sheets import render_attendance_sheet, render_hand_over_sheet
from app.documents.pdf.images import UnreadableImageError
from app.documents.portrait import render_portrait
from app.documents.preview import count_pages
from tests.documents.samples import AGREEMENT, ATTENDANCE, HAND_OVER, LONG_ARABIC, LONG_LATIN, PORTRAIT, RECEIPT

PAPERS: dict[str, Callable[[str], bytes]] = {
    "agreement": lambda language: render_funding_agreement(AGREEMENT, language),
    "tranche receipt": lambda language: render_tranche_receipt(RECEIPT, language),
    "attendance": lambda language: render_attendance_sheet(ATTENDANCE, language),
    "hand-over": lambda language: render_hand_over_sheet(HAND_OVER, language),
    "portrait": lambda language: render_portrait(PORTRAIT, language),
}


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_sound_and_the_same_each_time(paper: str, language: str, run_tool: Callable[..., str]) -> None:
    pdf = PAPERS[paper](language)
    run_tool("qpdf", "--check", content=pdf)
    assert pdf == PAPERS[paper](language)
    assert f"/Lang ({language})".encode() in pdf
    fonts = run_tool("pdffonts", content=pdf).splitlines()[2:]
    assert fonts
    assert all("yes yes yes" in line for line in fonts)


def test_amounts_stand_in_figures_and_in_words(read_text: Callable[[bytes], str]) -> None:
    french = read_text(PAPERS["tranche receipt"]("fr")).replace("\u00a0", "")
    assert "12500,50DH" in french
    assert "douzemillecinqcentsdirhamsetcinquantecentimes" in french
    arabic = read_text(PAPERS["tranche receipt"]("ar")).replace("\u00a0", "")
    assert "12.500,50" in arabic
    assert "اثنا عشر ألفا وخمسمائة درهم وخمسون سنتيما".replace(" ", "") in arabic
    assert "twelve thousand five hundred dirhams and fifty cents".replace(" ", "")[:-5] in read_text(
        PAPERS["tranche receipt"]("en")
    )


def test_an_agreement_names_its_sides_and_tranches(read_text: Callable[[bytes], str]) -> None:
    text = read_text(PAPERS["agreement"]("fr")).replace("\u00a0", "")
    for part in (
        "CoopérativeTissage",
        "تعاونيةالنسيج",
        "12500,50DH",
        "7500,00DH",
        "Article7—Communication",
        "01/02/2027",
    ):
        assert part in text


def test_both_languages_are_french_pages_and_then_arabic_ones(read_text: Callable[[bytes], str]) -> None:
    for paper in ("agreement", "tranche receipt", "attendance", "hand-over"):
        pages = {language: count_pages(PAPERS[paper](language)) for language in ("fr", "ar", BOTH)}
        assert pages[BOTH] == pages["fr"] + pages["ar"]
    text = read_text(PAPERS["tranche receipt"](BOTH))
    assert text.index("Reçudetranche") < text.index("وصلاستلامدفعة")


def test_a_long_list_goes_on_overleaf_with_everybody_on_it(read_text: Callable[[bytes], str]) -> None:
    pdf = PAPERS["attendance"]("fr")
    assert count_pages(pdf) == 4  # twenty people and seven days: two sheets of people for each five days
    text = read_text(pdf)
    assert text.count("KONÉAïssata") == 2 * 5
    assert "lundi12/10/2026" in text
    assert "dimanche18/10/2026" in text


def test_a_list_without_days_or_people_is_a_page_to_fill_in() -> None:
    assert count_pages(render_attendance_sheet(replace(ATTENDANCE, days=(), people=()), "ar")) == 1


def test_names_and_texts_of_any_length_find_room() -> None:
    party = replace(AGREEMENT.holder, name=LONG_LATIN, name_ar=LONG_ARABIC, representative=LONG_LATIN)
    long = replace(AGREEMENT, holder=party, purpose=LONG_LATIN * 12, clauses=(("Autre", LONG_ARABIC * 20),) * 3)
    assert count_pages(render_funding_agreement(long, "fr")) > count_pages(PAPERS["agreement"]("fr"))
    assert count_pages(render_portrait(replace(PORTRAIT, story=LONG_LATIN * 30, name=LONG_LATIN), "fr")) == 1


def test_a_portrait_with_a_file_that_is_no_picture_is_refused() -> None:
    with pytest.raises(UnreadableImageError):
        render_portrait(replace(PORTRAIT, photo=b"no picture"), "fr")


def test_a_portrait_without_a_picture_has_a_star_there() -> None:
    assert count_pages(render_portrait(replace(PORTRAIT, photo=b"", path=(), figures=(), funding=()), "ar")) == 1
