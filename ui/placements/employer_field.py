"""Which employer: one on record, or a new one by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.changes import Changes
from app.domain.ids import EmployerId
from app.domain.placements import NewEmployer
from app.i18n import _
from app.services import employers
from ui.people.wording import join_facts
from ui.ventures.form import framed_pick
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bootstrap import UnitOfWork
    from app.domain.placements import Employer
    from ui.widgets.words import Words


class EmployerField(QWidget):
    """The name is asked for where a new employer is chosen, and where none is on record yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pick, frame = framed_pick(lambda: _("Employer"), [("", lambda: _("A new employer"))])
        self.name = LineField(lambda: _("Name of the new employer"), max_length=200)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(frame, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.pick)
        self.pick.currentIndexChanged.connect(self._on_pick_changed)

    @property
    def employer_id(self) -> EmployerId | None:
        """The one on record, None for a new one."""
        return EmployerId(UUID(self.pick.value)) if self.pick.value else None

    def begin(self, known: Sequence[Employer], chosen: EmployerId | None = None) -> None:
        """Offer those on record and a new one."""
        options: list[tuple[str, Words]] = [(str(one.id), _employer_words(one)) for one in known]
        self.pick.offer([*options, ("", lambda: _("A new employer"))])
        self.pick.setCurrentIndex(0)
        if chosen is not None:
            self.pick.choose(str(chosen))
        self.name.set_text("")
        self.name.clear_error()
        self._on_pick_changed()

    def _on_pick_changed(self) -> None:
        self.name.setVisible(not self.pick.value)


def resolve_employer(employer_id: EmployerId | None, name: str, uow: UnitOfWork) -> tuple[EmployerId, Changes]:
    """The chosen employer; a new one goes on record in the same transaction."""
    if employer_id is not None:
        return employer_id, Changes()
    outcome = employers.add_employer(NewEmployer(name), uow)
    return outcome.value.id, outcome.changes


def _employer_words(one: Employer) -> Words:
    return lambda: join_facts(one.name, one.city)
