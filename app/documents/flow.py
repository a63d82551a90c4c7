"""Papers of more than a page: text and tables that go on overleaf, and a foot that counts the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from unicodedata import bidirectional

from app.documents.fonts import CODE, RENDERING, SANS, SANS_BOLD
from app.documents.page import BODY, LINE, PALE, QUIET, Align, Imprint, Page, Style
from app.documents.pdf.surface import Surface
from app.documents.pdf.writer import Writer
from app.documents.text.characters import isolate
from app.documents.text.lines import fit, set_line, wrap
from app.i18n import Translator, translator

BOTH: Final = "fr+ar"
"""French pages, then the same in Arabic."""
_LEADING: Final = 1.45


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width. A cell of a `code` is set in its own letters.

    Cells that are filled in `by_hand` have lines around them.
    """

    title: str
    share: float
    code: bool = False
    by_hand: bool = False


@dataclass(slots=True)
class Flow:
    """Where the next line of a paper in one language stands."""

    writer: Writer
    size: tuple[float, float]
    t: Translator
    margin: float
    top: float
    bottom: float
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0

    @property
    def page(self) -> Page:
        """The page being drawn on."""
        return self.pages[-1]

    @property
    def width(self) -> float:
        """From margin to margin."""
        return self.size[0] - 2 * self.margin

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append(Page(Surface(self.writer), *self.size, right_to_left=self.t.language == "ar"))
        self.y = self.top

    def need(self, height: float) -> bool:
        """Make sure of room for something that must not be torn apart; whether a page was begun for it."""
        if self.y + height <= self.size[1] - self.bottom:
            return False
        self.turn()
        return True

    def paragraph(self, text: str, style: Style = BODY, *, after: float = 6.0, indent: float = 0.0) -> None:
        """Text in as many lines as it needs, over as many pages."""
        rtl = self.page.right_to_left
        size = style.size * 1.12 if rtl and style.font in {SANS, SANS_BOLD} else style.size
        for line in wrap(text, style.font, size, self.width - indent, right_to_left=rtl):
            self.need(size * _LEADING)
            self.y += size * _LEADING
            self.page.line(self.margin + indent, self.y, line, Style(style.font, size, style.colour))
        self.y += after

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, height: float) -> None:
        """Rows of one height under a head that is repeated on each page."""
        self._head(columns)
        for number, row in enumerate(rows):
            if self.need(height):
                self._head(columns)
            if number % 2:
                self.page.box(self.margin, self.y, self.width, height, stroke=None, fill=PALE, radius=0)
            self._rule_cells(columns, height)
            self._row(columns, row, height)
            self.y += height
            self.page.rule(self.margin, self.y, self.width, LINE)
        self.y += 8

    def _head(self, columns: Sequence[Column]) -> None:
        self.need(60)
        x = self.margin
        for column in columns:
            room, rtl = column.share * self.width, self.page.right_to_left
            block = fit(column.title, SANS_BOLD, 8, room - 8, smallest=5.5, height=22, right_to_left=rtl)
            self.page.block(x + 4, self.y + 12, block, Style(SANS_BOLD, 8, QUIET), Align.START)
            x += room
        self.y += 24
        self.page.rule(self.margin, self.y, self.width, QUIET)

    def _rule_cells(self, columns: Sequence[Column], height: float) -> None:
        """Lines between the cells that somebody writes in."""
        x = self.margin
        for column in columns:
            if column.by_hand:
                self.page.box(x, self.y, column.share * self.width, height, thickness=0.4, radius=0)
            x += column.share * self.width

    def _row(self, columns: Sequence[Column], row: Sequence[str], height: float) -> None:
        x = self.margin
        for column, cell in zip(columns, row, strict=True):
            room = column.share * self.width
            font, size = (CODE, 8.5) if column.code else (SANS, 9.5)
            rtl = _reads_right_to_left(cell, self.page.right_to_left)
            block = fit(cell, font, size, room - 8, smallest=5.5, height=height - 6, right_to_left=rtl)
            self.page.block(x + 4, self.y + height / 2, block, Style(font, size), Align.START)
            x += room


def render_flow(
    imprint: Imprint,
    language: str,
    draw: Callable[[Flow], None],
    *,
    margin: float = 56.0,
    top: float = 56.0,
    bottom: float = 62.0,
    foot: str = "",
) -> bytes:
    """A PDF of as many pages as `draw` begins, in one language or in both; `foot` stands under each, with its count."""
    with RENDERING:
        writer = Writer()
        for each in ("fr", "ar") if language == BOTH else (language,):
            flow = Flow(writer, imprint.size, translator(each), margin, top, bottom)
            flow.turn()
            draw(flow)
            for number, page in enumerate(flow.pages, 1):
                _draw_foot(flow, page, foot, number)
                writer.add_page(imprint.size, (page.surface.layer(),))
        return writer.finish(imprint.title, imprint.author, imprint.language)


def _draw_foot(flow: Flow, page: Page, foot: str, number: int) -> None:
    y, style = flow.size[1] - 34, Style(SANS, 7.5, QUIET)
    counted = flow.t("Page {number} of {count}").format(
        number=isolate(str(number)), count=isolate(str(len(flow.pages)))
    )
    page.rule(flow.margin, y - 12, flow.width)
    page.line(flow.margin, y, set_line(foot, CODE, right_to_left=False), Style(CODE, 7.5, QUIET))
    page.text(flow.margin + flow.width, y, counted, style, Align.END)


def _reads_right_to_left(text: str, otherwise: bool) -> bool:
    """The direction of the first letter; names in a list stand in the other script too."""
    for character in text:
        name = bidirectional(character)
        if name in {"L", "R", "AL"}:
            return name != "L"
    return otherwise
