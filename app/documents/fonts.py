"""The fonts of papers: read and shaped by HarfBuzz, and found without knowing where the program lies.

Each is read when a paper first needs it. A PDF holds a code for each glyph that was drawn and a table that says what
the code means; glyphs that HarfBuzz chose get codes of their own here, and the table the letters that were typed, so
that text copied out of a paper is the text that went in.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import PurePath
from struct import unpack_from
from threading import RLock
from typing import Any, Final

import uharfbuzz

from resources.fonts import PAPER_FONT_FILES

SERIF: Final = "Amiri"
SERIF_BOLD: Final = "Amiri-Bold"
SANS: Final = "Plex"
SANS_BOLD: Final = "Plex-Bold"
CODE: Final = "Plex-Mono"
"""Dotted zero; I, l and 1 differ: for codes that are copied by hand."""

FALLBACKS: Final = {
    SERIF: ("Noto-Serif", "Noto-Tifinagh"),
    SERIF_BOLD: ("Noto-Serif-Bold", "Noto-Tifinagh"),
    SANS: ("Noto-Sans", "Amiri", "Noto-Tifinagh"),
    SANS_BOLD: ("Noto-Sans", "Amiri-Bold", "Noto-Tifinagh"),
    CODE: ("Plex", "Noto-Sans", "Amiri", "Noto-Tifinagh"),
}
"""Who draws what a font lacks, in this order."""

RENDERING: Final = RLock()
"""Held while a paper is made: what was shaped is kept for the next one, and codes are given out one by one."""

_FIRST_CODE: Final = 0xF0000  # Unicode's private plane 15: no font maps anything there


@dataclass(eq=False)
class PaperFont:
    """One font file, as HarfBuzz reads it."""

    name: str
    postscript_name: str
    face: Any
    shaper: Any
    meanings: dict[int, str] = field(default_factory=dict)
    """What each code of ours stands for in the text."""
    _codes: dict[tuple[int, str, float], int] = field(default_factory=dict)
    _glyphs: dict[int, tuple[int, float]] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    def has(self, character: str) -> bool:
        """Whether the font draws the character by itself."""
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = self.shaper.get_nominal_glyph(ord(character)) is not None
        return known

    def glyph(self, character: str) -> int:
        """The glyph of a character by itself; 0, the glyph of what is missing, where the font has none."""
        return int(self.shaper.get_nominal_glyph(ord(character)) or 0)

    def advance_of(self, glyph: int) -> float:
        """How far a glyph moves the pen, in thousandths of the size."""
        return self.per_mille(self.shaper.get_glyph_h_advance(glyph))

    def per_mille(self, units: float) -> float:
        """Font units as thousandths of the font's size."""
        return float(units * 1000 / self.face.upem)

    def code(self, glyph: int, meaning: str, widened: float = 0.0) -> int:
        """The character code that stands for a glyph on paper and for `meaning` in the text.

        `widened` thousandths of the size are added to the width that the PDF states.

        Two glyphs of one letter have one code each, and one glyph that stands for several letters one for each
        meaning. Codes are not written out: the same paper has the same bytes whatever was printed before.
        """
        width = self.advance_of(glyph) + widened
        key = (glyph, meaning, width)
        with RENDERING:
            code = self._codes.get(key)
            if code is None:
                code = self._codes[key] = _FIRST_CODE + len(self._codes)
                self.meanings[code] = meaning
                self._glyphs[code] = glyph, width
        return code

    def glyph_of(self, code: int) -> int:
        """The glyph that a code stands for."""
        return self._glyphs[code][0]

    def width_of(self, code: int) -> float:
        """The advance that the PDF states for a code, in thousandths of the size."""
        return self._glyphs[code][1]

    @cached_property
    def cuttable(self) -> Any:  # noqa: ANN401 - HarfBuzz has no types
        """The face, made ready to be cut down to a paper's glyphs again and again."""
        return uharfbuzz.subset_preprocess(self.face)

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """What holds every glyph, in thousandths of the size (table `head`): left, bottom, right, top."""
        left, bottom, right, top = unpack_from(">4h", self.face.reference_table("head").data, 36)
        return tuple(round(self.per_mille(each)) for each in (left, bottom, right, top))  # type: ignore[return-value]

    @cached_property
    def cap_height(self) -> int:
        """How high H stands, in thousandths of the size."""
        extents = self.shaper.get_glyph_extents(self.glyph("H"))
        return round(self.per_mille(extents.y_bearing)) if extents else 700


@cache
def paper_font(name: str) -> PaperFont:
    """The font that papers know as `name`, one of PAPER_FONT_FILES; read on first use."""
    file = PAPER_FONT_FILES[name]
    face = uharfbuzz.Face(uharfbuzz.Blob((files("resources.fonts") / file).read_bytes()))
    return PaperFont(name, PurePath(file).stem, face, uharfbuzz.Font(face))


def register_paper_fonts() -> None:
    """Read all fonts now, for who would rather wait at the start than at the first paper."""
    for name in PAPER_FONT_FILES:
        paper_font(name)


@cache
def font_chain(name: str) -> tuple[PaperFont, ...]:
    """A font and the ones that stand in for what it lacks."""
    return tuple(paper_font(each) for each in (name, *FALLBACKS[name]))
