"""Beside the form for somebody new: who is already on record and may be the same person."""

from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedLayout, QVBoxLayout, QWidget

from app.domain.people import Likeness, PossibleDuplicate
from app.i18n import _
from ui.languages import follow_language
from ui.people.person_delegate import PersonDelegate
from ui.people.person_model import PersonModel
from ui.theme.tokens import Gap
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label
from ui.widgets.notice_strip import announce

MOST_DUPLICATES: Final = 5


def word_likeness(reason: Likeness) -> str:
    """Why two records may be of one person."""
    return {
        Likeness.NAME: _("same name"),
        Likeness.PHONE: _("same phone"),
        Likeness.BIRTH: _("same birth date"),
        Likeness.NATIONALITY: _("same nationality"),
        Likeness.CARD: _("same card"),
    }[reason]


class DuplicatesList(QWidget):
    """Possible duplicates, most likely first. `taken` carries the PersonRow of the one it is."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[PossibleDuplicate, ...] = ()
        self.model = PersonModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(PersonDelegate(self.view, numbered=True))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = Label(self._word_title, strong=True)
        empty = Card(margin=0)
        empty.body.addWidget(
            EmptyState(
                "check",
                lambda: _("Nobody like this is on record"),
                lambda: _("People who may be the same appear here while you type."),
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.SMALL)
        layout.addWidget(self._title)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.view)
        layout.addWidget(holder, 1)
        self.view.clicked.connect(self._on_view_clicked)
        self.view.activated.connect(self._on_view_clicked)
        follow_language(self, self.retranslate)

    @property
    def found(self) -> tuple[PossibleDuplicate, ...]:
        """Who may be the same, as shown."""
        return self._found

    def show_found(
        self, found: tuple[PossibleDuplicate, ...], typed: str, today: date, positions: dict[str, int]
    ) -> None:
        """Show who may be the same as what was typed."""
        grew = len(found) > len(self._found)
        self._found = found
        self.model.today, self.model.positions = today, positions
        notes = [", ".join(word_likeness(reason) for reason in item.reasons[:2]) for item in found]
        self.model.show_rows([item.person for item in found], typed, notes)
        self._stack.setCurrentIndex(1 if found else 0)
        self._title.retranslate()
        self._title.set_tone("attention" if found else "quiet")
        if found and grew:
            announce(self, self._word_title())

    def take(self, number: int) -> bool:
        """It is the one with this number, from 1; False when there is no such one."""
        person = self.model.find(number - 1)
        if person is None:
            return False
        self.taken.emit(person)
        return True

    def retranslate(self) -> None:
        """Word again."""
        self.view.setAccessibleName(_("People who may be the same"))
        self.model.retranslate()

    def _word_title(self) -> str:
        return _("Perhaps already on record:") if self._found else _("Already on record?")

    def _on_view_clicked(self, index: QModelIndex) -> None:
        self.take(index.row() + 1)
