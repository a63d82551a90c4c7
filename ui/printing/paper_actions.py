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
from ui.printing.rasters import METRES_PER_INCH, PRINTER_DPI, draw_page
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
        """Draw the pages for a printer and hand them over, one after the other: many at once fill the memory."""
        job, pdf = PrintJob(printer), self._pdf

        def send(drawn: tuple[QImage, int]) -> None:
            image, count = drawn
            if not isValid(self):
                job.end()
            elif not job.paint(image):
                self.said.emit(
                    _("The printer did not take the paper. Nothing was printed. Look at it, try again."), "danger"
                )
            elif job.pages < count:
                draw_next()
            elif job.end():
                self.said.emit(_("Sent to the printer."), "good")

        def fail(_error: Exception) -> None:
            job.end()
            if isValid(self):
                self.said.emit(_("The paper could not be drawn for the printer. Save it as PDF instead."), "danger")

        def draw_next() -> None:
            page = job.pages
            self._runner.submit(lambda: draw_page(pdf, page, PRINTER_DPI), send, fail)

        draw_next()

    def save_paper(self, title: str = "", kinds: str = "PDF (*.pdf)", suffix: str = "pdf") -> None:
        """Ask where, then write the PDF there, or whatever else was taken."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._owner, title or _("Save as PDF"), str(Path(folder) / self._file_name), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
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


class PrintJob:
    """Pages on their way to a printer, each at its own size on a sheet of that size, upright or lying."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer = printer
        self._painter = QPainter()
        self.pages = 0

    def paint(self, image: QImage) -> bool:
        """Print a page. False when the printer refuses; the job is over then."""
        size = QSizeF(image.width() / image.dotsPerMeterX() * 1000, image.height() / image.dotsPerMeterY() * 1000)
        lies = size.width() > size.height()
        sheet = size.transposed() if lies else size  # printers know their sheets upright
        self._printer.setFullPage(True)
        self._printer.setPageLayout(
            QPageLayout(
                QPageSize(sheet, QPageSize.Unit.Millimeter, matchPolicy=QPageSize.SizeMatchPolicy.FuzzyMatch),
                QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait,
                QMarginsF(0, 0, 0, 0),
            )
        )
        if not (self._printer.newPage() if self.pages else self._painter.begin(self._printer)):
            self.end()
            return False
        dots = self._printer.resolution() / _MM_PER_INCH
        self._painter.drawImage(QRectF(0, 0, size.width() * dots, size.height() * dots), image)
        self.pages += 1
        return True

    def end(self) -> bool:
        """Hand over what was painted; whether the printer took it."""
        return self._painter.isActive() and self._painter.end()
