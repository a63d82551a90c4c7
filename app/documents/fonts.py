"""The fonts of papers: known to ReportLab, shaped by HarfBuzz, and found without knowing where the program lies.

Each is read when a paper first needs it. ReportLab writes a character code for each glyph and a ToUnicode table that
says what the code means; glyphs that HarfBuzz chose get codes of their own here, and the table the letters that were
typed, so that text copied out of a paper is the text that went in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from threading import RLock
from typing import Any, Final

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

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
"""Held while a paper is made: ReportLab's fonts keep a reading position while they are cut down to a paper's glyphs."""

_FIRST_CODE: Final = 0xF0000  # Unicode's private plane 15: no font maps anything there
_CODES_PER_BLOCK: Final = 100  # the most that a bfchar block may have (Adobe Technical Note 5014)


@dataclass(eq=False, slots=True)
class PaperFont:
    """One font file, as ReportLab writes it and as HarfBuzz reads it."""

    name: str
    reportlab: Any
    shaper: Any
    meanings: dict[int, str] = field(default_factory=dict)
    """What each code of ours stands for in the text."""
    _codes: dict[tuple[int, str, float], int] = field(default_factory=dict)

    def has(self, character: str) -> bool:
        """Whether the font draws the character by itself."""
        return self.shaper.get_nominal_glyph(ord(character)) is not None

    def glyph(self, character: str) -> int:
        """The glyph of a character by itself; 0, the glyph of what is missing, where the font has none."""
        return int(self.shaper.get_nominal_glyph(ord(character)) or 0)

    def advance_of(self, glyph: int) -> float:
        """How far a glyph moves the pen, in thousandths of the size."""
        return self.per_mille(self.shaper.get_glyph_h_advance(glyph))

    def per_mille(self, units: float) -> float:
        """Font units as thousandths of the font's size."""
        return float(self.reportlab.pdfScale(units))

    def code(self, glyph: int, meaning: str, widened: float = 0.0) -> int:
        """The character code that makes ReportLab write `glyph`, standing for `meaning` in the text.

        `widened` thousandths of the size are added to the width that the PDF states.

        Two glyphs of one letter have one code each, and one glyph that stands for several letters one for each
        meaning. Codes are not written out: the same paper has the same bytes whatever was printed before.
        """
        face = self.reportlab.face
        width = self.advance_of(glyph) + widened
        key = (glyph, meaning, width)
        with RENDERING:
            code = self._codes.get(key)
            if code is None:
                code = self._codes[key] = _FIRST_CODE + len(self._codes)
                self.meanings[code] = meaning
                face.charToGlyph[code] = glyph
                face.charWidths[code] = width
        return code

    def width_of(self, code: int) -> float:
        """The advance that the PDF states for a code, in thousandths of the size."""
        return float(self.reportlab.face.charWidths[code])


@cache
def paper_font(name: str) -> PaperFont:
    """The font that papers know as `name`, one of PAPER_FONT_FILES; registered with ReportLab on first use."""
    data = (files("resources.fonts") / PAPER_FONT_FILES[name]).read_bytes()
    reportlab_font = TTFont(name, BytesIO(data), asciiReadable=False)
    font = PaperFont(name, reportlab_font, uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data))))
    _write_meanings(font)
    pdfmetrics.registerFont(reportlab_font)
    return font


def register_paper_fonts() -> None:
    """Read all fonts now, for who would rather wait at the start than at the first paper."""
    for name in PAPER_FONT_FILES:
        paper_font(name)


@cache
def font_chain(name: str) -> tuple[PaperFont, ...]:
    """A font and the ones that stand in for what it lacks."""
    return tuple(paper_font(each) for each in (name, *FALLBACKS[name]))


def _write_meanings(font: PaperFont) -> None:
    """Have ReportLab put our meanings into a paper's ToUnicode tables."""
    add_objects = font.reportlab.addObjects

    def add_objects_with_meanings(document: Any) -> None:  # noqa: ANN401 - ReportLab has no types
        subsets = [list(subset) for subset in font.reportlab.state[document].subsets]
        names = [font.reportlab.getSubsetInternalName(index, document)[1:] for index in range(len(subsets))]
        add_objects(document)
        for subset, name in zip(subsets, names, strict=True):
            pdf_font = document.idToObject["BasicFonts"].dict[name]
            table = document.idToObject[pdf_font.ToUnicode.name]
            table.content = _to_unicode(pdf_font.BaseFont, [font.meanings.get(code, chr(code)) for code in subset])

    font.reportlab.addObjects = add_objects_with_meanings


def _to_unicode(name: str, meanings: Sequence[str]) -> str:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3): what each of a subset's codes says, where it says anything."""
    entries = [
        f"<{code:02X}> <{meaning.encode('utf-16-be').hex().upper()}>"
        for code, meaning in enumerate(meanings)
        if meaning and code
    ]
    blocks = []
    for start in range(0, len(entries), _CODES_PER_BLOCK):
        block = entries[start : start + _CODES_PER_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )
