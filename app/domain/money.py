"""Money: decimals of a currency, never floats; what people type, what is stored, and euros at a dated rate.

A rate is dirhams for one euro. An amount is rounded to the centime, half to even, once: where one payment is stated
in another currency. Sums are of rounded amounts, so that they agree with a hand calculation payment by payment.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from enum import StrEnum
from typing import Final

CENTIME: Final = Decimal("0.01")
NOTHING: Final = Decimal("0.00")
_PRECISION: Final = 40
_LARGEST: Final = Decimal(10) ** 12
_LARGEST_RATE: Final = Decimal(1000)
_RATE_DIGITS: Final = 6
_GROUP: Final = 3
_CENTIME_DIGITS: Final = 2
_PLAIN: Final = str.maketrans({"٫": ",", "٬": "'", "،": ",", "’": "'", "ʼ": "'", "`": "'"})
_STORED: Final = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


class Currency(StrEnum):
    """What amounts are in. ISO 4217."""

    MAD = "MAD"
    EUR = "EUR"


_WORDS: Final = {
    "mad": Currency.MAD, "dh": Currency.MAD, "dhs": Currency.MAD, "dirham": Currency.MAD, "dirhams": Currency.MAD,
    "درهم": Currency.MAD, "دراهم": Currency.MAD, "درهما": Currency.MAD, "د.م.": Currency.MAD, "د.م": Currency.MAD,
    "eur": Currency.EUR, "euro": Currency.EUR, "euros": Currency.EUR, "€": Currency.EUR, "أورو": Currency.EUR,
    "يورو": Currency.EUR,
}  # fmt: skip


class AmountNotUnderstoodError(ValueError):
    """The text is no amount that can be taken without a doubt; `args[0]` is the text."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, exact to the centime, in a currency."""

    amount: Decimal
    currency: Currency


@dataclass(frozen=True, slots=True)
class Rate:
    """Dirhams for one euro, and the day of which that rate is."""

    mad_per_eur: Decimal
    day: date
    source: str = ""


def parse_amount(text: str) -> Decimal:
    """An amount as people type it, from 0.00 on: 1 200,50 or 1,200.50 or ١٢٠٠, with any kind of space.

    One comma or point before exactly three digits parts thousands, as no amount has thousandths. Raises
    AmountNotUnderstoodError for anything that could be meant in two ways.
    """
    plain = _plain_digits(text)
    whole, part = _split(plain, text)
    if len(part) > _CENTIME_DIGITS:
        raise AmountNotUnderstoodError(text)
    amount = Decimal(f"{_ungroup(whole, text)}.{part or '0'}")
    if amount >= _LARGEST:
        raise AmountNotUnderstoodError(text)
    return to_centime(amount)


def parse_money(text: str, currency: Currency = Currency.MAD) -> Money:
    """An amount with or without its currency beside it (1 200,50 DH; € 40; ٥٠٠ درهم). Raises as `parse_amount`."""
    plain = _without_marks(text)
    for word in sorted(_WORDS, key=len, reverse=True):
        for rest in (plain[len(word) :] if plain.lower().startswith(word) else None,
                     plain[: -len(word)] if plain.lower().endswith(word) else None):  # fmt: skip
            if rest is not None and rest.strip():
                return Money(parse_amount(rest), _WORDS[word])
    return Money(parse_amount(plain), currency)


def parse_rate(text: str) -> Decimal:
    """Dirhams for one euro as people type it: 10,7345 or 10.7345. Raises AmountNotUnderstoodError."""
    match = re.fullmatch(rf"(\d{{1,4}})(?:[.,](\d{{1,{_RATE_DIGITS}}}))?", _plain_digits(text), re.ASCII)
    if match is None:
        raise AmountNotUnderstoodError(text)
    rate = Decimal(f"{match[1]}.{match[2] or '0'}")
    if not 0 < rate < _LARGEST_RATE:
        raise AmountNotUnderstoodError(text)
    return rate


