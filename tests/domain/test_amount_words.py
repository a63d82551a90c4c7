"""Amounts in words: what a notary, a bank and a teacher of grammar would write."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.amount_words import Noun, arabic, english, french, in_words
from app.domain.money import Currency, Money

HOUR = Noun("ساعة واحدة", "ساعتان", "ساعات", "ساعة", "ساعة", feminine=True)


@pytest.mark.parametrize(
    ("amount", "fr", "en", "ar"),
    [
        ("0", "zéro dirham", "zero dirhams", "صفر درهم"),
        ("1", "un dirham", "one dirham", "درهم واحد"),
        ("2", "deux dirhams", "two dirhams", "درهمان"),
        ("3", "trois dirhams", "three dirhams", "ثلاثة دراهم"),
        ("11", "onze dirhams", "eleven dirhams", "أحد عشر درهما"),
        ("12", "douze dirhams", "twelve dirhams", "اثنا عشر درهما"),
        ("21", "vingt et un dirhams", "twenty-one dirhams", "واحد وعشرون درهما"),
        ("71", "soixante et onze dirhams", "seventy-one dirhams", "واحد وسبعون درهما"),
        ("80", "quatre-vingts dirhams", "eighty dirhams", "ثمانون درهما"),
        ("81", "quatre-vingt-un dirhams", "eighty-one dirhams", "واحد وثمانون درهما"),
        ("101", "cent un dirhams", "one hundred and one dirhams", "مائة درهم ودرهم واحد"),
        ("200", "deux cents dirhams", "two hundred dirhams", "مائتا درهم"),
        ("203", "deux cent trois dirhams", "two hundred and three dirhams", "مائتان وثلاثة دراهم"),
        ("1200", "mille deux cents dirhams", "one thousand two hundred dirhams", "ألف ومائتا درهم"),
        ("2000", "deux mille dirhams", "two thousand dirhams", "ألفا درهم"),
        ("2002", "deux mille deux dirhams", "two thousand and two dirhams", "ألفا درهم ودرهمان"),
        ("3000", "trois mille dirhams", "three thousand dirhams", "ثلاثة آلاف درهم"),
        ("11000", "onze mille dirhams", "eleven thousand dirhams", "أحد عشر ألف درهم"),
        (
            "12345",
            "douze mille trois cent quarante-cinq dirhams",
            "twelve thousand three hundred and forty-five dirhams",
            "اثنا عشر ألفا وثلاثمائة وخمسة وأربعون درهما",
        ),
        (
            "25000.50",
            "vingt-cinq mille dirhams et cinquante centimes",
            "twenty-five thousand dirhams and fifty centimes",
            "خمسة وعشرون ألف درهم وخمسون سنتيما",
        ),
        ("80000", "quatre-vingt mille dirhams", "eighty thousand dirhams", "ثمانون ألف درهم"),
        ("102000", "cent deux mille dirhams", "one hundred and two thousand dirhams", "مائة ألف وألفا درهم"),
        ("200000", "deux cent mille dirhams", "two hundred thousand dirhams", "مائتا ألف درهم"),
        ("1000000", "un million de dirhams", "one million dirhams", "مليون درهم"),
        ("2000000", "deux millions de dirhams", "two million dirhams", "مليونا درهم"),
        (
            "2000080",
            "deux millions quatre-vingts dirhams",
            "two million and eighty dirhams",
            "مليونان وثمانون درهما",
        ),
        ("0.02", "deux centimes", "two centimes", "سنتيمان"),
        ("1.11", "un dirham et onze centimes", "one dirham and eleven centimes", "درهم واحد وأحد عشر سنتيما"),
    ],
)
def test_dirhams(amount: str, fr: str, en: str, ar: str) -> None:
    money = Money(Decimal(amount), Currency.MAD)
    assert (in_words(money, "fr"), in_words(money, "en"), in_words(money, "ar")) == (fr, en, ar)


def test_euros() -> None:
    money = Money(Decimal("2500.75"), Currency.EUR)
    assert in_words(money, "fr") == "deux mille cinq cents euros et soixante-quinze centimes"
    assert in_words(money, "en") == "two thousand five hundred euros and seventy-five cents"
    assert in_words(money, "ar") == "ألفان وخمسمائة أورو وخمسة وسبعون سنتيما"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "ساعة واحدة"),
        (2, "ساعتان"),
        (3, "ثلاث ساعات"),
        (8, "ثمان ساعات"),
        (10, "عشر ساعات"),
        (11, "إحدى عشرة ساعة"),
        (12, "اثنتا عشرة ساعة"),
        (18, "ثمان عشرة ساعة"),
        (21, "إحدى وعشرون ساعة"),
        (103, "مائة وثلاث ساعات"),
    ],
)
def test_a_feminine_noun_turns_the_gender_of_its_number(number: int, words: str) -> None:
    assert arabic(number, HOUR) == words


@given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_no_two_numbers_have_the_same_words(one: int, two: int) -> None:
    for say in (french, english, lambda number: arabic(number, HOUR)):
        assert (say(one) == say(two)) == (one == two)


@given(st.integers(0, 10**14 - 1), st.sampled_from(Currency), st.sampled_from(("fr", "en", "ar")))
def test_every_amount_has_words_without_a_slip(centimes: int, currency: Currency, language: str) -> None:
    words = in_words(Money(Decimal(centimes) / 100, currency), language)
    assert words == " ".join(words.split())
    assert not set(words) & set("0123456789")


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        in_words(Money(Decimal(amount), Currency.MAD), "fr")
