"""A paper before it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.printing.paper_actions import PaperActions
from ui.printing.paper_view import PaperView
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from ui.task_runner import TaskRunner
    from ui.widgets.words import Words

_WIDTH: Final = 640
_HEIGHT: Final = 640


class PaperDialog(QDialog):
    """Preview with Print and Save. Enter prints, Escape closes; the paper is on record whichever is done."""

    def __init__(self, owner: QWidget, runner: TaskRunner, pdf: bytes, file_name: str, title: Words) -> None:
        super().__init__(owner)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title())
        self.resize(_WIDTH, _HEIGHT)
        self.actions_taken = PaperActions(self, runner)
        self.actions_taken.take(pdf, file_name, title)
        self.view = PaperView(runner)
        self.outcome = Label(wraps=True)
        self.print_button = Button(lambda: _("Print …"), PRIMARY, shown_key="Enter", icon="printer")
        self.print_button.setDefault(True)
        self.save_button = Button(lambda: _("Save as PDF …"), QUIET, icon="save", key="Ctrl+S")
        self.close_button = Button(lambda: _("Close"), PLAIN, shown_key="Esc")
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch()
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.LARGE, Gap.LARGE, Gap.LARGE, Gap.LARGE)
        layout.setSpacing(Gap.MEDIUM)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.outcome)
        layout.addLayout(row)
        self.outcome.hide()
        self.print_button.clicked.connect(self.actions_taken.print_paper)
        self.save_button.clicked.connect(self.actions_taken.save_paper)
        self.close_button.clicked.connect(self.reject)
        self.actions_taken.said.connect(self._on_actions_said)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self).activated.connect(self.print_button.click_if_free)
        self.view.show_paper(pdf, title)
        self.print_button.setFocus()

    def _on_actions_said(self, text: str, tone: str) -> None:
        self.outcome.show_text(text)
        self.outcome.set_tone(tone)
        self.outcome.show()


def show_paper(owner: QWidget, runner: TaskRunner, pdf: bytes, file_name: str, title: Words) -> PaperDialog:
    """Open the preview of a paper over the window of `owner`."""
    dialog = PaperDialog(owner, runner, pdf, file_name, title)
    dialog.open()
    return dialog
