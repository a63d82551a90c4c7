"""A search that answers with one person: a line, and below it those who are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedLayout, QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.i18n import _
from app.services import people
from ui.languages import follow_language
from ui.people.person_delegate import PersonDelegate
from ui.people.person_model import PersonModel
from ui.reception.search_line import SearchLine
from ui.theme.tokens import Gap
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.bootstrap import UnitOfWork
    from app.domain.people import PersonRow
    from ui.page import PageContext
    from ui.widgets.words import Words

_MOST_FOUND: Final = 12


class PersonFinder(QWidget):
    """Searches as you type; without letters it shows who came last. `picked` carries a PersonRow.

    Enter before the answer is there takes the person once it is. `stepped_back`: Escape on the empty line;
    `passed_on_empty`: Enter on it.
    """

    picked = Signal(object)
    stepped_back = Signal()
    passed_on_empty = Signal()

    def __init__(self, context: PageContext, name: Words, parent: QWidget | None = None, *, lane: str) -> None:
        super().__init__(parent)
        self._context = context
        self._lane = lane
        self._answered: str | None = None
        self._is_stale = True
        self._steps = 0
        self.line = SearchLine(name, lambda: _("Name in either script, last digits of the phone, card number"))
        self.model = PersonModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(PersonDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._caption = Label(self._word_caption, step="small", tone="quiet")
        self._lay_out()
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.taken.connect(self._on_line_taken)
        self.line.stepped.connect(self._on_line_stepped)
        self.line.emptied_twice.connect(self.stepped_back)
        self.view.clicked.connect(self._on_view_clicked)
        follow_language(self, self.retranslate)

    @property
    def current(self) -> PersonRow | None:
        """The person who is marked in the list."""
        return self.model.find(self.view.currentIndex().row())

    def start(self) -> None:
        """Begin again with an empty line."""
        self.line.take_held_keys()
        self.line.clear()
        self._steps = 0
        self.ask()

    def resume(self) -> None:
        """Go back to what was being searched."""
        self.line.selectAll()
        if self._is_stale:
            self.ask()

    def note_change(self) -> None:
        """People changed: search again now if anybody looks, else when they next do."""
        self._is_stale = True
        if self.isVisible():
            self.ask()

    def ask(self) -> None:
        """Search for what is typed; only the answer to the latest question is shown."""
        query = self.line.text()
        self._is_stale = False

        def search(uow: UnitOfWork) -> tuple[PersonRow, ...]:
            return people.search(query, uow, _MOST_FOUND)

        def show(rows: tuple[PersonRow, ...]) -> None:
            self._show(query, rows)

        self._context.operations.query(self, search, show, self._on_failed, lane=self._lane)

    def retranslate(self) -> None:
        """Word the rows again."""
        self.view.setAccessibleName(_("People found"))
        self.model.retranslate()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(self.line)
        layout.addWidget(self._caption)
        empty = Card(margin=0)
        empty.body.addWidget(
            EmptyState(
                "search",
                lambda: _("Nobody found"),
                lambda: _("Try other letters, or the other script. The desk writes down somebody new (F2 there)."),
            )
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        layout.addWidget(holder, 1)

    def _word_caption(self) -> str:
        return _("Found") if self._answered else _("Latest visitors")

    def _show(self, query: str, rows: tuple[PersonRow, ...]) -> None:
        kept = self.current if self._answered == query and self._steps else None
        self._answered = query
        self.model.today = day_of(system_clock())
        self.model.show_rows(rows, query)
        ids = [row.id for row in rows]
        at = ids.index(kept.id) if kept is not None and kept.id in ids else 0 if query.strip() and rows else -1
        self.view.setCurrentIndex(self.model.index(at) if at >= 0 else QModelIndex())
        self._stack.setCurrentIndex(0 if rows or not query.strip() else 1)
        self._caption.retranslate()
        if self.line.holds_keys:
            self.line.take_held_keys()
            self._take()

    def _take(self) -> None:
        person = self.current
        if person is not None:
            self.picked.emit(person)

    def _on_failed(self, error: Exception) -> None:
        self.line.take_held_keys()
        self._context.messages.report(error)

    def _on_line_text_edited(self) -> None:
        self._steps = 0
        self.ask()

    def _on_line_taken(self) -> None:
        if not self.line.text().strip() and not self._steps:
            self.passed_on_empty.emit()
        elif self._answered == self.line.text():
            self._take()
        else:
            self.line.holds_keys = True

    def _on_line_stepped(self, step: int) -> None:
        count = len(self.model.rows)
        if count:
            self._steps += 1
            row = self.view.currentIndex().row()
            self.view.setCurrentIndex(self.model.index(min(max(row + step, 0), count - 1)))

    def _on_view_clicked(self, index: QModelIndex) -> None:
        person = self.model.find(index.row())
        if person is not None:
            self.picked.emit(person)
