"""Who is here? The search and the people it finds."""

import gc
from typing import Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.bootstrap import UnitOfWork
from app.domain.people import PersonRow
from app.domain.recognition import mark_matches
from app.i18n import _
from app.services import people
from ui.languages import follow_language
from ui.page import PageContext
from ui.people.person_delegate import PersonDelegate
from ui.people.person_model import PersonModel
from ui.reception.scanned import is_sure, reads_as_number
from ui.reception.search_line import SearchLine
from ui.reception.snapshot import DeskSnapshot
from ui.theme.tokens import Gap
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label, SteadyLabel

MOST_FOUND: Final = 8
DESK_LANE: Final = "desk-search"
_ANY_NAME: Final = "moha"
_NEW_OBJECTS: Final = 50_000
"""So many objects are made before the collector looks among them for garbage: some hundred keys."""
_SEEN_MS: Final = 150
"""Nobody reads a list faster than this; a scanner's Enter comes within a few milliseconds."""


class Finder(QWidget):
    """Searches as you type. `picked` and `marked` carry a PersonRow or None; `*_on_empty`: a key on the empty line."""

    picked = Signal(object)
    nobody_picked = Signal(str)
    marked = Signal(object)
    stepped_back = Signal()
    passed_on_empty = Signal()
    erased_on_empty = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None, *, lane: str = DESK_LANE) -> None:
        super().__init__(parent)
        self._context = context
        self._lane = lane
        self._answered: str | None = None
        self._steps = 0
        self._is_stale = False
        self._shown_for = QElapsedTimer()
        self.line = SearchLine(
            lambda: _("Who is here?"), lambda: _("Name in either script, last digits of the phone, card number")
        )
        self.model = PersonModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self._delegate = PersonDelegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._caption = SteadyLabel(self._word_caption, step="small", tone="quiet")
        self._nothing = EmptyState(
            "search",
            lambda: _("Nobody on record answers this"),
            lambda: _(
                "Try fewer letters, the other script, or the last digits of the phone. F2 writes down somebody new."
            ),
        )
        self._nobody = EmptyState(
            "users",
            lambda: _("Nobody is on record yet"),
            lambda: _("F2 writes down the first visitor, F3 counts an anonymous passage."),
        )
        self._lay_out()
        follow_language(self, self.retranslate)
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.taken.connect(self._on_line_taken)
        self.line.stepped.connect(self._on_line_stepped)
        self.line.emptied_twice.connect(self.stepped_back)
        self.line.erased_nothing.connect(self.erased_on_empty)
        self.view.clicked.connect(self._on_view_clicked)
        self.view.activated.connect(self._on_view_clicked)
        self.view.selectionModel().currentChanged.connect(self._on_view_current_changed)

    @property
    def current(self) -> PersonRow | None:
        """The person who is marked in the list."""
        return self.model.find(self.view.currentIndex().row())

    @property
    def is_answered(self) -> bool:
        """Whether the list shows the answer to what is typed."""
        return self._answered == self.line.text()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def start(self) -> None:
        """Begin again: an empty line with the caret in it, below it who came last."""
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ask()

    def resume(self) -> None:
        """Go back to what was being searched."""
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_key(self, *, shown: bool) -> None:
        """Show on the marked row that Enter takes it, or not while Enter means something else."""
        self._delegate.show_key("Enter" if shown else "")

    def fit(self, *, low: bool) -> None:
        """Every line counts on a low screen: what the list shows can be seen without its caption."""
        self._caption.setVisible(not low)

    def warm_up(self) -> None:
        """Search once for nobody to see: the first search reads tables, which a receptionist would wait for."""
        self._context.operations.query(self, lambda uow: people.search(_ANY_NAME, uow, 1), _settle_down)

    def note_change(self) -> None:
        """People or visits changed: search again now if anybody looks, else when they next do."""
        if self.isVisible():
            self.ask()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the search was hidden is read now."""
        super().showEvent(event)
        if self._is_stale:
            self.ask()

    def ask(self) -> None:
        """Search for what is typed; only the answer to the latest question is shown."""
        query = self.line.text()
        self._is_stale = False

        def search(uow: UnitOfWork) -> tuple[PersonRow, ...]:
            rows = people.search(query, uow, MOST_FOUND)
            _work_out_marks(query, rows)
            return rows

        def expect_more(uow: UnitOfWork) -> None:
            people.expect_more(query, uow)

        def show(rows: tuple[PersonRow, ...]) -> None:
            self._show(query, rows)
            if query[-1:].isspace():
                # the long part of the answer to the next letter, before it is typed; a key typed by then drops it
                self._context.operations.query(self, expect_more, _settle, lane=self._lane)

        self._context.operations.query(self, search, show, self._on_failed, lane=self._lane)

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Know the day and the numbers of the counters."""
        self.model.today, self.model.positions = snapshot.today, snapshot.positions
        self.model.retranslate()

    def retranslate(self) -> None:
        """Word the rows again."""
        self.view.setAccessibleName(_("People found"))
        self.model.retranslate()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        head = QHBoxLayout()
        head.setSpacing(Gap.LARGE)
        title = Label(lambda: _("Who is here?"), step="large")
        title.setBuddy(self.line)
        head.addWidget(title)
        head.addWidget(self.line, 1)
        layout.addLayout(head)
        layout.addWidget(self._caption)
        self.empty = Card(margin=0)
        self.empty.body.addWidget(self._nothing)
        self.empty.body.addWidget(self._nobody)
        self._nothing.hide()
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout.addWidget(holder, 1)

    def _word_caption(self) -> str:
        return _("Found") if self._answered else _("Latest visitors")

    def _show(self, query: str, rows: tuple[PersonRow, ...]) -> None:
        kept = self.current if self._answered == query and self._steps else None
        former, self._answered = self._answered, query
        self.model.show_rows(rows, query)
        self._shown_for.start()
        ids = [row.id for row in rows]
        at = ids.index(kept.id) if kept is not None and kept.id in ids else 0 if query.strip() and rows else -1
        self.view.setCurrentIndex(self.model.index(at) if at >= 0 else QModelIndex())
        if at < 0:
            self.marked.emit(None)
        if not rows:
            self._nothing.setVisible(bool(query.strip()))
            self._nobody.setVisible(not query.strip())
        self._stack.setCurrentIndex(0 if rows else 1)
        if bool(former) != bool(query):
            self._caption.retranslate()
        if self.line.holds_keys:
            self._take()

    def _take(self) -> None:
        """Take the marked person, then let the keys that were typed ahead reach what comes next."""
        person = self._choose()
        held = self.line.take_held_keys()
        if person is None:
            return
        self.picked.emit(person)
        for event in held:
            focused = QApplication.focusWidget()
            if focused is not None:
                QCoreApplication.sendEvent(focused, event)

    def _choose(self) -> PersonRow | None:
        """The person meant by Enter. A scanned number must be somebody's own: a near one is never taken unseen."""
        query = self.line.text().strip()
        person = self.current
        if person is None:
            if query:
                self.nobody_picked.emit(query)
                self.line.selectAll()
            return None
        if reads_as_number(query) and self._is_unseen() and not is_sure(person, self.model.rows):
            self.nobody_picked.emit(query)
            return None
        return person

    def _is_unseen(self) -> bool:
        return not self._steps and (self.line.holds_keys or self._shown_for.elapsed() < _SEEN_MS)

    def _on_failed(self, error: Exception) -> None:
        self.line.take_held_keys()
        self._context.messages.report(error)

    def _on_line_text_edited(self) -> None:
        self._steps = 0
        self.ask()

    def _on_line_taken(self) -> None:
        if not self.line.text().strip() and not self._steps:
            self.passed_on_empty.emit()
        elif self.is_answered:
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

    def _on_view_current_changed(self) -> None:
        self.marked.emit(self.current)


def _settle(_nothing: None) -> None:
    """What was looked up ahead is kept where it was found."""


def _settle_down(_rows: tuple[PersonRow, ...]) -> None:
    # What is loaded by now stays: the collector need not go through it while somebody types, nor as often: it took 6 ms
    # of one key in thirty.
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def _work_out_marks(query: str, rows: tuple[PersonRow, ...]) -> None:
    """Have the marks ready before the rows are painted: they are kept, and found again by the painter."""
    for row in rows if query else ():
        for name in filter(None, (row.name, row.name_ar)):
            mark_matches(query, name)
