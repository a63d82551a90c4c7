"""Names as they may be kept, and birth dates as people say them."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import (
    NAME_LENGTH,
    Birth,
    BirthNotUnderstoodError,
    Precision,
    clean_name,
    is_arabic,
    parse_birth,
)

TODAY = date(2026, 3, 12)
MARKS = "\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Awa \t Ndiaye\r\n", "Awa Ndiaye"),
        ("Awa\x00Ndiaye", "Awa Ndiaye"),
        ("\u202eAwa\u202c", "Awa"),
        ("\u200fمحمد \u200eالعلوي", "محمد العلوي"),
        ("Awa 😀 Ndiaye", "Awa 😀 Ndiaye"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Zoe\u0301", "Zoé"),
        ("e\u200b\u0301", "é"),
        ("\ud800Awa\udfff", "Awa"),
        ("\ue000Awa\U0010ffff", "Awa"),
        ("Awa\u2028Ndiaye\u2029", "Awa Ndiaye"),
        ("N'Diaye-O\u2019Connor", "N'Diaye-O\u2019Connor"),
        ("\u00a0", ""),
        ("", ""),
        ("x" * 400, "x" * NAME_LENGTH),
        ("x" * 299 + " y", "x" * 299),
    ],
)
def test_a_name_is_kept_without_what_nobody_sees(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@given(st.text(st.characters() | st.sampled_from(MARKS + "\x00\ud800\u0301\u0654 \n"), max_size=400))
def test_cleaning_is_final_and_leaves_what_can_be_stored(text: str) -> None:
    kept = clean_name(text)
    assert clean_name(kept) == kept
    assert len(kept) <= NAME_LENGTH
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert not set(kept) & set(MARKS)
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in kept)


@pytest.mark.parametrize(
    ("text", "arabic"),
    [("محمد العلوي", True), ("Mohamed", False), ("محمد M", True), ("Mohamed م", False), ("", False), ("123", False),
     ("ﻣﺤﻤﺪ", True), ("گلشن", True)],
)  # fmt: skip
def test_the_script_of_a_name(text: str, arabic: bool) -> None:
    assert is_arabic(text) == arabic


def born(year: int, month: int = 1, day: int = 1, precision: Precision = Precision.DAY) -> Birth:
    return Birth(date(year, month, day), precision)


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("", None),
        ("  ", None),
        ("12/03/1998", born(1998, 3, 12)),
        ("12.3.1998", born(1998, 3, 12)),
        ("12-03-1998", born(1998, 3, 12)),
        ("12 03 1998", born(1998, 3, 12)),
        ("1998-03-12", born(1998, 3, 12)),
        ("1998-3-12", born(1998, 3, 12)),
        ("١٢/٠٣/١٩٩٨", born(1998, 3, 12)),
        ("۱۲/۰۳/۱۹۹۸", born(1998, 3, 12)),
        ("29/02/2000", born(2000, 2, 29)),
        ("1998", born(1998, precision=Precision.YEAR)),
        ("١٩٩٨", born(1998, precision=Precision.YEAR)),
        ("~1998", born(1998, precision=Precision.ESTIMATED)),
        ("1998?", born(1998, precision=Precision.ESTIMATED)),
        ("vers 1998", born(1998, precision=Precision.ESTIMATED)),
        ("حوالي ١٩٩٨", born(1998, precision=Precision.ESTIMATED)),
        ("12/03/2026", born(2026, 3, 12)),
        ("2026", born(2026, precision=Precision.YEAR)),
        ("1906", born(1906, precision=Precision.YEAR)),
    ],
)
def test_a_birth_date_is_read_however_it_is_said(typed: str, birth: Birth | None) -> None:
    assert parse_birth(typed, TODAY) == birth


NO_DATES = [
    "29/02/2023",
    "29/02/1900",
    "31/04/1998",
    "32/01/1998",
    "12/13/1998",
    "13/03/2026",
    "2027",
    "1905",
    "0000",
    "0",
    "98",
    "12/03/98",
]
NO_DATES += ["hier", "12/03/1998 x", "1998-03", "²", "1998²", "-1998", "12//1998", "\x00", "\ud800", "9" * 5000]


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_birth_date_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(BirthNotUnderstoodError) as caught:
        parse_birth(typed, TODAY)
    assert caught.value.args[0] == typed


@given(st.dates(date(1910, 1, 1), TODAY))
def test_every_date_is_read_as_it_is_written(day: date) -> None:
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}"):
        assert parse_birth(text, TODAY) == Birth(day, Precision.DAY)


@given(st.text(max_size=30))
def test_reading_a_birth_date_never_fails_otherwise(text: str) -> None:
    try:
        birth = parse_birth(text, TODAY)
    except BirthNotUnderstoodError:
        return
    assert birth is None or birth.date <= TODAY
