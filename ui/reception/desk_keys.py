"""The function keys of the desk that are on no button of their own, and Alt with a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.i18n import _
from ui.people.digits import MOST_DIGIT, digit_sequences
from ui.reception import keys
from ui.reception.at_hand import AtHand, find_at_hand

if TYPE_CHECKING:
    from ui.reception.page import DeskPage


class DeskKeys(QObject):
    """They work wherever the caret stands on the page. Each finds whom it means, or says how to choose somebody."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        for key, slot in (
            (keys.QUEUE, self._on_queue_key),
            (keys.CHECK_OUT, self._on_check_out_key),
            (keys.RECEIPT, self._on_receipt_key),
            (keys.RECORD, self._on_record_key),
        ):
            QShortcut(QKeySequence(key), page).activated.connect(slot)
        for number in range(1, MOST_DIGIT + 1):
            shortcut = QShortcut(page)
            shortcut.setKeys(digit_sequences(Qt.KeyboardModifier.AltModifier, number))
            shortcut.setProperty("number", number)
            shortcut.activated.connect(self._on_call_next_key)

    def _find_hand(self) -> AtHand:
        page = self._page
        front = page.stack.currentWidget()
        return find_at_hand(
            page.snapshot,
            listed=page.visits.current if front is page.visits else None,
            queued=page.queue.current if page.queue.view.hasFocus() else None,
            person=page.search.person_before_desk if front is page.search else None,
        )

    def _on_queue_key(self) -> None:
        if self._page.queue.view.hasFocus():
            self._page.leave_queue()
        else:
            self._page.queue.enter()

    def _on_check_out_key(self) -> None:
        page = self._page
        visit = self._find_hand().visit
        if visit is None:
            page.context.notices.say(_("Nobody is marked who is here. Choose somebody in the queue (F5), then F7."))
            return
        page.actions_run.check_out(visit.id)
        if page.stack.currentWidget() is page.search and not page.queue.view.hasFocus():
            page.search.start_over()

    def _on_receipt_key(self) -> None:
        visit = self._find_hand().visit or self._page.last_visit
        if visit is None:
            self._page.context.notices.say(
                _("A receipt is for a visit. Choose one in the queue (F5) or in today's visits (F6).")
            )
        else:
            self._page.show_receipt(visit.id)

    def _on_record_key(self) -> None:
        page = self._page
        person_id = self._find_hand().person_id
        if person_id is None or page.snapshot is None:
            page.context.notices.say(_("Nobody with a name is marked. Search for somebody first, then F9."))
        else:
            page.record.begin(person_id, page.snapshot)
            page.enter(page.record)

    def _on_call_next_key(self) -> None:
        snapshot = self._page.snapshot
        counter = snapshot.counter_at(int(self.sender().property("number"))) if snapshot is not None else None
        if counter is not None:
            self._page.actions_run.call_next(counter.id)
