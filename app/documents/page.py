"""One sheet of paper: what stands where, mirrored for Arabic, and the look that all papers share.

Lengths are in points (1/72 inch). `x` is measured from the edge where reading starts, `y` downwards from the top:
the same layout serves both directions. Colours are few and dark enough for a laser printer without colours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from io import BytesIO
from math import cos, pi, sin
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import RENDERING, SANS, SANS_BOLD, SERIF, paper_font
from app.documents.text.lines import LEADING, Block, Line, draw_line, fit, set_line, wrap

# ReportLab would write compressed streams as ASCII, a quarter larger, for mail systems of the last century
rl_config.useA85 = 0

MM: Final = 72 / 25.4
A4: Final = (210 * MM, 297 * MM)
A5_LANDSCAPE: Final = (210 * MM, 148.5 * MM)

INK: Final = "#1F2A30"
QUIET: Final = "#55626B"
TEAL: Final = "#0B6B63"
LINE: Final = "#B9C4C3"
PALE: Final = "#EEF4F3"
DANGER: Final = "#A8231C"
WHITE: Final = "#FFFFFF"

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

    canvas: Any
    width: float
    height: float
    right_to_left: bool

    def line(self, x: float, y: float, line: Line, style: Style, align: Align = Align.START) -> None:
        """Draw a set line with its base line at `y`."""
        width = line.width(style.size)
        before = align.value * width
        left = self.width - x - width + before if self.right_to_left else x - before
        self.canvas.setFillColor(style.colour)
        draw_line(self.canvas, left, self.height - y, line, style.size)

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
        self.canvas.saveState()
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(0.6)
        if dotted:
            self.canvas.setLineCap(1)
            self.canvas.setDash(0.1, 2.4)
        left = self._left(x, width)
        self.canvas.line(left, self.height - y, left + width, self.height - y)
        self.canvas.restoreState()

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
        self.canvas.saveState()
        self.canvas.setLineWidth(thickness)
        if stroke:
            self.canvas.setStrokeColor(stroke)
        if fill:
            self.canvas.setFillColor(fill)
        if dashed:
            self.canvas.setDash(2, 2)
        self.canvas.roundRect(
            self._left(x, width),
            self.height - y - height,
            width,
            height,
            radius,
            stroke=int(bool(stroke)),
            fill=int(bool(fill)),
        )
        self.canvas.restoreState()

    @contextmanager
    def within(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """What is drawn meanwhile shows inside this box only: marks stacked on a letter reach as far as they like."""
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(self._left(x, width), self.height - y - height, width, height)
        self.canvas.clipPath(path, stroke=0, fill=0)
        yield
        self.canvas.restoreState()

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
        count = max(1, round(width / (2 * radius)))
        radius = width / (2 * count)
        for index in range(count):
            self.star(x + radius * (2 * index + 1), y, radius, fill=TEAL if index % 2 else None)

    def star(self, x: float, y: float, radius: float, *, fill: str | None, stroke: str = TEAL) -> None:
        """An eight-pointed star (khatam): two squares, one of them turned by 45°."""
        name = f"star{radius:.3f}{fill}{stroke}".replace(".", "_").replace("#", "_")
        if not self.canvas.hasForm(name):
            self._make_star(name, radius, fill, stroke)
        centre = self.width - x if self.right_to_left else x
        self.canvas.saveState()
        self.canvas.translate(round(centre, 2), round(self.height - y, 2))
        self.canvas.doForm(name)
        self.canvas.restoreState()

    def _make_star(self, name: str, radius: float, fill: str | None, stroke: str) -> None:
        """A form of the PDF, written once for all stars of a kind."""
        reach = radius + 1
        self.canvas.beginForm(name, -reach, -reach, reach, reach)
        self.canvas.setStrokeColor(stroke)
        self.canvas.setLineWidth(0.5)
        if fill:
            self.canvas.setFillColor(fill)
        path = self.canvas.beginPath()
        inner = radius * cos(pi / 4) / cos(pi / 8)
        for index in range(16):
            length = inner if index % 2 else radius
            point = (round(length * cos(index * pi / 8), 2), round(length * sin(index * pi / 8), 2))
            (path.lineTo if index else path.moveTo)(*point)
        path.close()
        self.canvas.drawPath(path, stroke=1, fill=int(bool(fill)))
        self.canvas.endForm()

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


def render(imprint: Imprint, draw: Callable[[Page], None]) -> bytes:
    """A PDF of one page, the same bytes for the same drawing. Fonts are embedded, cut down to the glyphs in use."""
    width, height = imprint.size
    with RENDERING:
        paper_font(SERIF)
        stream = BytesIO()
        canvas = Canvas(
            stream, pagesize=imprint.size, invariant=1, pdfVersion=(1, 7), initialFontName=SERIF, lang=imprint.language
        )
        canvas.setTitle(imprint.title)
        canvas.setAuthor(imprint.author)
        canvas.setCreator("Wasl")
        canvas.setProducer("Wasl")
        draw(Page(canvas, width, height, right_to_left=imprint.language == "ar"))
        canvas.showPage()
        canvas.save()
    return stream.getvalue()
