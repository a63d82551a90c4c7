"""Texts that follow the language: a function that words them, asked again at every change of language."""

from collections.abc import Callable

Words = Callable[[], str]
"""Such as `lambda: _("Name")`: gettext sees the literal, the widget asks again when the language changes."""


def as_is(text: str) -> Words:
    """Words for data, which is the same in every language."""
    return lambda: text


def keep_left_to_right(text: str) -> str:
    """A path, a number or a login as one left-to-right piece of whatever sentence it stands in (UAX #9, isolates)."""
    return f"\u2066{text}\u2069"


def no_words() -> str:
    """Nothing to say."""
    return ""
