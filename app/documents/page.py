"""One sheet of paper: what stands where, mirrored for Arabic, and the look that all papers share.

Lengths are in points (1/72 inch). `x` is measured from the edge where reading starts, `y` downwards from the top:
the same layout serves both directions. Colours are few and dark enough for a laser printer without colours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from math import cos, pi, sin
from typing import Final

from app.documents.fonts import RENDERING, SANS, SANS_BOLD
from app.documents.pdf.surface import Surface
from app.documents.pdf.writer import Writer
from app.documents.text.lines import LEADING, Block, Line, fit, set_line, wrap

MM: Final = 72 / 25.4
A4: Final = (210 * MM, 297 * MM)
A4_LANDSCAPE: Final = (297 * MM, 210 * MM)
A5_LANDSCAPE: Final = (210 * MM, 148.5 * MM)

INK: Final = "#1F2A30"
QUIET: Final = "#55626B"
TEAL: Final = "#0B6B63"
LINE: Final = "#B9C4C3"
PALE: Final = "#EEF4F3"
DANGER: Final = "#A8231C"
WHITE: Final = "#FFFFFF"
EUROPE_BLUE: Final = "#003399"
EUROPE_YELLOW: Final = "#FFCC00"

_ARABIC_SANS: Final = 1.12
"""Plex's Arabic looks smaller than its Latin of the same size where lines are short."""


class Align(Enum):
    """Which end of a line stands at `x`, in reading direction."""

    START = 0.0
    CENTRE = 0.5
    END = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """A font of `app.documents.fonts`, its size and colour."""

    font: str
    size: float
    colour: str = INK


