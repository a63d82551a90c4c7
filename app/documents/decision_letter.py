"""Lettre de décision · رسالة قرار: what a call for applications decided about a venture, on one A4 page.

It says the decision, its reason and what comes next; never points, ranks or names of jurors, nor anything about the
people of the venture.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents.fonts import CODE, SANS, SANS_BOLD, SERIF, SERIF_BOLD
from app.documents.page import A4, BODY, LABEL, PALE, QUIET, TEAL, Align, Imprint, Page, Style, render
from app.documents.text.characters import isolate, says_something
from app.documents.text.lines import fit, set_line
from app.documents.wording import day
from app.i18n import Translator, translator

_MARGIN: Final = 62.0
_REASON_HEIGHT: Final = 76.0
_BOX_HEIGHT: Final = 92.0
ACCEPTED, RESERVE, REJECTED, DECLINED = "accepted", "reserve", "rejected", "declined"


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """A decision as its letter says it; all words in the language of the paper.

    `decision` is accepted, reserve, rejected or declined (not kept in the pre-selection).
    """

    hub_name: str
    hub_city: str
    number: str
    decided: date
    call: str
    venture_number: str
    venture_name: str | None
    venture_name_ar: str | None
    decision: str
    received: date
    reason: str = ""


def render_decision_letter(letter: DecisionLetter, language: str) -> bytes:
    """The letter as a PDF of one A4 page. `language` is fr, en or ar."""
    t = translator(language)
    imprint = Imprint(f"{t('Decision on an application')} {letter.number}", letter.hub_name, language, A4)
    return render(imprint, lambda page: _draw(page, letter, t))


def _draw(page: Page, letter: DecisionLetter, t: Translator) -> None:
    page.frame(24)
    _draw_head(page, letter, t)
    _draw_venture(page, letter, t)
    y = _draw_decision(page, letter, t)
    _draw_body(page, letter, t, y)
    _draw_foot(page, t)


def _draw_head(page: Page, letter: DecisionLetter, t: Translator) -> None:
    end = page.width - _MARGIN
    page.text(_MARGIN, 74, letter.hub_name, Style(SERIF_BOLD, 17), width=260)
    page.text(_MARGIN, 90, letter.hub_city, Style(SANS, 9.5, QUIET), width=260)
    page.line(end, 74, set_line(letter.number, CODE, right_to_left=False), Style(CODE, 11.5), Align.END)
    dated = t("{place}, {date}").format(place=letter.hub_city, date=day(letter.decided))
    page.text(end, 90, dated, Style(SANS, 9.5, QUIET), Align.END, width=200)
    page.star_band(_MARGIN, 110, page.width - 2 * _MARGIN, 5.6)
    page.text(
        _MARGIN, 160, t("Decision on an application"), Style(SERIF_BOLD, 25, TEAL), width=page.width - 2 * _MARGIN
    )
    page.text(_MARGIN, 187, letter.call, Style(SERIF, 13, QUIET), width=page.width - 2 * _MARGIN)


def _draw_venture(page: Page, letter: DecisionLetter, t: Translator) -> None:
    top, width = 204.0, page.width - 2 * _MARGIN
    page.box(_MARGIN, top, width, _BOX_HEIGHT, stroke=None, fill=PALE)
    inside = _MARGIN + 16
    page.text(inside, top + 20, t("To the members of"), LABEL)
    number = set_line(letter.venture_number, CODE, right_to_left=False)
    page.line(page.width - inside, top + 20, number, Style(CODE, 9.5, QUIET), Align.END)
    both = ((letter.venture_name, False), (letter.venture_name_ar, True))
    names = [(name, arabic) for name, arabic in both if name and says_something(name, SERIF_BOLD)]
    room = (width - 50) / 2 if len(names) > 1 else width - 32
    with page.within(_MARGIN, top, width, _BOX_HEIGHT):
        for name, arabic in names:
            style = Style(SERIF_BOLD, 20 if arabic else 18)
            block = fit(name, style.font, style.size, room, smallest=7, height=56, right_to_left=arabic)
            at_start = len(names) == 1 or arabic == page.right_to_left
            x, align = (inside, Align.START) if at_start else (page.width - inside, Align.END)
            page.block(x, top + 58, block, style, align)


def _draw_decision(page: Page, letter: DecisionLetter, t: Translator) -> float:
    top, width = 320.0, page.width - 2 * _MARGIN
    page.box(_MARGIN, top, width, 62, stroke=TEAL, thickness=1.1)
    page.text(_MARGIN + 16, top + 20, t("Decision"), Style(SANS, 8.5, TEAL))
    page.text(_MARGIN + 16, top + 45, _decision(letter.decision, t), Style(SERIF_BOLD, 17), width=width - 32)
    return top + 98


def _draw_body(page: Page, letter: DecisionLetter, t: Translator, y: float) -> None:
    width = page.width - 2 * _MARGIN
    body = Style(BODY.font, 11)
    received = t("Your application was received on {date}. It was examined with all the others, by the same criteria.")
    y = page.paragraph(_MARGIN, y, received.format(date=day(letter.received)), body, width) + 10
    if says_something(letter.reason, SANS):
        page.text(_MARGIN, y, t("Reason"), Style(SANS_BOLD, 10.5, TEAL))
        y = _draw_reason(page, letter.reason, y + 19, width) + 10
    page.text(_MARGIN, y, t("What comes next"), Style(SANS_BOLD, 10.5, TEAL))
    y = page.paragraph(_MARGIN, y + 19, _next(letter.decision, t), body, width) + 10
    page.paragraph(_MARGIN, y, t("Whoever wants to know more about this decision is welcome at the hub."), body, width)


def _draw_reason(page: Page, reason: str, y: float, width: float) -> float:
    """What somebody wrote, however long: made smaller, at last shortened, to leave room for what follows."""
    # as large as the sentences around it, whose Arabic is larger by the page's own rule
    size = 11 * 1.12 if page.right_to_left else 11
    block = fit(reason, SANS, size, width, smallest=7, height=_REASON_HEIGHT, right_to_left=page.right_to_left)
    for line in block.lines:
        page.line(_MARGIN, y, line, Style(SANS, block.size))
        y += block.size * 1.45
    return y


def _draw_foot(page: Page, t: Translator) -> None:
    top, width, height = page.height - 178, 210.0, 96.0
    page.box(_MARGIN, top, width, height, dashed=True, stroke=QUIET)
    page.text(_MARGIN + width / 2, top + 16, t("Signature of the hub"), LABEL, Align.CENTRE)
    other = page.width - _MARGIN - width
    page.box(other, top, width, height, dashed=True, stroke=QUIET)
    page.text(other + width / 2, top + 16, t("Stamp of the hub"), LABEL, Align.CENTRE)
    small = Style(SANS, 8, QUIET)
    said = t("This letter promises no payment: a funding agreement alone does, once both sides have signed it.")
    page.text(_MARGIN, page.height - 58, isolate(said), small, width=page.width - 2 * _MARGIN)


def _decision(decision: str, t: Translator) -> str:
    return {
        ACCEPTED: t("Your application is accepted"),
        RESERVE: t("Your application is on the reserve list"),
        REJECTED: t("Your application is not accepted"),
        DECLINED: t("Your application was not kept in the pre-selection"),
    }[decision]


def _next(decision: str, t: Translator) -> str:
    return {
        ACCEPTED: t(
            "Your advisor will contact you to prepare the funding agreement: its amount, its instalments, and the "
            "papers that each of them needs. Please keep your estimates and your registration papers at hand."
        ),
        RESERVE: t(
            "If a place becomes free, applications of this list are called in their order. You need not apply again "
            "for this call, and your advisor stays at your side meanwhile."
        ),
        REJECTED: t(
            "The hub stays open to you: your advisor can go through the decision with you, and you may apply to the "
            "next call with a project that has grown."
        ),
        DECLINED: t(
            "The hub stays open to you: your advisor can tell you what was missing, and you may apply to the next call."
        ),
    }[decision]
