"""Amounts, months, days and shares as people here write and read them; figures run left to right in every language."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from app.domain.money import Currency
from app.i18n import _, current_locale
from ui.widgets.words import keep_left_to_right

_DAY: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_MONTH: Final = re.compile(r"(\d{1,2})[/.\- ](\d{4})")
_MONTHS: Final = 12


class NotUnderstoodError(ValueError):
    """What was typed is no day, no month or no number."""


def word_amount(amount: Decimal, currency: str) -> str:
    """12 500,00 DH. The centimes are always there: the figures are compared with others."""
    return _with_currency(format_decimal(amount, "#,##0.00", locale=current_locale()), currency)


def word_round(amount: Decimal, currency: str) -> str:
    """An amount without centimes, where it is only to be grasped."""
    return _with_currency(format_decimal(amount, "#,##0", locale=current_locale()), currency)


def word_number(number: Decimal | int) -> str:
    """A number with the separators of the locale."""
    return keep_left_to_right(str(format_decimal(number, locale=current_locale())))


def word_share(hundredths: int) -> str:
    """A share of the capital kept in hundredths of a per cent: 33,33 %."""
    return word_percent(Decimal(hundredths) / 100)


def word_percent(per_cent: Decimal) -> str:
    """A percentage with at most two digits after the comma."""
    number = format_decimal(per_cent, "#,##0.##", locale=current_locale())
    # with the mark the sign stays behind the figures also in a sentence that runs from right to left
    return keep_left_to_right(f"{number}\u00a0%\N{LEFT-TO-RIGHT MARK}")


def word_rate(rate: Decimal) -> str:
    """Dirhams for one euro."""
    number = keep_left_to_right(str(format_decimal(rate, "0.00####", locale=current_locale())))
    return _("1 EUR = {rate} MAD").format(rate=number)


@lru_cache(maxsize=512)
def _skeleton(day: date, skeleton: str, locale: str) -> str:
    return str(format_skeleton(skeleton, day, locale=locale))


def word_month(month: date) -> str:
    """March 2026, of the month's first day."""
    return _skeleton(month, "yMMMM", current_locale())


def word_month_short(month: date) -> str:
    """Mar, for the axis of a plot."""
    return _skeleton(month, "MMM", current_locale())


@lru_cache(maxsize=512)
def _medium(day: date, locale: str) -> str:
    return str(format_date(day, "medium", locale=locale))


def word_date(day: date | None) -> str:
    """12 Mar 2026; empty for none."""
    return _medium(day, current_locale()) if day else ""


def write_date(day: date | None) -> str:
    """A day as it is typed: 12/03/2026; empty for none."""
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else ""


def write_month(month: date) -> str:
    """A month as it is typed: 03/2026."""
    return f"{month.month:02}/{month.year}"


def write_amount(amount: Decimal) -> str:
    """An amount as it is typed, without separators that could be misread: 12500,00."""
    return f"{amount:.2f}".replace(".", ",")


def read_date(text: str) -> date:
    """12/03/2026, in digits of any script. Raises NotUnderstoodError."""
    match = _DAY.fullmatch(_with_plain_digits(text))
    if match is None:
        raise NotUnderstoodError(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        raise NotUnderstoodError(text) from None


def read_month(text: str) -> date:
    """03/2026 as the first day of the month. Raises NotUnderstoodError."""
    match = _MONTH.fullmatch(_with_plain_digits(text))
    if match is None or not 1 <= int(match[1]) <= _MONTHS or int(match[2]) < 1:
        raise NotUnderstoodError(text)
    return date(int(match[2]), int(match[1]), 1)


def read_count(text: str) -> int:
    """A whole number. Raises NotUnderstoodError."""
    plain = re.sub(r"\s", "", _with_plain_digits(text))
    if not plain.isascii() or not plain.isdigit():
        raise NotUnderstoodError(text)
    return int(plain)


def word_sums(amounts: Iterable[tuple[Decimal, str]]) -> str:
    """Amounts of several currencies side by side."""
    return " + ".join(word_amount(amount, currency) for amount, currency in amounts)


def _with_currency(number: str, currency: str) -> str:
    figures = keep_left_to_right(number)
    if currency == Currency.EUR:
        return _("{amount} EUR").format(amount=figures)
    if currency == Currency.MAD:
        return _("{amount} MAD").format(amount=figures)
    return f"{figures} {currency}"


def _with_plain_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text.strip())
