"""Short lists inside a card: what, its facts, and what can be done with it. The keyboard stays where it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label, rule
from ui.widgets.words import Words, no_words

_TICK: Final = 16
_SHARE: Final = 0.4
"""Of a row's width, what its buttons may take beside the words."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done with a row; `hint` says for a screen reader with which one."""

    words: Words
    act: Callable[[], None]
    hint: Words = no_words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. `figure` stands at its end, where amounts and days are compared."""

    key: object
    title: Words
    facts: Words = no_words
    figure: Words = no_words
    icon: str = ""
    tone: str = "quiet_ink"
    actions: tuple[Action, ...] = ()
    strong: bool = False


class Rows(QWidget):
    """Rows one below the other, or a sentence where there are none."""

    def __init__(self, nothing: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[tuple[object, int], Button] = {}
        self._made: list[QWidget] = []
        self._turning: list[tuple[QBoxLayout, QHBoxLayout]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._nothing = Label(nothing, tone="quiet", wraps=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Gap.HAIR)
        self._column.addWidget(self._nothing)

    def button(self, key: object, action: int = 0) -> Button:
        """The button of a row. Raises KeyError."""
        return self._buttons[(key, action)]

    @property
    def keys(self) -> list[object]:
        """The rows that are shown and can be acted on."""
        return [key for key, number in self._buttons if number == 0]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these in place of the ones before."""
        focus = next((place for place, button in self._buttons.items() if button.hasFocus()), None)
        for old in self._made:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made, self._buttons, self._turning = [], {}, []
        for number, row in enumerate(rows):
            if number:
                self._append(rule())
            self._append(self._make(row))
        self._nothing.setVisible(not rows)
        if focus is not None:
            same = self._buttons.get(focus) or next(iter(self._buttons.values()), None)
            if same is not None:
                same.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        self._made.append(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be done stands below the words where it would leave them little room."""
        super().resizeEvent(event)
        for turn, buttons in self._turning:
            self._turn(turn, buttons)

    def _turn(self, turn: QBoxLayout, buttons: QHBoxLayout) -> None:
        direction = QBoxLayout.Direction
        narrow = buttons.sizeHint().width() > _SHARE * self.width()
        turn.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        turn.setSpacing(0 if narrow else Gap.SMALL)

    def _make(self, row: Row) -> QWidget:
        holder = QWidget()
        turn = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        turn.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(Gap.SMALL)
        if row.icon:
            line.addWidget(IconLabel(row.icon, row.tone, _TICK))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(row.title, wraps=True, strong=row.strong))
        if row.facts():
            words.addWidget(Label(row.facts, step="small", tone="quiet", wraps=True))
        line.addLayout(words, 1)
        if row.figure():
            line.addWidget(Label(row.figure))
        turn.addLayout(line, 1)
        if row.actions:
            buttons = self._make_buttons(row)
            turn.addLayout(buttons)
            self._turning.append((turn, buttons))
            self._turn(turn, buttons)
        return holder

    def _make_buttons(self, row: Row) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(Gap.SMALL)
        buttons.addStretch()
        for number, action in enumerate(row.actions):
            button = Button(action.words, PLAIN, dense=True, hint=action.hint)
            button.clicked.connect(action.act)
            self._buttons[(row.key, number)] = button
            buttons.addWidget(button)
        return buttons


class Section(Card):
    """A card with a title, what can be added at its end, and a list or more below."""

    def __init__(self, title: Words, *buttons: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.LARGE, spacing=Gap.SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(Label(title, step="medium", strong=True), 1)
        for button in buttons:
            head.addWidget(button)
        self.body.addLayout(head)
