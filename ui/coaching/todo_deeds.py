"""What becomes of a line of My day: each kind of line has its own deed for the same key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.calendar import Appointment
    from app.domain.coaching import Step
    from app.domain.ids import PersonId
    from ui.coaching.actions import CoachingActions
    from ui.coaching.snapshot import DaySnapshot

Key = tuple[str, object]
"""What a line is about: its kind, and the id of the record."""
_WEEK: Final = timedelta(days=7)


def find_appointment(snapshot: DaySnapshot | None, wanted: object) -> Appointment | None:
    """An appointment of the days in view, of today, or one of which nothing was written down."""
    if snapshot is None:
        return None
    known = (*snapshot.shown, *snapshot.mine.appointments, *snapshot.mine.unlogged)
    return next((item for item in known if item.id == wanted), None)


class TodoDeeds(QObject):
    """`session_wanted` carries an Appointment, `note_wanted` a Session, the others the id of what is asked for."""

    session_wanted = Signal(object)
    note_wanted = Signal(object)
    person_requested = Signal(object)
    referral_wanted = Signal(object)

    def __init__(self, actions: CoachingActions, snapshot: Callable[[], DaySnapshot | None], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._snapshot = snapshot

    def take(self, key: Key) -> None:
        """What Enter does."""
        snapshot = self._snapshot()
        if snapshot is None:
            return
        kind, wanted = key
        if kind == "visit":
            self._take_visitor(wanted)
        elif kind == "step":
            step = self._step(wanted)
            if step is not None:
                self._actions.finish_step(step.id)
        elif kind == "unlogged":
            item = find_appointment(snapshot, wanted)
            if item is not None:
                self.session_wanted.emit(item)
        elif kind == "unnoted":
            session = next((each for each in snapshot.mine.without_note if each.id == wanted), None)
            if session is not None:
                self.note_wanted.emit(session)
        elif kind == "referral":
            self.referral_wanted.emit(wanted)
        else:
            self.open_person(key)

    def put_off(self, key: Key) -> None:
        """A step has another week."""
        step, snapshot = self._step(key[1]), self._snapshot()
        if step is not None and snapshot is not None:
            self._actions.put_off(step.id, snapshot.today + _WEEK)

    def drop(self, key: Key) -> None:
        """A step is not needed; whoever had an appointment did not come."""
        step = self._step(key[1])
        if step is not None:
            self._actions.drop_step(step.id)
        elif key[0] == "unlogged" and (item := find_appointment(self._snapshot(), key[1])) is not None:
            self._actions.miss(item.id)

    def open_person(self, key: Key) -> None:
        """Show the page of whoever the line is about."""
        person_id = self._person(key[1])
        if person_id is not None:
            self.person_requested.emit(person_id)

    def _take_visitor(self, wanted: object) -> None:
        snapshot = self._snapshot()
        queues = snapshot.mine.queues if snapshot is not None else ()
        visit = next((row.visit for queue in queues for row in queue.rows if row.visit.id == wanted), None)
        if visit is not None:
            self._actions.take(visit.id)

    def _step(self, wanted: object) -> Step | None:
        snapshot = self._snapshot()
        known = (*snapshot.mine.overdue, *snapshot.mine.due) if snapshot is not None else ()
        return next((step for step in known if step.id == wanted), None)

    def _person(self, wanted: object) -> PersonId | None:
        snapshot = self._snapshot()
        if snapshot is None:
            return None
        mine = snapshot.mine
        known: list[tuple[object, PersonId | None]] = [
            (row.visit.id, row.visit.person_id) for queue in mine.queues for row in queue.rows
        ]
        known += [(step.id, step.person_id) for step in (*mine.overdue, *mine.due)]
        known += [(sent.id, sent.person_id) for sent in (*snapshot.received, *snapshot.unanswered)]
        known += [(item.id, item.person_id) for item in mine.unlogged]
        known += [(each.id, each.attendees[0].person_id) for each in mine.without_note if each.attendees]
        return next((person for what, person in known if what == wanted), None)
