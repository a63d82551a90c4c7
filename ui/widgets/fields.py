"""A form's field: its name above it, a hint and what is wrong below it, all known to a screen reader."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.languages import follow_language
from ui.theme.appearance import appearance
from ui.theme.icons import make_icon, repolish
from ui.theme.tokens import Gap
from ui.widgets.labels import IconLabel, Label
from ui.widgets.words import Words, no_words

_LONGEST: Final = 1000


class LineField(QWidget):
    """A line of text with its name. `left_to_right` for what is written so in every language: login, phone, number."""

    edited = Signal(str)
    entered = Signal()

    def __init__(
        self,
        name: Words,
        parent: QWidget | None = None,
        *,
        hint: Words = no_words,
        placeholder: Words = no_words,
        left_to_right: bool = False,
        max_length: int = _LONGEST,
    ) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setMaxLength(max_length)
        self._left_to_right = left_to_right
        self._placeholder = placeholder
        self._frame = FieldFrame(name, self.line, self, hint=hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._frame)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.returnPressed.connect(self.entered)
        follow_language(self, self.retranslate)

    @property
    def text(self) -> str:
        """What is written there, without the blanks around it."""
        return self.line.text().strip()

    @property
    def error(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._frame.error

    def set_text(self, text: str) -> None:
        """Write something there."""
        self.line.setText(text)

    def show_error(self, words: Words) -> None:
        """Say below the field what is wrong with it."""
        self._frame.show_error(words)

    def clear_error(self) -> None:
        """Nothing is wrong any more."""
        self._frame.clear_error()

    def retranslate(self) -> None:
        """Word again."""
        self.line.setPlaceholderText(self._placeholder())
        if self._left_to_right:
            self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        # a Latin name in an Arabic window begins where the fields around it do
        mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self.line.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def _on_line_text_edited(self, text: str) -> None:
        self.clear_error()
        self.edited.emit(text)


class FieldFrame(QWidget):
    """Puts a name above any control, a hint and an error below it; the control tells them to a screen reader."""

    def __init__(self, name: Words, control: QWidget, parent: QWidget | None = None, *, hint: Words = no_words) -> None:
        super().__init__(parent)
        self.control = control
        control.setAcceptDrops(False)
        self._name_words = name
        self._hint_words = hint
        self._error_words: Words | None = None
        self._name = Label(name, strong=True)
        self._name.setBuddy(control)
        self._hint = Label(hint, step="small", tone="quiet", wraps=True)
        self._error = Label(no_words, step="small", tone="danger", wraps=True)
        self._error_row = QWidget()
        row = QHBoxLayout(self._error_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Gap.HAIR)
        row.addWidget(IconLabel("warning", "danger", 14), alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._error, 1)
        self._error_row.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.HAIR)
        for below in (self._hint, self._error):
            below.setAlignment(Qt.AlignmentFlag.AlignTop)
            below.retranslate()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for part in (self._name, control, self._hint, self._error_row):
            layout.addWidget(part)
        self.setFocusProxy(control)
        follow_language(self, self.retranslate)

    @property
    def error(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._error_words() if self._error_words else ""

    def show_error(self, words: Words) -> None:
        """Say below the control what is wrong."""
        self._error_words = words
        self._mark()

    def clear_error(self) -> None:
        """Nothing is wrong any more."""
        if self._error_words is not None:
            self._error_words = None
            self._mark()

    def show_hint(self, words: Words) -> None:
        """Show another hint."""
        self._hint_words = words
        self._hint.say(words)
        self.retranslate()

    def retranslate(self) -> None:
        """Tell the control its name and what stands below it."""
        hint = self._hint_words()
        self._hint.setVisible(bool(hint) and self._error_words is None)
        self.control.setAccessibleName(self._name_words())
        self.control.setAccessibleDescription(self.error or hint)

    def _mark(self) -> None:
        wrong = self._error_words is not None
        self._error.say(self._error_words or no_words)
        self._error_row.setVisible(wrong)
        self.control.setProperty("wrong", "true" if wrong else "false")
        repolish(self.control)
        self.retranslate()


class SearchField(QLineEdit):
    """One large line to search in. Escape empties it; a magnifying glass stands at its beginning."""

    def __init__(self, name: Words, placeholder: Words = no_words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._placeholder = placeholder
        self.setProperty("search", "true")
        self.setMaxLength(_LONGEST)
        # a file that is let go of here is for the window, no text
        self.setAcceptDrops(False)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        appearance().changed.connect(self._draw_glass)
        self._draw_glass()
        follow_language(self, self.retranslate)

    def retranslate(self) -> None:
        """Word again."""
        self.setAccessibleName(self._name())
        self.setPlaceholderText(self._placeholder())
        self._glass.setText(self._name())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field; an empty one lets it through."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)

    def _draw_glass(self) -> None:
        self._glass.setIcon(make_icon("search", "quiet_ink"))
