"""A password's field: can be looked at while typing, and says when Caps Lock seems to be on."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from ui.languages import follow_language
from ui.theme.appearance import appearance
from ui.theme.icons import make_icon
from ui.widgets.fields import FieldFrame
from ui.widgets.words import Words, no_words


def caps_lock_in(event: QKeyEvent) -> bool | None:
    """Whether a key press shows Caps Lock to be on; None when it does not tell (no letter of a script with cases)."""
    letter = event.text()
    if len(letter) != 1 or letter.lower() == letter.upper():
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() != shifted


class PasswordLine(QLineEdit):
    """A line that hears Caps Lock."""

    caps_lock_seen = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice Caps Lock on the way."""
        seen = caps_lock_in(event)
        if seen is not None:
            self.caps_lock_seen.emit(seen)
        super().keyPressEvent(event)


class PasswordField(QWidget):
    """A password with its name. `entered` follows Enter."""

    edited = Signal(str)
    entered = Signal()

    def __init__(self, name: Words, parent: QWidget | None = None, *, hint: Words = no_words) -> None:
        super().__init__(parent)
        self.line = PasswordLine()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(1000)
        self._own_hint = hint
        self._caps_lock = False
        self._frame = FieldFrame(name, self.line, self, hint=self._hint)
        self._look = QAction(self, checkable=True)
        self.line.addAction(self._look, QLineEdit.ActionPosition.TrailingPosition)
        self._look.toggled.connect(self._on_look_toggled)
        appearance().changed.connect(self._draw_eye)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._frame)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.line.caps_lock_seen.connect(self._on_line_caps_lock_seen)
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.returnPressed.connect(self.entered)
        follow_language(self, self._draw_eye)

    @property
    def text(self) -> str:
        """The password, blanks included."""
        return self.line.text()

    @property
    def error(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._frame.error

    def clear(self) -> None:
        """Forget what was typed, and hide again."""
        self.line.clear()
        self._look.setChecked(False)

    def show_error(self, words: Words) -> None:
        """Say below the field what is wrong with it."""
        self._frame.show_error(words)

    def clear_error(self) -> None:
        """Nothing is wrong any more."""
        self._frame.clear_error()

    def show_hint(self, words: Words) -> None:
        """Show another hint below the field."""
        self._own_hint = words
        self._frame.show_hint(self._hint)

    def _hint(self) -> str:
        return _("Caps Lock is on.") if self._caps_lock else self._own_hint()

    def _draw_eye(self) -> None:
        shown = self._look.isChecked()
        self._look.setIcon(make_icon("eye-off" if shown else "eye", "quiet_ink"))
        self._look.setText(_("Hide the password") if shown else _("Show the password"))

    def _on_look_toggled(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._draw_eye()

    def _on_line_caps_lock_seen(self, on: bool) -> None:
        if on != self._caps_lock:
            self._caps_lock = on
            self._frame.show_hint(self._hint)

    def _on_line_text_edited(self, text: str) -> None:
        self.clear_error()
        self.edited.emit(text)
