"""The recovery sheet: print it, put it away, and prove that it can be read. The code stays in memory."""

from __future__ import annotations

from secrets import randbelow
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from ui.first_start.steps import Step
from ui.printing.paper_actions import PaperActions
from ui.printing.paper_view import PaperView
from ui.theme.tokens import Gap
from ui.widgets.buttons import QUIET, Button
from ui.widgets.choices import Check
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from ui.task_runner import TaskRunner

_MISREAD = str.maketrans("OIL", "011")


class SheetStep(Step):
    """Print or keep the sheet, then say that it is put away."""

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__(
            lambda: _("Print the recovery sheet"),
            lambda: _(
                "If every password is lost, the code on this sheet is the only way to the records. Nobody else has it, "
                "and it is shown only now. Keep the paper where the hub keeps its contracts."
            ),
        )
        self._actions = PaperActions(self, runner)
        self.view = PaperView(runner)
        self.print_button = Button(lambda: _("Print …"), QUIET, icon="printer")
        self.save_button = Button(lambda: _("Save as PDF …"), QUIET, icon="save")
        self.outcome = Label(step="small", wraps=True)
        self.put_away = Check(lambda: _("Printed and put away"))
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch()
        self.body.addWidget(self.view)
        self.body.addLayout(row)
        self.body.addWidget(self.outcome)
        self.outcome.hide()
        self.body.addWidget(self.put_away)
        self.print_button.clicked.connect(self._actions.print_paper)
        self.save_button.clicked.connect(self._actions.save_paper)
        self._actions.said.connect(self._on_actions_said)
        self.put_away.toggled.connect(self._on_put_away_toggled)

    def show_sheet(self, pdf: bytes) -> None:
        """Show the PDF."""
        self._actions.take(pdf, "wasl-recovery.pdf", lambda: _("Recovery sheet"))
        self.view.show_paper(pdf, lambda: _("Recovery sheet"))

    def forget(self) -> None:
        """Nothing of the sheet stays in the window."""
        self._actions.take(b"", "", lambda: "")
        self.view.clear()

    def check(self) -> bool:
        """The box is ticked."""
        if not self.put_away.isChecked():
            self.outcome.say(lambda: _("Print or save the sheet first, put it away, then tick the box."))
            self.outcome.set_tone("danger")
            self.outcome.show()
            self.put_away.setFocus()
        return self.put_away.isChecked()

    def primary_focus(self) -> QWidget:
        """The printer."""
        return self.print_button

    def _on_actions_said(self, text: str, tone: str) -> None:
        self.outcome.show_text(text)
        self.outcome.set_tone(tone)
        self.outcome.show()

    def _on_put_away_toggled(self) -> None:
        self.outcome.hide()
        self.answered.emit()


class ConfirmStep(Step):
    """Four characters of one group, read from the paper."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Is the sheet readable?"),
            lambda: _("Take the paper and type group {number} of the code.").format(number=self._group + 1),
        )
        self._groups: list[str] = []
        self.group = LineField(
            lambda: _("Group {number}").format(number=self._group + 1), left_to_right=True, max_length=8
        )
        self.group.entered.connect(self.entered)
        self.body.addWidget(self.group)

    @property
    def _group(self) -> int:
        return getattr(self, "_asked", 0)

    def ask(self, code: str) -> None:
        """Choose the group that is asked for."""
        self._groups = code.split("-")
        self._asked = randbelow(len(self._groups))
        self.group.set_text("")
        # the words name the group, which is chosen only now
        for label in self.findChildren(Label):
            label.retranslate()
        for frame in self.findChildren(FieldFrame):
            frame.retranslate()

    def forget(self) -> None:
        """Nothing of the code stays in the window."""
        self._groups = []
        self.group.set_text("")

    def check(self) -> bool:
        """The group as printed, in either case, O for 0 and I or L for 1."""
        typed = self.group.text.upper().replace(" ", "").translate(_MISREAD)
        if self._groups and typed == self._groups[self._group]:
            return True
        self.group.show_error(
            lambda: _("This is not group {number} of the sheet. Count the groups from the beginning.").format(
                number=self._group + 1
            )
        )
        return False

    def primary_focus(self) -> QWidget:
        """The group."""
        return self.group.line


class DoneStep(Step):
    """Ready."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Wasl is ready"),
            lambda: _(
                "The records are encrypted on this computer. The next page is the desk; add accounts in Settings."
            ),
        )
