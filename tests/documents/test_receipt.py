"""The visit receipt: what it says, what it never says, and that no name can spoil it."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.documents.preview import Raster, rasterise
from app.documents.receipt import Receipt, render_receipt

LANGUAGES = ("fr", "en", "ar")
NAME_BOX = (40.0, 135.0, 556.0, 216.0)
"""Left, top, right, bottom of the box of the name, in points from the upper left corner."""
TITLES = {"fr": "Reçu de visite", "en": "Visit receipt", "ar": "وصل زيارة"}
HOSTILE = (
    "",
    "\0",
    "\u202eevil\u202c\u2069\u2069",
    "😀👩‍👩‍👧‍👦🇲🇦",
    "W" * 300,
    "ﷺ" * 300,
    "N’GUESSAN Kouamé " * 17,
    "محمد عبد الرحمن العلوي " * 13,
    "a" + "\u0301" * 299,
    "ሰላም テスト कखग",
    "\ud800\udfff",
    "line\nbreak\ttab\r\n",
    "(brackets) \\ %",
    "ٱٰ۫",
    "\u200f" * 300,
    "\ufffe\uffff\U0010ffff",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_who_when_where_and_what_next(
    language: str, make_receipt: Callable[..., Receipt], read_text: Callable[[bytes], str]
) -> None:
    receipt = make_receipt(language)
    text = read_text(render_receipt(receipt, language))
    for words in (TITLES[language], receipt.hub_name, receipt.hub_city, receipt.counter, "RBT-RV-2026-A00123-S"):
        assert words.replace(" ", "") in text
    for words in ("KONÉ Aïssata", "عيساتا كوني", "23/11/2026", "09:42", "10:15", "30/11/2026", "10:00"):
        assert words.replace(" ", "") in text


def test_words_and_numbers_of_a_sentence_stand_in_order(
    make_receipt: Callable[..., Receipt], read_text: Callable[[bytes], str]
) -> None:
    assert "Lundi30/11/2026à10:00" in read_text(render_receipt(make_receipt("fr"), "fr"))
    assert "Monday30/11/2026at10:00" in read_text(render_receipt(make_receipt("en"), "en"))
    arabic = read_text(render_receipt(make_receipt("ar"), "ar"))
    assert "الاثنين 30/11/2026 على الساعة 10:00".replace(" ", "") in arabic
    assert "لاغير" in arabic


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_anonymous_visit_has_a_receipt_without_a_name(
    language: str, make_receipt: Callable[..., Receipt], read_text: Callable[[bytes], str]
) -> None:
    receipt = make_receipt(language, holder_name=None, holder_name_ar=None, left=None, next_appointment=None)
    text = read_text(render_receipt(receipt, language))
    assert "KONÉ" not in text
    assert "كوني" not in text
    assert {"fr": "Passage anonyme", "en": "Anonymous visit", "ar": "زيارة دون ذكر الاسم"}[language].replace(
        " ", ""
    ) in text


@pytest.mark.parametrize("name", ["😀", "\0", " \u200f ", "\ud800"])
def test_a_name_that_shows_nothing_counts_as_none(name: str, make_receipt: Callable[..., Receipt]) -> None:
    nameless = render_receipt(make_receipt("fr", holder_name=None, holder_name_ar=None), "fr")
    assert render_receipt(make_receipt("fr", holder_name=name, holder_name_ar=name), "fr") == nameless


def test_the_reason_is_printed_only_when_given(
    make_receipt: Callable[..., Receipt], read_text: Callable[[bytes], str]
) -> None:
    assert "Motif" not in read_text(render_receipt(make_receipt("fr"), "fr"))
    text = read_text(render_receipt(make_receipt("fr", reason="Aide juridique"), "fr"))
    assert "Motifdelavisite" in text
    assert "Aidejuridique" in text


def test_it_has_no_place_for_what_could_harm() -> None:
    assert {field.name for field in fields(Receipt)} == {
        "hub_name", "hub_city", "desk", "number", "date", "arrived", "left", "counter", "reason",
        "holder_name", "holder_name_ar", "next_appointment",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_visit_gives_the_same_bytes_whatever_was_printed_before(
    language: str, make_receipt: Callable[..., Receipt]
) -> None:
    first = render_receipt(make_receipt(language), language)
    render_receipt(make_receipt(language, holder_name="ƁAƊO Ŋɔ", holder_name_ar="پچگ"), language)
    assert render_receipt(make_receipt(language), language) == first
    assert len(first) < 60_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_sound_and_brings_its_fonts(
    language: str, make_receipt: Callable[..., Receipt], run_tool: Callable[..., str]
) -> None:
    receipt = make_receipt(language)
    pdf = render_receipt(receipt, language)
    run_tool("qpdf", "--check", content=pdf)
    fonts = run_tool("pdffonts", content=pdf).splitlines()[2:]
    assert fonts
    for line in fonts:
        assert re.search(r"CID TrueType +Identity-H +yes yes yes", line), line
    facts = dict(line.split(":", 1) for line in run_tool("pdfinfo", content=pdf).splitlines())
    assert facts["Title"].strip() == f"{TITLES[language]} RBT-RV-2026-A00123-S"
    assert facts["Author"].strip() == receipt.hub_name
    assert facts["Pages"].strip() == "1"
    assert "(A5)" in facts["Page size"]
    assert f"/Lang ({language})".encode() in pdf


def outside_of_name(raster: Raster) -> list[bytes]:
    """The rows of an image, without the box of the name."""
    scale = raster.width / 595.28
    left, top, right, bottom = (round(side * scale) for side in NAME_BOX)
    rows = []
    for number in range(raster.height):
        row = raster.data[number * raster.stride : number * raster.stride + raster.width * 3]
        rows.append(row[: left * 3] + row[right * 3 :] if top <= number < bottom else row)
    return rows


def every_hostile_name(test: Callable[..., None]) -> Callable[..., None]:
    for name in HOSTILE:
        test = example(name=name, arabic=name)(test)
    return test


@every_hostile_name
@example(name="0" * 23 + "Ļ\u0339\u0339\u0345" + "0" * 7, arabic="؆")  # marks reach lower than any line does
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(max_size=300), arabic=st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=300)
)
def test_no_name_reaches_beyond_its_box(make_receipt: Callable[..., Receipt], name: str, arabic: str) -> None:
    expected = outside_of_name(rasterise(render_receipt(make_receipt("ar"), "ar"), dpi=60))
    pdf = render_receipt(make_receipt("ar", holder_name=name, holder_name_ar=arabic), "ar")
    assert outside_of_name(rasterise(pdf, dpi=60)) == expected


def test_long_words_of_other_fields_stay_on_the_sheet(
    make_receipt: Callable[..., Receipt], read_text: Callable[[bytes], str]
) -> None:
    long = "Accompagnement des coopératives et des associations de migrants " * 3
    changes = {"hub_name": long, "hub_city": long, "counter": long, "reason": long}
    pdf = render_receipt(make_receipt("fr", **changes), "fr")
    image = rasterise(pdf, dpi=72)
    margin = [row[-8 * 3 :] for row in outside_of_name(image)[30:-30]]
    assert set(b"".join(margin)) == {255}
    assert read_text(pdf).count("…") >= 3


def test_papers_made_at_once_do_not_disturb_one_another(make_receipt: Callable[..., Receipt]) -> None:
    alone = {language: render_receipt(make_receipt(language), language) for language in LANGUAGES}
    with ThreadPoolExecutor(max_workers=4) as pool:
        together = list(pool.map(lambda language: render_receipt(make_receipt(language), language), LANGUAGES * 4))
    assert together == [alone[language] for language in LANGUAGES * 4]
