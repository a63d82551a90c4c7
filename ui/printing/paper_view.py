"""A paper on screen, one page below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.i18n import _
from ui.printing.rasters import SCREEN_DPI, count_pages, draw_images
from ui.theme.tokens import PAPER_PREVIEW, Gap
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from ui.task_runner import TaskRunner
    from ui.widgets.words import Words


class PaperView(QScrollArea):
    """Fits the width of the page to its own. The paper is always white, whatever the window looks like."""

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._images: list[QImage] = []
        self._pages: list[QLabel] = []
        self._wanted = 0
        self.setWidgetResizable(True)
        self.setMinimumHeight(PAPER_PREVIEW)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._holder = QWidget()
        self._layout = QVBoxLayout(self._holder)
        self._layout.setContentsMargins(Gap.SMALL, Gap.SMALL, Gap.SMALL, Gap.SMALL)
        self._layout.setSpacing(Gap.MEDIUM)
        self._note = Label(lambda: _("Drawing the paper …"), tone="quiet")
        self._layout.addWidget(self._note, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch()
        self.setWidget(self._holder)

    @property
    def page_count(self) -> int:
        """Pages drawn so far."""
        return len(self._pages)

    def show_paper(self, pdf: bytes, name: Words) -> None:
        """Draw a PDF; `name` is what a screen reader says."""
        self.clear()
        self._note.say(lambda: _("Drawing the paper …"))
        self._note.show()
        self.setAccessibleName(name())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll the paper
        self._wanted += 1
        wanted = self._wanted

        def show(drawn: tuple[list[QImage], int]) -> None:
            if isValid(self) and wanted == self._wanted:
                self._show_images(*drawn)

        def fail(_error: Exception) -> None:
            if isValid(self) and wanted == self._wanted:
                self._note.say(lambda: _("The paper can't be shown here. It can be saved and printed all the same."))

        self._runner.submit(lambda: (draw_images(pdf, SCREEN_DPI), count_pages(pdf)), show, fail)

    def clear(self) -> None:
        """Show nothing."""
        self._wanted += 1
        self._images = []
        for page in self._pages:
            self._layout.removeWidget(page)
            page.deleteLater()
        self._pages = []

    def _show_images(self, images: list[QImage], count: int) -> None:
        shown = len(images)
        self._note.say(
            lambda: _("The first {shown} of {count} pages are shown; all of them are printed and saved.").format(
                shown=shown, count=count
            )
        )
        self._note.setVisible(shown < count)
        self._images = images
        for number, image in enumerate(images, start=1):
            page = QLabel()
            page.setAccessibleName(_("Page {number} of {count}").format(number=number, count=count))
            page.setPixmap(self._fit(image))
            self._pages.append(page)
            self._layout.insertWidget(number, page, alignment=Qt.AlignmentFlag.AlignHCenter)

    def _fit(self, image: QImage) -> QPixmap:
        scale = self.devicePixelRatioF()
        room = self.viewport().width() - 4 * Gap.SMALL
        width = round(max(room, PAPER_PREVIEW) * scale)
        if image.width() > width:
            image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(scale)
        return pixmap
