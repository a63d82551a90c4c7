"""A section of the page: which ones, a word to find them by, what adds one, and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.recognition.folding import fold_name
from app.i18n import ngettext
from ui.theme.tokens import Gap
from ui.ventures.amounts import word_number
from ui.widgets.cards import Card, EmptyState
from ui.widgets.choices import OneOf
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.changes import Changes
    from ui.page import PageContext
    from ui.ventures.rows import Row, Rows
    from ui.widgets.buttons import Button
    from ui.widgets.choices import Options
    from ui.widgets.words import Words

MOST: Final = 60
"""Lines shown at once; letters lead to the others."""
_SEARCH_WIDTH: Final = 260


class ListSection(QWidget):
    """Subclass it: read in `refresh`, hand all rows to `show_rows`. `empty` stands while there is nothing at all."""

    def __init__(
        self, context: PageContext, name: Words, options: Options, search: Words, rows: Rows, add: Button,
        empty: tuple[str, Words, Words],
    ) -> None:  # fmt: skip
        super().__init__()
        self._context = context
        self._all: list[Row] = []
        self.which = OneOf(name, options)
        self.search = SearchField(search, search)
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        self.rows = rows
        may_wrap(rows)
        self.add = add
        self.empty = EmptyState(empty[0], empty[1], empty[2])
        self._more = Label(self._word_more, tone="quiet", step="small")
        self._card = Card()
        self._card.body.addWidget(rows)
        self._card.body.addWidget(self._more)
        self._bare = Card()
        self._bare.body.addWidget(self.empty)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, Gap.HAIR, Gap.SMALL)
        self.column.setSpacing(Gap.MEDIUM)
        self.column.addWidget(self._card)
        self.column.addWidget(self._bare)
        self.column.addStretch()
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self.which)
        head.addWidget(self.search)
        head.addStretch()
        head.addWidget(add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addLayout(head)
        layout.addWidget(Scroller(content), 1)
        self._bare.hide()
        self.which.chosen.connect(lambda _key: self.refresh())
        self.search.textChanged.connect(lambda _text: self._show_fitting())
        context.change_bus.changed.connect(self._on_change_bus_changed)

    def refresh(self) -> None:
        """Read the list again."""
        raise NotImplementedError

    def primary_focus(self) -> QWidget:
        """The first line, or what adds one."""
        if self.rows.keys and self.rows.isVisibleTo(self):
            return self.rows.button(self.rows.keys[0])
        return self.add if self.add.isEnabled() else self.search

    def show_rows(self, rows: Sequence[Row], *, nothing: bool) -> None:
        """Show what was read; `nothing` says that there is none of any kind."""
        self._all = list(rows)
        self._bare.setVisible(nothing)
        self._card.setVisible(not nothing)
        self._show_fitting()

    def _fitting(self) -> list[Row]:
        wanted = fold_name(self.search.text()).split()
        if not wanted:
            return self._all
        return [row for row in self._all if all(word in fold_name(f"{row.title()} {row.facts()}") for word in wanted)]

    def _show_fitting(self) -> None:
        self.rows.show_rows(self._fitting()[:MOST])
        self._more.retranslate()
        self._more.setVisible(bool(self._more.text()))

    def _word_more(self) -> str:
        hidden = len(self._fitting()) - MOST
        if hidden <= 0:
            return ""
        return ngettext("and {number} more: write a few letters", "and {number} more: write a few letters",
                        hidden).format(number=word_number(hidden))  # fmt: skip

    def _on_change_bus_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.everything or changes.placements or changes.people or changes.steps):
            self.refresh()


def may_wrap(*parts: QWidget) -> None:
    """Let lists be as high as their lines need once these wrap; a stretch below them takes the room that is left."""
    for part in parts:
        part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
