"""The list of today's visits, from which an entry is put right."""

from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QStackedLayout, QTableView, QWidget

from app.bootstrap import UnitOfWork
from app.domain.visits import OPEN_STATES, VisitRow
from app.i18n import _
from app.services import visits
from ui.languages import follow_language
from ui.page import PageContext
from ui.people.wording import full_name
from ui.reception import keys
from ui.reception.panel import ENTER, Panel
from ui.reception.snapshot import DeskSnapshot
from ui.reception.visit_model import ARRIVED, STATE, VisitModel
from ui.theme.tokens import ROW_DENSE, Gap
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, EmptyState

_LANE = "desk-visits"


class _VisitTable(QTableView):
    """A table that leaves letters and Enter to the panel."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only arrows and the like are the table's."""
        if event.key() in ENTER or event.key() == Qt.Key.Key_Escape or event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class VisitsPanel(Panel):
    """Wishes carry the id of the visit: `correct_requested`, `check_out_requested`, `receipt_requested`."""

    correct_requested = Signal(object)
    check_out_requested = Signal(object)
    receipt_requested = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Today's visits"), parent)
        self._context = context
        self._wanted: UUID | None = None
        self._is_stale = True
        self.model = VisitModel(self)
        self.table = _VisitTable()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_DENSE)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for short in (ARRIVED, STATE):
            header.setSectionResizeMode(short, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(Gap.PAGE)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.correct = Button(lambda: _("Correct the entry"), shown_key="Enter", dense=True)
        self.check_out = Button(lambda: _("Check out"), shown_key=keys.CHECK_OUT, dense=True)
        self.receipt = Button(lambda: _("Receipt"), shown_key=keys.RECEIPT, dense=True)
        self._lay_out()
        self.correct.clicked.connect(self._on_correct_clicked)
        self.check_out.clicked.connect(self._on_check_out_clicked)
        self.receipt.clicked.connect(self._on_receipt_clicked)
        self.table.doubleClicked.connect(self._on_correct_clicked)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_moved)
        follow_language(self, self._retranslate)

    @property
    def current(self) -> VisitRow | None:
        """The visit that is marked."""
        return self.model.find(self.table.currentIndex().row())

    def enter(self) -> None:
        """Read the list if it may have changed, and go to it."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._is_stale:
            self.refresh()

    def mark(self, visit_id: UUID | None) -> None:
        """Mark a visit as soon as the list shows it."""
        self._wanted = visit_id
        self._mark_wanted()

    def note_change(self) -> None:
        """Visits changed: read again now if anybody looks, else when they next do."""
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read today's visits."""
        self._is_stale = False

        def read(uow: UnitOfWork) -> tuple[VisitRow, ...]:
            return visits.list_day(None, uow)

        self._context.operations.query(self, read, self._show, lane=_LANE)

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Know the names of the counters."""
        self.model.follow(snapshot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter corrects."""
        if event.key() in ENTER:
            self._on_correct_clicked()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        empty = Card(margin=0)
        empty.body.addWidget(
            EmptyState(
                "calendar",
                lambda: _("Nobody came yet today"),
                lambda: _("Visits appear here as soon as they are logged. Esc goes back to the search."),
            )
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.table)
        self.body.addWidget(holder, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        foot.addWidget(self.correct)
        foot.addWidget(self.check_out)
        foot.addWidget(self.receipt)
        foot.addStretch()
        self.body.addLayout(foot)

    def _show(self, rows: tuple[VisitRow, ...]) -> None:
        current = self.current
        if self._wanted is None and current is not None:
            self._wanted = current.id
        self.model.show_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        self._mark_wanted()
        if rows and not self.table.currentIndex().isValid():
            self._select(0)
        self._on_table_moved(QModelIndex())

    def _mark_wanted(self) -> None:
        for number, row in enumerate(self.model.rows):
            if row.id == self._wanted:
                self._select(number)
                self._wanted = None
                return

    def _select(self, row: int) -> None:
        # QTableView.selectRow finds no column in a mirrored table
        self.table.setCurrentIndex(self.model.index(row, 0))

    def _retranslate(self) -> None:
        self.table.setAccessibleName(_("Today's visits"))
        self.model.retranslate()

    def _on_table_moved(self, _index: QModelIndex) -> None:
        current = self.current
        self.correct.setEnabled(current is not None)
        self.receipt.setEnabled(current is not None)
        self.check_out.setEnabled(current is not None and current.state in OPEN_STATES)
        if current is not None:
            self.table.setAccessibleDescription(full_name(current.name, current.name_ar))

    def _on_correct_clicked(self) -> None:
        if (current := self.current) is not None:
            self.correct_requested.emit(current.id)

    def _on_check_out_clicked(self) -> None:
        if (current := self.current) is not None:
            self.check_out_requested.emit(current.id)

    def _on_receipt_clicked(self) -> None:
        if (current := self.current) is not None:
            self.receipt_requested.emit(current.id)
