"""The questions, each with its explanation. A step checks its own answer and says what is wrong beside the field."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.codes import code_label, code_list
from app.i18n import LANGUAGES, SELF_NAMES, _, current_language
from ui.theme.tokens import Gap
from ui.widgets.choices import OneOf
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.new_password import NewPassword
from ui.widgets.words import Words, as_is

_LOGIN_LENGTH: Final = 32


class Step(QWidget):
    """A question. `answered` follows each change, `entered` follows Enter where it means to go on."""

    answered = Signal()
    entered = Signal()

    def __init__(self, title: Words, why: Words) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Gap.LARGE)
        head = QVBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(Label(title, step="large", wraps=True))
        head.addWidget(Label(why, tone="quiet", wraps=True))
        self.body.addLayout(head)

    def check(self) -> bool:
        """Whether the answer will do; else the field says why not."""
        return True

    def primary_focus(self) -> QWidget:
        """The control to answer with."""
        return self


class LanguageStep(Step):
    """Which language the window speaks; it does at once."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Which language?"),
            lambda: _("The window speaks it from now on. Each person can change it at any time."),
        )
        self.choice = OneOf(lambda: _("Language"), [(code, as_is(SELF_NAMES[code])) for code in LANGUAGES], large=True)
        self.choice.choose(current_language())
        self.choice.chosen.connect(self.chosen)
        self.choice.entered.connect(self.entered)
        self.body.addWidget(self.choice)

    def primary_focus(self) -> QWidget:
        """The chosen language."""
        return self.choice.focusProxy() or self.choice


def _word_hub(code: str) -> Words:
    return lambda: code_label("hubs", code, current_language())


class HubStep(Step):
    """Which hub this computer stands in."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Which hub is this?"), lambda: _("Everything written on this computer belongs to this hub.")
        )
        hubs = [(hub.code, _word_hub(hub.code)) for hub in code_list("hubs")]
        self.choice = OneOf(lambda: _("Hub"), hubs, large=True)
        self.choice.chosen.connect(self.answered)
        self.choice.entered.connect(self.entered)
        self.body.addWidget(self.choice)

    def primary_focus(self) -> QWidget:
        """The chosen hub."""
        return self.choice.focusProxy() or self.choice


class DeskStep(Step):
    """Which letter the numbers of this computer carry."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Which desk is this?"),
            lambda: _(
                "Each computer of a hub has its own letter, so that two of them never give the same number. "
                "The first one is A."
            ),
        )
        self.letter = LineField(
            lambda: _("Desk letter"), hint=lambda: _("One letter, A to Z"), left_to_right=True, max_length=1
        )
        self.letter.set_text("A")
        self.letter.edited.connect(self._on_letter_edited)
        self.letter.entered.connect(self.entered)
        self.body.addWidget(self.letter)

    @property
    def desk(self) -> str:
        """The letter."""
        return self.letter.text.upper()

    def check(self) -> bool:
        """One Latin letter."""
        if len(self.desk) == 1 and "A" <= self.desk <= "Z":
            return True
        self.letter.show_error(lambda: _("One letter from A to Z is needed."))
        return False

    def primary_focus(self) -> QWidget:
        """The letter."""
        return self.letter.line

    def _on_letter_edited(self, text: str) -> None:
        self.letter.set_text(text.upper())
        self.answered.emit()


class ManagerStep(Step):
    """Who looks after the accounts of this hub."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Who manages this hub?"),
            lambda: _("The first account. It can add the others, and does everything they can do."),
        )
        self.name = LineField(lambda: _("Name"), max_length=120)
        self.login = LineField(
            lambda: _("Sign-in name"),
            hint=lambda: _("Short: letters, digits, dots or dashes"),
            left_to_right=True,
            max_length=_LOGIN_LENGTH,
        )
        self.passwords = NewPassword()
        self._login_is_own = False
        for part in (self.name, self.login, self.passwords):
            self.body.addWidget(part)
        self.name.edited.connect(self._on_name_edited)
        self.login.edited.connect(self._on_login_edited)
        self.name.entered.connect(self.login.setFocus)
        self.login.entered.connect(self.passwords.setFocus)
        self.passwords.entered.connect(self.entered)

    def check(self) -> bool:
        """A name, a login of allowed characters, a password typed the same twice."""
        if not self.name.text:
            self.name.show_error(lambda: _("The name is needed."))
            self.name.setFocus()
            return False
        login = self.login.text
        if not login or not all(char.isalnum() or char in ".-_" for char in login):
            self.login.show_error(lambda: _("Letters, digits, dots or dashes, without blanks."))
            self.login.setFocus()
            return False
        return self.passwords.take() is not None

    def primary_focus(self) -> QWidget:
        """The name."""
        return self.name.line

    def _on_name_edited(self, text: str) -> None:
        if not self._login_is_own:
            self.login.set_text(suggest_login(text))
            self.login.clear_error()
        self.answered.emit()

    def _on_login_edited(self, text: str) -> None:
        self._login_is_own = bool(text)


def suggest_login(name: str) -> str:
    """The first word of a name, as a login; empty for a name without letters."""
    words = "".join(char if char.isalnum() else " " for char in name.lower()).split()
    return words[0][:_LOGIN_LENGTH] if words else ""
