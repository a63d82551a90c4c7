"""The strip of logos at the foot of a paper: the European emblem with its words, and the partners beside it."""

from collections.abc import Sequence
from typing import Final

from app.documents.emblem import ASPECT, draw_emblem
from app.documents.fonts import SANS_BOLD
from app.documents.page import INK, Align, Page, Style
from app.documents.pdf.images import Picture, add_picture, read_picture
from app.documents.text.lines import Block, fit
from app.domain.sheets import Logo

_MARGIN: Final = 44.0
_MIDDLE: Final = 539.0
"""Where the middle of the strip stands, from the top of a sheet on its side."""
_HEIGHT: Final = 34.0
_WIDEST: Final = 96.0
_GAP: Final = 20.0
_BESIDE: Final = 7.0
_WORDS: Final = 92.0


def draw_logos(
    page: Page,
    funded: Sequence[str],
    logos: tuple[Logo, ...],
    *,
    bilingual: bool,
    middle: float = _MIDDLE,
    margin: float = _MARGIN,
) -> None:
    """Emblem and logos in one row. On a bilingual sheet the emblem is in the middle, its words on both sides.

    No logo is higher than the emblem (Regulation (EU) 2021/1060, Annex IX, 1.6). Raises UnreadableImageError.
    """
    pictures = [read_picture(logo.image, _WIDEST, _HEIGHT) for logo in logos]
    words = [text for text in funded if text]
    if bilingual:
        left = (page.width - ASPECT * _HEIGHT) / 2
        reach = 0.0
        if words:
            _emblem(page, left, middle)
            for index, text in enumerate(funded):
                block = _block(text, rtl=page.right_to_left if index == 0 else not page.right_to_left)
                reach = max(reach, *(line.width(block.size) for line in block.lines), 0.0)
                x = left - _BESIDE if index == 0 else left + ASPECT * _HEIGHT + _BESIDE
                page.block(x, middle, block, _style(block), Align.END if index == 0 else Align.START)
        half = (len(pictures) + 1) // 2
        room = left - reach - _BESIDE - _GAP - margin
        _row(page, pictures[:half], margin, room, middle)
        _row(page, pictures[half:], page.width - margin - room, room, middle)
        return
    x = margin
    if words:
        _emblem(page, x, middle)
        block = _block(words[0], rtl=page.right_to_left)
        x += ASPECT * _HEIGHT + _BESIDE
        page.block(x, middle, block, _style(block), Align.START)
        x += _WORDS + _GAP
    _row(page, pictures, x, page.width - margin - x, middle)


def _block(text: str, *, rtl: bool) -> Block:
    size = 9.4 if rtl else 8.6
    return fit(text, SANS_BOLD, size, _WORDS, smallest=6, height=2 * size * 1.3, right_to_left=rtl)


def _style(block: Block) -> Style:
    return Style(SANS_BOLD, block.size, INK)


def _emblem(page: Page, x: float, middle: float) -> None:
    width = ASPECT * _HEIGHT
    left = page.width - x - width if page.right_to_left else x
    draw_emblem(page.surface, left, page.height - middle - _HEIGHT / 2, _HEIGHT)


def _row(page: Page, pictures: Sequence[Picture], x: float, room: float, middle: float) -> None:
    """Logos spread over a width, made smaller together where there are many."""
    if not pictures:
        return
    sizes = [_size(picture) for picture in pictures]
    needed = sum(width for width, _ in sizes)
    share = min(1.0, (room - _GAP * (len(sizes) - 1)) / needed)
    free = room - needed * share
    step = free / len(sizes)
    x += step / 2
    for picture, (width, height) in zip(pictures, sizes, strict=True):
        width, height = width * share, height * share  # noqa: PLW2901 - as large as there is room
        left = page.width - x - width if page.right_to_left else x
        number = add_picture(page.surface.writer, picture)
        page.surface.place(number, left, page.height - middle - height / 2, width, height)
        x += width + step


def _size(picture: Picture) -> tuple[float, float]:
    share = min(_WIDEST / picture.width, _HEIGHT / picture.height)
    return picture.width * share, picture.height * share
