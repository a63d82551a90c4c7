"""Lists to be signed by hand: who was there (feuille de présence · لائحة الحضور), who received a paper."""

from typing import Final

from app.documents.flow import BOTH, Column, Flow, render_flow
from app.documents.fonts import SANS, SERIF_BOLD
from app.documents.page import A4, A4_LANDSCAPE, BODY, LABEL, QUIET, TEAL, Align, Imprint, Style
from app.documents.text.characters import isolate
from app.documents.wording import day, weekday
from app.domain.sheets_hub import AttendanceSheet, HandOverSheet, SheetDay
from app.i18n import translator

_DAYS_A_PAGE: Final = 5
_ROW: Final = 29.0


def render_attendance_sheet(sheet: AttendanceSheet, language: str) -> bytes:
    """The list of a training on A4 sheets on their side, five days to each. `language` is fr, en, ar or fr+ar."""
    first = "fr" if language == BOTH else language
    imprint = Imprint(f"{translator(first)('Attendance sheet')} {sheet.training}", sheet.hub_name, first, A4_LANDSCAPE)
    return render_flow(
        imprint, language, lambda flow: _draw_attendance(flow, sheet), margin=40, top=40, bottom=52, foot=sheet.number
    )


def _draw_attendance(flow: Flow, sheet: AttendanceSheet) -> None:
    t = flow.t
    groups = [sheet.days[start : start + _DAYS_A_PAGE] for start in range(0, len(sheet.days), _DAYS_A_PAGE)] or [()]
    for number, days in enumerate(groups):
        if number:
            flow.turn()
        _draw_head(flow, t("Attendance sheet"), sheet.hub_name, sheet.hub_city)
        named = ((t("Training"), sheet.training), (t("Trainer"), sheet.trainer), (t("Place"), sheet.place))
        colon = "\u00a0: " if t.language == "fr" else ": "
        facts = [f"{label}{colon}{isolate(value)}" for label, value in named if value]
        flow.paragraph(" · ".join(facts), BODY, after=8)
        share = 0.56 / max(1, len(days))
        columns = [Column(t("No."), 0.04), Column(t("Name"), 0.22), Column(t("Name in Arabic"), 0.18)]
        columns += [Column(_head_of(each, t.language), share, by_hand=True) for each in days]
        people = [
            [isolate(str(index)), isolate(person.name), person.name_ar, *[""] * len(days)]
            for index, person in enumerate(sheet.people, 1)
        ]
        spare = [["", "", "", *[""] * len(days)] for _ in range(sheet.empty_lines)]
        flow.table(columns, people + spare, height=_ROW)
        _draw_ruled_ends(flow, t("Trainer’s signature"), t("Stamp of the hub"))


def _head_of(each: SheetDay, language: str) -> str:
    hours = f" {isolate(f'{each.from_time}–{each.to_time}')}" if each.from_time and each.to_time else ""
    return f"{weekday(each.day, language)} {day(each.day)}{hours}"


def render_hand_over_sheet(sheet: HandOverSheet, language: str) -> bytes:
    """The list on which holders sign for their papers. `language` is fr, en, ar or fr+ar."""
    first = "fr" if language == BOTH else language
    imprint = Imprint(f"{translator(first)('Papers handed over')} {sheet.about}", sheet.hub_name, first, A4)
    return render_flow(imprint, language, lambda flow: _draw_hand_over(flow, sheet), margin=44, top=48, bottom=56)


def _draw_hand_over(flow: Flow, sheet: HandOverSheet) -> None:
    t = flow.t
    _draw_head(flow, t("Papers handed over"), sheet.hub_name, sheet.hub_city)
    flow.paragraph(f"{isolate(sheet.about)} · {day(sheet.day)}", BODY, after=3)
    flow.paragraph(t("Each holder signs for the paper received, after reading the name on it."), LABEL, after=8)
    columns = (
        Column(t("Number"), 0.25, code=True),
        Column(t("Name"), 0.24),
        Column(t("Name in Arabic"), 0.19),
        Column(t("Handed over on"), 0.13, by_hand=True),
        Column(t("Signature"), 0.19, by_hand=True),
    )
    rows = [[line.number, isolate(line.name), line.name_ar, "", ""] for line in sheet.lines]
    flow.table(columns, rows, height=_ROW)
    _draw_ruled_ends(flow, t("Handed over by (name and signature)"), t("Stamp of the hub"))


def _draw_head(flow: Flow, title: str, hub: str, city: str) -> None:
    page, end = flow.page, flow.margin + flow.width
    page.text(flow.margin, flow.y + 14, title, Style(SERIF_BOLD, 20, TEAL), width=flow.width * 0.55)
    page.text(end, flow.y + 8, isolate(hub), Style(SERIF_BOLD, 12), Align.END, width=flow.width * 0.42)
    page.text(end, flow.y + 21, isolate(city), Style(SANS, 8.5, QUIET), Align.END, width=flow.width * 0.42)
    page.star_band(flow.margin, flow.y + 36, flow.width, 4.6)
    flow.y += 46


def _draw_ruled_ends(flow: Flow, first: str, second: str) -> None:
    """Two places to sign, never torn from one another."""
    flow.need(74)
    for x, label in ((flow.margin, first), (flow.margin + flow.width - 220, second)):
        flow.page.text(x, flow.y + 14, label, LABEL, width=220)
        flow.page.box(x, flow.y + 20, 220, 50, dashed=True, stroke=QUIET)
    flow.y += 74
