"""The desk page: who is here, where to, who waits. All of it by keyboard."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.clock import day_of, system_clock
from app.domain.ids import CounterId, VisitId
from app.domain.people import PersonRow
from app.domain.visits import VisitRow
from app.i18n import _
from app.services.receipts import Paper
from ui.after_paint import after_paint
from ui.page import PageContext, PageWidget
from ui.people.new_person_form import NewPersonForm
from ui.people.wording import full_name
from ui.printing.paper_dialog import show_paper
from ui.reception.close_panel import ClosePanel
from ui.reception.correction_panel import CorrectionPanel
from ui.reception.day_banner import DayBanner
from ui.reception.desk_actions import DeskActions
from ui.reception.desk_keys import DeskKeys
from ui.reception.keys_overlay import KeysOverlay
from ui.reception.panel import Panel
from ui.reception.queue_panel import QueuePanel
from ui.reception.receipt_panel import ReceiptPanel
from ui.reception.record_panel import RecordPanel
from ui.reception.search_panel import SearchPanel
from ui.reception.snapshot import DeskSnapshot, read_desk
from ui.reception.visitor import Visitor
from ui.reception.visits_panel import VisitsPanel
from ui.theme.tokens import Gap

_DAY_CHECK_MS = 30_000
_NARROW = 1_000
"""Pixels of width below which the page is set closer: 1366 at 150 % leaves 820."""
_LOW = 500
"""Pixels of height: 768 at 150 % leaves 400."""


class DeskPage(PageWidget):
    """Puts the parts of the desk together: each says what is wished, this page decides what comes next."""

    snapshot_read = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.last_visit: VisitRow | None = None
        self._is_stale = True
        self.snapshot: DeskSnapshot | None = None
        self.actions_run = DeskActions(context, lambda: self.snapshot, self)
        self.search = SearchPanel(context)
        self.form = NewPersonForm(context)
        self.visits = VisitsPanel(context)
        self.correction = CorrectionPanel(context)
        self.record = RecordPanel(context)
        self.receipt = ReceiptPanel()
        self.closing = ClosePanel(context)
        self.queue = QueuePanel()
        self.banner = DayBanner()
        self.stack = QStackedWidget()
        self._lay_out()
        self.overlay = KeysOverlay(self)
        self._connect_search()
        self._connect_panels()
        self._connect_queue()
        self.keys_set = DeskKeys(self)
        context.change_bus.changed.connect(self._on_changed)
        self._day_timer = QTimer(self, interval=_DAY_CHECK_MS)
        self._day_timer.timeout.connect(self._on_day_timer_timeout)
        self._day_timer.start()
        self.refresh()
        self.search.start_over()
        after_paint(self, self.search.finder.warm_up)

    def activate(self) -> None:
        """Read again what changed while another page stood in front."""
        if self._is_stale:
            self.refresh()
        self.search.finder.note_change()

    def retranslate(self) -> None:
        """Word again what does not follow by itself."""
        if self.snapshot is not None:
            self._follow(self.snapshot)

    def primary_focus(self) -> QWidget:
        """The search."""
        return self.search.finder.line

    def refresh(self) -> None:
        """Read counters, queues and figures."""
        self._is_stale = False
        self.context.operations.query(self, read_desk, self._follow, lane="desk-snapshot")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The overlay covers the page whatever its size; a small screen, or a large scale, leaves less room around."""
        super().resizeEvent(event)
        self._fit(narrow=self.width() < _NARROW, low=self.height() < _LOW)
        self.overlay.setGeometry(self.rect())

    def _lay_out(self) -> None:
        for panel in (
            self.search, self.form, self.visits, self.correction, self.record, self.receipt, self.closing,
        ):  # fmt: skip
            self.stack.addWidget(panel)
        self._sides = QHBoxLayout()
        self._sides.addWidget(self.stack, 1)
        self._sides.addWidget(self.queue)
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(Gap.MEDIUM)
        self._whole.addWidget(self.banner)
        self._whole.addLayout(self._sides, 1)
        self._fit(narrow=False, low=False)

    def _fit(self, *, narrow: bool, low: bool) -> None:
        edge = Gap.MEDIUM if narrow else Gap.WIDE
        above, below = (Gap.SMALL, Gap.HAIR) if low else (Gap.LARGE, Gap.MEDIUM)
        self._whole.setContentsMargins(edge, above, edge, below)
        self._whole.setSpacing(Gap.SMALL if low else Gap.MEDIUM)
        self.banner.fit(low=low)
        self.search.fit(low=low)
        self._sides.setSpacing(Gap.LARGE if narrow else Gap.WIDE)
        self.queue.fit(narrow=narrow)
        self.form.fit(narrow=narrow)

    def _connect_search(self) -> None:
        bar = self.search.bar
        self.search.log_requested.connect(self._on_search_log_requested)
        self.search.new_person_requested.connect(self._on_new_person_requested)
        self.search.keys_requested.connect(self._on_keys_requested)
        bar.hand_over_requested.connect(self._on_bar_hand_over_requested)
        bar.check_out_requested.connect(self._on_bar_check_out_requested)
        self.form.saved.connect(self._on_form_person_known)
        self.form.person_taken.connect(self._on_form_person_known)
        self.form.cancelled.connect(self.show_search)
        self.overlay.left.connect(self._on_overlay_left)
        self.actions_run.already_here.connect(self._on_already_here)
        self.actions_run.visit_logged.connect(self._on_visit_logged)

    def _connect_panels(self) -> None:
        for panel in (self.visits, self.record, self.receipt, self.closing):
            panel.left.connect(self.show_search)
        self.correction.left.connect(self._on_visits_requested)
        self.visits.correct_requested.connect(self._on_correct_requested)
        self.visits.check_out_requested.connect(self.actions_run.check_out)
        self.visits.receipt_requested.connect(self.show_receipt)
        self.correction.corrected.connect(self.actions_run.correct)
        self.actions_run.visit_corrected.connect(self._on_visit_corrected)
        self.receipt.receipt_requested.connect(self.actions_run.issue_receipt)
        self.actions_run.receipt_issued.connect(self._on_receipt_issued)
        self.closing.close_requested.connect(self.actions_run.close_day)
        self.actions_run.day_closed.connect(self.show_search)
        self.banner.close_requested.connect(self._on_close_requested)

    def _connect_queue(self) -> None:
        self.queue.call_requested.connect(self.actions_run.call)
        self.queue.hand_over_requested.connect(self.actions_run.hand_over)
        self.queue.check_out_requested.connect(self.actions_run.check_out)
        self.queue.receipt_requested.connect(self.show_receipt)
        self.queue.visits_requested.connect(self._on_visits_requested)
        self.queue.close_requested.connect(self._on_close_requested)
        self.queue.left.connect(self.leave_queue)

    def show_search(self) -> None:
        """Back to the search, for the next visitor."""
        self.queue.view.unmark()
        self.stack.setCurrentWidget(self.search)
        self.search.start_over()

    def enter(self, panel: Panel) -> None:
        """Put a panel in place of the search."""
        self.stack.setCurrentWidget(panel)
        panel.enter()

    def _follow(self, snapshot: DeskSnapshot) -> None:
        self.snapshot = snapshot
        self.search.follow(snapshot)
        self.visits.follow(snapshot)
        self.queue.follow(snapshot)
        self.banner.follow(snapshot)
        if self.stack.currentWidget() is self.correction:
            self.correction.follow(snapshot)
        self.snapshot_read.emit(snapshot)

    def show_receipt(self, visit_id: VisitId) -> None:
        """Ask about the receipt of a visit."""
        rows = [entry.row.visit for entry in self.queue.model.entries if entry.row is not None]
        rows += [*self.visits.model.rows, *([self.last_visit] if self.last_visit else [])]
        row = next((row for row in rows if row.id == visit_id), None)
        self.receipt.begin(visit_id, full_name(row.name, row.name_ar) if row else "")
        self.enter(self.receipt)

    def _on_changed(self, changes: Changes) -> None:
        if not (
            changes.everything or changes.visits or changes.days or changes.people or changes.counters or changes.codes
        ):
            return
        if changes.everything or changes.visits or changes.people:
            self.search.finder.note_change()
            self.visits.note_change()
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def _on_day_timer_timeout(self) -> None:
        if self.snapshot is not None and self.isVisible() and day_of(system_clock()) != self.snapshot.today:
            self.refresh()

    def _on_search_log_requested(self, visitor: Visitor, counter_id: CounterId, reason: str) -> None:
        self.actions_run.log(visitor, counter_id, reason)

    def _on_visit_logged(self, row: VisitRow) -> None:
        self.last_visit = row

    def _on_already_here(self, visitor: Visitor) -> None:
        if not self.search.finder.text and self.search.bar.visitor is None and not self.search.is_gathering:
            self.search.receive(visitor)

    def _on_bar_hand_over_requested(self, visit_id: VisitId, counter_id: CounterId) -> None:
        self.actions_run.hand_over(visit_id, counter_id)
        self.search.start_over()

    def _on_bar_check_out_requested(self, visit_id: VisitId) -> None:
        self.actions_run.check_out(visit_id)
        self.search.start_over()

    def _on_new_person_requested(self, typed: str) -> None:
        if self.snapshot is not None:
            self.form.begin(typed, self.snapshot.today, self.snapshot.positions)
            self.stack.setCurrentWidget(self.form)

    def _on_form_person_known(self, person: PersonRow) -> None:
        self.stack.setCurrentWidget(self.search)
        if not self.search.is_gathering:
            self.search.start_over()
        self.search.receive(Visitor((person,)))

    def _on_keys_requested(self) -> None:
        self.overlay.open_over()

    def _on_overlay_left(self) -> None:
        self.overlay.hide()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_queue(self) -> None:
        """Give the keys back to what stands beside the queue."""
        self.queue.view.unmark()
        current = self.stack.currentWidget()
        if isinstance(current, Panel):
            current.enter()
        elif current is self.search and self.search.bar.visitor is not None:
            self.search.bar.setFocus(Qt.FocusReason.OtherFocusReason)
        elif current is self.search:
            self.search.finder.resume()
        else:
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_visits_requested(self) -> None:
        if self.queue.current is not None and self.queue.view.hasFocus():
            self.visits.mark(self.queue.current.visit.id)
        self.queue.view.unmark()
        self.enter(self.visits)

    def _on_correct_requested(self, visit_id: VisitId) -> None:
        row = next((row for row in self.visits.model.rows if row.id == visit_id), None)
        if row is not None and self.snapshot is not None:
            self.correction.begin(row, self.snapshot)
            self.enter(self.correction)

    def _on_visit_corrected(self, row: VisitRow) -> None:
        if self.stack.currentWidget() is self.correction:
            self.visits.mark(row.id)
            self.enter(self.visits)

    def _on_receipt_issued(self, paper: Paper) -> None:
        self.show_search()
        runner = self.context.operations.runner
        show_paper(self, runner, paper.pdf, paper.file_name, lambda: _("Receipt"))

    def _on_close_requested(self) -> None:
        if self.snapshot is not None:
            self.closing.begin(self.snapshot.figures.unclosed or self.snapshot.today)
            self.enter(self.closing)
