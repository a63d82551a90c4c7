"""The appointments of a day, a week, or the coming four weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.clock import day_of, to_local
from app.domain.calendar import Appointment, AppointmentState
from app.domain.codes import code_label
from app.i18n import _, current_language, ngettext
from ui.coaching.block import Block
from ui.coaching.entries import Entry
from ui.coaching.entry_list import EntryList
from ui.coaching.snapshot import DAY, LIST, WEEK, DaySnapshot
from ui.coaching.time_grid import GridHead, TimeGrid
from ui.languages import follow_language
from ui.people.wording import full_name, join_facts, word_full_day, word_time, word_week_day
from ui.theme.tokens import ROW, Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card, EmptyState
from ui.widgets.choices import OneOf
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from collections.abc import Iterator

_ICONS: Final = {
    AppointmentState.KEPT: "check",
    AppointmentState.MISSED: "user-x",
    AppointmentState.CANCELLED: "close",
}
_HOUR_MINUTES: Final = 60
_BEFORE_NOW: Final = 90


class CalendarPanel(QWidget):
    """`view_chosen` and `day_chosen` ask for other appointments; `taken` and `marked` carry an AppointmentId."""

    view_chosen = Signal(str)
    day_chosen = Signal(object)
    taken = Signal(object)
    marked = Signal(object)
    slot_chosen = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: DaySnapshot | None = None
        self._was_scrolled = False
        self.views = OneOf(
            lambda: _("Show"), [(DAY, lambda: _("One day")), (WEEK, lambda: _("Week")), (LIST, lambda: _("List"))]
        )
        self.back = Button(lambda: "", PLAIN, icon="arrow-left", hint=lambda: _("Before (Alt+Page up)"), dense=True)
        self.on = Button(lambda: "", PLAIN, icon="arrow-right", hint=lambda: _("After (Alt+Page down)"), dense=True)
        self.today = Button(lambda: _("Today"), PLAIN, dense=True)
        self._days = Label(self._word_days, strong=True)
        self._empty_line = Label(self._word_empty, tone="quiet", wraps=True)
        self.grid = TimeGrid()
        self._head = GridHead(self.grid)
        self.list = EntryList(lambda: _("Appointments"))
        self.scroller = Scroller(self.grid)
        self._lay_out()
        self.views.chosen.connect(self.view_chosen)
        self.back.clicked.connect(lambda: self._step(-1))
        self.on.clicked.connect(lambda: self._step(1))
        self.today.clicked.connect(lambda: self.day_chosen.emit(None))
        for key, step in (("Alt+PgUp", -1), ("Alt+PgDown", 1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda step=step: self._step(step))
        self.grid.taken.connect(self.taken)
        self.grid.marked.connect(self.marked)
        self.grid.slot_chosen.connect(self.slot_chosen)
        self.list.taken.connect(self.taken)
        self.list.moved.connect(lambda: self.marked.emit(self.list.current))
        follow_language(self, self.retranslate)

    @property
    def current(self) -> object:
        """The appointment that has the keyboard."""
        if self.list.hasFocus():
            return self.list.current
        return next((button.block.key for button in self.grid.buttons if button.hasFocus()), None)

    def append(self, button: Button) -> None:
        """Put something at the end of the line above the appointments."""
        button.setFixedHeight(ROW)
        self._flow.addWidget(button)

    def follow(self, snapshot: DaySnapshot) -> None:
        """Show what lies in the days in view."""
        self._snapshot = snapshot
        self.views.choose(snapshot.view)
        self.retranslate()
        if not self._was_scrolled and snapshot.view != LIST:
            self._was_scrolled = True
            QTimer.singleShot(0, self, self._scroll_to_now)

    def retranslate(self) -> None:
        """Word again."""
        for button, words in ((self.back, _("Before")), (self.on, _("After"))):
            button.setAccessibleName(words)
        snapshot = self._snapshot
        if snapshot is None:
            return
        self._days.retranslate()
        self._empty_line.retranslate()
        self._empty_line.setVisible(not snapshot.shown and snapshot.view != LIST)
        if snapshot.view == LIST:
            self.list.show_entries(list(_list_entries(snapshot)))
            self._stack.setCurrentWidget(self.list if snapshot.shown else self._empty)
        else:
            self.grid.show_blocks(snapshot.days, [_block(item) for item in snapshot.shown], snapshot.now)
            self._head.setVisible(snapshot.view == WEEK)
            self._head.update()
            self._stack.setCurrentWidget(self._card)

    def _lay_out(self) -> None:
        moving = QWidget()
        row = QHBoxLayout(moving)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.back, self.today, self.on):
            row.addWidget(button)
        self._days.setFixedHeight(ROW)
        moving.setFixedHeight(ROW)
        head = QWidget()
        self._flow = FlowLayout(head)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(Gap.SMALL)
        for part in (self.views, moving, self._days):
            self._flow.addWidget(part)
        self._empty = Card(margin=0)
        self._empty.body.addWidget(
            EmptyState(
                "calendar",
                lambda: _("No appointments in these four weeks"),
                lambda: _("F3 plans one. A calendar file of another program can be taken in."),
            )
        )
        card = Card(margin=Gap.SMALL)
        card.body.setSpacing(0)
        card.body.addWidget(self._empty_line)
        card.body.addWidget(self._head)
        card.body.addWidget(self.scroller, 1)
        self._card = card
        self._stack = QStackedWidget()
        for part in (card, self.list, self._empty):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)

    def _step(self, step: int) -> None:
        snapshot = self._snapshot
        if snapshot is not None:
            length = {DAY: 1, WEEK: 7}.get(snapshot.view, 28)
            self.day_chosen.emit(snapshot.days[0] + timedelta(days=step * length))

    def _scroll_to_now(self) -> None:
        if self._snapshot is not None:
            local = to_local(self._snapshot.now)
            minute = local.hour * _HOUR_MINUTES + local.minute - _BEFORE_NOW
            self.scroller.verticalScrollBar().setValue(max(0, self.grid.y_of(minute)))

    def _word_days(self) -> str:
        snapshot = self._snapshot
        if snapshot is None:
            return ""
        if snapshot.view == DAY:
            return word_full_day(snapshot.days[0])
        return _("{first} to {last}").format(
            first=word_week_day(snapshot.days[0]), last=word_week_day(snapshot.days[-1])
        )

    def _word_empty(self) -> str:
        if self._snapshot is not None and self._snapshot.view == WEEK:
            return _("No appointment in this week. F3 plans one, or a double click on a free hour.")
        return _("No appointment on this day. F3 plans one, or a double click on a free hour.")


def title_of(item: Appointment) -> str:
    """With whom, else what for."""
    if item.person_id is not None:
        return full_name(item.name, item.name_ar)
    return item.purpose or _("Appointment")


def _word_state(item: Appointment) -> str:
    if item.state is AppointmentState.PLANNED:
        return _("overlaps") if item.clashes else ""
    return code_label("appointment_states", str(item.state), current_language())


def _block(item: Appointment) -> Block:
    over = item.state is not AppointmentState.PLANNED
    detail = item.purpose if item.person_id is not None else ""
    icon = _ICONS.get(item.state, "warning" if item.clashes else "")
    return Block(item.id, item.starts_at, item.minutes, title_of(item), detail, _word_state(item), icon, over)


def _list_entries(snapshot: DaySnapshot) -> Iterator[Entry]:
    day: date | None = None
    for item in snapshot.shown:
        its_day = day_of(item.starts_at)
        if its_day != day:
            day = its_day
            count = sum(1 for other in snapshot.shown if day_of(other.starts_at) == day)
            title = join_facts(_("Today"), word_full_day(day)) if day == snapshot.today else word_full_day(day)
            yield Entry(title, is_heading=True, chip=str(count))
        yield Entry(
            title_of(item),
            item.id,
            lead=word_time(item.starts_at),
            icon=_ICONS.get(item.state, "calendar"),
            detail=join_facts(
                item.purpose if item.person_id is not None else "",
                ngettext("{count} minute", "{count} minutes", item.minutes).format(count=item.minutes),
            ),
            chip=_word_state(item),
            chip_tone="attention" if item.clashes or item.state is AppointmentState.MISSED else "quiet_ink",
            is_quiet=item.state is not AppointmentState.PLANNED,
        )
