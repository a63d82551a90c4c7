"""One gettext domain for core and window; the language can change while the program runs.

Catalogues are `translations/<lang>/LC_MESSAGES/wasl.po`. The compiled `.mo` beside it is used when it is not older;
else the `.po` is compiled in memory, so that what is read is never stale.
"""

import gettext as gnu
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Final

LANGUAGES: Final = ("fr", "en", "ar")
DEFAULT_LANGUAGE: Final = "fr"
LOCALES: Final = {"fr": "fr_MA", "en": "en_GB", "ar": "ar_MA"}
"""Babel locale of each language: CLDR's conventions for Morocco; English has none there, so the British ones."""
SELF_NAMES: Final = {"fr": "Français", "en": "English", "ar": "العربية"}


@dataclass(frozen=True, slots=True)
class Translator:
    """The catalogue of one language. Calling it is gettext."""

    language: str
    catalogue: gnu.NullTranslations

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
    folder = files("translations") / language / "LC_MESSAGES"
    source, compiled = folder / "wasl.po", folder / "wasl.mo"
    if not source.is_file() and not compiled.is_file():
        return gnu.NullTranslations()
    with as_file(source) as po_path, as_file(compiled) as mo_path:
        if mo_path.exists() and (not po_path.exists() or mo_path.stat().st_mtime >= po_path.stat().st_mtime):
            with mo_path.open("rb") as stream:
                return gnu.GNUTranslations(stream)
        from babel.messages.mofile import write_mo  # noqa: PLC0415 - costs start-up time, seldom needed
        from babel.messages.pofile import read_po  # noqa: PLC0415

        with po_path.open("rb") as stream:
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
