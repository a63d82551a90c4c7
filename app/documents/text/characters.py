"""What of a text can be printed. No box ever stands on a paper: it reads as a fault in a paper that has none.

A character that the chosen font lacks is drawn by a font that stands in for it (`FALLBACKS`). One that no font has
is replaced by its plain form where Unicode knows one (𝐌 by M), left out where it is no letter (emoji, controls,
unassigned), and letters of a script without a font become one ellipsis: the reader sees that something is missing.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from app.documents.fonts import font_chain

ELLIPSIS: Final = "…"
_FSI, _PDI = "\u2068", "\u2069"
_JOINERS: Final = frozenset("\u200c\u200d")
_MARKS_OF_DIRECTION: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE: Final = _JOINERS | _MARKS_OF_DIRECTION
"""Characters that shape or order a line without a mark of their own."""
_MAX_MARKS: Final = 4
_SPACES: Final = re.compile(r" {2,}")
_MISSING: Final = re.compile(rf"{ELLIPSIS}(?: ?{ELLIPSIS})+")


def isolate(text: str) -> str:
    """`text` cut off from the order of what stands around it (FSI … PDI): for every name and number put in a sentence.

    Its own marks of direction are left out: one of them could end the isolation.
    """
    return f"{_FSI}{''.join(char for char in text if char not in _MARKS_OF_DIRECTION)}{_PDI}"


@lru_cache(maxsize=4096)
def printable(text: str, font: str) -> str:
    """`text` with nothing in it that `font` and those that stand in for it can't draw. One line, composed (NFC)."""
    pieces: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.category(character) == "Mn" else 0
        if marks <= _MAX_MARKS:
            pieces.append(_printable_character(character, font))
    plain = _SPACES.sub(" ", "".join(pieces))
    return _MISSING.sub(ELLIPSIS, plain).strip(" ")


def says_something(text: str | None, font: str) -> bool:
    """Whether anything of `text` is seen once it is printed."""
    return any(character not in INVISIBLE for character in printable(text or "", font))


@lru_cache(maxsize=4096)
def _printable_character(character: str, font: str) -> str:
    category = unicodedata.category(character)
    if character in INVISIBLE or _has_glyph(character, font):
        return character
    if category == "Cc" or category[0] == "Z":
        return " " if character.isspace() else ""
    plain = unicodedata.normalize("NFKD", character)
    if plain != character and all(_has_glyph(part, font) for part in plain):
        return unicodedata.normalize("NFC", plain)
    return ELLIPSIS if category[0] in "LN" else ""


def _has_glyph(character: str, font: str) -> bool:
    if unicodedata.category(character)[0] == "C":
        return False  # fonts draw a box or nothing for controls, private and unassigned characters
    return any(candidate.has(character) for candidate in font_chain(font))
