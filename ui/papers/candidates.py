"""Who is given a certificate: ticked or not, and below them those who can't have one, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.i18n import _, ngettext
from app.services.certificates.earned import word_obstacles
from ui.coaching.entries import Entry
from ui.coaching.entry_list import EntryList
from ui.people.wording import full_name
from ui.ventures.amounts import word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.ids import PersonId
    from app.domain.papers import Candidate


class CandidateList(EntryList):
    """Space or Enter ticks; `ticked` follows. Whoever is ready is ticked at first."""

    ticked = Signal()
    _all: tuple[Candidate, ...] = ()
    _left_out: frozenset[PersonId] = frozenset()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Who is given a certificate"), parent, lead="", key="Space")
        self.taken.connect(self._on_taken)

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """Those who are given one, by name."""
        return tuple(item for item in self._all if item.ready and item.person_id not in self._left_out)

    @property
    def not_ready(self) -> tuple[Candidate, ...]:
        """Those who can't have one."""
        return tuple(item for item in self._all if not item.ready)

    @property
    def candidate(self) -> Candidate | None:
        """The one who is marked."""
        return next((item for item in self._all if item.person_id == self.current), None)

    def show_candidates(self, found: Sequence[Candidate], *, afresh: bool) -> None:
        """Show these; `afresh` ticks all who are ready."""
        self._all = tuple(found)
        if afresh:
            self._left_out = frozenset()
        self._show()
        self.mark_first()

    def retranslate(self) -> None:
        """Word all lines again."""
        super().retranslate()
        if self._all:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, as in any list of ticks."""
        if event.key() == Qt.Key.Key_Space and self.current is not None:
            self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        ready = [item for item in self._all if item.ready]
        entries = [Entry(_word_ready(len(ready)), is_heading=True)]
        entries += [self._entry(item) for item in ready]
        if others := self.not_ready:
            entries.append(Entry(_word_others(len(others)), is_heading=True))
            entries += [self._entry(item) for item in others]
        self.show_entries(entries)

    def _entry(self, item: Candidate) -> Entry:
        name = full_name(item.name, item.name_ar)
        if not item.ready:
            return Entry(name, item.person_id, icon="info", detail=word_obstacles(item), is_quiet=True)
        if item.person_id in self._left_out:
            return Entry(name, item.person_id, icon="close", chip=_("left out"), is_quiet=True)
        return Entry(name, item.person_id, icon="check", icon_tone="good")

    def _on_taken(self, person_id: PersonId) -> None:
        item = self.candidate
        if item is None or not item.ready:
            return
        self._left_out = self._left_out ^ {person_id}
        self._show()
        self.ticked.emit()


def _word_ready(count: int) -> str:
    if not count:
        return _("Nobody is ready for this certificate")
    return ngettext("{number} can be given one", "{number} can be given one", count).format(number=word_number(count))


def _word_others(count: int) -> str:
    return ngettext("{number} can't, and why", "{number} can't, and why", count).format(number=word_number(count))
