"""A form in place of the page: fields in a column, Enter keeps, Escape goes back."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.codes import code_list
from app.domain.money import AmountNotUnderstoodError, parse_amount
from app.i18n import _
from ui.reception.panel import ENTER, Panel
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.ventures.amounts import NotUnderstoodError, read_count, read_date
from ui.ventures.wording import code_words
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import Words, no_words

T = TypeVar("T")


class FormPanel(Panel):
    """Subclass it: lay out with `add` and `beside`, answer `submit`. The first error takes the keyboard."""

    def __init__(self, title: Words, save: Words, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.about = Label(wraps=True, tone="quiet")
        self.save = Button(save, PRIMARY, shown_key="Enter")
        self._blamed: list[LineField | FieldFrame] = []
        holder = QWidget()
        holder.setMaximumWidth(2 * FORM_WIDTH)
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(0, 0, Gap.SMALL, 0)
        self.column.setSpacing(Gap.MEDIUM)
        outer = QWidget()
        upright = QVBoxLayout(outer)
        upright.setContentsMargins(0, 0, 0, 0)
        upright.setSpacing(Gap.LARGE)
        upright.addWidget(holder)
        upright.addWidget(self.save, alignment=Qt.AlignmentFlag.AlignLeading)
        upright.addStretch()
        self.body.addWidget(self.about)
        self.fields = Scroller(outer)
        self.about.hide()
        self.body.addWidget(self.fields, 1)
        self.save.clicked.connect(self.try_to_save)

    def explain(self, words: Words) -> None:
        """Say below the title what the form is about."""
        self.about.say(words)
        self.about.setVisible(bool(words()))

    def add(self, *parts: QWidget) -> None:
        """One part below the other."""
        for part in parts:
            self.column.addWidget(part)

    def beside(self, *parts: QWidget) -> None:
        """Parts of one line."""
        row = QHBoxLayout()
        row.setSpacing(Gap.MEDIUM)
        for part in parts:
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, with Ctrl or without."""
        if event.key() in ENTER:
            self.save.click_if_free()
        else:
            super().keyPressEvent(event)

    def try_to_save(self) -> None:
        """Read the fields; keep what they say when all are understood."""
        self._blamed.clear()
        self.submit()
        for field in self._blamed[:1]:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Build the command and carry it out, unless `is_wrong`."""
        raise NotImplementedError

    @property
    def is_wrong(self) -> bool:
        """Whether a field was not understood."""
        return bool(self._blamed)

    def blame(self, field: LineField | FieldFrame, words: Words) -> None:
        """Say below a field what is wrong; the first one will get the keyboard."""
        field.show_error(words)
        self._blamed.append(field)

    def read(self, field: LineField, read: Callable[[str], T], error: Words) -> T | None:
        """What a field says, None for an empty one or one that is not understood."""
        if not field.text:
            return None
        try:
            return read(field.text)
        except (NotUnderstoodError, AmountNotUnderstoodError):
            self.blame(field, error)
            return None

    def read_amount(self, field: LineField) -> Decimal | None:
        """An amount."""
        return self.read(field, parse_amount, lambda: _("Not understood. Write an amount such as 12500 or 12500,50."))

    def read_date(self, field: LineField) -> date | None:
        """A day."""
        return self.read(field, read_date, lambda: _("Not understood. Write the day as 12/03/2026."))

    def read_count(self, field: LineField) -> int | None:
        """A whole number."""
        return self.read(field, read_count, lambda: _("Not understood. Write a whole number, or leave it empty."))

    def demand(self, field: LineField, error: Words) -> str:
        """The text of a field that has to be filled in."""
        if not field.text:
            self.blame(field, error)
        return field.text


def amount_field(name: Words, hint: Words = no_words) -> LineField:
    """A field for an amount."""
    return LineField(name, hint=hint, left_to_right=True, max_length=20)


def date_field(name: Words, hint: Words = no_words) -> LineField:
    """A field for a day."""
    return LineField(name, hint=hint, placeholder=lambda: _("12/03/2026"), left_to_right=True, max_length=10)


def count_field(name: Words) -> LineField:
    """A field for a whole number."""
    return LineField(name, left_to_right=True, max_length=7)


def word_again(field: LineField) -> None:
    """Word a field again whose name and hint depend on what the form is about."""
    for frame in field.findChildren(FieldFrame):
        for label in frame.findChildren(Label):
            label.retranslate()
        frame.retranslate()


def code_options(name: str, *, empty: Words | None = None) -> Sequence[tuple[str, Words]]:
    """The codes of a list, after an empty choice where there may be none."""
    codes = [(code.code, code_words(name, code.code)) for code in code_list(name)]
    return [("", empty), *codes] if empty is not None else codes


def framed_pick(name: Words, options: Sequence[tuple[str, Words]]) -> tuple[PickList, FieldFrame]:
    """A list that drops down, with its name above it."""
    pick = PickList(name, options)
    return pick, FieldFrame(name, pick)
