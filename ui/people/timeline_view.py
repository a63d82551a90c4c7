"""A person: the name large, what is urgent, then everything that happened in one scroll, facts in a narrow column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.coaching.entry_list import EntryList
from ui.languages import follow_language
from ui.people.timeline_facts import FactsColumn
from ui.people.timeline_urgent import UrgentCard
from ui.people.timeline_words import Filter, list_entries
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.cards import Card, EmptyState
from ui.widgets.choices import OneOf, PickList
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from ui.people.timeline_reading import PersonRecord
    from ui.widgets.choices import Options

_SIDE: Final = 280
_NARROW_SIDE: Final = 220


class TimelineView(QWidget):
    """`taken` carries what a line is about, as (kind, id). The buttons are wishes that the page connects."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: PersonRecord | None = None
        self._low = False
        self.back = Button(lambda: _("Back"), PLAIN, shown_key="Esc", dense=True)
        self.name = Label(step="large", wraps=True)
        self.name_ar = Label(step="large", wraps=True)
        self._number = Label(tone="quiet")
        self.session_button = Button(lambda: _("Session"), PRIMARY, key="F2", icon="session", dense=True)
        self.appointment_button = Button(lambda: _("Appointment"), key="F3", icon="calendar-plus", dense=True)
        self.step_button = Button(lambda: _("Step"), key="F4", icon="step", dense=True)
        self.case_button = Button(lambda: _("Case"), key="F5", icon="case", dense=True)
        self.attach_button = Button(lambda: _("Paper"), key="F6", icon="attachment", dense=True)
        self.bond_button = Button(lambda: _("Household"), key="F7", icon="bond", dense=True)
        self.consent_button = Button(lambda: _("Consent"), key="F8", icon="consent", dense=True)
        self.refer_button = Button(lambda: _("Refer"), key="F9", icon="referral", dense=True)
        self.certificate_button = Button(lambda: _("Certify"), key="F11", icon="papers", dense=True)
        self.urgent = UrgentCard()
        self.filter = OneOf(lambda: _("Show"), self._parts())
        self.pick = PickList(lambda: _("Show"), self._parts(), dense=True)
        self.list = EntryList(lambda: _("Timeline"), lead="30 sept.")
        self.facts = FactsColumn()
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.list.stepped_back.connect(self.left)
        self.list.taken.connect(self.taken)
        self.filter.chosen.connect(self._on_filter_chosen)
        self.pick.picked.connect(self._on_filter_chosen)
        follow_language(self, self.retranslate)

    @staticmethod
    def _parts() -> Options:
        return (
            (Filter.ALL, lambda: _("All")),
            (Filter.VISITS, lambda: _("Visits")),
            (Filter.ACCOMPANIMENT, lambda: _("Accompaniment")),
            (Filter.TO_DO, lambda: _("Steps and appointments")),
            (Filter.WORK, lambda: _("Work and funding")),
            (Filter.PAPERS, lambda: _("Papers and consents")),
        )

    @property
    def adding(self) -> tuple[Button, ...]:
        """The buttons that add something."""
        return (
            self.session_button, self.appointment_button, self.step_button, self.case_button, self.attach_button,
            self.bond_button, self.consent_button, self.refer_button, self.certificate_button,
        )  # fmt: skip

    def show_record(self, record: PersonRecord) -> None:
        """Show somebody."""
        former = self._record
        self._record = record
        if former is None or former.view.person.id != record.view.person.id:
            self.filter.choose(Filter.ALL)
            self.pick.choose(Filter.ALL)
            self.list.show_entries([])
        self.retranslate()

    def retranslate(self) -> None:
        """Word again."""
        record = self._record
        if record is None:
            return
        person, erased = record.view.person, record.view.erasure is not None
        self.name.show_text(_("Erased person") if erased else person.name or person.name_ar)
        self.name_ar.show_text(person.name_ar if person.name else "")
        self.name_ar.setVisible(bool(person.name and person.name_ar) and not erased)
        self._number.show_text(person.number)
        self._number.setVisible(not erased)
        for button in self.adding:
            button.setVisible(not erased)
        self._show_filter()
        self.urgent.show_record(record)
        self.facts.show_record(record)
        self._show_entries()

    def primary_focus(self) -> QWidget:
        """The timeline, or what begins one."""
        if self._stack.currentIndex() == 0:
            return self.list
        return self.session_button if self.session_button.isEnabled() else self.back

    def fit(self, *, narrow: bool, low: bool) -> None:
        """Take less room on a small screen."""
        self._side.setFixedWidth(_NARROW_SIDE if narrow else _SIDE)
        self._whole.setSpacing(Gap.HAIR if low else Gap.SMALL)
        self._low = low
        self.urgent.fit(low=low)
        self._show_filter()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Gap.LARGE)
        head.addWidget(self.name)
        head.addWidget(self.name_ar)
        head.addWidget(self._number)
        head.addStretch()
        head.addWidget(self.pick, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignTop)
        adding = QWidget()
        flow = FlowLayout(adding)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(Gap.SMALL)
        for button in self.adding:
            flow.addWidget(button)
        empty = Card(margin=0)
        empty.body.addWidget(
            EmptyState(
                "calendar",
                lambda: _("Nothing of this kind so far"),
                lambda: _("F2 writes a session down, F5 opens a case, F6 keeps a paper."),
            )
        )
        holder = QWidget()
        # where every line counts the list gives way, so that what is urgent is whole
        holder.setMinimumHeight(Gap.PAGE)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        main = QVBoxLayout()
        main.setSpacing(Gap.SMALL)
        main.addWidget(self.urgent)
        main.addWidget(self.filter)
        main.addWidget(holder, 1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(Scroller(self.facts))
        sides = QHBoxLayout()
        sides.setSpacing(Gap.LARGE)
        sides.addLayout(main, 1)
        sides.addWidget(self._side)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(head)
        self._whole.addWidget(adding)
        self._whole.addLayout(sides, 1)
        self.fit(narrow=False, low=False)

    def _show_entries(self) -> None:
        if self._record is not None:
            entries = list_entries(self._record, Filter(self.filter.value or Filter.ALL))
            held = self.primary_focus().hasFocus()
            self.list.show_entries(entries)
            if held and not entries:
                # before the list goes, which would leave the keyboard to whatever comes next
                self.back.setFocus(Qt.FocusReason.OtherFocusReason)
            self._stack.setCurrentIndex(0 if entries else 1)
            if held:
                self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_filter(self) -> None:
        """Options side by side, or one line that drops down where every line counts."""
        erased = self._record is not None and self._record.view.erasure is not None
        self.filter.setVisible(not self._low and not erased)
        self.pick.setVisible(self._low and not erased)

    def _on_filter_chosen(self, key: str) -> None:
        self.filter.choose(key)
        self.pick.choose(key)
        self._show_entries()
