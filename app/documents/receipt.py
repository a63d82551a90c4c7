"""Reçu de visite · وصل زيارة: the slip that a visitor takes home.

A5 on its side is the upper half of an A4 sheet, as wide as A4 itself: an office printer with nothing but A4 in it
prints it at the same size whether told to fit the page or not, the clerk cuts once, and two slips come out of one
sheet. It says who came, when and to which counter; never nationality, situation or phone, because the slip is shown
to others. Nothing on it can be checked yet by a machine, and nothing pretends to be.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.fonts import CODE, SANS, SANS_BOLD, SERIF, SERIF_BOLD
from app.documents.page import (
    A5_LANDSCAPE,
    LABEL,
    PALE,
    QUIET,
    TEAL,
    Align,
    Imprint,
    Page,
    Style,
    render,
)
from app.documents.text.characters import isolate, says_something
from app.documents.text.lines import fit, set_line
from app.documents.wording import clock, day, weekday
from app.i18n import Translator, translator

_MARGIN = 42.0
_GAP = 18.0
_STAMP_WIDTH, _STAMP_HEIGHT = 172.0, 96.0


@dataclass(frozen=True, slots=True)
class Receipt:
    """One visit as its receipt says it; all words in the language of the paper.

    `number` is a `PaperNumber` as text; `arrived` and `left` are HH:MM; without a name the receipt is for an
    anonymous visit. `reason` stays None unless the visitor asks to have it printed.
    """

    hub_name: str
    hub_city: str
    desk: str
    number: str
    date: date
    arrived: str
    counter: str
    left: str | None = None
    holder_name: str | None = None
    holder_name_ar: str | None = None
    reason: str | None = None
    next_appointment: datetime | None = None


def render_receipt(receipt: Receipt, language: str) -> bytes:
    """The receipt as a PDF of one A5 page. `language` is fr, en or ar."""
    t = translator(language)
    imprint = Imprint(
        title=f"{t('Visit receipt')} {receipt.number}",
        author=receipt.hub_name,
        language=language,
        size=A5_LANDSCAPE,
    )
    return render(imprint, lambda page: _draw(page, receipt, t))


def _draw(page: Page, receipt: Receipt, t: Translator) -> None:
    page.frame(17)
    _draw_head(page, receipt, t)
    _draw_title(page, t)
    _draw_holder(page, receipt, t)
    _draw_facts(page, receipt, t)
    _draw_foot(page, receipt, t)


def _draw_head(page: Page, receipt: Receipt, t: Translator) -> None:
    end = page.width - _MARGIN
    page.text(_MARGIN, 52, receipt.hub_name, Style(SERIF_BOLD, 15), width=300)
    page.text(_MARGIN, 66, receipt.hub_city, Style(SANS, 9, QUIET), width=300)
    number = Style(CODE, 11.5)
    page.line(end, 52, set_line(receipt.number, CODE, right_to_left=False), number, Align.END)
    page.text(end, 66, t("Desk {letter}").format(letter=isolate(receipt.desk)), Style(SANS, 9, QUIET), Align.END)
    page.star_band(_MARGIN, 81, page.width - 2 * _MARGIN, 5.2)


def _draw_title(page: Page, t: Translator) -> None:
    """The title in the paper's language, and across from it the other official one of the two."""
    page.text(_MARGIN, 120, t("Visit receipt"), Style(SERIF_BOLD, 25, TEAL))
    other = translator("fr" if t.language == "ar" else "ar")
    facing = set_line(other("Visit receipt"), SERIF_BOLD, right_to_left=other.language == "ar")
    page.line(page.width - _MARGIN, 120, facing, Style(SERIF_BOLD, 25, TEAL), Align.END)


def _draw_holder(page: Page, receipt: Receipt, t: Translator) -> None:
    top, height, width = 136.0, 78.0, page.width - 2 * _MARGIN
    page.box(_MARGIN, top, width, height, stroke=None, fill=PALE)
    inside, middle = _MARGIN + 14, top + 48
    both = ((receipt.holder_name, False), (receipt.holder_name_ar, True))
    names = [(name, arabic) for name, arabic in both if name and says_something(name, SERIF_BOLD)]
    if not names:
        page.text(inside, top + 17, t("Given to"), LABEL)
        page.text(
            inside, middle + 7, t("Anonymous visit: no name was given"), Style(SERIF, 17, QUIET), width=width - 28
        )
        return
    page.text(inside, top + 17, t("Given to"), LABEL)
    room = (width - 28 - _GAP) / 2 if len(names) > 1 else width - 28
    with page.within(_MARGIN, top, width, height):
        for name, arabic in names:
            style = Style(SERIF_BOLD, 21 if arabic else 19)
            block = fit(name, style.font, style.size, room, smallest=7, height=54, right_to_left=arabic)
            at_start = len(names) == 1 or arabic == page.right_to_left
            x, align = (inside, Align.START) if at_start else (page.width - inside, Align.END)
            page.block(x, middle, block, style, align)


def _draw_facts(page: Page, receipt: Receipt, t: Translator) -> None:
    facts = [(t("Date"), day(receipt.date)), (t("Arrived at"), isolate(receipt.arrived))]
    if receipt.left:
        facts.append((t("Left at"), isolate(receipt.left)))
    facts.append((t("Counter"), receipt.counter))
    if receipt.reason:
        facts.append((t("Reason for the visit"), receipt.reason))
    x, y = _MARGIN, 238.0
    widths = {0: 90.0, 1: 66.0, 2: 66.0} if receipt.left else {0: 90.0, 1: 66.0}
    rest = page.width - 2 * _MARGIN - sum(widths.values())
    for index, (label, value) in enumerate(facts):
        width = widths.get(index, rest / (len(facts) - len(widths)))
        page.text(x, y, label, LABEL, width=width - 8)
        page.text(x, y + 16, value, Style(SANS_BOLD, 11), width=width - 8)
        x += width
    page.rule(_MARGIN, y + 30, page.width - 2 * _MARGIN)


def _draw_foot(page: Page, receipt: Receipt, t: Translator) -> None:
    top, width = 284.0, page.width - 2 * _MARGIN - _STAMP_WIDTH - _GAP
    page.box(_MARGIN, top, width, 52, stroke=TEAL, thickness=1)
    page.text(_MARGIN + 12, top + 17, t("Your next appointment"), Style(SANS, 8, TEAL))
    if receipt.next_appointment:
        when = t("{weekday} {date} at {time}").format(
            weekday=weekday(receipt.next_appointment, t.language),
            date=day(receipt.next_appointment),
            time=clock(receipt.next_appointment),
        )
        page.text(_MARGIN + 12, top + 38, when[:1].upper() + when[1:], Style(SERIF_BOLD, 15), width=width - 24)
    else:
        page.rule(_MARGIN + 12, top + 40, width - 24, QUIET, dotted=True)
    small = Style(SANS, 7.5, QUIET)
    page.text(_MARGIN, top + 82, t("This receipt states that the visit took place, nothing else."), small, width=width)
    page.text(_MARGIN, top + 94, t("It is neither an identity document nor a residence permit."), small, width=width)
    stamp = page.width - _MARGIN - _STAMP_WIDTH
    page.box(stamp, top, _STAMP_WIDTH, _STAMP_HEIGHT, dashed=True, stroke=QUIET)
    page.text(stamp + _STAMP_WIDTH / 2, top + 15, t("Stamp of the hub"), LABEL, Align.CENTRE)
