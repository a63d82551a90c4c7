"""Dialogs while the window is locked."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid


@dataclass(frozen=True, slots=True)
class AwayDialog:
    """A dialog that was put away whole, and how it stood."""

    dialog: QDialog
    parent: QWidget | None
    flags: Qt.WindowType
    was_visible: bool

    def bring_back(self) -> None:
        """Show it again as it was; one that is gone meanwhile stays gone."""
        if isValid(self.dialog) and (self.parent is None or isValid(self.parent)):
            self.dialog.setParent(self.parent, self.flags)
            if self.was_visible:
                self.dialog.show()


def put_dialogs_away(window: QWidget, holder: QWidget) -> list[AwayDialog]:
    """Hide every dialog and make it a part of `holder`, which is not shown.

    A hidden dialog that stays a window of its own can still be read through the accessibility interface.
    """
    found = [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget is not window
    ]
    away = [AwayDialog(dialog, dialog.parentWidget(), dialog.windowFlags(), dialog.isVisible()) for dialog in found]
    for dialog in found:
        dialog.hide()
        dialog.setParent(holder, Qt.WindowType.Widget)
    return away
