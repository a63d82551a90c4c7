"""A day at the desk of a demo hub: sign in, log visitors in each language, a receipt, pictures in light and dark."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.visits import DayFigures
from app.services import days
from ui.printing.paper_dialog import PaperDialog
from ui.sign_in.sign_in_cover import SignInCover
from ui.theme.appearance import DARK_CHOICE, LIGHT_CHOICE, SYSTEM
from ui.tour.first_start import save_file
from ui.tour.stage import Stage, TourError
from ui.tour.visits import Desk, Logged, Newcomer, form_fields, plan_returning

LOGIN: Final = "reception"
PASSWORD: Final = "demo"  # noqa: S105 - the demo's, which says it aloud
_FOUND_BY: Final = {"fr": "Latin", "en": "phone", "ar": "Arabic"}
_NEWCOMERS: Final = {
    "fr": Newcomer("N'Guessan Koffi Landry", "", "m", "12/03/1998", "Côte", "0612 34 56 78"),
    "en": Newcomer("Okafor Blessing", "", "f", "1994", "Nigeria", "+212 661 20 30 40"),
    "ar": Newcomer("", "مريم أيت بلعيد", "f", "~1989", "المغرب", "0677889900"),
}
_ORDER: Final = ("fr", "en", "ar")


@dataclass(frozen=True, slots=True)
class Day:
    """What the walk did: the figures of the day before and after, and each visit that was logged."""

    before: DayFigures
    after: DayFigures
    logged: tuple[Logged, ...]
    receipt: str
    receipt_bytes: int


def walk(stage: Stage, folder: Path) -> Day:
    """Sign in at the reception and log a day's visitors. Raises TourError for whatever does not work as it must."""
    _sign_in(stage, folder)
    before = stage.ask(days.today)
    logged: list[Logged] = []
    for language in _ORDER:
        stage.preferences.choose_language(language)
        logged += _log_visitors(stage, language, folder)
    receipt = folder / "receipt.pdf"
    _keep_receipt(stage, receipt, folder)
    _picture_looks(stage, folder)
    after = stage.ask(days.today)
    _compare(before, after, logged)
    stage.preferences.choose_language("fr")
    stage.preferences.choose_appearance(SYSTEM)
    return Day(before, after, tuple(logged), receipt.name, receipt.stat().st_size)


def _sign_in(stage: Stage, folder: Path) -> None:
    cover = stage.program.window.shown
    if not isinstance(cover, SignInCover):
        raise TourError("A folder with records does not lead to the sign-in.")
    stage.preferences.choose_appearance(LIGHT_CHOICE)
    for language in reversed(_ORDER):
        stage.preferences.choose_language(language)
        stage.picture(folder / f"sign-in-{language}.png")
    for _ in cover.accounts.buttons:
        if cover.accounts.value == LOGIN:
            break
        stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    stage.write(PASSWORD)
    stage.press(Qt.Key.Key_Return)
    stage.wait(lambda: stage.program.workplace is not None, "the reception is signed in")
    stage.settle()


def _log_visitors(stage: Stage, language: str, folder: Path) -> list[Logged]:
    """Three who were here before, two without a name, one group and one newcomer; one entry is taken back."""
    desk, kind = Desk(stage, language), _FOUND_BY[language]
    logged = [desk.log_returning(plan_returning(stage, kind), counter, kind) for counter in (1, 2, 3)]
    desk.log_anonymous(4)
    desk.undo()
    logged.append(desk.log_anonymous(1))
    logged.append(desk.log_anonymous(2))
    logged.append(desk.log_group(2, 3))
    logged.append(_log_newcomer(stage, desk, language, folder))
    desk.call_next(1)
    return logged


def _log_newcomer(stage: Stage, desk: Desk, language: str, folder: Path) -> Logged:
    newcomer = _NEWCOMERS[language]
    fields = form_fields(newcomer)
    stage.press(Qt.Key.Key_F2)
    desk.fill(fields[:-1])
    stage.picture(folder / f"new-person-{language}.png")
    stage.press(Qt.Key.Key_Escape)
    stage.settle()
    return desk.log_newcomer(newcomer, 4, fields)


def _keep_receipt(stage: Stage, path: Path, folder: Path) -> None:
    """The receipt of the last visit, in the language of the window: F8, Enter, Ctrl+S."""
    stage.press(Qt.Key.Key_F8)
    stage.settle()
    stage.press(Qt.Key.Key_Return)
    stage.wait(lambda: isinstance(QApplication.activeWindow(), PaperDialog), "the receipt is shown")
    dialog = QApplication.activeWindow()
    stage.picture(folder / "receipt-preview.png", dialog)
    stage.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    save_file(stage, path)
    stage.give_keyboard_back()
    stage.wait(lambda: QApplication.activeWindow() is dialog, "the receipt is in front again")
    stage.press(Qt.Key.Key_Escape)
    stage.give_keyboard_back()
    stage.wait(lambda: QApplication.activeWindow() is stage.program.window, "the desk is in front again")


def _picture_looks(stage: Stage, folder: Path) -> None:
    """The desk with a search under way, in each language, light and dark."""
    desk = Desk(stage, "")
    for language in _ORDER:
        stage.preferences.choose_language(language)
        stage.write("محمد" if language == "ar" else "moh")
        for look in (LIGHT_CHOICE, DARK_CHOICE):
            stage.preferences.choose_appearance(look)
            stage.picture(folder / f"desk-{language}-{look}.png")
        stage.press(Qt.Key.Key_Escape)
    stage.settle()
    if desk.page.search.finder.text:
        raise TourError("Escape does not empty the search field.")


def _compare(before: DayFigures, after: DayFigures, logged: list[Logged]) -> None:
    wanted = {
        "visits": sum(entry.visits for entry in logged),
        "here": sum(entry.visits for entry in logged),
        "anonymous": sum(entry.visits for entry in logged if entry.kind in {"anonymous", "group"}),
        "new_people": sum(1 for entry in logged if entry.kind == "new"),
    }
    for figure, more in wanted.items():
        grown = getattr(after, figure) - getattr(before, figure)
        if grown != more:
            raise TourError(f"{more} more were expected in “{figure}” of today's figures; there are {grown}.")
