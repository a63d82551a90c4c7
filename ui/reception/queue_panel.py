"""The right side of the desk: the day's figures, the queue of each counter, and what can be done with who is there."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.domain.visits import QueueRow
from app.i18n import _, ngettext
from ui.languages import follow_language
from ui.people.wording import join_facts, word_full_day
from ui.reception import keys
from ui.reception.queue_model import QueueModel
from ui.reception.queue_view import QueueView
from ui.reception.snapshot import DeskSnapshot
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.labels import KeyHint, Label

_TICK_MS: Final = 15_000
QUEUE_WIDTH: Final = 376
NARROW_WIDTH: Final = 284


class QueuePanel(QWidget):
    """Figures, queues, actions. Wishes carry ids: of the visit, and for `hand_over_requested` of the counter too."""

    call_requested = Signal(object)
    hand_over_requested = Signal(object, object)
    check_out_requested = Signal(object)
    receipt_requested = Signal(object)
    visits_requested = Signal()
    close_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: DeskSnapshot | None = None
        self.model = QueueModel(self)
        self.view = QueueView(self.model)
        self._day = Label(self._word_day, strong=True, wraps=True)
        self._figures = Label(self._word_figures, tone="quiet", wraps=True)
        self.call = Button(self._word_call, shown_key="Enter", dense=True)
        self.check_out = Button(lambda: _("Check out"), shown_key=keys.CHECK_OUT, dense=True)
        self.hand_over = Button(lambda: _("Hand over"), shown_key="1…", dense=True)
        self.receipt = Button(lambda: _("Receipt"), shown_key=keys.RECEIPT, dense=True)
        self.visits = Button(lambda: _("Today's visits"), PLAIN, key=keys.VISITS, dense=True)
        self.close_day = Button(lambda: _("Close the day"), PLAIN, key=keys.CLOSE_DAY, dense=True)
        self._menu = QMenu(self)
        self._lay_out()
        self._connect()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.model.tick)
        self._timer.start()
        follow_language(self, self.retranslate)
        self._on_view_moved()

    @property
    def current(self) -> QueueRow | None:
        """Who is marked in the queue, as long as somebody is at it."""
        return self.view.current

    def enter(self) -> None:
        """Give the keys to the queue."""
        self.view.mark_first()
        self.view.setFocus()

    def fit(self, *, narrow: bool) -> None:
        """Take less room on a small screen."""
        self.setFixedWidth(NARROW_WIDTH if narrow else QUEUE_WIDTH)
        across = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._foot.setDirection(across)

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Show the queues and figures as they are now."""
        self._snapshot = snapshot
        self.model.show_queues(snapshot.queues)
        self._day.retranslate()
        self._figures.retranslate()
        self._on_view_moved()

    def retranslate(self) -> None:
        """Word again."""
        self.model.tick()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        head = QHBoxLayout()
        head.addWidget(self._day, 1)
        queue_key = KeyHint(keys.QUEUE)
        head.addWidget(queue_key)
        layout.addLayout(head)
        layout.addWidget(self._figures)
        layout.addWidget(self.view, 1)
        self._actions = QWidget()
        grid = QGridLayout(self._actions)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Gap.SMALL)
        for number, button in enumerate((self.call, self.check_out, self.hand_over, self.receipt)):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, number // 2, number % 2)
        layout.addWidget(self._actions)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(0)
        self._foot.addWidget(self.visits)
        self._foot.addStretch()
        self._foot.addWidget(self.close_day)
        layout.addLayout(self._foot)
        self.fit(narrow=False)

    def _connect(self) -> None:
        self.view.moved.connect(self._on_view_moved)
        self.view.taken.connect(self._on_view_taken)
        self.view.sent_to.connect(self._on_view_sent_to)
        self.view.stepped_back.connect(self.left)
        self.call.clicked.connect(self._on_view_taken)
        self.check_out.clicked.connect(self._on_check_out_clicked)
        self.hand_over.clicked.connect(self._on_hand_over_clicked)
        self.receipt.clicked.connect(self._on_receipt_clicked)
        self.visits.clicked.connect(self.visits_requested)
        self.close_day.clicked.connect(self.close_requested)
        self._menu.triggered.connect(self._on_menu_triggered)

    def _word_day(self) -> str:
        if self._snapshot is None:
            return ""
        return _("Today, {day}").format(day=word_full_day(self._snapshot.today))

    def _word_figures(self) -> str:
        if self._snapshot is None:
            return ""
        figures = self._snapshot.figures
        return join_facts(
            ngettext("{count} here", "{count} here", figures.here).format(count=figures.here),
            ngettext("{count} visit today", "{count} visits today", figures.visits).format(count=figures.visits),
            ngettext("{count} new", "{count} new", figures.new_people).format(count=figures.new_people),
        )

    def _word_call(self) -> str:
        current = self.view.current
        return _("Check out") if current is not None and current.called else _("Call")

    def _on_view_moved(self) -> None:
        current = self.view.current
        self._actions.setVisible(current is not None)
        self.call.retranslate()
        self.check_out.setVisible(current is not None and not current.called)

    def _on_view_taken(self) -> None:
        current = self.view.current
        if current is not None:
            (self.check_out_requested if current.called else self.call_requested).emit(current.visit.id)

    def _on_view_sent_to(self, position: int) -> None:
        current = self.view.current
        counter = self._snapshot.counter_at(position) if self._snapshot else None
        if current is not None and counter is not None:
            self.hand_over_requested.emit(current.visit.id, counter.id)

    def _on_check_out_clicked(self) -> None:
        if (current := self.view.current) is not None:
            self.check_out_requested.emit(current.visit.id)

    def _on_receipt_clicked(self) -> None:
        if (current := self.view.current) is not None:
            self.receipt_requested.emit(current.visit.id)

    def _on_hand_over_clicked(self) -> None:
        self._menu.clear()
        for counter in self._snapshot.counters if self._snapshot else ():
            action = QAction(self._snapshot.word_counter(counter.id) if self._snapshot else "", self._menu)
            action.setData(counter.position)
            self._menu.addAction(action)
        self._menu.popup(self.hand_over.mapToGlobal(self.hand_over.rect().topLeft()))

    def _on_menu_triggered(self, action: QAction) -> None:
        self._on_view_sent_to(int(action.data()))
