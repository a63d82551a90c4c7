"""A wrong entry is put right here; what it said before stays in its history, which is shown beside."""

import re
from datetime import datetime, time
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.bootstrap import UnitOfWork
from app.clock import HUB_ZONE, to_local, to_moment
from app.domain.ids import CounterId, VisitId
from app.domain.people import PersonRow
from app.domain.visits import CorrectVisit, FieldChange, VisitRow, VisitState
from app.i18n import _
from app.services import visits
from ui.page import PageContext
from ui.people.choice_fields import NumberedPick
from ui.people.wording import full_name, join_facts, word_time
from ui.reception.finder import Finder
from ui.reception.panel import ENTER, Panel
from ui.reception.reason_list import ReasonList
from ui.reception.snapshot import DeskSnapshot
from ui.reception.visit_history import HistoryList
from ui.theme.tokens import Gap
from ui.widgets.buttons import DANGER, PRIMARY, Button
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import Words

_TIME: Final = re.compile(r"(\d{1,2})[:hH. ]?(\d{2})")
_OTHER_PERSON: Final = "F2"


class CorrectionPanel(Panel):
    """`corrected` carries the CorrectVisit that was asked for; the desk carries it out."""

    corrected = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Correct an entry"), parent)
        self._context = context
        self._visit: VisitRow | None = None
        self._person: PersonRow | None = None
        self._snapshot: DeskSnapshot | None = None
        self._who = Label(self._word_who, strong=True, wraps=True)
        self.other = Button(lambda: _("Another person"), key=_OTHER_PERSON, dense=True)
        self.counter = NumberedPick(lambda: _("Counter"))
        self.reason = ReasonList()
        self.arrived = LineField(lambda: _("Arrived at"), left_to_right=True, max_length=5)
        self.history = HistoryList()
        self.void = Button(self._word_void, DANGER)
        self.save = Button(lambda: _("Save the correction"), PRIMARY, shown_key="Ctrl+Enter")
        self.finder = Finder(context, lane="desk-correction")
        self._lay_out()
        self._show_finder(shown=False)
        self.other.clicked.connect(self._on_other_clicked)
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.stepped_back.connect(self._on_finder_stepped_back)
        self.void.clicked.connect(self._on_void_clicked)
        self.save.clicked.connect(self._on_save_clicked)

    @property
    def visit(self) -> VisitRow | None:
        """The entry that is being put right."""
        return self._visit

    def begin(self, visit: VisitRow, snapshot: DeskSnapshot) -> None:
        """Show an entry as it is."""
        self._visit, self._person = visit, None
        self.follow(snapshot)
        self.counter.choose(str(visit.counter_id))
        self.reason.choose(visit.reason)
        self.arrived.set_text(word_time(visit.arrived_at))
        self.arrived.clear_error()
        self._who.retranslate()
        self.void.retranslate()
        self._show_finder(shown=False)
        self.history.clear()

        def read(uow: UnitOfWork) -> tuple[FieldChange, ...]:
            return visits.history(visit.id, uow)

        def show(changes: tuple[FieldChange, ...]) -> None:
            self.history.show_history(changes, snapshot)

        self._context.operations.query(self, read, show, lane="desk-history")

    def enter(self) -> None:
        """The counter is what is most often wrong."""
        self.counter.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Know the counters and reasons."""
        self._snapshot = snapshot
        known = {counter.id: counter for counter in snapshot.counters}
        if self._visit is not None and (counter := snapshot.counter(self._visit.counter_id)) is not None:
            known.setdefault(counter.id, counter)
        self.counter.offer([(str(counter.id), _worded(counter.id, snapshot)) for counter in known.values()])
        self.counter.number([counter.position for counter in known.values()])
        self.reason.offer_codes(snapshot.reasons)
        self.finder.follow(snapshot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, with Ctrl or without."""
        if event.key() in ENTER:
            self._on_save_clicked()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        person = QHBoxLayout()
        person.addWidget(self._who, 1)
        person.addWidget(self.other)
        self.body.addLayout(person)
        self.body.addWidget(self.finder, 1)
        self._form = QWidget()
        column = QWidget()
        fields = QVBoxLayout(column)
        fields.setContentsMargins(0, 0, Gap.HAIR, 0)
        fields.setSpacing(Gap.MEDIUM)
        fields.addWidget(FieldFrame(lambda: _("Counter"), self.counter))
        fields.addWidget(FieldFrame(lambda: _("Reason"), self.reason))
        fields.addWidget(self.arrived)
        fields.addStretch()
        past = QVBoxLayout()
        past.setSpacing(Gap.SMALL)
        past.addWidget(Label(lambda: _("History of this entry"), strong=True))
        past.addWidget(self.history, 1)
        sides = QHBoxLayout(self._form)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(Gap.WIDE)
        sides.addWidget(Scroller(column, as_wide=True), 1)
        sides.addLayout(past, 1)
        self.body.addWidget(self._form, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.void)
        foot.addStretch()
        foot.addWidget(self.save)
        self.body.addLayout(foot)

    def _show_finder(self, *, shown: bool) -> None:
        self.finder.setVisible(shown)
        self._form.setVisible(not shown)
        self.other.setVisible(not shown)

    def _word_who(self) -> str:
        if self._visit is None:
            return ""
        if self._person is not None:
            return join_facts(full_name(self._person.name, self._person.name_ar), self._person.number)
        return join_facts(full_name(self._visit.name, self._visit.name_ar), self._visit.number)

    def _word_void(self) -> str:
        if self._visit is not None and self._visit.state is VisitState.VOID:
            return _("Count this entry again")
        return _("Entered by mistake")

    def _read_time(self, visit: VisitRow) -> int | None:
        """The moment typed, None when it is the one that stands already. Raises ValueError."""
        match = _TIME.fullmatch(self.arrived.text)
        if match is None:
            raise ValueError(self.arrived.text)
        if self.arrived.text == word_time(visit.arrived_at):
            return None
        day = to_local(visit.arrived_at).date()
        return to_moment(datetime.combine(day, time(int(match[1]), int(match[2])), HUB_ZONE))

    def _on_other_clicked(self) -> None:
        self._show_finder(shown=True)
        self.finder.start()

    def _on_finder_picked(self, person: PersonRow) -> None:
        self._person = person
        self._who.retranslate()
        self._on_finder_stepped_back()

    def _on_finder_stepped_back(self) -> None:
        self._show_finder(shown=False)
        self.enter()

    def _on_void_clicked(self) -> None:
        if self._visit is not None:
            void = self._visit.state is not VisitState.VOID
            self.corrected.emit(CorrectVisit(VisitId(self._visit.id), void=void))

    def _on_save_clicked(self) -> None:
        visit = self._visit
        if visit is None:
            return
        try:
            moment = self._read_time(visit)
        except ValueError:
            self.arrived.show_error(lambda: _("Not understood. Write the time as 09:42."))
            self.arrived.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        counter = CounterId(UUID(self.counter.value)) if self.counter.value else visit.counter_id
        self.corrected.emit(
            CorrectVisit(
                visit_id=VisitId(visit.id),
                person_id=self._person.id if self._person else None,
                counter_id=None if counter == visit.counter_id else counter,
                reason=None if self.reason.value in {"", visit.reason} else self.reason.value,
                arrived_at=moment,
            )
        )


def _worded(counter_id: CounterId, snapshot: DeskSnapshot) -> Words:
    return lambda: snapshot.word_counter(counter_id)
