"""The guide of the first start, gone through by keyboard from the language to the open desk."""

import re
from pathlib import Path
from typing import Final

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.i18n import LANGUAGES
from ui.first_start.first_start_cover import FirstStartCover
from ui.tour.stage import Stage, TourError

_GROUPS: Final = re.compile(r"^([1-8])\s+([0-9A-Z]{4})$", re.MULTILINE)
"""On the sheet each group of the code stands below its number."""
_PASSWORD: Final = "three words here"  # noqa: S105 - for a folder that is thrown away


def set_up(stage: Stage, pictures: Path, sheet: Path) -> None:
    """Answer every question and open the desk; keeps a picture in each language and the recovery sheet as a PDF.

    The group of the code that the guide asks for is read from that PDF, as a person reads it from the paper.
    """
    cover = stage.program.window.shown
    if not isinstance(cover, FirstStartCover):
        raise TourError("An empty folder does not lead to the guide of the first start.")
    go_on = Qt.Key.Key_Return
    stage.press(go_on)  # language
    for language in LANGUAGES[::-1]:
        stage.preferences.choose_language(language)
        stage.picture(pictures / f"first-start-{language}.png")
    stage.press(go_on)  # hub
    stage.press(go_on)  # desk letter
    stage.write("Nadia Berrada")
    for text in ("", _PASSWORD, _PASSWORD):
        stage.press(go_on)
        stage.write(text)
    # the login was proposed: one more Enter takes it
    stage.press(go_on)
    stage.wait(lambda: cover.step is cover.sheet, "the installation is made and its recovery sheet shown")
    _keep(stage, cover.sheet.save_button, sheet)
    stage.picture(pictures / "recovery-sheet-step.png")
    stage.tab_to(cover.sheet.put_away)
    stage.press(Qt.Key.Key_Space)
    stage.tab_to(cover.next_button)
    stage.press(go_on)
    stage.wait(lambda: cover.step is cover.confirm, "the guide asks for a group of the code")
    stage.write(_asked_group(cover, sheet))
    stage.press(go_on)
    stage.settle()
    stage.press(go_on)  # ready
    stage.wait(lambda: stage.program.workplace is not None, "the desk is open after the guide")
    stage.settle()


def save_file(stage: Stage, path: Path) -> None:
    """Answer the dialog that asks where to keep a file."""
    stage.wait(lambda: isinstance(QApplication.activeWindow(), QFileDialog), "the window asks where to keep the file")
    path.unlink(missing_ok=True)
    stage.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.write(str(path.absolute()))
    stage.press(Qt.Key.Key_Return)
    stage.wait(path.exists, f"the file {path.name} is written")
    if not path.read_bytes().startswith(b"%PDF-"):
        raise TourError(f"The file {path.name} is not a PDF.")


def _keep(stage: Stage, button: QWidget, path: Path) -> None:
    stage.tab_to(button)
    stage.press(Qt.Key.Key_Space)
    save_file(stage, path)
    stage.settle()


def _asked_group(cover: FirstStartCover, sheet: Path) -> str:
    document = pypdfium2.PdfDocument(sheet)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    groups: dict[str, str] = dict(_GROUPS.findall(text.replace("\r", "")))
    asked = re.search(r"\d+", cover.confirm.group.line.accessibleName())
    if asked is None or asked.group() not in groups:
        raise TourError("The code can't be read on the recovery sheet.")
    return groups[asked.group()]
