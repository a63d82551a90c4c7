"""Choices whose options are numbered, so that a digit is enough."""

from collections.abc import Sequence

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
    """A list that drops down; the number of an option chooses it."""

    def __init__(self, name: Words, options: Options = (), parent: QWidget | None = None) -> None:
        super().__init__(name, options, parent)
        self._numbers: tuple[int, ...] = ()

    def number(self, numbers: Sequence[int]) -> None:
        """Say which digit stands for each option; 0 for one that has none."""
        self._numbers = tuple(numbers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses; all else as in any list."""
        digit = digit_of(event)
        if digit is not None and digit in self._numbers and not event.modifiers():
            self.setCurrentIndex(self._numbers.index(digit))
            self.picked.emit(self.value)
        elif digit is not None:
            event.ignore()
        else:
            super().keyPressEvent(event)
