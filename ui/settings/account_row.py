"""One account on the list."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts import Account
from app.domain.codes import code_label
from app.domain.codes import code_list as codes_of
from app.i18n import _, current_language
from ui.theme.tokens import FIELD_WIDTH, Gap
from ui.widgets.buttons import PLAIN, QUIET, Button
from ui.widgets.choices import PickList
from ui.widgets.labels import Label
from ui.widgets.words import Words, as_is, keep_left_to_right


def role_options() -> list[tuple[str, Words]]:
    """The roles with their labels."""
    return [(role.code, _word_role(role.code)) for role in codes_of("roles")]


def _options_for(account: Account) -> list[tuple[str, Words]]:
    """The roles, and the one that the account has where only a newer version knows it."""
    options = role_options()
    role = str(account.role)
    return options if role in dict(options) else [*options, (role, as_is(role))]


def _word_role(code: str) -> Words:
    return lambda: code_label("roles", code, current_language())


class AccountRow(QFrame):
    """Name, sign-in name, role, password, open or closed. Nobody closes or demotes the account in use."""

    role_chosen = Signal(object, str)
    password_requested = Signal(object)
    close_requested = Signal(object)

    def __init__(self, account: Account, *, is_own: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account = account
        self.role = PickList(lambda: _("Role of {name}").format(name=account.name), _options_for(account), dense=True)
        self.role.setFixedWidth(FIELD_WIDTH)
        self.role.choose(str(account.role))
        self.role.setEnabled(account.active and not is_own)
        if account.active:
            self.password_button = Button(lambda: _("New password"), QUIET, dense=True)
            self.close_button = Button(lambda: _("Close"), PLAIN, dense=True)
            self.close_button.setEnabled(not is_own)
        else:
            self.password_button = Button(lambda: _("Open again"), QUIET, dense=True)
            self.close_button = Button(lambda: _("Closed"), PLAIN, dense=True)
            self.close_button.setEnabled(False)
        self.password_button.setAccessibleDescription(account.name)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(Label(as_is(account.name), strong=True, tone="" if account.active else "quiet"))
        who.addWidget(Label(lambda: self._word_login(is_own=is_own), step="small", tone="quiet"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, Gap.HAIR, 0, Gap.HAIR)
        layout.setSpacing(Gap.SMALL)
        layout.addLayout(who, 1)
        for part in (self.role, self.password_button, self.close_button):
            layout.addWidget(part)
        self.role.picked.connect(lambda role: self.role_chosen.emit(account, role))
        self.password_button.clicked.connect(lambda: self.password_requested.emit(account))
        self.close_button.clicked.connect(lambda: self.close_requested.emit(account))

    def _word_login(self, *, is_own: bool) -> str:
        if is_own:
            return _("{login} · you").format(login=keep_left_to_right(self.account.login))
        role = code_label("roles", str(self.account.role), current_language())
        return self.account.login if self.account.active else f"{self.account.login} · {role}"
