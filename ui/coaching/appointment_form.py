"""An appointment: with whom, when, for how long, what for. Also moves one to another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import HUB_ZONE, day_of, system_clock, to_local, to_moment
from app.domain.calendar import USUAL_MINUTES, Appointment, NewAppointment
from app.i18n import _
from ui.coaching.labelled import labelled
from ui.coaching.options import minute_options
from ui.coaching.when_fields import DayField, TimeField
from ui.coaching.who_field import Named
from ui.people.person_finder import PersonFinder
from ui.people.wording import isolate
from ui.reception.panel import ENTER, Panel
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import DANGER, PLAIN, PRIMARY, Button
from ui.widgets.choices import OneOf
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.domain.ids import AppointmentId, CaseId
    from app.domain.people import PersonRow
    from ui.page import PageContext


@dataclass(frozen=True, slots=True)
class Moved:
    """An appointment with its new time, in epoch ms, and what it is for."""

    appointment_id: AppointmentId
    starts_at: int
    minutes: int
    purpose: str


class AppointmentForm(Panel):
    """`planned` carries a NewAppointment, `moved` a Moved, `called_off` the id of one that does not take place."""

    planned = Signal(object)
    moved = Signal(object)
    called_off = Signal(object)

    _moving: AppointmentId | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None, *, lane: str = "appointment-who") -> None:
        super().__init__(self._word_title, parent)
        self._person: Named | None = None
        self._case_id: CaseId | None = None
        self.day = DayField(lambda: _("On"))
        self.time = TimeField(lambda: _("At"))
        self.minutes = OneOf(lambda: _("Minutes"), minute_options(USUAL_MINUTES))
        self.purpose = LineField(lambda: _("What for"))
        self.finder = PersonFinder(context, lambda: _("With whom"), lane=lane)
        self._who = Label(self._word_who, step="medium", strong=True, wraps=True)
        self.other = Button(lambda: _("Somebody else"), PLAIN, icon="user", dense=True)
        self.save = Button(lambda: _("Save the appointment"), PRIMARY, shown_key="Ctrl+Enter")
        self.call_off = Button(lambda: _("Call off"), DANGER, key="F8")
        self._lay_out()
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.passed_on_empty.connect(self._on_finder_done)
        self.finder.stepped_back.connect(self.left)
        self.other.clicked.connect(self._on_other_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        self.call_off.clicked.connect(self._on_call_off_clicked)
        self.minutes.entered.connect(self._on_save_clicked)

    def begin(self, person: Named | None, day: date | None, at: time | None, case_id: CaseId | None = None) -> None:
        """Start a new one."""
        self._moving, self._person, self._case_id = None, person, case_id
        today = day_of(system_clock())
        self._fill(day or today + timedelta(days=1), at or time(9), USUAL_MINUTES, today)
        self.purpose.set_text("")
        self._show_finder(shown=person is None)
        self._retell()

    def begin_moving(self, appointment: Appointment) -> None:
        """Show one as it is, to be moved."""
        self._moving, self._case_id = appointment.id, appointment.case_id
        self._person = None
        if appointment.person_id is not None:
            self._person = Named(appointment.person_id, appointment.name, appointment.name_ar)
        local = to_local(appointment.starts_at)
        self._fill(local.date(), local.time(), appointment.minutes, day_of(system_clock()))
        self.purpose.set_text(appointment.purpose)
        self._show_finder(shown=False)
        self._retell()

    def enter(self) -> None:
        """With whom while nobody is named, else the day."""
        if self.finder.isVisibleTo(self):
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            self.day.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, with Ctrl or without."""
        if event.key() in ENTER:
            self._on_save_clicked()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(FORM_WIDTH)
        fields = QVBoxLayout(column)
        fields.setContentsMargins(0, 0, Gap.SMALL, 0)
        fields.setSpacing(Gap.MEDIUM)
        head = QHBoxLayout()
        head.addWidget(self._who, 1)
        head.addWidget(self.other)
        fields.addLayout(head)
        when = QHBoxLayout()
        when.setSpacing(Gap.MEDIUM)
        top = Qt.AlignmentFlag.AlignTop
        when.addWidget(self.day, 3, top)
        when.addWidget(self.time, 2, top)
        fields.addLayout(when)
        fields.addWidget(labelled(lambda: _("Minutes"), self.minutes))
        fields.addWidget(self.purpose)
        fields.addStretch()
        sides = QHBoxLayout()
        sides.setSpacing(Gap.WIDE)
        sides.addWidget(Scroller(column, as_wide=True), 1)
        sides.addWidget(self.finder, 1)
        self._sides = sides
        self.body.addLayout(sides, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self.call_off)
        foot.addStretch()
        self.body.addLayout(foot)

    def _fill(self, day: date, at: time, minutes: int, today: date) -> None:
        self.day.begin(day, today)
        self.time.begin(at)
        self.minutes.offer(minute_options(minutes))
        self.minutes.choose(str(minutes))

    def _retell(self) -> None:
        self.title.retranslate()
        self._who.retranslate()

    def _word_title(self) -> str:
        return _("Move the appointment") if self._moving is not None else _("New appointment")

    def _word_who(self) -> str:
        if self._person is not None:
            return _("With {name}").format(name=isolate(self._person.shown))
        return _("With nobody named")

    def _show_finder(self, *, shown: bool) -> None:
        self.finder.setVisible(shown)
        self.other.setVisible(not shown and self._moving is None)
        self.call_off.setVisible(self._moving is not None)
        if shown:
            self.finder.start()

    def _on_finder_picked(self, row: PersonRow) -> None:
        self._person, self._case_id = Named(row.id, row.name, row.name_ar), None
        self._on_finder_done()

    def _on_finder_done(self) -> None:
        self._show_finder(shown=False)
        self._retell()
        self.enter()

    def _on_other_clicked(self) -> None:
        self._show_finder(shown=True)
        self.enter()

    def _on_call_off_clicked(self) -> None:
        if self._moving is not None:
            self.called_off.emit(self._moving)

    def _on_save_clicked(self) -> None:
        if not self.day.settle() or self.day.day is None:
            self.day.setFocus()
            return
        if not self.time.settle() or self.time.time is None:
            self.time.setFocus()
            return
        starts_at = to_moment(datetime.combine(self.day.day, self.time.time, HUB_ZONE))
        minutes = int(self.minutes.value)
        if self._moving is not None:
            self.moved.emit(Moved(self._moving, starts_at, minutes, self.purpose.text))
            return
        person_id = self._person.id if self._person is not None else None
        self.planned.emit(NewAppointment(starts_at, minutes, person_id, self._case_id, purpose=self.purpose.text))
