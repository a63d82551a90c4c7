"""The recovery sheet: how to open the records when every password is lost.

Printed once, at the first start of an installation, and sealed in an envelope. Wasl keeps the code in no readable
form, so that the sheet can't be printed again; a new one makes the old code useless for this installation.
"""

from dataclasses import dataclass
from datetime import date

from app.documents.fonts import CODE, SANS, SANS_BOLD, SERIF_BOLD
from app.documents.page import (
    A4,
    BODY,
    DANGER,
    LABEL,
    PALE,
    QUIET,
    STRONG,
    TEAL,
    WHITE,
    Align,
    Imprint,
    Page,
    Style,
    render,
)
from app.documents.qr import draw_qr
from app.documents.text.characters import isolate
from app.documents.text.lines import set_line
from app.documents.wording import day
from app.i18n import Translator, translator

_MARGIN = 52.0
_GROUPS_PER_ROW = 4
_QR = 118.0


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says. Raises ValueError for a code that could not be copied by hand.

    `installation` names this computer among the hub's; `code` holds groups of ASCII letters and digits with spaces
    or dashes between them. The QR code says `code` as it is given.
    """

    installation: str
    hub_name: str
    hub_city: str
    desk: str
    created: date
    code: str

    def __post_init__(self) -> None:
        if not self.groups or not all(group.isascii() and group.isalnum() for group in self.groups):
            raise ValueError("a recovery code is groups of ASCII letters and digits")

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of the code."""
        return tuple(self.code.replace("-", " ").split())


def render_recovery_sheet(sheet: RecoverySheet, language: str) -> bytes:
    """The sheet as a PDF of one A4 page. `language` is fr, en or ar."""
    t = translator(language)
    imprint = Imprint(title=t("Recovery sheet"), author=sheet.hub_name, language=language, size=A4)
    return render(imprint, lambda page: _draw(page, sheet, t))


def _draw(page: Page, sheet: RecoverySheet, t: Translator) -> None:
    page.frame(20)
    _draw_head(page, sheet, t)
    _draw_code(page, sheet, t)
    y = _draw_list(
        page,
        412,
        t("When every password is lost"),
        (
            t("Start Wasl on this computer. On the sign-in page choose “{action}”.").format(
                action=t("Open with the recovery sheet")
            ),
            t("Type the groups in their order, or read the square with a hand scanner."),
            t(
                "Choose a new password for a hub manager. Every record is there as before, and the manager can give "
                "everyone else a new password."
            ),
            t("Print a new recovery sheet from the settings and destroy this one."),
        ),
        numbered=True,
    )
    y = _draw_list(
        page,
        y + 14,
        t("Where to keep it"),
        (
            t("In a closed envelope, signed across the flap, in a locked cupboard or a safe."),
            t("In another room than the computer: never beside it, never in its bag, never photographed."),
            t("The hub manager and the data-protection contact know where it is, and nobody else."),
        ),
    )
    _draw_list(
        page,
        y + 14,
        t("If it is lost, or someone has seen it"),
        (
            t("Whoever has this sheet and a copy of the data can read everything about everyone."),
            t("Tell the hub manager and the data-protection contact the same day."),
            t(
                "Make a new recovery sheet from the settings: this code then no longer opens this computer's records. "
                "Copies made before still open with it: look for them and destroy them."
            ),
        ),
        colour=DANGER,
    )
    _draw_seal(page, t)


def _draw_head(page: Page, sheet: RecoverySheet, t: Translator) -> None:
    width = page.width - 2 * _MARGIN
    page.text(_MARGIN, 62, sheet.hub_name, Style(SERIF_BOLD, 15), width=300)
    page.text(_MARGIN, 77, sheet.hub_city, Style(SANS, 9, QUIET), width=300)
    page.text(page.width - _MARGIN, 62, t("Confidential"), Style(SANS_BOLD, 11, DANGER), Align.END)
    page.text(page.width - _MARGIN, 77, t("Keep in a sealed envelope"), Style(SANS, 9, QUIET), Align.END)
    page.star_band(_MARGIN, 94, width, 5.2)
    page.text(_MARGIN, 138, t("Recovery sheet"), Style(SERIF_BOLD, 27, TEAL))
    y = page.paragraph(
        _MARGIN,
        166,
        t("This sheet opens the records of one computer when every password is lost. Without a password and without "
          "this sheet nobody can read them again, not even the makers of Wasl."),
        BODY,
        width,
    )  # fmt: skip
    facts = (
        (t("Installation"), sheet.installation, 0.5),
        (t("Desk letter"), isolate(sheet.desk), 0.22),
        (t("Made on"), day(sheet.created), 0.28),
    )
    x = _MARGIN
    for label, value, share in facts:
        page.text(x, y + 8, label, LABEL, width=share * width - 8)
        page.text(x, y + 24, value, Style(SANS_BOLD, 11), width=share * width - 8)
        x += share * width


def _draw_code(page: Page, sheet: RecoverySheet, t: Translator) -> None:
    """The groups from left to right in every language: the order in which they are typed."""
    top, height, width = 240.0, 138.0, page.width - 2 * _MARGIN
    page.box(_MARGIN, top, width, height, stroke=TEAL, fill=PALE, thickness=1)
    page.box(page.width - _MARGIN - _QR - 10, top + 10, _QR, _QR, stroke=None, fill=WHITE, radius=2)
    draw_qr(page, page.width - _MARGIN - _QR - 10, top + 10, _QR, sheet.code)
    room = width - _QR - 30
    column = room / _GROUPS_PER_ROW
    rows = -(-len(sheet.groups) // _GROUPS_PER_ROW)
    for index, group in enumerate(sheet.groups):
        place = index % _GROUPS_PER_ROW
        if page.right_to_left:
            place = _GROUPS_PER_ROW - 1 - place
        x = _MARGIN + 10 + column * (place + 0.5)
        y = top + 18 + (height - 36) / rows * (index // _GROUPS_PER_ROW + 0.5)
        page.line(x, y - 16, set_line(str(index + 1), SANS, right_to_left=False), LABEL, Align.CENTRE)
        line = set_line(group, CODE, right_to_left=False)
        size = min(23.0, (column - 8) * 1000 / line.advance)
        page.line(x, y + 10, line, Style(CODE, size), Align.CENTRE)
    page.text(_MARGIN + 10, top + height - 9, t("From left to right; a zero has a dot in it."), LABEL, width=room)


def _draw_list(
    page: Page, y: float, title: str, items: tuple[str, ...], *, numbered: bool = False, colour: str = TEAL
) -> float:
    """A titled list; returns the base line where something may follow."""
    page.text(_MARGIN, y, title, Style(SERIF_BOLD, 15, colour))
    y += 19
    for number, item in enumerate(items, 1):
        if numbered:
            page.text(_MARGIN + 9, y, str(number), Style(STRONG.font, STRONG.size, colour), Align.CENTRE)
        else:
            page.star(_MARGIN + 9, y - 3.2, 3, fill=colour, stroke=colour)
        y = page.paragraph(_MARGIN + 24, y, item, BODY, page.width - 2 * _MARGIN - 24) + 2
    return y


def _draw_seal(page: Page, t: Translator) -> None:
    """What is filled in by hand when the envelope is closed."""
    y, width = page.height - 62, (page.width - 2 * _MARGIN) / 3
    for index, label in enumerate((t("Sealed on"), t("By (name and signature)"), t("Kept at"))):
        x = _MARGIN + index * width
        page.rule(x, y, width - 14, QUIET, dotted=True)
        page.text(x, y + 13, label, LABEL, width=width - 14)
