"""Phone numbers in the forms in which people of each country say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.phones import normalise_phone, normalise_phones, show_phone


@pytest.mark.parametrize(
    ("nationality", "typed", "kept"),
    [
        ("MA", "0661234567", "+212661234567"),
        ("MA", "06 61 23 45 67", "+212661234567"),
        ("MA", "06.61.23.45.67", "+212661234567"),
        ("MA", "661234567", "+212661234567"),
        ("MA", "+212 6 61 23 45 67", "+212661234567"),
        ("MA", "00212661234567", "+212661234567"),
        ("MA", "(+212) 661-234567", "+212661234567"),
        ("MA", "٠٦٦١٢٣٤٥٦٧", "+212661234567"),
        ("MA", "0537 70 12 34", "+212537701234"),
        ("", "0661234567", "+212661234567"),
        ("SN", "77 123 45 67", "+221771234567"),
        ("SN", "0661234567", "+212661234567"),
        ("SN", "+221 77 123 45 67", "+221771234567"),
        ("CI", "27 22 44 55 66", "+2252722445566"),
        ("CI", "+225 07 07 12 34 56", "+2250707123456"),
        ("CI", "00225 0707123456", "+2250707123456"),
        ("CM", "6 71 23 45 67", "+237671234567"),
        ("CM", "671234567", "+237671234567"),
        ("GN", "622 12 34 56", "+224622123456"),
        ("GN", "664123456", "+224664123456"),
        ("ML", "76 12 34 56", "+22376123456"),
        ("ML", "66123456", "+22366123456"),
        ("CD", "0991234567", "+243991234567"),
        ("CD", "991 234 567", "+243991234567"),
        ("cd", "0812345678", "+243812345678"),
        ("XX", "0661234567", "+212661234567"),
        ("", "77 123 45 67", "+212771234567"),
    ],
)
def test_a_number_is_understood(nationality: str, typed: str, kept: str) -> None:
    assert normalise_phone(typed, nationality) == kept


@pytest.mark.parametrize(
    "typed", ["abc", "123", "chez sa soeur", "06 61", "+999 123", "0", "😀", "+", "06612345678901234"]
)
def test_what_is_no_number_is_kept_as_it_was_given(typed: str) -> None:
    assert normalise_phone(typed, "SN") == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\ud800", ""),
        ("\x00", ""),
        ("  06 61\x0023 45 67 ", "+212661234567"),
        ("x" * 90, "x" * 40),
        ("\u202a0661234567", "+212661234567"),
    ],
)
def test_what_nobody_sees_is_not_kept(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept


def test_each_number_once() -> None:
    assert normalise_phones(("0661234567", "+212661234567", "", " ", "\ud800", "x"), "MA") == ("+212661234567", "x")


@given(st.text(max_size=60), st.sampled_from(["", "MA", "SN", "CD", "ZZ", "é"]))
def test_a_number_once_understood_stays(text: str, nationality: str) -> None:
    kept = normalise_phone(text, nationality)
    assert normalise_phone(kept, nationality) == kept
    assert "\n" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert show_phone(kept) or not kept


def test_numbers_are_shown_as_they_are_dialled_in_morocco() -> None:
    assert show_phone("+212661234567") == "06 61 23 45 67"
    assert show_phone("+221771234567") == "+221 77 123 45 67"
    assert show_phone("chez sa soeur") == "chez sa soeur"
