"""What can be done with a paper: send it to a printer, keep it as a file where the person says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QStandardPaths, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from app.i18n import _
from ui.printing.rasters import METRES_PER_INCH, PRINTER_DPI, draw_images
from ui.widgets.words import keep_left_to_right

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.task_runner import TaskRunner
    from ui.widgets.words import Words

_MM_PER_INCH: Final = METRES_PER_INCH * 1000


class PaperActions(QObject):
    """`said` carries a sentence on what came of it and its tone (good, danger or information)."""

    said = Signal(str, str)

    def __init__(self, owner: QWidget, runner: TaskRunner) -> None:
        super().__init__(owner)
        self._owner = owner
        self._runner = runner
        self._pdf = b""
        self._file_name = ""
        self._title: Words | None = None

    def take(self, pdf: bytes, file_name: str, title: Words) -> None:
        """The paper to act on. `file_name` is proposed when it is saved."""
        self._pdf, self._file_name, self._title = pdf, file_name, title

    def print_paper(self) -> None:
        """Ask which printer, then print. Says so when the computer has none."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # noqa: PLC0415 - slow to load

        if not QPrinterInfo.availablePrinterNames():
            self.said.emit(
                _("No printer is set up on this computer. Save the paper as PDF and print it elsewhere."), "danger"
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title() if self._title else "")
        dialog = QPrintDialog(printer, self._owner)
        dialog.accepted.connect(lambda: self.send_to(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own wants a slot by name

    def send_to(self, printer: QPrinter) -> None:
        """Draw the pages for a printer and hand them over."""

        def send(images: list[QImage]) -> None:
            if not isValid(self):
                return
            if paint_pages(printer, images):
                self.said.emit(_("Sent to the printer."), "good")
            else:
                self.said.emit(
                    _("The printer did not take the paper. Nothing was printed. Look at it, try again."), "danger"
                )

        def fail(_error: Exception) -> None:
            if isValid(self):
                self.said.emit(_("The paper could not be drawn for the printer. Save it as PDF instead."), "danger")

        pdf = self._pdf
        self._runner.submit(lambda: draw_images(pdf, PRINTER_DPI), send, fail)

    def save_paper(self) -> None:
        """Ask where, then write the PDF there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._owner, _("Save as PDF"), str(Path(folder) / self._file_name), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.write_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_to(self, path: str) -> None:
        """Write the PDF to a file and say whether it is there."""
        try:
            with Path(path).open("wb") as stream:
                stream.write(self._pdf)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            self.said.emit(
                _("The paper was not saved: {reason}. Choose another folder.").format(reason=error.strerror or ""),
                "danger",
            )
        else:
            self.said.emit(_("Saved: {path}").format(path=keep_left_to_right(path)), "good")


def paint_pages(printer: QPrinter, images: list[QImage]) -> bool:
    """Print images at their own size, each on a sheet of that size. False when the printer refuses."""
    if not images:
        return False
    printer.setFullPage(True)
    painter = QPainter()
    for number, image in enumerate(images):
        size = QSizeF(image.width() / image.dotsPerMeterX() * 1000, image.height() / image.dotsPerMeterY() * 1000)
        layout = QPageLayout(
            QPageSize(size, QPageSize.Unit.Millimeter, matchPolicy=QPageSize.SizeMatchPolicy.FuzzyMatch),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
        printer.setPageLayout(layout)
        if number == 0:
            if not painter.begin(printer):
                return False
        elif not printer.newPage():
            painter.end()
            return False
        dots = printer.resolution() / _MM_PER_INCH
        painter.drawImage(QRectF(0, 0, size.width() * dots, size.height() * dots), image)
    return painter.end()
