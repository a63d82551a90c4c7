"""One gettext domain for core and window; the language can change while the program runs.

Catalogues are `translations/<lang>/LC_MESSAGES/wasl.po`. The compiled `.mo` beside it is used when it is not older;
else the `.po` is compiled in memory, so that what is read is never stale.
"""

import gettext as gnu
import struct
from collections.abc import Callable
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("fr", "en", "ar")
DEFAULT_LANGUAGE: Final = "fr"
LOCALES: Final = {"fr": "fr_MA", "en": "en_GB", "ar": "ar_MA"}
"""Babel locale of each language: CLDR's conventions for Morocco; English has none there, so the British ones."""
_MO_MAGIC: Final = 0x950412DE
_FOLDER: Final = Path(__file__).parents[1] / "translations"
SELF_NAMES: Final = {"fr": "Français", "en": "English", "ar": "العربية"}


class CompiledCatalogue(gnu.NullTranslations):
    """A compiled catalogue that reads a message when it is asked for: the window starts with a few of thousands.

    `data` is a whole `.mo` file in UTF-8. GNU gettext's manual, "The Format of GNU MO Files". Raises ValueError where
    it does not begin as one. Answers what `gettext.GNUTranslations` answers.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        order = next((order for order in "<>" if data[:4] == struct.pack(f"{order}I", _MO_MAGIC)), "")
        if not order:
            raise ValueError("no compiled catalogue")
        count, ids, texts = struct.unpack_from(f"{order}3I", data, 8)
        self._data = data
        self._places = struct.unpack_from(f"{order}{2 * count}I", data, texts)
        places = struct.unpack_from(f"{order}{2 * count}I", data, ids)
        # of a message with a plural form only the singular is its name
        self._numbers = {
            data[at : at + length].partition(b"\0")[0]: number
            for number, (length, at) in enumerate(zip(places[::2], places[1::2], strict=True))
        }
        self._found: dict[str, tuple[str, ...]] = {}

    def gettext(self, message: str) -> str:
        """`message` in the language of the catalogue."""
        forms = self._find(message)
        return self._choose(forms, 1) or message if len(forms) > 1 else forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The plural form for `n`."""
        return self._choose(self._find(msgid1), n) or (msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """`message` as meant in `context`."""
        forms = self._find(f"{context}\x04{message}")
        return forms[0] if forms else message

    def _find(self, name: str) -> tuple[str, ...]:
        found = self._found.get(name)
        if found is None:
            number = self._numbers.get(name.encode())
            found = () if number is None else self._read(number)
            self._found[name] = found
        return found

    def _read(self, number: int) -> tuple[str, ...]:
        length, at = self._places[2 * number : 2 * number + 2]
        return tuple(self._data[at : at + length].decode().split("\0"))

    def _choose(self, forms: tuple[str, ...], count: int) -> str:
        at = self._rule(count)
        return forms[at] if at < len(forms) else ""

    @cached_property
    def _rule(self) -> Callable[[int], int]:
        for line in "".join(self._find("")).splitlines():
            name, _colon, value = line.partition(":")
            if name.lower() == "plural-forms":
                return gnu.c2py(value.partition("plural=")[2].partition(";")[0])
        return lambda count: int(count != 1)


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
        return CompiledCatalogue(compiled.read_bytes())
    if not source.is_file():
        return gnu.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - costs start-up time, seldom needed
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    binary = BytesIO()
    write_mo(binary, catalogue)
    return CompiledCatalogue(binary.getvalue())


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
