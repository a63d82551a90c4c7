"""Who was there: one person, or all of a group, each ticked as present or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.coaching import Attendee
from app.i18n import _
from ui.people.person_finder import PersonFinder
from ui.people.wording import full_name, isolate
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.choices import Check
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.domain.ids import PersonId
    from app.domain.people import PersonRow
    from ui.page import PageContext

_FINDER_HEIGHT: Final = 236


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with the names that are shown."""

    id: PersonId
    name: str
    name_ar: str
    present: bool = True

    @property
    def shown(self) -> str:
        """The name in the script of the window first."""
        return full_name(self.name, self.name_ar)


class WhoField(QWidget):
    """`completed`: Enter on the empty search line, or Escape there, when everybody is named."""

    completed = Signal()
    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None, *, lane: str) -> None:
        super().__init__(parent)
        self._people: list[Named] = []
        self._checks: list[Check] = []
        self._label = Label(lambda: _("Who attended"), strong=True)
        self._hint = Label(
            lambda: _("Enter adds the person, Enter on an empty line goes on."), step="small", tone="quiet", wraps=True
        )
        self.add_button = Button(lambda: _("Add somebody"), PLAIN, key="F4", icon="user-plus", dense=True)
        self.finder = PersonFinder(context, lambda: _("Who attended"), lane=lane)
        self.finder.setFixedHeight(_FINDER_HEIGHT)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.HAIR)
        layout.addWidget(self._label)
        layout.addLayout(self._column)
        layout.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.finder)
        layout.addWidget(self._hint)
        self.add_button.clicked.connect(self.search)
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.passed_on_empty.connect(self._on_finder_done)
        self.finder.stepped_back.connect(self._on_finder_done)

    @property
    def people(self) -> tuple[Named, ...]:
        """Everybody named, with whether they were there."""
        return tuple(
            Named(person.id, person.name, person.name_ar, check.isChecked())
            for person, check in zip(self._people, self._checks, strict=True)
        )

    @property
    def attendees(self) -> tuple[Attendee, ...]:
        """As the services take it."""
        return tuple(Attendee(person.id, person.present) for person in self.people)

    def begin(self, people: tuple[Named, ...], *, searching: bool) -> None:
        """Start with some people, and look for more at once or on request."""
        self._people = list(people)
        self._rebuild({person.id: person.present for person in people})
        self._show_finder(shown=searching)

    def search(self) -> None:
        """Look for somebody to add."""
        self._show_finder(shown=True)
        self.finder.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_finder(self, *, shown: bool) -> None:
        self.finder.setVisible(shown)
        self._hint.setVisible(shown)
        self.add_button.setVisible(not shown)
        if shown:
            self.finder.start()

    def _rebuild(self, present: dict[PersonId, bool]) -> None:
        for old in self._checks:
            self._column.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._checks = []
        for person in self._people:
            check = Check(lambda person=person: isolate(person.shown))  # type: ignore[misc]
            check.setChecked(present.get(person.id, True))
            check.setToolTip(_("Ticked: was there. Not ticked: was expected and did not come."))
            self._column.addWidget(check)
            self._checks.append(check)
        self.changed.emit()

    def _on_finder_picked(self, row: PersonRow) -> None:
        if all(person.id != row.id for person in self._people):
            present = {person.id: person.present for person in self.people}
            self._people.append(Named(row.id, row.name, row.name_ar))
            self._rebuild(present)
        self.finder.start()

    def _on_finder_done(self) -> None:
        if self._people:
            self._show_finder(shown=False)
        self.completed.emit()
