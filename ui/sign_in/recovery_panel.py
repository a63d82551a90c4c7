"""Every password lost: the code of the recovery sheet opens the records and gives one account a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.errors import WrongPasswordError
from app.i18n import _
from ui.messages import word_error
from ui.sign_in.countdown import Countdown
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label
from ui.widgets.new_password import NewPassword
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from app.bootstrap import Hub
    from ui.sign_in.gate import Gate


class RecoveryPanel(Card):
    """`opened` carries the hub; `left` when somebody goes back to the password."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, gate: Gate, logins: tuple[str, ...]) -> None:
        super().__init__(margin=Gap.WIDE, spacing=Gap.LARGE)
        self._gate = gate
        self.code = LineField(
            lambda: _("Code on the recovery sheet"),
            hint=lambda: _("Eight groups of four. Capitals, dashes and blanks do not matter."),
            left_to_right=True,
            max_length=120,
        )
        self.account = PickList(lambda: _("Account"), [(login, as_is(login)) for login in logins])
        self.passwords = NewPassword()
        self.open_button = Button(lambda: _("Open"), PRIMARY, shown_key="Enter")
        self.back_button = Button(lambda: _("Back"), PLAIN)
        self.body.addWidget(Label(lambda: _("Open with the recovery sheet"), step="large", wraps=True))
        self.body.addWidget(
            Label(
                lambda: _(
                    "The sheet was printed when Wasl was set up. The records stay as they are; the account you "
                    "choose gets a new password."
                ),
                tone="quiet",
                wraps=True,
            )
        )
        self.body.addWidget(self.code)
        self.body.addWidget(FieldFrame(lambda: _("Account"), self.account))
        self.body.addWidget(self.passwords)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch()
        row.addWidget(self.back_button)
        self.body.addLayout(row)
        self._countdown = Countdown(self)
        self._countdown.ticked.connect(self._on_countdown_ticked)
        self._countdown.ended.connect(self._on_countdown_ended)
        self.code.entered.connect(self.account.setFocus)
        self.passwords.entered.connect(self.open_button.click_if_free)
        self.open_button.clicked.connect(self._on_open_button_clicked)
        self.back_button.clicked.connect(self.left)

    def begin(self, login: str) -> None:
        """Show the form for an account."""
        self.code.set_text("")
        self.passwords.clear()
        self.account.choose(login)
        self.show()
        self.code.setFocus()

    def _on_open_button_clicked(self) -> None:
        if not self.code.text:
            self.code.show_error(lambda: _("Type the code that is on the sheet."))
            self.code.setFocus()
            return
        password = self.passwords.take()
        if password is None:
            return
        self._gate.recover(
            self,
            self.code.text,
            self.account.value,
            password,
            self._on_gate_opened,
            self._on_gate_failed,
            self.open_button,
        )

    def _on_gate_opened(self, hub: Hub) -> None:
        self.code.set_text("")
        self.passwords.clear()
        self.opened.emit(hub)

    def _on_gate_failed(self, error: Exception) -> None:
        if isinstance(error, WrongPasswordError):
            self.code.show_error(lambda: _("This code opens nothing. Nothing was changed. Compare it with the sheet."))
            self._countdown.start(error.wait_seconds)
        else:
            self.code.show_error(lambda: word_error(error))
        self.code.setFocus()

    def _on_countdown_ticked(self, left: int) -> None:
        self.open_button.setEnabled(False)
        self.code.show_error(lambda: _("This code opens nothing. Try again in {seconds} s.").format(seconds=left))

    def _on_countdown_ended(self) -> None:
        self.open_button.setEnabled(True)
        self.code.clear_error()
