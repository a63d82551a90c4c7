"""One usual step of a kind of case in the settings, as widgets in a row of a grid."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.coaching import StepTemplate
from app.i18n import LANGUAGES, SELF_NAMES, _
from ui.languages import follow_language
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.choices import Check
from ui.widgets.words import as_is

_DAYS_WIDTH = 64


class TemplateRow(QObject):
    """`edited` carries the StepTemplate as it is written now; `moved` it and one up (-1) or down (1)."""

    edited = Signal(object)
    moved = Signal(object, int)

    def __init__(self, template: StepTemplate, *, is_first: bool, is_last: bool, is_new: bool = False) -> None:
        super().__init__()
        self.template = template
        self.fields = {language: _line(language) for language in LANGUAGES}
        self.days = QLineEdit()
        self.days.setProperty("dense", "true")
        self.days.setMaxLength(4)
        self.days.setFixedWidth(_DAYS_WIDTH)
        self.days.setText(str(template.days))
        follow_language(self.days, lambda: self.days.setAccessibleName(_("Days after the case was opened")))
        for language, line in self.fields.items():
            line.setText(template.label(language))
            line.setToolTip(template.label(language))
            line.setCursorPosition(0)
        self.widgets: list[QWidget] = [*self.fields.values(), self.days]
        if is_new:
            return
        self.up_button = _arrow(lambda: _("Up"), "↑", enabled=not is_first)
        self.down_button = _arrow(lambda: _("Down"), "↓", enabled=not is_last)
        self.in_use = Check(lambda: _("in use"))
        self.in_use.setChecked(not template.hidden)
        self.widgets += [self.up_button, self.down_button, self.in_use]
        self._told = self.read()
        for line in (*self.fields.values(), self.days):
            line.editingFinished.connect(self._on_editing_finished)
        self.up_button.clicked.connect(lambda: self.moved.emit(self.template, -1))
        self.down_button.clicked.connect(lambda: self.moved.emit(self.template, 1))
        self.in_use.toggled.connect(lambda _in_use: self._on_editing_finished())

    def read(self) -> StepTemplate | None:
        """What is written; None where the days are no number."""
        written = self.days.text().strip()
        if not written.isascii() or not written.isdigit():
            return None
        fr, en, ar = (self.fields[language].text().strip() for language in ("fr", "en", "ar"))
        hidden = "in_use" in vars(self) and not self.in_use.isChecked()
        return replace(self.template, label_fr=fr, label_en=en, label_ar=ar, days=int(written), hidden=hidden)

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

    def _on_editing_finished(self) -> None:
        # Enter finishes the editing, and the field finishes it once more when it loses the focus
        written = self.read()
        if written is None:
            self.days.setText(str(self.template.days))
        elif written != self._told:
            self._told = written
            self.edited.emit(written)


def _line(language: str) -> QLineEdit:
    line = QLineEdit()
    line.setProperty("dense", "true")
    line.setMaxLength(120)
    line.setAcceptDrops(False)
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight)

    def name() -> None:
        line.setAccessibleName(_("Name of the step in {language}").format(language=SELF_NAMES[language]))

    follow_language(line, name)
    return line


def _arrow(name: Callable[[], str], sign: str, *, enabled: bool) -> Button:
    button = Button(as_is(sign), PLAIN, dense=True, hint=name)
    follow_language(button, lambda: button.setAccessibleName(name()))
    button.setEnabled(enabled)
    return button
