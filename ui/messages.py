"""The only place that words errors and shows dialogs."""

from __future__ import annotations

import logging
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.errors import AppError, EnvironmentProblem
from app.i18n import _
from ui.notices import Notices, Tone
from ui.widgets.words import keep_left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMessageBox, QWidget

_LOG = logging.getLogger("wasl.ui")


def describe_fault(error: BaseException) -> str:
    """Where a bug struck, without what it was about: messages of exceptions may quote a person's data."""
    lines = [f"{type(error).__module__}.{type(error).__qualname__}"]
    lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    return "\n".join(lines)


def word_error(error: Exception) -> str:
    """The sentence for an error. One that is no AppError is a bug, and is said to be one."""
    if isinstance(error, AppError):
        return str(error)
    return _("Something in Wasl went wrong. What was saved before is still there; the last action was not saved.")


class Messages:
    """Says what went wrong: in the strip where the person can go on, in a dialog where something broke."""

    def __init__(self, notices: Notices, log_file: Path, window: QWidget | None = None) -> None:
        self._notices = notices
        self._log_file = log_file
        self.window = window
        self._dialog: QMessageBox | None = None

    def report(self, error: Exception) -> None:
        """Show an error in the way that fits it."""
        if isinstance(error, AppError):
            tone = Tone.DANGER if isinstance(error, EnvironmentProblem) else Tone.ATTENTION
            self._notices.say(word_error(error), tone)
        else:
            self.report_fault(error)

    def report_fault(self, error: BaseException) -> None:
        """Log a bug and say so; the program goes on. A second one while the first is on screen is only logged."""
        _LOG.error("fault: %s", describe_fault(error))
        if self._dialog is not None:
            return
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - costs the start, and is seldom needed

        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Something went wrong"))
        box.setText(
            _("Something in Wasl went wrong. What was saved before is still there; the last action was not saved.")
        )
        box.setInformativeText(
            _(
                "You can go on working. Please send this file, which holds no personal data, to whoever looks after "
                "Wasl: {path}"
            ).format(path=keep_left_to_right(str(self._log_file)))
        )
        box.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.finished.connect(self._on_dialog_finished)
        self._dialog = box
        box.open()

    def ask(
        self, owner: QWidget, title: str, text: str, action: str, on_yes: Callable[[], None], *, danger: bool = False
    ) -> QMessageBox:
        """Ask before something that can't be undone. `action` words the button that does it; Cancel is the default."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415

        box = QMessageBox(owner)
        box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setText(title)
        box.setInformativeText(text)
        agree = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: on_yes() if button is agree else None)
        box.open()
        return box

    def _on_dialog_finished(self) -> None:
        self._dialog = None
