"""The parts of a certificate: each draws one of them, from where reading starts in its half of the sheet."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from app.documents.fonts import CODE, SANS, SANS_BOLD, SERIF, SERIF_BOLD
from app.documents.page import A4_LANDSCAPE, DANGER, LINE, PALE, QUIET, TEAL, WHITE, Align, Page, Style
from app.documents.pdf.surface import Surface
from app.documents.qr import draw_qr
from app.documents.text.characters import says_something
from app.documents.text.lines import Line, fit, set_line, wrap
from app.domain.sheets import CertificateSheet, SheetText

MARGIN: Final = 44.0
_WIDTH, _HEIGHT = A4_LANDSCAPE
_SIDE: Final = 134.0
"""How wide the column of number and code is."""
_GAP: Final = 18.0
_TOP, _BOTTOM = 104.0, 396.0
_CODE_SIZE: Final = 112.0
_SIGNING_TOP, _SIGNING_HEIGHT = 408.0, 98.0
_BODY_TOP: Final = 266.0
_BODY: Final = 12.6
_LEADING: Final = 1.5
_BETWEEN: Final = 0.45
"""Of the size: what is left between paragraphs."""
_SMALLEST: Final = 6.0
_WIDEST_SPACE: Final = 0.6
"""Of the size: a paragraph with a line whose spaces had to grow by more is centred as a whole."""


@dataclass(frozen=True, slots=True)
class Half:
    """A text and the column it stands in: all of the sheet, or half of it."""

    text: SheetText
    x: float
    width: float
    scale: float
    alone: bool

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.text.language

    @property
    def centre(self) -> float:
        """The middle of the column."""
        return self.x + self.width / 2


def halves(texts: tuple[SheetText, ...]) -> tuple[Half, ...]:
    """The columns of a sheet; x runs from where each language starts reading, so that two mirror one another."""
    if len(texts) == 1:
        return (Half(texts[0], MARGIN, _WIDTH - 2 * MARGIN - _SIDE - _GAP, 1.22, alone=True),)
    width = (_WIDTH - 2 * MARGIN - _SIDE) / 2 - _GAP
    return tuple(Half(text, MARGIN, width, 1.0, alone=False) for text in texts)


def draw_frame(page: Page) -> None:
    """The double line around the sheet, and the band under its head."""
    page.frame(17)
    page.star_band(MARGIN, 88, _WIDTH - 2 * MARGIN, 5.4)


def draw_words(page: Page, half: Half) -> None:
    """Who issues it, what it is, and all that one class has in common."""
    text, scale = half.text, half.scale
    head = half.width if not half.alone else half.width + 60
    page.text(half.x, 54, text.issuer, Style(SERIF_BOLD, 15), width=head)
    page.text(half.x, 70, text.issuer_line, Style(SANS, 8.5, QUIET), width=head)
    _centred(page, half, 130, text.title, Style(SERIF_BOLD, 25 * scale, TEAL), 44)
    _centred(page, half, 171, text.lead, Style(SERIF, 12 * scale), 32)
    page.rule(half.centre - 60, 246, 120, LINE)
    if text.note:
        _centred(page, half, 385, text.note, Style(SANS, 7.6 * scale, QUIET), 20)
    room, x = _signing_room(half)
    y = _SIGNING_TOP + 16
    page.text(x, y, text.issued, Style(SERIF, 11.5), width=room)
    page.text(x, y + 24, text.function, Style(SANS, 9, QUIET), width=room)
    name = fit(text.signatory, SERIF_BOLD, 13, room, smallest=7, height=34, right_to_left=page.right_to_left)
    page.block(x, y + 42 + 8 * (len(name.lines) - 1), name, Style(SERIF_BOLD, 13), Align.START)


def body_size(half: Half, paragraphs: tuple[str, ...]) -> float:
    """The largest size at which the paragraphs fit their room."""
    size = _BODY * half.scale
    while size > _SMALLEST and _body_height(_broken(half, paragraphs, size), size) > _body_room(half):
        size -= 0.3
    return size


def _body_room(half: Half) -> float:
    return (372.0 if half.text.note else 392.0) - _BODY_TOP


def _broken(half: Half, paragraphs: tuple[str, ...], size: float) -> list[tuple[Line, ...]]:
    rtl = half.language == "ar"
    return [wrap(each, SERIF, size, half.width, right_to_left=rtl) for each in paragraphs]


def _body_height(paragraphs: list[tuple[Line, ...]], size: float) -> float:
    return sum(map(len, paragraphs)) * size * _LEADING + _BETWEEN * size * (len(paragraphs) - 1)


def draw_body(page: Page, half: Half, paragraphs: tuple[str, ...], size: float) -> None:
    """The paragraphs, both edges even and the last line of each in the middle."""
    lines = _broken(half, paragraphs, size)
    bottom = _BODY_TOP + _body_room(half)
    spare = max(0.0, _body_room(half) - _body_height(lines, size))
    # two halves begin on one line; a text alone stands in the middle of its room
    y = _BODY_TOP + size + (spare / 3 if half.alone else 0.0)
    for paragraph in lines:
        even = _can_be_even(paragraph, half.width, size)
        for number, line in enumerate(paragraph, 1):
            if y > bottom:
                return
            if even and number < len(paragraph):
                stretch = (half.width - line.width(size)) / line.spaces
                page.line(half.x, y, line, Style(SERIF, size), stretch=stretch)
            else:
                page.line(half.centre, y, line, Style(SERIF, size), Align.CENTRE)
            y += size * _LEADING
        y += _BETWEEN * size


def draw_name(page: Page, half: Half, sheet: CertificateSheet) -> None:
    """The holder's name in the script of the half where there is one, else in the other."""
    arabic = half.language == "ar"
    both = [(sheet.holder_name_ar, True), (sheet.holder_name, False)]
    names = [(name, script) for name, script in both if name and says_something(name, SERIF_BOLD)]
    if not names:
        return
    name, script = next((each for each in names if each[1] == arabic), names[0])
    other = [each for each in names if each[1] != script] if half.alone else []
    with page.within(half.x - 4, 184, half.width + 8, 60):
        _write_name(page, half, 203 if other else 213, name, 34 if other else 56, right_to_left=script)
        for second, second_script in other:
            _write_name(page, half, 233, second, 20, right_to_left=second_script)