def to_centime(amount: Decimal) -> Decimal:
    """The amount rounded to the centime, half to even."""
    with localcontext() as context:
        context.prec = _PRECISION
        rounded = amount.quantize(CENTIME, rounding=ROUND_HALF_EVEN)
    return rounded if rounded else NOTHING


def to_euro(amount: Decimal, currency: Currency, rate: Decimal | None) -> Decimal | None:
    """An amount in euros, rounded to the centime; None where it takes a rate and there is none."""
    return convert(amount, currency, Currency.EUR, rate)


def convert(amount: Decimal, currency: Currency, to: Currency, rate: Decimal | None) -> Decimal | None:
    """An amount in another currency, rounded to the centime; None where it takes a rate and there is none."""
    if currency == to:
        return to_centime(amount)
    if rate is None or rate <= 0 or {currency, to} != set(Currency):
        return None
    with localcontext() as context:
        context.prec = _PRECISION
        other = amount / rate if to is Currency.EUR else amount * rate
    return to_centime(other)


def stored(amount: Decimal) -> str:
    """How an amount is kept: a point and two digits. Raises ValueError for what is not exact to the centime."""
    rounded = to_centime(amount)
    if rounded != amount or abs(rounded) >= _LARGEST:
        raise ValueError(f"{amount} is not exact to the centime, or too large")
    return f"{rounded:f}"


def stored_rate(rate: Decimal | None) -> str:
    """How a rate is kept, without needless zeros; nothing for none."""
    return "" if rate is None else f"{rate.normalize():f}"


def read_amount(text: str) -> Decimal:
    """The amount that is kept as `text`. Raises ValueError for what this program did not write."""
    if not _STORED.fullmatch(text):
        raise ValueError(f"no amount is kept as {text!r}")
    return to_centime(Decimal(text))


def read_rate(text: str) -> Decimal | None:
    """The rate that is kept as `text`, None where none is kept or it can't be one."""
    try:
        rate = Decimal(text) if _STORED.fullmatch(text) else None
    except InvalidOperation:
        return None
    return rate if rate is not None and rate > 0 else None


def sum_of(amounts: "list[Decimal]") -> Decimal:
    """The sum of amounts that are exact to the centime, exact to the centime."""
    return sum(amounts, NOTHING)


def _without_marks(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()


def _plain_digits(text: str) -> str:
    """Digits of any script as 0-9, every space and apostrophe between them as one apostrophe, no marks."""
    plain = _without_marks(text).translate(_PLAIN)
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)
    spaced = re.sub(r"\s", "'", digits)
    if not re.fullmatch(r"[0-9',.]+", spaced) or not spaced[0].isdigit() or not spaced[-1].isdigit():
        raise AmountNotUnderstoodError(text)
    return spaced


def _split(plain: str, text: str) -> tuple[str, str]:
    """What stands before and after the mark of decimals."""
    marks = [char for char in plain if char in ",."]
    if not marks:
        return plain, ""
    last = marks[-1]
    whole, _mark, part = plain.rpartition(last)
    if len(set(marks)) > 1:
        # the last of two kinds is that of decimals, and stands once
        if marks.count(last) > 1 or "'" in part:
            raise AmountNotUnderstoodError(text)
        return whole, part
    if len(marks) == 1 and "'" not in part and not (len(part) == _GROUP and "'" not in whole):
        return whole, part
    return plain, ""


def _ungroup(whole: str, text: str) -> str:
    """The digits of a whole number whose thousands may be parted, by one kind of mark."""
    groups = re.split(r"[',.]", whole)
    marks = {char for char in whole if not char.isdigit()}
    if len(groups) == 1:
        return whole
    parted = len(marks) == 1 and 1 <= len(groups[0]) <= _GROUP and groups[0][0] != "0"
    if not parted or any(len(group) != _GROUP for group in groups[1:]):
        raise AmountNotUnderstoodError(text)
    return "".join(groups)
