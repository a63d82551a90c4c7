"""The side of My day: what waits, and what can be done with the line that is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.coaching.entry_list import EntryList
from ui.coaching.todo_words import list_todo
from ui.languages import follow_language
from ui.theme.tokens import Gap
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, EmptyState

if TYPE_CHECKING:
    from ui.coaching.snapshot import DaySnapshot

WIDTH: Final = 400
NARROW_WIDTH: Final = 300


class TodoPanel(QWidget):
    """Wishes carry what the line is about, as (kind, id): visit, step, referral, unlogged, unnoted."""

    taken = Signal(object)
    later_requested = Signal(object)
    dropped = Signal(object)
    person_requested = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: DaySnapshot | None = None
        self.list = EntryList(lambda: _("What waits for me"), lead="")
        self.act = Button(self._word_act, shown_key="Enter", dense=True)
        self.later = Button(lambda: _("In a week"), key="F7", dense=True)
        self.drop = Button(self._word_drop, key="F8", dense=True)
        self.person = Button(lambda: _("Person"), key="F9", icon="user", dense=True)
        self._actions = QWidget()
        grid = QGridLayout(self._actions)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Gap.SMALL)
        for number, button in enumerate((self.act, self.person, self.later, self.drop)):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, number // 2, number % 2)
        empty = Card(margin=0)
        empty.body.addWidget(
            EmptyState(
                "check",
                lambda: _("Nothing waits for you"),
                lambda: _(
                    "F2 writes a session down, F3 plans an appointment. Steps show here on the day they are due."
                ),
            )
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(holder, 1)
        layout.addWidget(self._actions)
        self._connect()
        follow_language(self, self.retranslate)
        self._on_list_moved()

    def follow(self, snapshot: DaySnapshot) -> None:
        """Show what waits now."""
        self._snapshot = snapshot
        self.retranslate()

    def retranslate(self) -> None:
        """Word again."""
        if self._snapshot is not None:
            entries = list_todo(self._snapshot)
            self.list.show_entries(entries)
            # who waits may be nobody; then the line that says so stands alone
            self._stack.setCurrentIndex(0 if any(entry.key is not None for entry in entries) else 1)
        self._on_list_moved()

    def fit(self, *, narrow: bool) -> None:
        """Take less room on a small screen."""
        self.setFixedWidth(NARROW_WIDTH if narrow else WIDTH)

    def _connect(self) -> None:
        self.list.taken.connect(self.taken)
        self.list.moved.connect(self._on_list_moved)
        self.list.stepped_back.connect(self.left)
        for button, signal in (
            (self.act, self.taken), (self.later, self.later_requested), (self.drop, self.dropped),
            (self.person, self.person_requested),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, signal=signal: self._emit(signal))

    @property
    def _kind(self) -> str:
        current = self.list.current
        return str(current[0]) if isinstance(current, tuple) else ""

    def _word_act(self) -> str:
        return {
            "visit": _("Take"), "step": _("Done"), "referral": _("Open"), "unlogged": _("Write the session"),
            "unnoted": _("Write the note"),
        }.get(self._kind, _("Open"))  # fmt: skip

    def _word_drop(self) -> str:
        return _("Did not come") if self._kind == "unlogged" else _("Not needed")

    def _on_list_moved(self) -> None:
        kind = self._kind
        self._actions.setVisible(bool(kind))
        self.later.setVisible(kind == "step")
        self.drop.setVisible(kind in {"step", "unlogged"})
        for button in (self.act, self.drop):
            button.retranslate()

    def _emit(self, signal: object) -> None:
        current = self.list.current
        if current is not None:
            signal.emit(current)  # type: ignore[attr-defined]
