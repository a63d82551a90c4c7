"""A new recovery sheet in place of one that was lost or seen: the steps of the first start once more."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.bootstrap import Hub
from app.errors import WrongPasswordError
from app.i18n import _, current_language
from ui.first_start.sheet_steps import ConfirmStep, SheetStep
from ui.messages import word_error
from ui.notices import Tone
from ui.page import PageContext
from ui.settings.section import Section
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.passwords import PasswordField
from ui.widgets.scroller import reveal


class RecoverySection(Section):
    """Whoever found the window open can't make a sheet without knowing the password of whoever signed in."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            lambda: _("Recovery sheet"),
            lambda: _(
                "If every password is lost, the code on this sheet is the only way to the records. Make a new one when "
                "the sheet was lost, or when somebody saw it who should not have. The code on the sheet you have now "
                "stops working at once."
            ),
        )
        self.password = PasswordField(lambda: _("Your password"))
        self.make_button = Button(lambda: _("Make a new sheet"), PRIMARY, shown_key="Enter")
        self.question = self._page(self.password, self.make_button)
        self.sheet = SheetStep(context.operations.runner)
        self.next_button = Button(lambda: _("Continue"), PRIMARY)
        self.paper = self._page(self.sheet, self.next_button)
        self.confirm = ConfirmStep()
        self.done_button = Button(lambda: _("Finish"), PRIMARY, shown_key="Enter")
        self.back_button = Button(lambda: _("Back"), PLAIN)
        self.proof = self._page(self.confirm, self.done_button, self.back_button)
        self._show(self.question)
        self.password.entered.connect(self.make_button.click_if_free)
        self.confirm.entered.connect(self.done_button.click_if_free)
        self.make_button.clicked.connect(self._on_make_button_clicked)
        self.next_button.clicked.connect(self._on_next_button_clicked)
        self.back_button.clicked.connect(self._on_back_button_clicked)
        self.done_button.clicked.connect(self._on_done_button_clicked)

    def _page(self, content: QWidget, *buttons: Button) -> QWidget:
        page = QWidget()
        page.setMaximumWidth(FORM_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.LARGE)
        column.addWidget(content)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(buttons[0])
        row.addStretch()
        for button in buttons[1:]:
            row.addWidget(button)
        column.addLayout(row)
        page.hide()
        # in a row, since a column would take a page to be as low as its words are where they have all the width
        line = QHBoxLayout()
        line.addWidget(page, FORM_WIDTH)
        line.addStretch(1)
        self.body.addLayout(line)
        return page

    def _show(self, wanted: QWidget) -> None:
        for page in (self.question, self.paper, self.proof):
            page.setVisible(page is wanted)

    def _step_to(self, wanted: QWidget, focus: QWidget) -> None:
        self._show(wanted)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(wanted)

    def _on_make_button_clicked(self) -> None:
        typed, language = self.password.text, current_language()
        if not typed:
            self.password.show_error(lambda: _("Type the password you have now."))
            self.password.setFocus()
            return

        def work(hub: Hub) -> tuple[str, bytes]:
            from app.bootstrap import recovery_sheet, renew_recovery_code  # noqa: PLC0415 - loads the papers

            hub.verify_password(typed)
            code = renew_recovery_code(hub)
            return code, recovery_sheet(hub, code, language)

        self.context.operations.call(self, work, self._on_made, self._on_refused, busy=self.make_button)

    def _on_made(self, made: tuple[str, bytes]) -> None:
        code, pdf = made
        self.password.clear()
        self.sheet.put_away.setChecked(False)
        self.sheet.show_sheet(pdf)
        self.confirm.ask(code)
        self._step_to(self.paper, self.sheet.primary_focus())

    def _on_refused(self, error: Exception) -> None:
        self.password.clear()
        if not isinstance(error, WrongPasswordError):
            self.context.messages.report(error)
            return
        self.password.show_error(lambda: word_error(error))
        self.password.setFocus()

    def _on_next_button_clicked(self) -> None:
        if self.sheet.check():
            self._step_to(self.proof, self.confirm.primary_focus())

    def _on_back_button_clicked(self) -> None:
        self._step_to(self.paper, self.sheet.primary_focus())

    def _on_done_button_clicked(self) -> None:
        if not self.confirm.check():
            self.confirm.primary_focus().setFocus()
            return
        self.sheet.forget()
        self.confirm.forget()
        self._step_to(self.question, self.password)
        self.context.notices.say(
            _("The new recovery sheet is in force. Destroy the one before: its code opens nothing any more."), Tone.GOOD
        )