def _write_name(page: Page, half: Half, middle: float, name: str, height: float, *, right_to_left: bool) -> None:
    largest = 27.0 if right_to_left else 25.0
    size = min(largest, height * 0.8)
    block = fit(name, SERIF_BOLD, size, half.width, smallest=_SMALLEST, height=height, right_to_left=right_to_left)
    page.block(half.centre, middle, block, Style(SERIF_BOLD, size), Align.CENTRE)


def draw_side(page: Page, texts: tuple[SheetText, ...], *, has_code: bool) -> None:
    """The column of number and code, but for the holder's own: its box, its labels, how to verify."""
    x = _side_left(page, texts)
    page.box(x, _TOP, _SIDE, _BOTTOM - _TOP, stroke=None, fill=PALE, radius=6)
    label = " · ".join(dict.fromkeys(text.number_label for text in texts if text.number_label))
    _line(page, x + _SIDE / 2, _TOP + 20, label, Style(SANS, 8.5, QUIET), _SIDE - 12)
    if not has_code:
        for radius, fill in ((44.0, WHITE), (30.0, None), (16.0, TEAL)):
            page.star(x + _SIDE / 2, _TOP + 60 + _CODE_SIZE / 2, radius, fill=fill)
        return
    page.box(x + (_SIDE - _CODE_SIZE) / 2, _TOP + 50, _CODE_SIZE, _CODE_SIZE, stroke=None, fill=WHITE, radius=3)
    y = _TOP + 64 + _CODE_SIZE
    for text in texts:
        rtl = text.language == "ar"
        block = fit(text.check, SANS, 7.8 if rtl else 7.2, _SIDE - 16, smallest=5, height=52, right_to_left=rtl)
        for line in block.lines:
            y += block.size * 1.32
            page.line(x + _SIDE / 2, y, line, Style(SANS, block.size, QUIET), Align.CENTRE)
        y += 7


