"""One counter in the settings, as widgets in a row of a grid."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.visits import Counter
from app.i18n import LANGUAGES, SELF_NAMES, _
from ui.languages import follow_language
from ui.theme.appearance import appearance, colours
from ui.theme.tokens import CORNER_SMALL, ROW_DENSE, TextSize
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.choices import Check
from ui.widgets.words import as_is


class CounterSign(QWidget):
    """The sign of a counter: its number on its colour."""

    def __init__(self, number: int, colour: int) -> None:
        super().__init__()
        self._number = number
        self._colour = colour
        self.setFixedSize(ROW_DENSE, ROW_DENSE)
        self.setAccessibleName(str(number))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """A rounded square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().counters[self._colour % len(colours().counters)]))
        painter.drawRoundedRect(self.rect(), CORNER_SMALL, CORNER_SMALL)
        painter.setPen(QColor(colours().on_counter))
        painter.setFont(appearance().font(TextSize.BASE))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class CounterRow(QObject):
    """Signals carry the Counter. Without one the row is for a counter to be opened."""

    labels_edited = Signal(object, dict)
    moved = Signal(object, int)
    use_chosen = Signal(object, bool)

    def __init__(self, counter: Counter | None, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self.counter = counter
        self.fields = {language: _line(language) for language in LANGUAGES}
        self.widgets: list[QWidget] = []
        if counter is None:
            self.widgets = [QWidget(), *self.fields.values()]
            return
        for language, line in self.fields.items():
            line.setText(counter.label(language))
            line.editingFinished.connect(self._on_line_editing_finished)
        self._told = self.labels()
        self.up_button = _arrow(lambda: _("Up"), "↑", enabled=not is_first)
        self.down_button = _arrow(lambda: _("Down"), "↓", enabled=not is_last)
        self.in_use = Check(lambda: _("in use"))
        self.in_use.setChecked(not counter.hidden)
        self.up_button.clicked.connect(lambda: self.moved.emit(counter, counter.position - 1))
        self.down_button.clicked.connect(lambda: self.moved.emit(counter, counter.position + 1))
        self.in_use.toggled.connect(lambda in_use: self.use_chosen.emit(counter, in_use))
        sign = CounterSign(counter.position, counter.colour)
        self.widgets = [sign, *self.fields.values(), self.up_button, self.down_button, self.in_use]

    def labels(self) -> dict[str, str]:
        """What is written, by field of the counter."""
        return {f"label_{language}": line.text().strip() for language, line in self.fields.items()}

    def enter(self, grid: QGridLayout, number: int) -> None:
        """Stand in a row of the grid."""
        for column, widget in enumerate(self.widgets):
            grid.addWidget(widget, number, column)
            widget.show()

    def leave(self, grid: QGridLayout) -> None:
        """Go."""
        for widget in self.widgets:
            grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.widgets = []
        self.deleteLater()

    def _on_line_editing_finished(self) -> None:
        # Enter finishes the editing, and the field finishes it once more when it loses the focus
        if self.counter is not None and self.labels() != self._told:
            self._told = self.labels()
            self.labels_edited.emit(self.counter, self._told)


def _line(language: str) -> QLineEdit:
    line = QLineEdit()
    line.setProperty("dense", "true")
    line.setMaxLength(80)
    line.setAcceptDrops(False)
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight)

    def name() -> None:
        line.setAccessibleName(_("Name of the counter in {language}").format(language=SELF_NAMES[language]))

    follow_language(line, name)
    return line


def _arrow(name: Callable[[], str], sign: str, *, enabled: bool) -> Button:
    button = Button(as_is(sign), PLAIN, dense=True, hint=name)
    follow_language(button, lambda: button.setAccessibleName(name()))
    button.setEnabled(enabled)
    return button
