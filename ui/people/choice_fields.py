"""Choices whose options are numbered, so that a digit is enough."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.people.digits import digit_of
from ui.widgets.choices import OneOf, Options, PickList
from ui.widgets.words import Words


class NumberedOneOf(OneOf):
    """A few options side by side; the digit of one chooses it."""

    def __init__(self, name: Words, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(name, options, parent)
        self._order = [key for key, _words in options]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses; all else is for the form."""
        digit = digit_of(event)
        if digit is not None and digit <= len(self._order) and not event.modifiers():
            self.choose(self._order[digit - 1])
            self.setFocus()
            self.chosen.emit(self.value)
        else:
            super().keyPressEvent(event)


class NumberedPick(PickList):
    """A list that drops down; the digit of an option chooses it. The first option has no number: it is the default."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses; all else as in any list."""
        digit = digit_of(event)
        if digit is not None and digit < self.count() and not event.modifiers():
            self.setCurrentIndex(digit)
            self.picked.emit(self.value)
        else:
            super().keyPressEvent(event)
