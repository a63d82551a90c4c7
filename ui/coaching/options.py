"""Options that several forms offer: codes by their number, and lengths of time."""

from collections.abc import Sequence
from typing import Final

from app.domain.codes import Code
from app.i18n import current_language
from ui.widgets.choices import Options
from ui.widgets.words import Words, as_is

_MINUTES: Final = (15, 30, 45, 60, 90, 120)


def label_of(code: Code) -> Words:
    """The label of a code in the language in use."""
    return lambda: code.label(current_language())


def numbered(codes: Sequence[Code]) -> Options:
    """Codes with the digit that chooses each before its label."""

    def words(number: int, code: Code) -> Words:
        return lambda: f"{number}  {code.label(current_language())}"

    return [(code.code, words(number, code)) for number, code in enumerate(codes, start=1)]


def minute_options(chosen: int) -> Options:
    """The usual lengths in minutes, and the one that is chosen."""
    return [(str(each), as_is(str(each))) for each in sorted({*_MINUTES, chosen})]
