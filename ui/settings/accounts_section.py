"""Who may sign in at this hub, and as what."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.bootstrap import UnitOfWork
from app.changes import Changes
from app.domain.accounts import Account, Role
from app.domain.codes import read_code
from app.domain.ids import AccountId
from app.i18n import _
from app.outcome import Outcome
from app.services import accounts
from ui.page import PageContext
from ui.settings.account_form import AccountForm, PasswordForm
from ui.settings.account_row import AccountRow
from ui.settings.section import Section
from ui.theme.tokens import Gap
from ui.widgets.buttons import Button
from ui.widgets.words import keep_left_to_right


class AccountsSection(Section):
    """The accounts one below the other; what is being written appears below the row it is about."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("Accounts"),
            lambda: _(
                "A role decides what somebody sees and does. A closed account keeps its entries, and can't sign in."
            ),
        )
        self.rows: list[AccountRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(Gap.SMALL)
        self.body.addLayout(self._list)
        self.add_button = Button(lambda: _("Add an account"), icon="user-plus")
        self.body.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.form = AccountForm()
        self.form.hide()
        self.body.addWidget(self.form)
        self.password_form = PasswordForm()
        self.password_form.hide()
        self.body.addWidget(self.password_form)
        self.add_button.clicked.connect(self._on_add_button_clicked)
        self.form.filled.connect(self._on_form_filled)
        self.form.left.connect(self._on_form_left)
        self.password_form.filled.connect(self._on_password_form_filled)
        self.password_form.left.connect(self._on_form_left)
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read the accounts again."""
        self.context.operations.query(self, accounts.list_accounts, self._show, lane="settings-accounts")

    def _show(self, found: tuple[Account, ...]) -> None:
        focus = self._focused_row()
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for account in sorted(found, key=lambda account: (not account.active, account.name.casefold())):
            row = AccountRow(account, is_own=account.id == self.context.actor.account_id)
            row.role_chosen.connect(self._on_row_role_chosen)
            row.password_requested.connect(self._on_row_password_requested)
            row.close_requested.connect(self._on_row_close_requested)
            self.rows.append(row)
            self._list.addWidget(row)
            if account.id == focus:
                row.password_button.setFocus()

    def _focused_row(self) -> AccountId | None:
        return next((row.account.id for row in self.rows if row.isAncestorOf(self.focusWidget() or QWidget())), None)

    def _run(
        self,
        action: Callable[[UnitOfWork], Outcome[Account]],
        said: Callable[[Account], str],
        on_done: Callable[[Account], None] | None = None,
    ) -> None:
        self.context.operations.run(self, action, on_done, self._on_refused, said=said)

    def _on_refused(self, error: Exception) -> None:
        self.context.messages.report(error)
        self.refresh()

    def _on_add_button_clicked(self) -> None:
        self.password_form.hide()
        self.add_button.hide()
        self.form.begin()

    def _on_form_left(self) -> None:
        self.form.hide()
        self.password_form.hide()
        self.add_button.show()
        self.add_button.setFocus()

    def _on_form_filled(self, new: accounts.NewAccount) -> None:
        self._run(
            lambda uow: accounts.add(new, uow),
            lambda made: _("{name} can sign in as “{login}”.").format(
                name=made.name, login=keep_left_to_right(made.login)
            ),
            lambda _made: self._on_form_left(),
        )

    def _on_row_role_chosen(self, account: Account, role: str) -> None:
        self._run(
            lambda uow: accounts.edit(account.id, uow, role=read_code(Role, role)),
            lambda made: _("{name} has another role from the next sign-in on.").format(name=made.name),
        )

    def _on_row_password_requested(self, account: Account) -> None:
        self.form.hide()
        self.add_button.hide()
        self.password_form.begin(account)

    def _on_password_form_filled(self, account: Account, password: str) -> None:
        def give(uow: UnitOfWork) -> Outcome[Account]:
            if not account.active:
                accounts.edit(account.id, uow, active=True)
            accounts.change_password(account.id, password, uow)
            return Outcome(account, Changes(accounts=frozenset({account.id})))

        self._run(
            give,
            lambda made: _("{name} signs in with the new password.").format(name=made.name),
            lambda _made: self._on_form_left(),
        )

    def _on_row_close_requested(self, account: Account) -> None:
        self.context.messages.ask(
            self,
            _("Close the account of {name}?").format(name=account.name),
            _("It can't sign in any more; its entries stay. You can open it again with a new password."),
            _("Close the account"),
            lambda: self._run(
                lambda uow: accounts.edit(account.id, uow, active=False),
                lambda made: _("The account of {name} is closed.").format(name=made.name),
            ),
        )

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if changes.accounts or changes.everything:
            self.refresh()
