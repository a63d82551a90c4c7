"""The typeface of the window, shipped with the program: one family for both scripts."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from resources.fonts import UI_CODE_FAMILY, UI_FAMILIES, UI_FONT_FILES


@cache
def load_fonts() -> tuple[int, ...]:
    """Register the shipped fonts once; the ids Qt gave them. Raises OSError when a font file is missing."""
    folder = files("resources.fonts")
    return tuple(QFontDatabase.addApplicationFontFromData((folder / name).read_bytes()) for name in UI_FONT_FILES)


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
