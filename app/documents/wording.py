"""Dates and times as papers write them: Western digits, day first, isolated from the sentence around them."""

from datetime import date, datetime, time

from babel.dates import format_date

from app.documents.text.characters import isolate
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
