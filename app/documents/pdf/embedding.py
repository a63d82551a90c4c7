"""A font in a file: the glyphs that were drawn, their widths, and what they say (ISO 32000-1, 9.7).

Each of our codes gets a CID in the order in which a file first draws it, so that the bytes of a file do not depend on
what was drawn before. HarfBuzz cuts the font; hints for coarse screens are left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

import uharfbuzz

from app.documents.fonts import PaperFont

_CODES_PER_BLOCK: Final = 100
"""The most that a bfchar block may have (Adobe Technical Note 5014)."""
_DROPPED: Final = tuple(
    int.from_bytes(tag.ljust(4).encode(), "big")
    for tag in ("GSUB", "GPOS", "GDEF", "cmap", "name", "OS/2", "post", "DSIG", "kern", "STAT", "gasp", "meta", "FFTM")
)
_FLAGS: Final = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
_TO_UNICODE_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TO_UNICODE_END: Final = "endcmap CMapName currentdict /CMap defineresource pop end end"


class _Cids(dict[int, int]):
    """CIDs by code, given out as they are asked for: `str.translate` asks once a letter."""

    def __missing__(self, code: int) -> int:
        cid = self[code] = len(self) + 1
        return cid


@dataclass(slots=True)
class FontUse:
    """A font as one file uses it; `number` is that of its object."""

    font: PaperFont
    number: int
    cids: _Cids = field(default_factory=_Cids)

    def encode(self, codes: str) -> str:
        """Codes of the font as a string of a content stream."""
        return codes.translate(self.cids).encode("utf-16-be").hex()

    def write(self, add: Callable[[bytes], int], add_stream: Callable[..., int]) -> bytes:
        """Write the font's parts into a file; returns the body of the font's own object."""
        font, codes = self.font, list(self.cids)
        old = [font.glyph_of(code) for code in codes]
        data, new = _cut(font, frozenset(old))
        name = f"{_tag(old)}+{font.postscript_name}"
        glyphs = b"\0\0" + b"".join(new[glyph].to_bytes(2, "big") for glyph in old)
        widths = " ".join(f"{font.width_of(code):.6g}" for code in codes)
        descriptor = add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{' '.join(map(str, font.box))}]/ItalicAngle 0"
            f"/Ascent {font.box[3]}/Descent {font.box[1]}/CapHeight {font.cap_height}/StemV 90"
            f"/FontFile2 {add_stream(data, b'/Length1 %d' % len(data))} 0 R>>".encode()
        )
        descendant = add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/FontDescriptor {descriptor} 0 R"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap {add_stream(glyphs)} 0 R/DW 0/W[1[{widths}]]>>".encode()
        )
        meanings = add_stream(_to_unicode([font.meanings.get(code, chr(code)) for code in codes]))
        return (
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {meanings} 0 R>>"
        ).encode()


def _cut(font: PaperFont, glyphs: frozenset[int]) -> tuple[bytes, dict[int, int]]:
    """The font with these glyphs only, and the new number of each."""
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = _FLAGS
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(_DROPPED)
    plan = uharfbuzz.SubsetPlan(font.cuttable, wanted)
    return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)


def _tag(glyphs: list[int]) -> str:
    """Six letters that tell one cut of a font from another (9.6.4)."""
    value = crc32(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))
    letters = []
    for _ in range(6):
        value, letter = divmod(value, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


def _to_unicode(meanings: list[str]) -> bytes:
    """A ToUnicode CMap (9.10.3): what each CID from 1 on says, where it says anything."""
    entries = [
        f"<{cid:04X}> <{meaning.encode('utf-16-be').hex().upper()}>\n"
        for cid, meaning in enumerate(meanings, 1)
        if meaning
    ]
    blocks = []
    for start in range(0, len(entries), _CODES_PER_BLOCK):
        block = entries[start : start + _CODES_PER_BLOCK]
        blocks += [f"{len(block)} beginbfchar\n", *block, "endbfchar\n"]
    return "".join((_TO_UNICODE_HEAD, *blocks, _TO_UNICODE_END)).encode()
