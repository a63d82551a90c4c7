"""What stands in the way of opening the records, as a sentence with what to do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.errors import AppError, NewerStoreError
from app.i18n import _
from ui.messages import word_error
from ui.theme.tokens import ICON_LARGE, Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import as_is, keep_left_to_right


class ProblemPanel(Card):
    """Shown in place of the sign-in form when there is nothing to sign in to."""

    def __init__(self, again: Callable[[], None]) -> None:
        super().__init__(margin=Gap.WIDE)
        self._icon = IconLabel("warning", "attention", ICON_LARGE)
        self._title = Label(lambda: _("The records can't be opened"), step="large", wraps=True)
        self.sentence = Label(wraps=True)
        self.folder = Label(step="small", tone="quiet", wraps=True)
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.again_button = Button(lambda: _("Try again"), PRIMARY)
        self.again_button.clicked.connect(again)
        row = QHBoxLayout()
        row.addWidget(self.again_button)
        row.addStretch()
        for part in (self._icon, self._title, self.sentence, self.folder):
            self.body.addWidget(part)
        self.body.addLayout(row)

    def explain(self, error: Exception, folder: Path) -> None:
        """Say what it is. Somebody who looks after the computer needs the folder."""
        self.sentence.say(lambda: word_error(error))
        newer = isinstance(error, NewerStoreError)
        self._icon.wear("info" if newer else "warning", "information" if newer else "attention", ICON_LARGE)
        self.folder.say(lambda: _("Folder: {path}").format(path=keep_left_to_right(str(folder))))
        self.folder.setVisible(isinstance(error, AppError))
        self._title.say(as_is("") if not isinstance(error, AppError) else lambda: _("The records can't be opened"))
