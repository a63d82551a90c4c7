"""The narrow column beside a timeline: facts, the locked part, household and group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.codes import code_label
from app.i18n import _, current_language
from ui.people.person_card import list_facts, word_restricted
from ui.people.timeline_work import WorkCard
from ui.people.wording import full_name, isolate, join_facts
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from app.domain.bonds import Bond
    from app.domain.ids import PersonId
    from app.services.people import PersonView
    from ui.people.timeline_reading import PersonRecord


class FactsColumn(QWidget):
    """The locked part opens with one key and shuts again with the next person. `person_requested`: of the household.

    `bond_ended` carries a Bond that is no longer so; only whoever may accompany is offered it.
    """

    person_requested = Signal(object)
    bond_ended = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: PersonRecord | None = None
        self._is_open = False
        self.may_end = False
        self._facts = QVBoxLayout()
        self._facts.setSpacing(Gap.SMALL)
        self._lock = IconLabel("lock", "attention")
        self._restricted = Label(wraps=True)
        self.lock_button = Button(self._word_lock, PLAIN, key="F10", dense=True)
        self._bonds = QVBoxLayout()
        self._bonds.setSpacing(0)
        self._nobody = Label(lambda: _("Nobody is linked. F7 links somebody."), tone="quiet", wraps=True)
        facts = Card(margin=Gap.MEDIUM)
        facts.body.addLayout(self._facts)
        self._locked = Card(margin=Gap.MEDIUM, spacing=Gap.SMALL)
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(self._lock)
        head.addWidget(Label(lambda: _("Situation and education"), strong=True, wraps=True), 1)
        self._locked.body.addLayout(head)
        self._locked.body.addWidget(self._restricted)
        self._locked.body.addWidget(self.lock_button, alignment=Qt.AlignmentFlag.AlignLeading)
        self._household = Card(margin=Gap.MEDIUM, spacing=Gap.SMALL)
        self._household.body.addWidget(Label(lambda: _("Household and group"), strong=True, wraps=True))
        self._household.body.addLayout(self._bonds)
        self._household.body.addWidget(self._nobody)
        self.work = WorkCard()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.MEDIUM)
        for card in (facts, self.work, self._locked, self._household):
            layout.addWidget(card)
        layout.addStretch()
        self.lock_button.clicked.connect(self._on_lock_clicked)

    @property
    def restricted_text(self) -> str:
        """What the locked part says."""
        return self._restricted.text()

    def show_record(self, record: PersonRecord) -> None:
        """Show somebody; the lock stays as it is for the same person."""
        former = self._record
        if former is None or former.view.person.id != record.view.person.id:
            self._is_open = False
        self._record = record
        self.retranslate()

    def retranslate(self) -> None:
        """Word again."""
        record = self._record
        if record is None:
            return
        _empty(self._facts)
        for name, fact in list_facts(record.view):
            self._facts.addWidget(_fact(name, fact))
        for card in (self.work, self._locked, self._household):
            card.setVisible(record.view.erasure is None)
        self._word_locked(record.view)
        self.work.show_record(record)
        _empty(self._bonds)
        for bond in record.bonds:
            row = QHBoxLayout()
            row.addWidget(self._bond(bond), 1, Qt.AlignmentFlag.AlignLeading)
            if self.may_end:
                row.addWidget(self._end(bond))
            holder = QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            self._bonds.addWidget(holder)
        self._nobody.setVisible(not record.bonds)

    def _word_locked(self, view: PersonView) -> None:
        may = view.restricted is not None
        self._lock.wear("unlock" if may and self._is_open else "lock", "attention")
        self.lock_button.setVisible(may)
        self.lock_button.retranslate()
        if may and not self._is_open:
            self._restricted.show_text(
                _("Shut, so that nobody beside you reads it. Advisors and managers may open it.")
            )
        else:
            self._restricted.show_text(word_restricted(view))

    def _word_lock(self) -> str:
        return _("Shut") if self._is_open else _("Open")

    def _bond(self, bond: Bond) -> Button:
        name = full_name(bond.name, bond.name_ar)
        kind = code_label("bond_kinds", str(bond.kind), current_language())
        button = Button(
            lambda: isolate(name), PLAIN, icon="user", dense=True, hint=lambda: join_facts(kind, bond.label)
        )
        button.say(lambda: f"{isolate(name)} · {kind}")
        person_id: PersonId = bond.person_id
        button.clicked.connect(lambda: self.person_requested.emit(person_id))
        return button

    def _end(self, bond: Bond) -> Button:
        name = full_name(bond.name, bond.name_ar)
        button = Button(
            lambda: _("End"), PLAIN, dense=True, hint=lambda: _("End the link with {name}").format(name=isolate(name))
        )
        button.clicked.connect(lambda: self.bond_ended.emit(bond))
        return button

    def _on_lock_clicked(self) -> None:
        self._is_open = not self._is_open
        if self._record is not None:
            self._word_locked(self._record.view)


def _fact(name: str, fact: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    label = Label(step="small", tone="quiet")
    label.show_text(name)
    value = Label(wraps=True)
    value.show_text(fact)
    column.addWidget(label)
    column.addWidget(value)
    return holder


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.setParent(None)
            widget.deleteLater()