LABEL: Final = Style(SANS, 8, QUIET)
BODY: Final = Style(SANS, 10.2)
STRONG: Final = Style(SANS_BOLD, 10.2)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet being drawn on."""

    surface: Surface
    width: float
    height: float
    right_to_left: bool

    def line(
        self, x: float, y: float, line: Line, style: Style, align: Align = Align.START, *, stretch: float = 0.0
    ) -> None:
        """Draw a set line with its base line at `y`, each space between words wider by `stretch` points."""
        width = line.width(style.size) + stretch * line.spaces
        before = align.value * width
        left = self.width - x - width + before if self.right_to_left else x - before
        self.surface.fill_colour(style.colour)
        self.surface.text(left, self.height - y, line, style.size, stretch)

    def text(
        self, x: float, y: float, text: str, style: Style, align: Align = Align.START, *, width: float | None = None
    ) -> None:
        """One line of text in the page's direction; made smaller, at last shortened, to stay within `width`."""
        style = self._style(style)
        if width is None:
            self.line(x, y, set_line(text, style.font, right_to_left=self.right_to_left), style, align)
            return
        smallest = min(style.size, 6.5)
        block = fit(text, style.font, style.size, width, smallest=smallest, right_to_left=self.right_to_left)
        for line in block.lines:
            self.line(x, y, line, replace(style, size=block.size), align)

    def paragraph(self, x: float, y: float, text: str, style: Style, width: float, *, leading: float = 1.45) -> float:
        """Text in as many lines as it needs, the first base line at `y`; returns where the next line would stand."""
        style = self._style(style)
        for line in self._wrap(text, style, width):
            self.line(x, y, line, style)
            y += style.size * leading
        return y

    def block(self, x: float, y: float, block: Block, style: Style, align: Align) -> None:
        """Fitted lines, vertically centred on `y`."""
        step = block.size * LEADING
        # a third of the size is where the middle of small letters stands above the base line
        base = y + block.size / 3 - step * (len(block.lines) - 1) / 2
        for line in block.lines:
            self.line(x, base, line, replace(style, size=block.size), align)
            base += step

    def rule(self, x: float, y: float, width: float, colour: str = LINE, *, dotted: bool = False) -> None:
        """A horizontal line; dotted where somebody shall write on it."""
        left = self._left(x, width)
        with self.surface.kept():
            self.surface.stroke_colour(colour)
            self.surface.line_width(0.6)
            if dotted:
                self.surface.dash(0.1, 2.4, round_ends=True)
            self.surface.line(left, self.height - y, left + width, self.height - y)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        stroke: str | None = LINE,
        fill: str | None = None,
        thickness: float = 0.6,
        dashed: bool = False,
        radius: float = 4,
    ) -> None:
        """A box with its top at `y`."""
        with self.surface.kept():
            self.surface.line_width(thickness)
            if stroke:
                self.surface.stroke_colour(stroke)
            if fill:
                self.surface.fill_colour(fill)
            if dashed:
                self.surface.dash(2, 2)
            left, bottom = self._left(x, width), self.height - y - height
            self.surface.rectangle(left, bottom, width, height, radius, stroke=bool(stroke), fill=bool(fill))

    @contextmanager
    def within(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """What is drawn meanwhile shows inside this box only: marks stacked on a letter reach as far as they like."""
        with self.surface.kept():
            self.surface.clip(self._left(x, width), self.height - y - height, width, height)
            yield

    def frame(self, inset: float) -> None:
        """The double line around a paper, with stars at its corners."""
        self.box(inset, inset, self.width - 2 * inset, self.height - 2 * inset, stroke=TEAL, thickness=1.1, radius=0)
        inner = inset + 2.6
        self.box(inner, inner, self.width - 2 * inner, self.height - 2 * inner, stroke=TEAL, thickness=0.4, radius=0)
        for x in (inset + 1.3, self.width - inset - 1.3):
            for y in (inset + 1.3, self.height - inset - 1.3):
                self.star(x, y, 7.5, fill=WHITE)
                self.star(x, y, 4.2, fill=TEAL)

    def star_band(self, x: float, y: float, width: float, radius: float) -> None:
        """A band of eight-pointed stars, tip to tip, as on a zellige wall."""
        count = round(width / (2 * radius)) | 1  # an odd one: both ends look the same
        radius = width / (2 * count)
        for index in range(count):
            self.star(x + radius * (2 * index + 1), y, radius, fill=TEAL if index % 2 else None)

    def star(self, x: float, y: float, radius: float, *, fill: str | None, stroke: str = TEAL) -> None:
        """An eight-pointed star (khatam): two squares, one of them turned by 45°."""
        form = self.surface.make_form(
            f"star {radius:.3f} {fill} {stroke}", radius + 1, lambda inner: _draw_star(inner, radius, fill, stroke)
        )
        self.surface.place(form, self.width - x if self.right_to_left else x, self.height - y)

    def _wrap(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """Lines of which the last is not one short word alone, where a little narrower avoids it."""
        widest = wrap(text, style.font, style.size, width, right_to_left=self.right_to_left)
        for share in (1.0, 0.94, 0.88, 0.82):
            lines = wrap(text, style.font, style.size, width * share, right_to_left=self.right_to_left)
            if len(lines) == len(widest) and lines[-1].width(style.size) > width / 5:
                return lines
        return widest

    def _style(self, style: Style) -> Style:
        larger = self.right_to_left and style.font in {SANS, SANS_BOLD}
        return replace(style, size=style.size * _ARABIC_SANS) if larger else style

    def _left(self, x: float, width: float) -> float:
        return self.width - x - width if self.right_to_left else x


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a PDF says of itself, and its sheet."""

    title: str
    author: str
    language: str
    size: tuple[float, float]


def render(imprint: Imprint, *draws: Callable[[Page], None]) -> bytes:
    """A PDF of a page for each drawing, the same bytes for the same drawings. Fonts are cut down to what is in use."""
    width, height = imprint.size
    with RENDERING:
        writer = Writer()
        for draw in draws:
            surface = Surface(writer)
            draw(Page(surface, width, height, right_to_left=imprint.language == "ar"))
            writer.add_page(imprint.size, (surface.layer(),))
        return writer.finish(imprint.title, imprint.author, imprint.language)


def _draw_star(surface: Surface, radius: float, fill: str | None, stroke: str) -> None:
    surface.stroke_colour(stroke)
    surface.line_width(0.5)
    if fill:
        surface.fill_colour(fill)
    inner = radius * cos(pi / 4) / cos(pi / 8)
    lengths = [inner if index % 2 else radius for index in range(16)]
    points = [(length * cos(index * pi / 8), length * sin(index * pi / 8)) for index, length in enumerate(lengths)]
    surface.polygon(points, stroke=True, fill=bool(fill))
