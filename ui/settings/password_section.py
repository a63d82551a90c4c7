"""One's own password: the old one, then the new one twice."""

from PySide6.QtCore import Qt

from app.bootstrap import Hub
from app.changes import Changes
from app.errors import WrongPasswordError
from app.i18n import _
from ui.messages import word_error
from ui.notices import Tone
from ui.page import PageContext
from ui.settings.section import Section
from ui.theme.tokens import FORM_WIDTH
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.new_password import NewPassword
from ui.widgets.passwords import PasswordField


class PasswordSection(Section):
    """Whoever found the window open can't change the password without knowing it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("My password"),
            lambda: _("It opens the records on this computer. Nobody can read it, not even a manager."),
        )
        self.current = PasswordField(lambda: _("Password so far"))
        self.new = NewPassword()
        self.change_button = Button(lambda: _("Change the password"), PRIMARY)
        for field in (self.current, self.new):
            field.setMaximumWidth(FORM_WIDTH)
            self.body.addWidget(field)
        self.body.addWidget(self.change_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.current.entered.connect(self.new.setFocus)
        self.new.entered.connect(self.change_button.click_if_free)
        self.change_button.clicked.connect(self._on_change_button_clicked)

    def _on_change_button_clicked(self) -> None:
        typed = self.current.text
        if not typed:
            self.current.show_error(lambda: _("Type the password you have now."))
            self.current.setFocus()
            return
        password = self.new.take()
        if password is None:
            return

        def change(hub: Hub) -> Changes:
            return hub.change_password(typed, password).changes

        self.context.operations.call(self, change, self._on_changed, self._on_refused, busy=self.change_button)

    def _on_changed(self, changes: Changes) -> None:
        self.context.change_bus.changed.emit(changes)
        self.current.clear()
        self.new.clear()
        self.context.notices.say(_("The password was changed. The next sign-in asks for the new one."), Tone.GOOD)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, WrongPasswordError):
            self.context.messages.report(error)
            return
        self.current.clear()
        self.current.show_error(lambda: word_error(error))
        self.current.setFocus()
