"""The forms for a new account and for a new password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts import Account, Role
from app.errors import UserError
from app.i18n import _
from app.services.accounts import NewAccount, check_login
from ui.first_start.steps import suggest_login
from ui.messages import word_error
from ui.settings.account_row import role_options
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label, rule
from ui.widgets.new_password import NewPassword
from ui.widgets.scroller import reveal
from ui.widgets.words import Words


class _Form(QWidget):
    left = Signal()

    def __init__(self, title: Words, action: Words) -> None:
        super().__init__()
        self.setMaximumWidth(FORM_WIDTH)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Gap.LARGE)
        self.body.addWidget(rule())
        self.title = Label(title, step="medium", strong=True, wraps=True)
        self.body.addWidget(self.title)
        self.passwords = NewPassword()
        self.action_button = Button(action, PRIMARY)
        self.cancel_button = Button(lambda: _("Cancel"), PLAIN)
        self.passwords.entered.connect(self.action_button.click_if_free)
        self.cancel_button.clicked.connect(self._on_cancel_button_clicked)
        self.action_button.clicked.connect(self.hand_over)

    def hand_over(self) -> None:
        """Emit what was filled in, if it will do."""

    def _finish(self) -> None:
        self.body.addWidget(self.passwords)
        row = QHBoxLayout()
        row.addWidget(self.action_button)
        row.addStretch()
        row.addWidget(self.cancel_button)
        self.body.addLayout(row)

    def _on_cancel_button_clicked(self) -> None:
        self.passwords.clear()
        self.left.emit()


class AccountForm(_Form):
    """`filled` carries a NewAccount."""

    filled = Signal(object)

    def __init__(self) -> None:
        super().__init__(lambda: _("A new account"), lambda: _("Add the account"))
        self.name = LineField(lambda: _("Name"), max_length=120)
        self.login = LineField(
            lambda: _("Sign-in name"), hint=lambda: _("Short: letters, digits, dots or dashes"), left_to_right=True,
            max_length=32,
        )  # fmt: skip
        self.role = PickList(lambda: _("Role"), role_options())
        self.body.addWidget(self.name)
        self.body.addWidget(self.login)
        self.body.addWidget(FieldFrame(lambda: _("Role"), self.role))
        self._finish()
        self.name.edited.connect(lambda text: self.login.set_text(suggest_login(text)))
        self.name.entered.connect(self.login.setFocus)
        self.login.entered.connect(self.role.setFocus)

    def begin(self) -> None:
        """Show an empty form."""
        for field in (self.name, self.login):
            field.set_text("")
            field.clear_error()
        self.role.choose(str(Role.RECEPTIONIST))
        self.passwords.clear()
        self.show()
        self.name.setFocus()
        reveal(self)

    def hand_over(self) -> None:
        """Check the fields from above to below."""
        if not self.name.text:
            self.name.show_error(lambda: _("The name is needed."))
            self.name.setFocus()
            return
        try:
            login = check_login(self.login.text)
        except UserError as error:
            sentence = word_error(error)
            self.login.show_error(lambda: sentence)
            self.login.setFocus()
            return
        password = self.passwords.take()
        if password is not None:
            self.filled.emit(NewAccount(login, self.name.text, Role(self.role.value), password))


class PasswordForm(_Form):
    """`filled` carries the Account and its new password."""

    filled = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(lambda: "", lambda: _("Give the password"))
        self._account: Account | None = None
        self._finish()

    def begin(self, account: Account) -> None:
        """Show the form for an account; a closed one is opened with it."""
        self._account = account
        self.title.say(lambda: _("A new password for {name}").format(name=account.name))
        self.passwords.clear()
        self.show()
        self.passwords.setFocus()
        reveal(self)

    def hand_over(self) -> None:
        """Both fields agree."""
        password = self.passwords.take()
        if password is not None and self._account is not None:
            self.filled.emit(self._account, password)