def draw_number(page: Page, sheet: CertificateSheet) -> None:
    """The number and the signed code: the holder's own part of the column."""
    x = _side_left(page, sheet.texts)
    line = set_line(sheet.number, CODE, right_to_left=False)
    size = min(10.5, (_SIDE - 10) * 1000 / max(line.advance, 1))
    page.line(x + _SIDE / 2, _TOP + 37, line, Style(CODE, size), Align.CENTRE)
    if sheet.qr:
        draw_qr(page, x + (_SIDE - _CODE_SIZE) / 2, _TOP + 50, _CODE_SIZE, sheet.qr)


def draw_signing(page: Page, texts: tuple[SheetText, ...]) -> None:
    """The box for signature and stamp, both empty: 4.7 by 3.4 cm each, as much as a round stamp needs."""
    width = 268.0
    x = (_WIDTH - width) / 2 if len(texts) > 1 else _WIDTH - MARGIN - width
    page.box(x, _SIGNING_TOP, width, _SIGNING_HEIGHT, dashed=True, stroke=QUIET)
    with page.surface.kept():
        page.surface.stroke_colour(LINE)
        page.surface.line_width(0.6)
        middle = x + width / 2
        middle = _WIDTH - middle if page.right_to_left else middle
        page.surface.line(middle, _HEIGHT - _SIGNING_TOP - 6, middle, _HEIGHT - _SIGNING_TOP - _SIGNING_HEIGHT + 6)
    for share, words in ((0.25, [t.signature_label for t in texts]), (0.75, [t.stamp_label for t in texts])):
        label = " · ".join(dict.fromkeys(word for word in words if word))
        _line(page, x + share * width, _SIGNING_TOP + 13, label, Style(SANS, 8, QUIET), width / 2 - 12)


def draw_duplicate(surface: Surface, size: tuple[float, float], word: str) -> None:
    """The mark of a reprint, in the middle of a sheet's head: seen at once, hiding nothing."""
    line = set_line(word, SANS_BOLD, right_to_left=False)
    letters = min(17.0, 150_000 / max(line.advance, 1))
    width, height = line.width(letters) + 22, letters + 11
    with surface.kept():
        surface.turn(cos(radians(3)), sin(radians(3)), size[0] / 2, size[1] - 54)
        surface.stroke_colour(DANGER)
        surface.fill_colour(WHITE)
        surface.line_width(1.6)
        surface.rectangle(-width / 2, -height / 2, width, height, 3, stroke=True, fill=True)
        surface.fill_colour(DANGER)
        surface.text(-line.width(letters) / 2, -letters * 0.35, line, letters)


def _side_left(page: Page, texts: tuple[SheetText, ...]) -> float:
    return (_WIDTH - _SIDE) / 2 if len(texts) > 1 else page.width - MARGIN - _SIDE


def _signing_room(half: Half) -> tuple[float, float]:
    """How wide the lines beside the box of the signature may be, and where they start."""
    return (340.0, half.x) if half.alone else ((_WIDTH - 268) / 2 - MARGIN - 14, half.x)


def _centred(page: Page, half: Half, middle: float, text: str, style: Style, height: float) -> None:
    """Lines in the middle of the column, made smaller until they fit."""
    smallest = min(style.size, _SMALLEST)
    rtl = page.right_to_left
    block = fit(text, style.font, style.size, half.width, smallest=smallest, height=height, right_to_left=rtl)
    page.block(half.centre, middle, block, style, Align.CENTRE)


def _can_be_even(paragraph: tuple[Line, ...], width: float, size: float) -> bool:
    """Whether both edges of a paragraph can be even without holes between its words."""
    return all(
        line.spaces and (width - line.width(size)) / line.spaces <= _WIDEST_SPACE * size for line in paragraph[:-1]
    )


def _line(page: Page, centre: float, y: float, text: str, style: Style, width: float) -> None:
    """One centred line whose direction is its own, in a column that two languages share."""
    block = fit(text, style.font, style.size, width, smallest=min(style.size, 5.0), right_to_left=page.right_to_left)
    for line in block.lines:
        page.line(centre, y, line, Style(style.font, block.size, style.colour), Align.CENTRE)
