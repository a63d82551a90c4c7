"""Signing in: choose the account, type the password, Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import EnvironmentProblem, WrongPasswordError
from app.i18n import _
from ui.after_paint import after_paint
from ui.frame.cover import Cover
from ui.messages import word_error
from ui.sign_in.countdown import Countdown
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.cards import Card
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label
from ui.widgets.passwords import PasswordField
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import Hub
    from ui.sign_in.gate import Gate
    from ui.sign_in.problem_panel import ProblemPanel
    from ui.sign_in.recovery_panel import RecoveryPanel


class SignInCover(Cover):
    """`opened` carries the hub. A problem with the store replaces the form by a sentence and a way to try again."""

    opened = Signal(object)
    again_requested = Signal()

    def __init__(self, gate: Gate, logins: tuple[str, ...], switch_language: Callable[[str], None]) -> None:
        super().__init__(switch_language)
        self._gate = gate
        self._logins = logins
        self.form = Card(margin=Gap.WIDE, spacing=Gap.LARGE)
        self.accounts = OneOf(lambda: _("Who are you?"), [(login, as_is(login)) for login in logins], large=True)
        self.password = PasswordField(lambda: _("Password"))
        self.enter_button = Button(lambda: _("Sign in"), PRIMARY, shown_key="Enter")
        self.forgotten_button = Button(lambda: _("Forgotten password?"), PLAIN)
        self._fill_form()
        self.problem: ProblemPanel | None = None
        self.recovery: RecoveryPanel | None = None
        self.column.addWidget(self.form)
        self._countdown = Countdown(self)
        self._countdown.ticked.connect(self._on_countdown_ticked)
        self._countdown.ended.connect(self._on_countdown_ended)
        self.accounts.chosen.connect(self._on_accounts_chosen)
        self.accounts.entered.connect(self.password.setFocus)
        self.password.entered.connect(self.enter_button.click_if_free)
        self.enter_button.clicked.connect(self._on_enter_button_clicked)
        self.forgotten_button.clicked.connect(self._on_forgotten_button_clicked)
        after_paint(self, self._prepare)

    def primary_focus(self) -> QWidget:
        """The password where there is only one account, else the accounts."""
        if self.problem is not None:
            return self.problem.again_button
        return self.password.line if len(self.accounts.buttons) == 1 else self.accounts.focusProxy() or self.accounts

    def explain(self, error: Exception) -> None:
        """Show what stands in the way instead of the form."""
        from ui.sign_in.problem_panel import ProblemPanel  # noqa: PLC0415 - not needed to start

        if self.problem is None:
            self.problem = ProblemPanel(self.again_requested.emit)
            self.column.addWidget(self.problem)
        self.problem.explain(error, self._gate.paths.folder)
        self.form.hide()
        if self.recovery is not None:
            self.recovery.hide()
        self.problem.show()
        self.problem.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _prepare(self) -> None:
        self._gate.read_wait(self, self._countdown.start, self._on_wait_unknown)
        self._gate.load_store()

    def _on_wait_unknown(self, _error: Exception) -> None:
        """The sign-in itself will say what is wrong."""

    def _fill_form(self) -> None:
        body = self.form.body
        body.addWidget(Label(lambda: _("Who are you?"), step="large"))
        body.addWidget(self.accounts)
        body.addWidget(self.password)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(self.enter_button)
        row.addStretch()
        row.addWidget(self.forgotten_button)
        body.addLayout(row)

    def _on_accounts_chosen(self, _login: str) -> None:
        self.password.clear()
        self.password.clear_error()

    def _on_enter_button_clicked(self) -> None:
        if not self.password.text:
            self.password.show_error(lambda: _("Type your password."))
            self.password.setFocus()
            return
        self._gate.sign_in(
            self, self.accounts.value, self.password.text, self._on_gate_opened, self._on_gate_failed, self.enter_button
        )

    def _on_gate_opened(self, hub: Hub) -> None:
        self.password.clear()
        self.opened.emit(hub)

    def _on_gate_failed(self, error: Exception) -> None:
        self.password.clear()
        if isinstance(error, EnvironmentProblem):
            self.explain(error)
            return
        self.password.show_error(lambda: word_error(error))
        if isinstance(error, WrongPasswordError):
            self._countdown.start(error.wait_seconds)
        self.password.setFocus()

    def _on_countdown_ticked(self, left: int) -> None:
        self.enter_button.setEnabled(False)
        self.password.show_error(
            lambda: _("That password was not right. Try again in {seconds} s.").format(seconds=left)
        )

    def _on_countdown_ended(self) -> None:
        self.enter_button.setEnabled(True)
        self.password.clear_error()

    def _on_forgotten_button_clicked(self) -> None:
        from ui.sign_in.recovery_panel import RecoveryPanel  # noqa: PLC0415 - not needed to start

        if self.recovery is None:
            self.recovery = RecoveryPanel(self._gate, self._logins)
            self.recovery.opened.connect(self.opened)
            self.recovery.left.connect(self._on_recovery_left)
            self.column.addWidget(self.recovery)
        self.form.hide()
        self.recovery.begin(self.accounts.value)

    def _on_recovery_left(self) -> None:
        if self.recovery is not None:
            self.recovery.hide()
        self.form.show()
        self.primary_focus().setFocus()
