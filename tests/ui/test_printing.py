"""Papers on screen, to a printer, to a file."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.bootstrap import KdfCost, open_hub, recovery_sheet
from app.paths import HubPaths
from ui.printing.paper_dialog import PaperDialog, show_paper
from ui.printing.rasters import draw_images
from ui.task_runner import TaskRunner
from ui.widgets.words import as_is

_CODE = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789"


@pytest.fixture
def pdf(paths: HubPaths, manager: tuple[str, str]) -> bytes:
    hub = open_hub(paths, *manager, cost=KdfCost(1024, 1, 1))
    try:
        return recovery_sheet(hub, _CODE, "fr")
    finally:
        hub.close()


@pytest.fixture
def dialog(qtbot: QtBot, pdf: bytes) -> Iterator[PaperDialog]:
    runner, owner = TaskRunner(), QWidget()
    owner.show()
    dialog = show_paper(owner, runner, pdf, "sheet.pdf", as_is("Recovery sheet"))
    qtbot.waitUntil(lambda: runner.is_idle)
    yield dialog
    runner.close()
    delete(owner)


def test_the_paper_is_shown_as_wide_as_there_is_room(dialog: PaperDialog) -> None:
    assert dialog.view.page_count == 1
    page = dialog.view._pages[0]
    assert page.accessibleName()
    assert 0.7 * dialog.view.viewport().width() < page.pixmap().width() <= dialog.view.viewport().width()


def _small(pdf: bytes) -> bytes:
    """The first page in 200 by 280 grey values."""
    image = draw_images(pdf, 60)[0].scaled(200, 280, mode=Qt.TransformationMode.SmoothTransformation)
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def test_it_is_printed_at_its_own_size(dialog: PaperDialog, pdf: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.actions_taken.send_to(printer)
    qtbot.waitUntil(dialog.outcome.isVisible)
    printed, original = pypdfium2.PdfDocument(tmp_path / "out.pdf"), pypdfium2.PdfDocument(pdf)
    assert len(printed) == len(original) == 1
    assert printed[0].get_size() == pytest.approx(original[0].get_size(), abs=2)
    printed.close()
    original.close()
    one, other = _small(pdf), _small((tmp_path / "out.pdf").read_bytes())
    assert 0 < sum(value < 128 for value in one) < len(one) / 2  # there is something on the page
    difference = sum(abs(before - after) for before, after in zip(one, other, strict=True)) / len(one)
    assert difference < 6, f"mean difference {difference:.1f} of 255"


def test_it_is_saved_byte_for_byte(dialog: PaperDialog, pdf: bytes, tmp_path: Path) -> None:
    dialog.actions_taken.write_to(str(tmp_path / "saved.pdf"))
    assert (tmp_path / "saved.pdf").read_bytes() == pdf
    assert "saved.pdf" in dialog.outcome.text()


def test_a_folder_that_refuses_is_a_sentence(dialog: PaperDialog, tmp_path: Path) -> None:
    dialog.actions_taken.write_to(str(tmp_path / "gone" / "saved.pdf"))
    assert dialog.outcome.isVisible()
    assert dialog.outcome.property("tone") == "danger"


def test_a_computer_without_a_printer_says_so(dialog: PaperDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    dialog.print_button.click()
    assert dialog.outcome.isVisible()
    assert dialog.outcome.property("tone") == "danger"
