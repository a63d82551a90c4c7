"""The line in which the desk searches: it keeps what is typed ahead of the answer, and leaves Ctrl+Z to the desk."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.widgets.fields import SearchField
from ui.widgets.words import Words

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -4,
    Qt.Key.Key_PageDown: 4,
}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SearchLine(SearchField):
    """A search field whose arrows move in the results and whose Enter takes one.

    While `holds_keys`, what is typed is kept aside: Enter was faster than the answer, and the next keys are meant for
    what comes after it (a card scanner types all of them at once).
    """

    taken = Signal()
    stepped = Signal(int)
    emptied_twice = Signal()
    erased_nothing = Signal()

    def __init__(self, name: Words, placeholder: Words, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self.holds_keys = False
        self._held: list[QKeyEvent] = []

    def take_held_keys(self) -> list[QKeyEvent]:
        """The keys kept aside, which are forgotten here."""
        held, self._held = self._held, []
        self.holds_keys = False
        return held

    def event(self, event: QEvent) -> bool:
        """An empty line has nothing of its own to undo: Ctrl+Z takes back the last action of the desk."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter, Escape and Backspace speak to the desk; the rest is text."""
        key = Qt.Key(event.key())
        if self.holds_keys and key != Qt.Key.Key_Escape:
            self._held.append(event.clone())
        elif key in _ENTER:
            self.taken.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_Escape and not self.text():
            self.take_held_keys()
            self.emptied_twice.emit()
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.erased_nothing.emit()
        else:
            if key == Qt.Key.Key_Escape:
                self.take_held_keys()
            super().keyPressEvent(event)
