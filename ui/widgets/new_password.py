"""A new password, typed twice, with a sentence about how good it is."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme.tokens import Gap
from ui.widgets.passwords import PasswordField

SHORTEST: Final = 8
_GOOD: Final = 14
_FEW: Final = 5


def word_strength(password: str) -> str:
    """One sentence on a password while it is typed. Length counts most (NIST SP 800-63B, 5.1.1.2 and appendix A)."""
    if not password:
        return _("At least 8 characters. Three or four words that you can keep are best.")
    if len(password) < SHORTEST:
        return _("Too short still: at least 8 characters.")
    if len(set(password.lower())) < _FEW:
        return _("Easy to guess: the same few characters again and again.")
    if password.isdigit():
        return _("Easy to guess: digits only. Add words.")
    if len(password) < _GOOD:
        return _("Will do. One more word makes it strong.")
    return _("Strong.")


class NewPassword(QWidget):
    """Both fields. `entered` follows Enter in the second."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PasswordField(lambda: _("New password"), hint=lambda: word_strength(self._typed))
        self.second = PasswordField(lambda: _("The same once more"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.LARGE)
        layout.addWidget(self.first)
        layout.addWidget(self.second)
        self.setFocusProxy(self.first.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.first.edited.connect(self._on_first_edited)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.entered)

    @property
    def _typed(self) -> str:
        return self.first.text if hasattr(self, "first") else ""

    def take(self) -> str | None:
        """The password when both agree and it is long enough; else None, and the field says why."""
        if len(self.first.text) < SHORTEST:
            self.first.show_error(lambda: _("At least 8 characters are needed."))
            self.first.setFocus()
            return None
        if self.first.text != self.second.text:
            self.second.show_error(lambda: _("The two are not the same. Type it once more."))
            self.second.setFocus()
            return None
        return self.first.text

    def clear(self) -> None:
        """Forget both."""
        for field in (self.first, self.second):
            field.clear()
            field.clear_error()

    def _on_first_edited(self, _text: str) -> None:
        self.first.show_hint(lambda: word_strength(self._typed))
