"""The code on a paper: read back through wrapping, mail and other keyboards; what is damaged is refused."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.keyboards import readings
from app.domain.numbers import PaperNumber
from app.domain.paper_code import (
    NAME_BYTES,
    PREFIX,
    Claim,
    DamagedCodeError,
    NoCodeError,
    Signed,
    code_name,
    message_of,
    read_code,
    write_code,
)

CLAIM = Claim(
    PaperNumber("RBT", "AP", 2026, "A", 123), "Awa NDIAYE", "أوا نداي", date(2026, 11, 23), b"\x01\x02\x03\x04"
)
SIGNATURE = bytes(range(64))
CODE = write_code(message_of(CLAIM), SIGNATURE)

numbers = st.builds(
    PaperNumber,
    st.text(string.ascii_uppercase, min_size=3, max_size=3),
    st.text(string.ascii_uppercase, min_size=2, max_size=2),
    st.integers(2000, 9999),
    st.sampled_from(string.ascii_uppercase),
    st.integers(1, 9_999_999),
)
names = st.text(max_size=120).map(code_name)
claims = st.builds(
    Claim,
    numbers,
    names,
    names,
    st.integers(0, 0xFFFF).map(lambda days: date(2000, 1, 1) + timedelta(days)),
    st.binary(min_size=4, max_size=4),
)


@given(claims, st.binary(min_size=64, max_size=64))
def test_what_is_written_is_read_back(claim: Claim, signature: bytes) -> None:
    message = message_of(claim)
    assert read_code(write_code(message, signature)) == Signed(claim, message, signature)


def test_a_usual_code_is_short_and_fits_the_alphanumeric_mode_of_qr() -> None:
    assert set(CODE) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    # version 8 with error correction M holds 221 characters
    assert len(CODE) == 187


def test_a_code_comes_through_wrapping_quoting_and_words_around_it() -> None:
    wrapped = "\n".join(f"> {CODE[place : place + 60]}" for place in range(0, len(CODE), 60))
    for text in (
        CODE.lower(),
        f"Bonjour,\nvoici le code : {CODE} MERCI BEAUCOUP",
        f"\ufeff\u2067{CODE}\u2069.",
        f"{CODE}\r\n",
        f"Bonjour,\n{wrapped}\n> \n> Cordialement",
        " ".join(CODE),
    ):
        assert read_code(text).claim == CLAIM


# key by key, as the layouts KBDFR and KBDA1 have them
FRENCH = str.maketrans("QAWZM:;1234567890", "AQZW?M" + "m" + "&é\"'(-è_çà")
ARABIC = dict(
    zip("QWERYUIOPASDFHJKLZXCVNM", "\u064e\u064b\u064f\u064c\u0625‘÷×؛\u0650\u064d][أـ،/~\u0652}{آ’", strict=True)
) | {
    "T": "لإ",
    "G": "لأ",
    "B": "لآ",
}
ARABIC_UNSHIFTED = dict(zip("QWERTYUIOPASDFGHJKLZXCVNM", "ضصثقفغعهخحشسيبلاتنمئءؤرىة", strict=False))


def test_a_code_comes_through_a_french_and_an_arabic_keyboard() -> None:
    assert read_code(CODE.translate(FRENCH)).claim == CLAIM
    assert read_code(CODE.translate(FRENCH).lower().replace("?", ",")).claim == CLAIM
    assert read_code("".join(ARABIC.get(char, char) for char in CODE)).claim == CLAIM
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert read_code("".join(ARABIC.get(char, char) for char in CODE).translate(digits)).claim == CLAIM


def test_every_letter_has_its_key_on_an_arabic_keyboard() -> None:
    without_shift = {"B": "لا", **{char: ARABIC_UNSHIFTED[char] for char in ARABIC_UNSHIFTED}}
    for layout in (ARABIC, without_shift):
        for char in string.ascii_uppercase:
            assert char in {reading.upper() for reading in readings(layout[char])}, char


def test_a_name_that_is_too_long_is_cut_where_it_reads_as_cut() -> None:
    name = code_name("محمد " * 40)
    assert name.endswith("…")
    assert len(name.encode()) <= NAME_BYTES
    assert code_name(name) == name


@pytest.mark.parametrize("text", ["", "Bonjour", "RBT-AP-2026-A00123-K", "WASL", "WASL1", PREFIX[1:]])
def test_a_text_without_a_code_is_told_from_a_damaged_one(text: str) -> None:
    with pytest.raises(NoCodeError):
        read_code(text)


@pytest.mark.parametrize("text", [PREFIX, CODE[:-1], f"{CODE}A", f"{CODE}8", CODE[: len(CODE) // 2], f"{PREFIX} é"])
def test_a_code_that_was_cut_or_lengthened_is_damaged(text: str) -> None:
    with pytest.raises(DamagedCodeError):
        read_code(text)


@given(st.text())
def test_any_text_has_a_code_or_none(text: str) -> None:
    for attempt in (text, PREFIX + text):
        try:
            read_code(attempt)
        except (NoCodeError, DamagedCodeError):
            continue


@given(st.integers(0, len(CODE) - len(PREFIX) - 1), st.sampled_from(string.ascii_uppercase + string.digits))
def test_no_character_can_be_changed_without_changing_what_is_read(place: int, char: str) -> None:
    start = len(PREFIX) + place
    changed = CODE[:start] + char + CODE[start + 1 :]
    try:
        found = read_code(changed)
    except DamagedCodeError:
        return
    assert (found == read_code(CODE)) == (changed == CODE)


def test_two_codes_one_after_the_other_are_read_from_the_first() -> None:
    other = write_code(message_of(CLAIM), bytes(64))
    assert read_code(f"{CODE} {other}") == read_code(CODE)
