"""A field for a nationality: what is typed is understood in any of the three languages and shown back at once."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, current_language
from ui.languages import follow_language
from ui.people.nationalities import Country, countries, suggest_countries
from ui.people.wording import join_facts
from ui.widgets.fields import FieldFrame
from ui.widgets.words import as_is

_SHOWN = 3


class CountryField(QWidget):
    """A line and below it the countries that are meant, the first taken on leaving; Down goes to the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self._frame = FieldFrame(lambda: _("Nationality"), self.line)
        self._found: tuple[Country, ...] = ()
        self._code = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._frame)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.editingFinished.connect(self.settle)
        self.line.installEventFilter(self)
        follow_language(self, self.retranslate)

    @property
    def code(self) -> str:
        """ISO 3166 alpha-2 of the country that is meant, empty for none."""
        return self._code

    @property
    def is_understood(self) -> bool:
        """Whether the field is empty or means a country."""
        return bool(self._code) or not self.line.text().strip()

    @property
    def error(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._frame.error

    def clear(self) -> None:
        """Begin again."""
        self.line.clear()
        self._found, self._code = (), ""
        self._frame.clear_error()
        self._frame.show_hint(as_is(""))

    def settle(self) -> None:
        """Write out the country that is meant, or say that none is."""
        if self._code:
            self.line.setText(_name_of(self._code))
            self._found = ()
            self._frame.show_hint(as_is(""))
        elif self.line.text().strip():
            self._frame.show_error(lambda: _("No such country. Try its first letters."))

    def retranslate(self) -> None:
        """The country in the other language."""
        if self._code and not self.line.hasFocus():
            self.line.setText(_name_of(self._code))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down go through the countries that are meant."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self._found:
                self._found = (*self._found[step:], *self._found[:step])
                self._take_first()
                return True
        return super().eventFilter(watched, event)

    def _take_first(self) -> None:
        self._code = self._found[0].code if self._found else ""
        names = [country.name for country in self._found[:_SHOWN]]
        self._frame.show_hint(as_is(f"→ {join_facts(*names)}" if names else ""))

    def _on_line_text_edited(self, text: str) -> None:
        self._frame.clear_error()
        self._found = suggest_countries(text) if text.strip() else ()
        self._take_first()


def _name_of(code: str) -> str:
    return next((country.name for country in countries(current_language()) if country.code == code), code)
