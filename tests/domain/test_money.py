"""What people type as money, what is kept of it, and euros at a rate: to the centime, half to even, never a float."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import (
    AmountNotUnderstoodError,
    Currency,
    convert,
    parse_amount,
    parse_money,
    parse_rate,
    read_amount,
    read_rate,
    stored,
    stored_rate,
    to_centime,
    to_euro,
)

amounts = st.decimals(0, 10**11, places=2)
rates = st.decimals(Decimal("0.5"), 100, places=4)

TYPED = {
    "1 200,50": "1200.50", "1,200.50": "1200.50", "1.200,50": "1200.50", "١٢٠٠": "1200.00", "١٬٢٠٠٫٥٠": "1200.50",
    "1\u202f200,50": "1200.50", "1\u00a0200": "1200.00", "1\u2009234\u2009567.8": "1234567.80", "1'200.50": "1200.50",
    "1’200": "1200.00", "\u200f۱۲۰۰\u200e": "1200.00", "1.200": "1200.00", "1,200": "1200.00", "12,5": "12.50",
    "0,05": "0.05", "0": "0.00", "1.234.567,89": "1234567.89", " 7 ": "7.00", "999999999999.99": "999999999999.99",
}  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_what_people_type_is_understood(text: str) -> None:
    assert str(parse_amount(text)) == TYPED[text]


DOUBTFUL = (
    "", " ", "abc", "-5", "+5", "1,2,3", "1.2.3", "12 00", "1 2 3", "0,500", "1200,505", "1,234,56", "1 200.3 4", ",5",
    "5,", "1e5", "NaN", "1 200,50.3", "1.200.50", "0 200", "1000000000000", "5%", "1..2", "½", "1٫2٫3",
)  # fmt: skip


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_could_be_meant_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(AmountNotUnderstoodError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("1 200,50 DH", "1200.50", "MAD"), ("€ 40", "40.00", "EUR"), ("٥٠٠ درهم", "500.00", "MAD"), ("7", "7.00", "EUR"),
     ("40eur", "40.00", "EUR"), ("MAD 3", "3.00", "MAD"), ("500 د.م.", "500.00", "MAD")],
)  # fmt: skip
def test_a_currency_beside_the_amount_is_read(text: str, amount: str, currency: str) -> None:
    found = parse_money(text, Currency.EUR)
    assert (str(found.amount), found.currency) == (amount, currency)


def test_rates_have_more_decimals() -> None:
    assert parse_rate("10,7345") == parse_rate("10.7345") == parse_rate("١٠٫٧٣٤٥") == Decimal("10.7345")
    assert parse_rate("10.734") == Decimal("10.734")
    for wrong in ("0", "0,0", "1 000", "-1", "10,12345678", "", "x"):
        with pytest.raises(AmountNotUnderstoodError):
            parse_rate(wrong)


@given(amounts)
def test_what_is_kept_is_read_again(amount: Decimal) -> None:
    assert read_amount(stored(amount)) == amount == parse_amount(f"{amount:,.2f}".replace(",", "\u202f"))
    assert parse_amount(f"{amount:,.2f}") == amount
    assert read_amount(stored(-amount)) == -amount
    assert stored(amount) != "-0.00"


@given(st.text(max_size=12))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        amount = parse_money(text).amount
    except AmountNotUnderstoodError:
        return
    assert amount >= 0
    assert amount == to_centime(amount)


def test_what_no_program_of_ours_writes_is_told_apart() -> None:
    for wrong in ("", "1e3", "NaN", "1,5", "Infinity", "1.5.5", "٣", " 1", "--1", "9" * 30):
        with pytest.raises(ValueError, match="kept"):
            read_amount(wrong)
        assert read_rate(wrong) is None
    assert read_rate("0") is None
    for inexact in (Decimal("1.005"), Decimal(10) ** 13):
        with pytest.raises(ValueError, match="exact"):
            stored(inexact)


@given(amounts, rates)
def test_euros_are_rounded_once_half_to_even(amount: Decimal, rate: Decimal) -> None:
    exact = Fraction(amount) / Fraction(rate)
    found = to_euro(amount, Currency.MAD, rate)
    assert found is not None
    # round() of a fraction is half to even
    assert Fraction(found) == Fraction(round(exact * 100), 100)
    assert to_euro(amount, Currency.EUR, None) == amount
    assert to_euro(-amount, Currency.MAD, rate) == -found
    assert convert(amount, Currency.MAD, Currency.EUR, None) is None


@given(rates)
def test_a_rate_is_kept_as_it_is(rate: Decimal) -> None:
    assert read_rate(stored_rate(rate)) == rate
    assert stored_rate(None) == ""


def test_half_a_centime_goes_to_the_even_one() -> None:
    assert [str(to_centime(Decimal(text))) for text in ("0.005", "0.015", "2.675", "-0.005")] == [
        "0.00", "0.02", "2.68", "0.00"
    ]  # fmt: skip
