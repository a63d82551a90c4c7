"""The locked window: nothing of what was on screen is in it. The same account's password brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from app.errors import WrongPasswordError
from app.i18n import _
from ui.frame.cover import Cover
from ui.messages import word_error
from ui.sign_in.countdown import Countdown
from ui.theme.tokens import ICON_LARGE, Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label
from ui.widgets.passwords import PasswordField
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import Hub
    from ui.task_runner import TaskRunner


class LockCover(Cover):
    """`unlocked` when the password was right, `sign_out_requested` when somebody else takes the chair."""

    unlocked = Signal()
    sign_out_requested = Signal()

    def __init__(self, hub: Hub, runner: TaskRunner, switch_language: Callable[[str], None]) -> None:
        super().__init__(switch_language)
        self._hub = hub
        self._runner = runner
        self.password = PasswordField(lambda: _("Password"))
        self.unlock_button = Button(lambda: _("Unlock"), PRIMARY, shown_key="Enter")
        self.sign_out_button = Button(lambda: _("Sign out"), PLAIN)
        card = Card(margin=Gap.WIDE, spacing=Gap.LARGE)
        card.body.addWidget(IconLabel("lock", "primary", ICON_LARGE))
        card.body.addWidget(Label(lambda: _("Locked"), step="large"))
        card.body.addWidget(Label(as_is(hub.actor.name), step="medium"))
        card.body.addWidget(
            Label(lambda: _("Your work is as you left it. Type your password to go on."), tone="quiet", wraps=True)
        )
        card.body.addWidget(self.password)
        row = QHBoxLayout()
        row.addWidget(self.unlock_button)
        row.addStretch()
        row.addWidget(self.sign_out_button)
        card.body.addLayout(row)
        self.column.addWidget(card)
        self._countdown = Countdown(self)
        self._countdown.ticked.connect(self._on_countdown_ticked)
        self._countdown.ended.connect(self._on_countdown_ended)
        self.password.entered.connect(self.unlock_button.click_if_free)
        self.unlock_button.clicked.connect(self._on_unlock_button_clicked)
        self.sign_out_button.clicked.connect(self.sign_out_requested)

    def primary_focus(self) -> QWidget:
        """The password."""
        return self.password.line

    def _on_unlock_button_clicked(self) -> None:
        typed = self.password.text
        if not typed:
            self.password.show_error(lambda: _("Type your password."))
            self.password.setFocus()
            return
        self.unlock_button.set_busy(True)
        self._runner.submit(lambda: self._hub.verify_password(typed), self._on_verified, self._on_refused)

    def _on_verified(self, _nothing: None) -> None:
        if isValid(self):
            self.unlock_button.set_busy(False)
            self.password.clear()
            self.unlocked.emit()

    def _on_refused(self, error: Exception) -> None:
        if not isValid(self):
            return
        self.unlock_button.set_busy(False)
        self.password.clear()
        self.password.show_error(lambda: word_error(error))
        if isinstance(error, WrongPasswordError):
            self._countdown.start(error.wait_seconds)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_countdown_ticked(self, left: int) -> None:
        self.unlock_button.setEnabled(False)
        self.password.show_error(
            lambda: _("That password was not right. Try again in {seconds} s.").format(seconds=left)
        )

    def _on_countdown_ended(self) -> None:
        self.unlock_button.setEnabled(True)
        self.password.clear_error()
