"""Convention de financement · اتفاقية تمويل, and reçu de tranche · وصل استلام دفعة: the papers that money goes by."""

from collections.abc import Sequence
from typing import Final

from app.documents.flow import BOTH, Column, Flow, render_flow
from app.documents.fonts import CODE, SANS, SANS_BOLD, SERIF, SERIF_BOLD
from app.documents.page import A4, BODY, LABEL, PALE, QUIET, TEAL, Align, Imprint, Style
from app.documents.text.characters import isolate, says_something
from app.documents.text.lines import fit, set_line
from app.documents.wording import amount, day
from app.domain.amount_words import in_words
from app.domain.sheets_money import FundingAgreementSheet, Party, TrancheReceiptSheet
from app.i18n import Translator, translator

_ARTICLE: Final = Style(SANS_BOLD, 10.4, TEAL)
_TEXT: Final = Style(SERIF, 11.6)


def render_funding_agreement(sheet: FundingAgreementSheet, language: str) -> bytes:
    """The agreement as a PDF of A4 pages. `language` is fr, en, ar or fr+ar."""
    first = "fr" if language == BOTH else language
    imprint = Imprint(f"{translator(first)('Funding agreement')} {sheet.number}", sheet.hub.name, first, A4)
    return render_flow(imprint, language, lambda flow: _draw_agreement(flow, sheet), foot=sheet.number)


def _draw_agreement(flow: Flow, sheet: FundingAgreementSheet) -> None:
    t = flow.t
    _draw_head(flow, t("Funding agreement"), sheet.number, sheet.hub, sheet.call)
    flow.paragraph(t("Between the undersigned:"), BODY, after=4)
    _draw_party(flow, sheet.hub, t("The hub"), t("hereinafter “the hub”, of the one part,"))
    _draw_party(flow, sheet.holder, sheet.venture_number, t("hereinafter “the holder”, of the other part,"))
    flow.paragraph(t("the following has been agreed:"), BODY, after=8)
    for number, (title, texts) in enumerate(_articles(sheet, t), 1):
        flow.need(48)
        headed = t("Article {number}").format(number=isolate(str(number)))
        flow.paragraph(f"{headed} — {title}", _ARTICLE, after=1)
        for text in texts:
            flow.paragraph(text, _TEXT, after=3)
        if number == 2:  # noqa: PLR2004 - the article of the amount
            _draw_tranches(flow, sheet)
        flow.y += 5
    _draw_signatures(flow, sheet)


def _articles(sheet: FundingAgreementSheet, t: Translator) -> list[tuple[str, Sequence[str]]]:
    money = t("The hub grants the holder {amount} ({words}), paid in {count} as follows:").format(
        amount=isolate(amount(sheet.amount, t.language)),
        words=isolate(in_words(sheet.amount, t.language)),
        count=isolate(_instalments(len(sheet.tranches), t)),
    )
    usual: list[tuple[str, Sequence[str]]] = [
        (t("Purpose"), (t("This agreement funds: {purpose}.").format(purpose=isolate(sheet.purpose.rstrip(". "))),)),
        (t("Amount and payment"), (money,)),
        (
            t("What the holder undertakes"),
            (
                t("The holder uses the funds for the purpose of this agreement only, keeps invoices and receipts for "
                  "five years, and hands in the evidence of each instalment before the next one is paid."),
                t("The holder tells the hub at once of anything that stands in the way of the project, and receives "
                  "its visits."),
            ),
        ),
        (
            t("What the hub undertakes"),
            (
                t("The hub pays each instalment once its condition is met, against a numbered receipt, and accompanies "
                  "the holder during the whole agreement."),
            ),
        ),
        (
            t("Termination and repayment"),
            (
                t("If the funds are used for anything else, or if no evidence is handed in within thirty days of a "
                  "written reminder, the hub may end this agreement and ask for the unjustified amounts back."),
            ),
        ),
        (
            t("Personal data and disputes"),
            (
                t("Personal data are handled according to Law 09-08. The parties seek a friendly settlement of any "
                  "dispute before turning to the competent courts of Morocco."),
            ),
        ),
    ]  # fmt: skip
    return [*usual, *((title, (text,)) for title, text in sheet.clauses)]


def _instalments(count: int, t: Translator) -> str:
    return t.ngettext("{count} instalment", "{count} instalments", count).format(count=count)


def _draw_tranches(flow: Flow, sheet: FundingAgreementSheet) -> None:
    t = flow.t
    columns = (
        Column(t("Instalment"), 0.14),
        Column(t("Amount"), 0.24),
        Column(t("Condition"), 0.42),
        Column(t("Due on"), 0.20),
    )
    rows = [
        (
            isolate(str(each.position)),
            amount(each.amount, t.language),
            isolate(each.condition) if each.condition else "—",
            day(each.due) if each.due else "—",
        )
        for each in sheet.tranches
    ]
    flow.y += 4
    flow.table(columns, rows, height=24)


def _draw_head(flow: Flow, title: str, number: str, hub: Party, about: str) -> None:
    page, end = flow.page, flow.margin + flow.width
    name = hub.name_ar if page.right_to_left and hub.name_ar else hub.name
    page.text(flow.margin, flow.y + 12, isolate(name), Style(SERIF_BOLD, 15), width=flow.width * 0.6)
    page.text(flow.margin, flow.y + 27, isolate(hub.address), Style(SANS, 8.5, QUIET), width=flow.width * 0.6)
    page.line(end, flow.y + 12, set_line(number, CODE, right_to_left=False), Style(CODE, 11), Align.END)
    page.star_band(flow.margin, flow.y + 44, flow.width, 5.2)
    page.text(flow.margin, flow.y + 84, title, Style(SERIF_BOLD, 25, TEAL), width=flow.width)
    if about:
        page.text(flow.margin, flow.y + 104, isolate(about), Style(SERIF, 12, QUIET), width=flow.width)
    flow.y += 118 if about else 102


