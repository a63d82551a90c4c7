"""My day: what is planned, what waits, and writing a session down with one key."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.calendar import MINUTE_MS, Appointment, AppointmentState
from app.i18n import _
from app.services import sessions
from ui.coaching.actions import CoachingActions
from ui.coaching.appointment_form import AppointmentForm
from ui.coaching.calendar_menu import CalendarMenu
from ui.coaching.calendar_panel import CalendarPanel
from ui.coaching.referring import Referring
from ui.coaching.session_form import SessionForm, SessionStart
from ui.coaching.snapshot import DAY, DaySnapshot, read_day, read_usual
from ui.coaching.todo_deeds import TodoDeeds, find_appointment
from ui.coaching.todo_panel import TodoPanel
from ui.coaching.todo_words import TAKE_KEY, next_waiting
from ui.coaching.who_field import Named
from ui.page import PageContext, PageWidget
from ui.people.papers import SessionPapers
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.changes import Changes
    from app.domain.coaching import Session
    from app.domain.my_day import Taken
    from ui.coaching.next_field import Usual
    from ui.reception.panel import Panel

_TICK_MS: Final = 30_000
_SOON: Final = 15 * MINUTE_MS
_NARROW: Final = 1_000
_LOW: Final = 500


class MyDayPage(PageWidget):
    """The calendar beside what waits; a form stands in their place while something is written down."""

    snapshot_read = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._is_stale = True
        self._view = DAY
        self._day: date | None = None
        self._with_me: SessionStart | None = None
        self.snapshot: DaySnapshot | None = None
        self.actions_run = CoachingActions(context, self)
        self.calendar = CalendarPanel()
        self.todo = TodoPanel()
        self.session = SessionForm(context, lane="my-day-who")
        self.appointment = AppointmentForm(context, lane="my-day-appointment")
        self.referring = Referring(context, self)
        self.papers = SessionPapers(context, self.session, self._enter)
        self.log_button = Button(lambda: _("Write a session down"), PRIMARY, key="F2", icon="session", dense=True)
        self.plan_button = Button(lambda: _("Appointment"), key="F3", icon="calendar-plus", dense=True)
        self.take_button = Button(lambda: _("Take the next one"), key=TAKE_KEY, icon="user", dense=True)
        self.group_button = Button(lambda: _("Group session"), key="F5", icon="group-session", dense=True)
        self.files = CalendarMenu(context, lambda: self._day, self)
        self.stack = QStackedWidget()
        self._lay_out()
        self.deeds = TodoDeeds(self.actions_run, lambda: self.snapshot, self)
        self._connect()
        context.change_bus.changed.connect(self._on_changed)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()
        self.refresh()

    def activate(self) -> None:
        """Read again what changed while another page stood in front."""
        if self._is_stale:
            self.refresh()

    def retranslate(self) -> None:
        """Word again what does not follow by itself."""

    def primary_focus(self) -> QWidget:
        """What waits; the form where one is open."""
        front = self.stack.currentWidget()
        if front is None or front is self._overview:
            return self.todo.list
        return front.focusWidget() or front

    def refresh(self) -> None:
        """Read the day."""
        self._is_stale = False
        view, day = self._view, self._day
        self._context.operations.query(self, lambda uow: read_day(view, day, uow), self._follow, lane="my-day")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small screen, or a large scale, leaves less room around."""
        super().resizeEvent(event)
        narrow, low = self.width() < _NARROW, self.height() < _LOW
        edge = Gap.MEDIUM if narrow else Gap.WIDE
        self._whole.setContentsMargins(edge, Gap.SMALL if low else Gap.LARGE, edge, Gap.SMALL)
        self._title.setVisible(not narrow)
        self.todo.fit(narrow=narrow)
        self.session.fit(narrow=narrow)

    def _lay_out(self) -> None:
        self._title = Label(lambda: _("My day"), step="large")
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self._title)
        for button in (self.log_button, self.group_button, self.plan_button, self.take_button):
            head.addWidget(button)
        head.addStretch()
        self.calendar.append(self.files.button)
        sides = QHBoxLayout()
        sides.setSpacing(Gap.LARGE)
        sides.addWidget(self.calendar, 1)
        sides.addWidget(self.todo)
        self._overview = QWidget()
        column = QVBoxLayout(self._overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.MEDIUM)
        column.addLayout(head)
        column.addLayout(sides, 1)
        for part in (self._overview, self.session, self.appointment, *self.referring.panels, self.papers.form):
            self.stack.addWidget(part)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self.stack)

    def _connect(self) -> None:
        run = self.actions_run
        self.log_button.clicked.connect(self._on_log_clicked)
        self.plan_button.clicked.connect(lambda: self._plan(None, None))
        self.take_button.clicked.connect(self._on_take_clicked)
        self.group_button.clicked.connect(lambda: self.begin_session(SessionStart(is_group=True)))
        self.calendar.view_chosen.connect(self._on_view_chosen)
        self.calendar.day_chosen.connect(self._on_day_chosen)
        self.calendar.taken.connect(self._on_appointment_taken)
        self.calendar.slot_chosen.connect(self._on_slot_chosen)
        self.todo.taken.connect(self.deeds.take)
        self.todo.later_requested.connect(self.deeds.put_off)
        self.todo.dropped.connect(self.deeds.drop)
        self.todo.person_requested.connect(self.deeds.open_person)
        self.deeds.person_requested.connect(self.person_requested)
        self.deeds.session_wanted.connect(lambda item: self.begin_session(start_of(item)))
        self.deeds.note_wanted.connect(self._begin_correction)
        self.deeds.referral_wanted.connect(self.referring.open)
        self.referring.fronted.connect(self._enter)
        self.referring.done.connect(self.show_overview)
        self.referring.person_requested.connect(self.person_requested)
        for form in (self.session, self.appointment, *self.referring.panels):
            form.left.connect(self.show_overview)
        self.session.logged.connect(run.log_session)
        self.session.corrected.connect(run.correct_session)
        self.appointment.planned.connect(run.plan)
        self.appointment.moved.connect(run.move)
        self.appointment.called_off.connect(run.cancel)
        run.done.connect(self._on_done)
        run.taken.connect(self._on_taken)

    def show_overview(self) -> None:
        """Back to the day."""
        if self.stack.currentWidget() is not self._overview:
            self.stack.setCurrentWidget(self._overview)
            self.todo.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_session(self, start: SessionStart) -> None:
        """Write a session down; the usual next steps come as soon as they are read."""
        self.session.begin(start)
        self._enter(self.session)
        ids = tuple(person.id for person in start.people)

        def show(usual: tuple[Usual, ...]) -> None:
            self.session.offer_usual(usual)

        self._context.operations.query(self, lambda uow: read_usual(ids, uow), show, lane="my-day-usual")

    def _enter(self, panel: Panel) -> None:
        self.stack.setCurrentWidget(panel)
        panel.enter()

    def _follow(self, snapshot: DaySnapshot) -> None:
        self.snapshot = snapshot
        self.calendar.follow(snapshot)
        self.todo.follow(snapshot)
        self.take_button.setEnabled(next_waiting(snapshot.mine) is not None)
        self.snapshot_read.emit(snapshot)

    def _on_changed(self, changes: Changes) -> None:
        concerned = (
            changes.everything or changes.visits or changes.cases or changes.appointments or changes.sessions
            or changes.steps or changes.referrals or changes.people or changes.counters
        )  # fmt: skip
        if not concerned:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def _on_timer_timeout(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_done(self) -> None:
        self._with_me = None if self.stack.currentWidget() is self.session else self._with_me
        self.show_overview()

    def _on_view_chosen(self, view: str) -> None:
        self._view = view
        self.refresh()

    def _on_day_chosen(self, day: date | None) -> None:
        self._day = day
        self.refresh()

    def _on_slot_chosen(self, day: date, minute: int) -> None:
        self._plan(day, time(minute // 60, minute % 60))

    def _plan(self, day: date | None, at: time | None) -> None:
        self.appointment.begin(None, day or self._day, at)
        self._enter(self.appointment)

    def _on_log_clicked(self) -> None:
        """What the next key is about: what is marked, who is with me, the appointment of now, or somebody to find."""
        current = self.todo.list.current
        if self.calendar.current is not None:
            self._on_appointment_taken(self.calendar.current)
        elif (
            self.todo.list.hasFocus() and isinstance(current, tuple) and current[0] in {"visit", "unlogged", "unnoted"}
        ):
            self.deeds.take(current)
        elif self._with_me is not None:
            self.begin_session(self._with_me)
        elif (now := self._appointment_of_now()) is not None:
            self.begin_session(start_of(now))
        else:
            self.begin_session(SessionStart())

    def _appointment_of_now(self) -> Appointment | None:
        snapshot = self.snapshot
        if snapshot is None:
            return None
        fitting = (
            item
            for item in snapshot.mine.appointments
            if item.state is AppointmentState.PLANNED and item.session_id is None and item.person_id is not None
            if item.starts_at - _SOON <= snapshot.now <= item.ends_at + _SOON
        )
        return next(fitting, None)

    def _on_take_clicked(self) -> None:
        row = next_waiting(self.snapshot.mine) if self.snapshot is not None else None
        if row is not None:
            self.actions_run.take(row.visit.id)

    def _on_taken(self, taken: Taken) -> None:
        visit = taken.visit
        people = () if visit.person_id is None else (Named(visit.person_id, visit.name, visit.name_ar),)
        planned = taken.appointment.id if taken.appointment is not None else None
        self._with_me = SessionStart(people, taken.starts_at, taken.minutes, planned, visit.id)
        self.begin_session(self._with_me)

    def _on_appointment_taken(self, appointment_id: object) -> None:
        item = find_appointment(self.snapshot, appointment_id)
        if item is None or self.snapshot is None:
            return
        if item.session_id is not None:
            session_id = item.session_id
            self._context.operations.query(
                self, lambda uow: sessions.show_session(session_id, uow), self._begin_correction
            )
        elif item.state is AppointmentState.PLANNED and item.starts_at > self.snapshot.now + _SOON:
            self.appointment.begin_moving(item)
            self._enter(self.appointment)
        else:
            self.begin_session(start_of(item))

    def _begin_correction(self, session: Session) -> None:
        self.session.begin_correction(session)
        self._enter(self.session)


def start_of(item: Appointment) -> SessionStart:
    """The session that an appointment leads to."""
    people = () if item.person_id is None else (Named(item.person_id, item.name, item.name_ar),)
    return SessionStart(people, item.starts_at, item.minutes, item.id)
