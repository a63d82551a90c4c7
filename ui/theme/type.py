"""The typeface of the window, shipped with the program: one family for both scripts."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from resources.fonts import UI_CODE_FAMILY, UI_FAMILIES, UI_FONT_FILES
from ui.theme import RESOURCES

_FIRST: Final = ("IBMPlexSansArabic-Regular.ttf", "IBMPlexSansArabic-SemiBold.ttf")
"""The window's two weights in both scripts: all that the sign-in is written in."""


def load_first_fonts() -> tuple[int, ...]:
    """Register what the first page is written in; the ids Qt gave the fonts. Raises OSError where a file is missing."""
    return tuple(_register(name) for name in _FIRST)


def load_fonts() -> tuple[int, ...]:
    """Register every font of the window: letters that a name may need, a heavier weight, codes. 2 MB in all."""
    return tuple(_register(name) for name in UI_FONT_FILES)


@cache
def _register(name: str) -> int:
    return QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))


def make_font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The window's font. Its figures have one width, so that columns of numbers stand."""
    return _with_families(UI_FAMILIES, pixels, weight)


def make_code_font(pixels: int) -> QFont:
    """The font of numbers and codes that are read letter by letter."""
    return _with_families((UI_CODE_FAMILY, *UI_FAMILIES), pixels, QFont.Weight.Medium)


def _with_families(families: Sequence[str], pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
