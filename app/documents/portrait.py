"""Portrait d'une entreprise · بطاقة تعريف مقاولة: one page that a venture's people agreed to have shown."""

from typing import Final

from app.documents.fonts import CODE, SANS, SANS_BOLD, SERIF, SERIF_BOLD
from app.documents.logo_strip import draw_logos
from app.documents.page import A4, BODY, LABEL, PALE, QUIET, TEAL, WHITE, Align, Imprint, Page, Style, render
from app.documents.pdf.images import add_picture, read_picture
from app.documents.text.characters import isolate, says_something
from app.documents.text.lines import fit, set_line
from app.documents.wording import day
from app.domain.sheets_money import PortraitSheet
from app.i18n import Translator, translator

_MARGIN: Final = 54.0
_PHOTO: Final = (196.0, 196.0)
_STORY_BOTTOM: Final = 508.0


def render_portrait(sheet: PortraitSheet, language: str) -> bytes:
    """The portrait as a PDF of one A4 page. `language` is fr, en or ar. Raises UnreadableImageError."""
    t = translator(language)
    imprint = Imprint(f"{t('Portrait of a venture')} {sheet.name or sheet.name_ar}", sheet.hub_name, language, A4)
    return render(imprint, lambda page: _draw(page, sheet, t))


def _draw(page: Page, sheet: PortraitSheet, t: Translator) -> None:
    page.frame(20)
    end, width = page.width - _MARGIN, page.width - 2 * _MARGIN
    page.text(_MARGIN, 62, isolate(sheet.hub_name), Style(SERIF_BOLD, 14), width=300)
    page.text(_MARGIN, 76, isolate(sheet.hub_city), Style(SANS, 8.5, QUIET), width=300)
    page.line(end, 62, set_line(sheet.number, CODE, right_to_left=False), Style(CODE, 9.5, QUIET), Align.END)
    if sheet.made_on:
        page.text(end, 76, day(sheet.made_on), Style(SANS, 8.5, QUIET), Align.END)
    page.star_band(_MARGIN, 94, width, 5.2)
    page.text(_MARGIN, 122, t("Portrait of a venture"), Style(SANS_BOLD, 9.5, TEAL))
    _draw_names(page, sheet, width)
    _draw_photo(page, sheet)
    _draw_story(page, sheet, t)
    y = _draw_figures(page, sheet, t, 524)
    _draw_path(page, sheet, t, y + 8)
    funded = t("Funded by the European Union")
    draw_logos(page, [funded], sheet.logos, bilingual=False, middle=page.height - 62, margin=_MARGIN)


def _draw_names(page: Page, sheet: PortraitSheet, width: float) -> None:
    both = ((sheet.name, False), (sheet.name_ar, True))
    names = [(name, arabic) for name, arabic in both if says_something(name, SERIF_BOLD)]
    room = (width - 24) / 2 if len(names) > 1 else width
    for name, arabic in names:
        block = fit(name, SERIF_BOLD, 25, room, smallest=8, height=50, right_to_left=arabic)
        at_start = len(names) == 1 or arabic == page.right_to_left
        x, align = (_MARGIN, Align.START) if at_start else (page.width - _MARGIN, Align.END)
        page.block(x, 154, block, Style(SERIF_BOLD, 25, TEAL), align)
    page.text(_MARGIN, 196, isolate(sheet.activity), Style(SERIF, 13, QUIET), width=width)


def _draw_photo(page: Page, sheet: PortraitSheet) -> None:
    """The picture where reading ends, as large as its box allows; a star where there is none."""
    x, top = page.width - _MARGIN - _PHOTO[0], 214.0
    page.box(x, top, *_PHOTO, stroke=None, fill=PALE, radius=6)
    if not sheet.photo:
        page.star(x + _PHOTO[0] / 2, top + _PHOTO[1] / 2, 58, fill=WHITE)
        page.star(x + _PHOTO[0] / 2, top + _PHOTO[1] / 2, 36, fill=None)
        return
    picture = read_picture(sheet.photo, *_PHOTO)
    share = min(_PHOTO[0] / picture.width, _PHOTO[1] / picture.height)
    width, height = picture.width * share, picture.height * share
    left = x + (_PHOTO[0] - width) / 2
    left = page.width - left - width if page.right_to_left else left
    number = add_picture(page.surface.writer, picture)
    page.surface.place(number, left, page.height - top - (_PHOTO[1] + height) / 2, width, height)


def _draw_story(page: Page, sheet: PortraitSheet, t: Translator) -> None:
    """Who they are beside the picture, and what they tell below it."""
    room = page.width - 2 * _MARGIN - _PHOTO[0] - 22
    page.text(_MARGIN, 226, t("The people"), LABEL)
    _fill(page, sheet.people, 232.0, room, 74.0, 12.5)
    page.text(_MARGIN, 326, t("Next step"), LABEL)
    _fill(page, sheet.next_step, 332.0, room, 74.0, 12.5)
    _fill(page, sheet.story, 420.0, page.width - 2 * _MARGIN, _STORY_BOTTOM - 420.0, 12.5)


def _fill(page: Page, text: str, top: float, room: float, height: float, size: float) -> None:
    """A text from the top of a box, made smaller, at last shortened, until it fits."""
    if not text:
        return
    # one line is never let grow over the box's height: `fit` may keep it whole at a smaller size
    block = fit(isolate(text), SERIF, size, room, smallest=7, height=height * 0.93, right_to_left=page.right_to_left)
    y = top
    for line in block.lines:
        y += block.size * 1.4
        page.line(_MARGIN, y, line, Style(SERIF, block.size))


def _draw_figures(page: Page, sheet: PortraitSheet, t: Translator, y: float) -> float:
    """Figures and funding as tiles in one row, four of them at most."""
    tiles = [*sheet.figures, *sheet.funding][:4]
    if not tiles:
        return y
    width = (page.width - 2 * _MARGIN - 10 * (len(tiles) - 1)) / len(tiles)
    page.text(_MARGIN, y + 6, t("Figures"), Style(SANS_BOLD, 9.5, TEAL))
    for index, (label, value) in enumerate(tiles):
        x = _MARGIN + index * (width + 10)
        page.box(x, y + 14, width, 54, stroke=None, fill=PALE, radius=5)
        page.text(x + width / 2, y + 42, isolate(value), Style(SERIF_BOLD, 17), Align.CENTRE, width=width - 12)
        page.text(x + width / 2, y + 58, isolate(label), LABEL, Align.CENTRE, width=width - 12)
    return y + 78


def _draw_path(page: Page, sheet: PortraitSheet, t: Translator, y: float) -> None:
    """What was reached, from where reading starts, six stations at most."""
    stations = sheet.path[-6:]
    if not stations:
        return
    width = (page.width - 2 * _MARGIN) / len(stations)
    page.text(_MARGIN, y + 6, t("The path"), Style(SANS_BOLD, 9.5, TEAL))
    page.rule(_MARGIN + width / 2, y + 32, width * (len(stations) - 1), TEAL)
    for index, (label, reached) in enumerate(stations):
        x = _MARGIN + (index + 0.5) * width
        page.star(x, y + 32, 7, fill=TEAL if reached else WHITE)
        block = fit(isolate(label), BODY.font, 9, width - 8, smallest=6, height=24, right_to_left=page.right_to_left)
        page.block(x, y + 54, block, Style(BODY.font, 9), Align.CENTRE)
        if reached:
            page.text(x, y + 78, day(reached), LABEL, Align.CENTRE)