def _draw_party(flow: Flow, party: Party, label: str, closing: str) -> None:
    """A box with a side's names in both scripts, who acts for it, and how it is called from here on."""
    t, page, height = flow.t, flow.page, 78.0
    flow.need(height + 6)
    page = flow.page
    page.box(flow.margin, flow.y, flow.width, height, stroke=None, fill=PALE)
    inside, end = flow.margin + 12, flow.margin + flow.width - 12
    page.text(inside, flow.y + 14, label, LABEL, width=flow.width - 24)
    names = [(name, arabic) for name, arabic in ((party.name, False), (party.name_ar, True))]
    shown = [each for each in names if says_something(each[0], SERIF_BOLD)]
    room = (flow.width - 40) / max(1, len(shown))
    with page.within(flow.margin, flow.y, flow.width, height):
        for name, arabic in shown:
            at_start = len(shown) == 1 or arabic == page.right_to_left
            block = fit(name, SERIF_BOLD, 14, room, smallest=6.5, height=30, right_to_left=arabic)
            x, align = (inside, Align.START) if at_start else (end, Align.END)
            page.block(x, flow.y + 32, block, Style(SERIF_BOLD, 14), align)
    acting = t("represented by {name}, {function}").format(
        name=isolate(party.representative), function=isolate(party.function)
    )
    said = [acting] if party.representative else []
    said += [isolate(party.address)] if party.address else []
    page.text(inside, flow.y + 56, " · ".join(said), Style(SANS, 9), width=flow.width - 24)
    page.text(inside, flow.y + 70, closing, Style(SANS, 8.5, QUIET), width=flow.width - 24)
    flow.y += height + 8


def _draw_signatures(flow: Flow, sheet: FundingAgreementSheet) -> None:
    t, height = flow.t, 92.0
    flow.need(height + 44)
    copies = t("Made in two original copies, one for each party.")
    dated = day(sheet.signed_on) if sheet.signed_on else "…… / …… / ………"
    where = t("{place}, {date}").format(place=isolate(sheet.place), date=dated)
    flow.paragraph(f"{copies} {where}", BODY, after=8)
    width = (flow.width - 24) / 2
    said = (
        (t("For the hub: signature and stamp"), sheet.hub.representative or sheet.hub.name),
        (t("The holder: signature, preceded by “read and approved”"), sheet.holder.representative or sheet.holder.name),
    )
    for index, (label, name) in enumerate(said):
        x = flow.margin + index * (width + 24)
        flow.page.box(x, flow.y, width, height, dashed=True, stroke=QUIET)
        flow.page.text(x + width / 2, flow.y + 14, label, LABEL, Align.CENTRE, width=width - 12)
        flow.page.text(
            x + width / 2, flow.y + height - 8, isolate(name), Style(SANS, 8.5), Align.CENTRE, width=width - 12
        )
    flow.y += height


def render_tranche_receipt(sheet: TrancheReceiptSheet, language: str) -> bytes:
    """The receipt as a PDF of one A4 page. `language` is fr, en, ar or fr+ar."""
    first = "fr" if language == BOTH else language
    imprint = Imprint(f"{translator(first)('Receipt of an instalment')} {sheet.number}", sheet.hub.name, first, A4)
    return render_flow(imprint, language, lambda flow: _draw_receipt(flow, sheet), foot=sheet.number)


def _draw_receipt(flow: Flow, sheet: TrancheReceiptSheet) -> None:
    t = flow.t
    _draw_head(flow, t("Receipt of an instalment"), sheet.number, sheet.hub, sheet.venture)
    page = flow.page
    page.box(flow.margin, flow.y, flow.width, 84, stroke=TEAL, thickness=1.1)
    figures = isolate(amount(sheet.amount, t.language))
    page.text(flow.margin + 16, flow.y + 18, t("Amount received"), LABEL)
    page.text(flow.margin + 16, flow.y + 42, figures, Style(SERIF_BOLD, 21, TEAL), width=flow.width - 32)
    words = in_words(sheet.amount, t.language)
    rtl = page.right_to_left
    block = fit(words, SERIF, 13, flow.width - 32, smallest=7, height=32, right_to_left=rtl)
    page.block(flow.margin + 16, flow.y + 65, block, Style(SERIF, 13), Align.START)
    flow.y += 100
    _draw_party(flow, sheet.receiver, t("Received by"), t("who confirms by signing to have received this amount."))
    facts = [
        (t("Agreement"), isolate(sheet.agreement_number)),
        (
            t("Instalment"),
            t("{position} of {count}").format(position=isolate(str(sheet.position)), count=isolate(str(sheet.count))),
        ),
        (t("Paid on"), day(sheet.paid_on)),
        (t("Way of payment"), isolate(sheet.way)),
        (t("Reference"), isolate(sheet.reference)),
        (t("Evidence handed in"), isolate(sheet.evidence)),
    ]
    rows = [(label, value) for label, value in facts if says_something(value, SANS)]
    flow.table((Column(t("Payment"), 0.34), Column("", 0.66)), rows, height=26)
    flow.y += 6
    flow.paragraph(t("{place}, {date}").format(place=isolate(sheet.place), date=day(sheet.paid_on)), BODY, after=10)
    width = (flow.width - 24) / 2
    for index, label in enumerate((t("Signature of the receiver"), t("For the hub: signature and stamp"))):
        x = flow.margin + index * (width + 24)
        flow.page.box(x, flow.y, width, 104, dashed=True, stroke=QUIET)
        flow.page.text(x + width / 2, flow.y + 14, label, LABEL, Align.CENTRE, width=width - 12)
    flow.y += 104
