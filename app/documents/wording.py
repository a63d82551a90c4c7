"""Dates and times as papers write them: Western digits, day first, isolated from the sentence around them."""

from datetime import date, datetime, time

from babel.dates import format_date
from babel.numbers import format_decimal

from app.documents.text.characters import isolate
from app.domain.money import Currency, Money
from app.i18n import LOCALES


def day(value: date) -> str:
    """23/11/2026. Not CLDR's short date: the Arabic one has marks of direction between the numbers."""
    return isolate(f"{value.day:02d}/{value.month:02d}/{value.year:04d}")


def weekday(value: date, language: str) -> str:
    """The day's name by CLDR for Morocco: lundi, Monday, الاثنين."""
    return format_date(value, "EEEE", locale=LOCALES.get(language, LOCALES["en"]))


def clock(value: datetime | time) -> str:
    """09:42."""
    return isolate(f"{value.hour:02d}:{value.minute:02d}")


def amount(money: Money, language: str) -> str:
    """25 000,00 DH · MAD 25,000.00 · 25.000,00 درهم: grouped as CLDR has it for Morocco, kept on one line."""
    locale = LOCALES.get(language, LOCALES["en"])
    digits = isolate(format_decimal(money.amount, "#,##0.00", locale=locale).replace("\u202f", "\u00a0"))
    if language == "en":
        return f"{money.currency.value}\u00a0{digits}"
    names = {"fr": {Currency.MAD: "DH", Currency.EUR: "EUR"}, "ar": {Currency.MAD: "درهم", Currency.EUR: "أورو"}}
    return f"{digits}\u00a0{names.get(language, names['fr'])[money.currency]}"
