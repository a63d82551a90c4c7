"""The board with its filter, and moving a venture along it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.path import BoardFilter
from app.domain.recognition.folding import fold_name
from app.i18n import _
from app.services import path
from ui.theme.tokens import Gap
from ui.ventures.board_view import BoardView
from ui.ventures.move_strip import MoveStrip, Wish, standing_of
from ui.ventures.moving import Mover
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.cards import Card as Surface
from ui.widgets.cards import EmptyState
from ui.widgets.choices import OneOf
from ui.widgets.fields import SearchField

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.ids import VentureId
    from app.domain.path import Card, Column
    from ui.page import PageContext

ALL, HERE, MINE = "all", "here", "mine"
_SEARCH_WIDTH: Final = 240


class BoardSection(QWidget):
    """`opened` carries the id of the venture to look at, `new_requested` that one is to be written down.

    The page puts `bar` into its head.
    """

    opened = Signal(object)
    new_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_stale = True
        self._is_new = True
        self._may_edit = context.actor.may(Permission.EDIT_VENTURES)
        self.board = BoardView()
        self.strip = MoveStrip(may_move=self._may_edit)
        self.strip.hide()
        self.mover = Mover(context, self.strip)
        self.which = OneOf(
            lambda: _("Which ventures"),
            [(ALL, lambda: _("All hubs")), (HERE, lambda: _("This hub")), (MINE, lambda: _("Mine"))],
        )
        self._read: tuple[Column, ...] = ()
        self._is_narrow = False
        self.search = SearchField(lambda: _("Find a venture"), lambda: _("Name, number, person  F3"))
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        self.new_button = Button(lambda: _("New venture"), PRIMARY, key="F2", icon="plus")
        if not self._may_edit:
            self.new_button.hide()
        self.bar = QWidget(self)
        self._lay_out()
        self.which.chosen.connect(lambda _key: self.refresh())
        self.new_button.clicked.connect(self.new_requested)
        self.search.textChanged.connect(lambda _text: self._show_fitting())
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.search.editingFinished.connect(self._adapt)
        QShortcut(QKeySequence("F3"), self).activated.connect(self._on_search_wanted)
        self.board.opened.connect(self.opened)
        self.board.move_wanted.connect(self.move_venture)
        self.board.marked.connect(self._on_board_marked)
        self.strip.open_requested.connect(self.opened)
        self.mover.carried_out.connect(self._on_mover_carried_out)
        self.mover.ended.connect(self._on_mover_ended)
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read the board again."""
        self._is_stale = False
        which = self._filter()
        self._context.operations.query(self, lambda uow: path.board(uow, which), self._show, lane="ventures-board")

    def refresh_if_stale(self) -> None:
        """Read again what changed while nobody looked; how long they are there changes by itself each day."""
        if self._is_stale or not self.strip.is_asking:
            self.refresh()

    def primary_focus(self) -> QWidget:
        """The first card, or the way to write one down."""
        marked = next((column.list for column in self.board.columns if column.current), None)
        filled = next((column.list for column in self.board.columns if column.model.cards), None)
        return marked or filled or (self.new_button if self._may_edit else self.which.focusProxy() or self.which)

    def fit(self, *, narrow: bool) -> None:
        """On a narrow screen the search stands in the place of the choice, for as long as it is used."""
        self._is_narrow = narrow
        self._adapt()

    def move_venture(self, venture_id: VentureId, stage: str) -> None:
        """Move a venture; a reason is asked for where something is missing, or it goes back."""
        card = self.board.card(venture_id)
        if card is not None:
            self.mover.move(standing_of(card), stage)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Gap.LARGE)
        row.addWidget(self.which, 1)
        row.addWidget(self.search)
        row.addWidget(self.new_button)
        empty = Surface(margin=0)
        empty.body.addWidget(
            EmptyState(
                "ventures",
                lambda: _("No venture here yet"),
                lambda: _(
                    "Write down the first one with F2: a name is enough to begin. It then moves from step to step, "
                    "and each card says what is missing for the next."
                ),
            )
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.board)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(holder, 1)
        layout.addWidget(self.strip)

    def _filter(self) -> BoardFilter:
        actor = self._context.actor
        if self.which.value == MINE:
            return BoardFilter(advisor_id=actor.account_id)
        return BoardFilter(hub_id=actor.hub_id) if self.which.value == HERE else BoardFilter()

    def _show(self, board: tuple[Column, ...]) -> None:
        self._is_stale = False
        self._read = board
        self._stack.setCurrentIndex(0 if any(column.cards for column in board) else 1)
        self._show_fitting()
        if self._is_new and self.isVisible() and not self.board.is_empty:
            self.board.enter()
        self._is_new = False

    def _show_fitting(self) -> None:
        """The ventures in which all the words are found; the steps stay where they are."""
        words = fold_name(self.search.text()).split()
        self.board.show_board([_with(column, words) for column in self._read] if words else self._read)
        current = self.board.current
        if self.board.is_empty:
            self.mover.show(None)
        elif current is not None:
            self._on_board_marked(current)

    def _adapt(self) -> None:
        searching = not self._is_narrow or self.search.hasFocus() or bool(self.search.text())
        self.search.setVisible(searching)
        self.which.setVisible(not (self._is_narrow and searching))

    def _on_search_wanted(self) -> None:
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        self._adapt()

    def _on_search_return_pressed(self) -> None:
        """The only one that fits is opened; of several the keyboard chooses."""
        found = [card for column in self.board.columns for card in column.model.cards]
        if len(found) == 1:
            self.opened.emit(found[0].id)
        else:
            self.board.enter()

    def _on_board_marked(self, card: Card | None) -> None:
        self.mover.show(standing_of(card) if card is not None else None)

    def _on_mover_carried_out(self, wish: Wish) -> None:
        self.board.follow(wish.standing.id)

    def _on_mover_ended(self, wish: Wish) -> None:
        if not self.board.mark(wish.standing.id):
            self.board.enter()

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if changes.everything or changes.ventures or changes.calls or changes.funding or changes.steps:
            if self.isVisible():
                self.refresh()
            else:
                self._is_stale = True


def _with(column: Column, words: list[str]) -> Column:
    def fits(card: Card) -> bool:
        told = fold_name(" ".join((card.name, card.name_ar, card.number, card.lead, card.lead_ar, card.advisor)))
        return all(word in told or word in card.number.casefold() for word in words)

    return replace(column, cards=tuple(card for card in column.cards if fits(card)))
