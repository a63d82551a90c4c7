"""One gettext domain for core and window; the language can change while the program runs.

Catalogues are `translations/<lang>/LC_MESSAGES/wasl.po`. The compiled `.mo` beside it is used when it is not older;
else the `.po` is compiled in memory, so that what is read is never stale.
"""

import gettext as gnu
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("fr", "en", "ar")
DEFAULT_LANGUAGE: Final = "fr"
LOCALES: Final = {"fr": "fr_MA", "en": "en_GB", "ar": "ar_MA"}
"""Babel locale of each language: CLDR's conventions for Morocco; English has none there, so the British ones."""
_FOLDER: Final = Path(__file__).parents[1] / "translations"
SELF_NAMES: Final = {"fr": "Français", "en": "English", "ar": "العربية"}


class Translator:
    """The catalogue of one language. Calling it is gettext."""

    __slots__ = ("catalogue", "language")

    def __init__(self, language: str, catalogue: gnu.NullTranslations) -> None:
        self.language = language
        self.catalogue = catalogue

    def __call__(self, message: str) -> str:
        """`message` in this language, or as it is when the catalogue lacks it."""
        return self.catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The plural form of this language for `count` (six in Arabic, by CLDR)."""
        return self.catalogue.ngettext(singular, plural, count)

    def pgettext(self, context: str, message: str) -> str:
        """`message` as meant in `context`."""
        return self.catalogue.pgettext(context, message)


@cache
def translator(language: str) -> Translator:
    """The catalogue of a language of LANGUAGES; an unknown language reads English, the language of the source."""
    if language not in LANGUAGES:
        return Translator("en", gnu.NullTranslations())
    return Translator(language, _load(language))


def _load(language: str) -> gnu.NullTranslations:
    folder = _FOLDER / language / "LC_MESSAGES"
    source, compiled = folder / "wasl.po", folder / "wasl.mo"
    if compiled.is_file() and (not source.is_file() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as stream:
            return gnu.GNUTranslations(stream)
    if not source.is_file():
        return gnu.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - costs start-up time, seldom needed
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return gnu.GNUTranslations(binary)


class _Current:
    """The language of the window or the command line; the only state of this module."""

    translator: Translator = Translator("en", gnu.NullTranslations())


def use_language(language: str) -> None:
    """Make a language of LANGUAGES the one that `_`, `ngettext` and `pgettext` answer in."""
    _Current.translator = translator(language)


def current_language() -> str:
    """The language in use, one of LANGUAGES."""
    return _Current.translator.language


def current_locale() -> str:
    """Babel's name of the locale in use, such as ar_MA."""
    return LOCALES[current_language()]


def _(message: str) -> str:
    """`message` in the language in use."""
    return _Current.translator(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The plural form for `count` in the language in use."""
    return _Current.translator.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """`message` as meant in `context`, in the language in use."""
    return _Current.translator.pgettext(context, message)
