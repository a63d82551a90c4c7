"""From characters to glyphs: each stretch of one direction goes to the font that has its letters, then to HarfBuzz."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, zip_longest
from typing import Any, Final, NamedTuple

import uharfbuzz

from app.documents.fonts import PaperFont, font_chain
from app.documents.text.characters import INVISIBLE

_FEATURES: Final = {"kern": True, "liga": True}
_WORD_JOINER: Final = "\u2060"
_GAP: Final = 50
"""Thousandths of the size; half of what is taken for a space."""
_VISIBLE: Final = 0.05
"""Thousandths of the size; the pen is not moved by less."""


class Run(NamedTuple):
    """Codes that stand without a gap, and how far the pen moves after them beyond their widths."""

    codes: str
    gap: float
    is_space: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one font and height, from left to right. Lengths are in thousandths of the size."""

    font: str
    runs: tuple[Run, ...]
    advance: float
    rise: float

    @property
    def codes(self) -> str:
        """The codes of all glyphs."""
        return "".join(run.codes for run in self.runs)

    @property
    def spaces(self) -> int:
        """How many spaces between words there are, which a justified line makes wider."""
        return sum(run.is_space for run in self.runs)


@lru_cache(maxsize=8192)
def shape_run(text: str, font: str, *, right_to_left: bool) -> tuple[Piece, ...]:
    """The glyphs of a text of one direction, from left to right; more than one piece where a font had to stand in."""
    parts = _by_font(text, font)
    pieces: list[Piece] = []
    for part, chosen in reversed(parts) if right_to_left else parts:
        pieces += _shape(part, chosen, right_to_left=right_to_left)
    return tuple(pieces)


def _by_font(text: str, font: str) -> list[tuple[str, PaperFont]]:
    chain = font_chain(font)
    parts: list[tuple[str, PaperFont]] = []
    for cluster in _clusters(text):
        visible = [character for character in cluster if character not in INVISIBLE]
        chosen = next((each for each in chain if all(map(each.has, visible))), chain[0])
        # a space or a joiner stays with the word it follows
        if parts and (parts[-1][1] is chosen or not visible or cluster == " "):
            parts[-1] = (parts[-1][0] + cluster, parts[-1][1])
        else:
            parts.append((cluster, chosen))
    return parts


def _clusters(text: str) -> list[str]:
    """A letter with the marks and joiners that follow it: what must not be torn apart."""
    clusters: list[str] = []
    for character in text:
        if clusters and (unicodedata.combining(character) or character in INVISIBLE):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _shape(text: str, font: PaperFont, *, right_to_left: bool) -> list[Piece]:
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    if right_to_left:
        buffer.script, buffer.language = "Arab", "ar"
    elif not any(letter.isalpha() for letter in text):
        # without letters a font falls back on its first script: Amiri would put Arabic full stops into numbers
        buffer.script = "Latn"
    uharfbuzz.shape(font.shaper, buffer, _FEATURES)
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs: list[_Glyph] = []
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    for start, cluster in groupby(placed, key=lambda pair: pair[0].cluster):
        letters = [letter for letter in text[start : ends[start]] if letter not in INVISIBLE]
        if letters:
            drawn = [_measured(font, info.codepoint, position) for info, position in cluster]
            glyphs += _tell_right_to_left(drawn, letters[::-1], font) if right_to_left else _tell(drawn, letters)
    return _write(_close_gaps(glyphs), font)


class _Glyph(NamedTuple):
    """Lengths in thousandths of the size. `widened` is what the PDF states above the font's own width."""

    glyph: int
    advance: float
    x_offset: float
    y_offset: float
    meaning: str = _WORD_JOINER
    widened: float = 0


def _measured(font: PaperFont, glyph: int, position: Any) -> _Glyph:  # noqa: ANN401 - HarfBuzz has no types
    advance, x_offset, y_offset = map(font.per_mille, (position.x_advance, position.x_offset, position.y_offset))
    return _Glyph(glyph, advance, x_offset, y_offset)


def _tell(glyphs: list[_Glyph], letters: list[str]) -> list[_Glyph]:
    """Say what the glyphs of one cluster stand for: one letter each, the last glyph all that are left.

    A glyph too many stands for a word joiner, which is neither seen nor breaks a word.
    """
    alone = len(glyphs) - 1
    meanings = [*letters[:alone], "".join(letters[alone:])]
    if alone == 0:
        return [glyphs[0]._replace(meaning=meanings[0])]
    return [glyph._replace(meaning=meaning or _WORD_JOINER) for glyph, meaning in zip_longest(glyphs, meanings)]


def _tell_right_to_left(glyphs: list[_Glyph], letters: list[str], font: PaperFont) -> list[_Glyph]:
    """The same for letters in the order in which they stand on paper, from left to right.

    Readers of PDF disagree on the order of letters that one code stands for, and turn لا into ال. So a ligature says
    its leftmost letter only, and blanks over the rest of it say the others.
    """
    told = [glyph._replace(meaning=letter) for glyph, letter in zip(glyphs, letters, strict=False)]
    told += glyphs[len(letters) :]
    left_over = letters[len(glyphs) :]
    if not left_over:
        return told
    ligature = told[-1]
    share = ligature.advance / (len(left_over) + 1)
    told[-1] = ligature._replace(advance=share, widened=share - ligature.advance)
    space = font.glyph(" ")
    blank_width = share - font.advance_of(space)
    return told + [_Glyph(space, share, 0.0, 0.0, letter, blank_width) for letter in left_over]


def _close_gaps(glyphs: list[_Glyph]) -> list[_Glyph]:
    """Space that kerning puts before an Arabic letter is made part of the glyph on its left.

    Readers of PDF take a tenth of the size between two glyphs for a space: زيارة would be copied as two words.
    """
    closed: list[_Glyph] = []
    for glyph in glyphs:
        left = closed[-1] if closed else None
        if left and left.advance and glyph.advance and glyph.x_offset > _GAP and not left.meaning.isspace():
            gap = glyph.x_offset
            closed[-1] = left._replace(advance=left.advance + gap, widened=left.widened + gap)
            closed.append(glyph._replace(advance=glyph.advance - gap, x_offset=0.0))
        else:
            closed.append(glyph)
    return closed


def _write(glyphs: list[_Glyph], font: PaperFont) -> list[Piece]:
    """The glyphs as a PDF shows them: a piece for each height, in runs that end where the pen has to be moved."""
    pieces: list[Piece] = []
    for rise, series in groupby(glyphs, key=lambda glyph: glyph.y_offset):
        runs: list[Run] = []
        codes, advance, moved = "", 0.0, 0.0
        for glyph in series:
            code = font.code(glyph.glyph, glyph.meaning, glyph.widened)
            moved += glyph.x_offset
            if abs(moved) >= _VISIBLE:
                runs.append(Run(codes, moved, is_space=False))
                codes, moved = "", 0.0
            codes += chr(code)
            moved += glyph.advance - font.width_of(code) - glyph.x_offset
            advance += glyph.advance
            if glyph.meaning == " ":
                runs.append(Run(codes, moved, is_space=True))
                codes, moved = "", 0.0
        runs.append(Run(codes, moved, is_space=False))
        pieces.append(Piece(font.name, tuple(run for run in runs if run.codes or run.gap), advance, rise))
    return pieces
