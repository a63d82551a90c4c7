"""Logging a session: the note first, the rest by default. Tab, a digit, Tab, a digit, Ctrl+Enter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import HUB_ZONE, day_of, system_clock, to_local, to_moment
from app.domain.calendar import USUAL_MINUTES, round_to_five
from app.domain.coaching import CorrectSession, LogSession, NextStep, Session
from app.domain.codes import code_list
from app.i18n import _
from ui.coaching.labelled import labelled
from ui.coaching.next_field import NextField, Usual
from ui.coaching.note_field import NoteField
from ui.coaching.options import label_of, minute_options, numbered
from ui.coaching.when_fields import DayField, TimeField
from ui.coaching.who_field import Named, WhoField
from ui.people.choice_fields import NumberedOneOf
from ui.people.wording import isolate
from ui.reception.panel import ENTER, Panel
from ui.theme.tokens import Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.choices import OneOf, PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from app.domain.ids import AppointmentId, SessionId, VisitId
    from ui.page import PageContext
    from ui.widgets.choices import Options
    from ui.widgets.words import Words

_DAYS_AHEAD: Final = 7
"""When the next step is due unless somebody says otherwise."""
_SIDE: Final = 340
_AUTOMATIC: Final = ""


@dataclass(frozen=True, slots=True)
class SessionStart:
    """What is known of a session before it is written down."""

    people: tuple[Named, ...] = ()
    starts_at: int | None = None
    minutes: int = USUAL_MINUTES
    appointment_id: AppointmentId | None = None
    visit_id: VisitId | None = None
    usual: tuple[Usual, ...] = ()
    is_group: bool = False


class SessionForm(Panel):
    """`logged` carries a LogSession, `corrected` a CorrectSession; `papers_requested` the id of one that is kept."""

    logged = Signal(object)
    corrected = Signal(object)
    papers_requested = Signal(object)

    # the title is worded while the panel is being made
    _session_id: SessionId | None = None
    _start = SessionStart()

    def __init__(self, context: PageContext, parent: QWidget | None = None, *, lane: str = "session-who") -> None:
        super().__init__(self._word_title, parent)
        self._today = date.max
        self.note = NoteField(
            lambda: _("Note"), hint=lambda: _("Read by advisors and the hub's manager; the desk does not see it.")
        )
        self.result = NumberedOneOf(lambda: _("Result"), numbered(code_list("session_results")))
        self.next = NextField(lambda: _("Next step"), with_row=False)
        self.due = DayField(lambda: _("By when"))
        self.at = TimeField(lambda: _("Appointment at"))
        self.who = WhoField(context, lane=lane)
        self.subject = LineField(lambda: _("Subject"))
        self.kind = PickList(lambda: _("Kind"), self._kinds())
        self.minutes = OneOf(lambda: _("Minutes"), minute_options(USUAL_MINUTES))
        self.day = DayField(lambda: _("On"))
        self.time = TimeField(lambda: _("Began at"))
        self.save = Button(lambda: _("Save the session"), PRIMARY, shown_key="Ctrl+Enter")
        self.papers_button = Button(lambda: _("Papers"), key="F6", icon="attachment")
        self._lay_out()
        self.papers_button.clicked.connect(lambda: self.papers_requested.emit(self._session_id))
        self.save.clicked.connect(self._on_save_clicked)
        for options in (self.result, self.minutes):
            options.entered.connect(self._on_save_clicked)
        self.next.chosen.connect(self._on_next_chosen)
        self.next.edited.connect(self._on_next_chosen)
        self.who.completed.connect(self._on_who_completed)
        self.who.changed.connect(self._on_who_changed)

    def begin(self, start: SessionStart) -> None:
        """Start a new entry."""
        self._session_id, self._start = None, start
        now = system_clock()
        moment = round_to_five(now) if start.starts_at is None else start.starts_at
        self._fill(moment, day_of(now), start.minutes)
        self.note.set_text("")
        self.subject.set_text("")
        self.kind.choose(_AUTOMATIC)
        self.result.choose(code_list("session_results")[0].code)
        self.offer_usual(start.usual)
        self._show_next(shown=True)
        self.who.begin(start.people, searching=not start.people or start.is_group)
        self.title.retranslate()

    def begin_correction(self, session: Session) -> None:
        """Show an entry as it is, to be put right or completed."""
        self._session_id = session.id
        people = tuple(Named(each.person_id, each.name, each.name_ar, each.present) for each in session.attendees)
        self._start = SessionStart(people, session.starts_at, session.minutes)
        self._fill(session.starts_at, day_of(system_clock()), session.minutes)
        self.note.set_text(session.note or "")
        self.note.setEnabled(not session.restricted)
        self.subject.set_text(session.title)
        self.kind.choose(session.kind)
        if session.result:
            self.result.choose(session.result)
        self._show_next(shown=False)
        self.who.begin(people, searching=False)
        self.title.retranslate()

    def offer_usual(self, usual: Sequence[Usual]) -> None:
        """Offer the steps that are usual for the person's case, once they are read."""
        self.next.offer(usual)

    def enter(self) -> None:
        """The note, or who was there while nobody is named."""
        if self.who.people and not self._start.is_group:
            self.note.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.who.search()

    def fit(self, *, narrow: bool) -> None:
        """Take less room on a small screen."""
        self._side.setFixedWidth(_SIDE - Gap.PAGE - Gap.WIDE if narrow else _SIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, from any field; Enter does where it means nothing else."""
        if event.key() in ENTER:
            self._on_save_clicked()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        main = QWidget()
        fields = QVBoxLayout(main)
        fields.setContentsMargins(0, 0, Gap.HAIR, 0)
        fields.setSpacing(Gap.MEDIUM)
        fields.addWidget(self.note, 1)
        fields.addWidget(labelled(lambda: _("Result"), self.result))
        self._next = QWidget()
        below = QVBoxLayout(self._next)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(Gap.HAIR)
        next_row = QHBoxLayout()
        next_row.setSpacing(Gap.MEDIUM)
        top = Qt.AlignmentFlag.AlignTop
        next_row.addWidget(self.next, 3, top)
        next_row.addWidget(self.due, 2, top)
        next_row.addWidget(self.at, 1, top)
        below.addLayout(next_row)
        below.addWidget(self.next.row)
        fields.addWidget(self._next)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, Gap.HAIR, 0)
        side.setSpacing(Gap.MEDIUM)
        side.addWidget(self.who)
        side.addWidget(self.subject)
        side.addWidget(FieldFrame(lambda: _("Kind"), self.kind))
        side.addWidget(labelled(lambda: _("Minutes"), self.minutes))
        when = QHBoxLayout()
        when.setSpacing(Gap.MEDIUM)
        when.addWidget(self.day, 3, top)
        when.addWidget(self.time, 2, top)
        side.addLayout(when)
        side.addStretch()
        holder = QWidget()
        sides = QHBoxLayout(holder)
        sides.setContentsMargins(0, 0, Gap.SMALL, 0)
        sides.setSpacing(Gap.WIDE)
        sides.addWidget(main, 1)
        sides.addWidget(self._side)
        self.body.addWidget(Scroller(holder), 1)
        foot = QHBoxLayout()
        foot.addWidget(self.papers_button)
        foot.addStretch()
        foot.addWidget(self.save)
        self.body.addLayout(foot)
        self.fit(narrow=False)

    def _fill(self, moment: int, today: date, minutes: int) -> None:
        self._today = today
        self.note.setEnabled(True)
        self.due.begin(None, today)
        self.next.field.set_text("")
        self.next.field.clear_error()
        self.at.begin(None)
        self.day.begin(day_of(moment), today)
        self.time.begin(to_local(moment).time())
        self.minutes.offer(minute_options(minutes))
        self.minutes.choose(str(minutes))

    def _show_next(self, *, shown: bool) -> None:
        self._next.setVisible(shown)
        self.papers_button.setVisible(not shown)

    def _word_title(self) -> str:
        people = self._start.people
        if len(people) == 1 and not self._start.is_group:
            name = isolate(people[0].shown)
            if self._session_id is not None:
                return _("Session with {name}: complete or correct").format(name=name)
            return _("Session with {name}").format(name=name)
        return _("Group session") if people or self._start.is_group else _("New session")

    def _kinds(self) -> Options:
        usual: list[tuple[str, Words]] = [(_AUTOMATIC, lambda: _("as usual (first session, or coaching)"))]
        return [*usual, *((code.code, label_of(code)) for code in code_list("session_kinds"))]

    def _moment(self) -> int | None:
        """When it began; None where a field is not understood."""
        if not (self.day.settle() and self.time.settle()) or self.day.day is None or self.time.time is None:
            (self.time if self.day.day is not None else self.day).setFocus()
            return None
        return to_moment(datetime.combine(self.day.day, self.time.time, HUB_ZONE))

    def _read_next(self) -> NextStep | None:
        """What comes next, None for nothing. Raises ValueError where a field is not understood."""
        starts_at = None
        if not self.due.settle():
            raise ValueError(self.due.text)
        if self.at.text:
            if not self.at.settle() or self.at.time is None:
                raise ValueError(self.at.text)
            day = self.due.day or self._today + timedelta(days=_DAYS_AHEAD)
            starts_at = to_moment(datetime.combine(day, self.at.time, HUB_ZONE))
        if not self.next.text and starts_at is None:
            if self.due.day is not None:
                self.next.field.show_error(lambda: _("What is to be done by then?"))
                raise ValueError(self.due.text)
            return None
        return NextStep(self.next.text, self.due.day, starts_at)

    def _on_save_clicked(self) -> None:
        if not self.who.people:
            self.who.search()
            return
        moment = self._moment()
        if moment is None:
            return
        minutes = int(self.minutes.value)
        if self._session_id is not None:
            self.corrected.emit(
                CorrectSession(
                    self._session_id, self.kind.value or None, minutes, moment, self.subject.text, self.result.value,
                    self.note.text if self.note.isEnabled() else None, self.who.attendees,
                )
            )  # fmt: skip
            return
        try:
            following = self._read_next()
        except ValueError:
            wrong = next((field for field in (self.next.field, self.due, self.at) if field.error), self.due)
            wrong.setFocus()
            return
        self.logged.emit(
            LogSession(
                self.who.attendees, self.kind.value, minutes, moment, self.subject.text, self.result.value,
                self.note.text, following, self._start.appointment_id, self._start.visit_id,
            )
        )  # fmt: skip

    def _on_next_chosen(self) -> None:
        if self.next.text and not self.due.text:
            self.due.begin(self._today + timedelta(days=_DAYS_AHEAD), self._today)

    def _on_who_completed(self) -> None:
        if self.who.people:
            self.note.lines.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _on_who_changed(self) -> None:
        self.subject.setVisible(len(self.who.people) > 1 or self._start.is_group)
