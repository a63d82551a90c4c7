"""Small forms: a step, a case, somebody of the household."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import day_of, system_clock
from app.domain.bonds import BondKind
from app.domain.coaching import NewStep, OpenCase
from app.domain.codes import code_list
from app.i18n import _, current_language
from ui.coaching.next_field import NextField, Usual
from ui.coaching.options import label_of
from ui.coaching.when_fields import DayField
from ui.people.choice_fields import NumberedPick
from ui.people.person_finder import PersonFinder
from ui.people.wording import full_name, isolate
from ui.reception.panel import ENTER, Panel
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.buttons import PRIMARY, Button
from ui.widgets.choices import PickList
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from app.domain.ids import CaseId, PersonId
    from app.domain.people import PersonRow
    from app.domain.visits import Counter
    from ui.coaching.who_field import Named
    from ui.page import PageContext
    from ui.widgets.words import Words

_WEEK: Final = 7


class SmallForm(Panel):
    """Fields below each other and one button; Enter saves. Subclass: fill `fields`, override `_save`."""

    def __init__(self, title: Words, save: Words, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        column = QWidget()
        column.setMaximumWidth(FORM_WIDTH)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(Gap.MEDIUM)
        self.save = Button(save, PRIMARY, shown_key="Enter")
        whole = QVBoxLayout(column)
        whole.setContentsMargins(0, 0, Gap.HAIR, Gap.HAIR)
        whole.setSpacing(Gap.LARGE)
        whole.addLayout(self.fields)
        whole.addWidget(self.save, alignment=Qt.AlignmentFlag.AlignTrailing)
        whole.addStretch()
        self.row = QHBoxLayout()
        self.row.setSpacing(Gap.WIDE)
        self.row.addWidget(Scroller(column), 1)
        self.body.addLayout(self.row, 1)
        self.save.clicked.connect(self._save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, with Ctrl or without."""
        if event.key() in ENTER:
            self._save()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        raise NotImplementedError


class StepForm(SmallForm):
    """`made` carries a NewStep."""

    made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("New step"), lambda: _("Save the step"), parent)
        self._person_id: PersonId | None = None
        self._case_id: CaseId | None = None
        self.what = NextField(lambda: _("What is to be done"))
        self.due = DayField(lambda: _("By when"))
        self.fields.addWidget(self.what)
        self.fields.addWidget(self.due)
        self.row.addStretch(1)

    def begin(self, person_id: PersonId | None, case_id: CaseId | None, usual: Sequence[Usual]) -> None:
        """Start a new one."""
        self._person_id, self._case_id = person_id, case_id
        today = day_of(system_clock())
        self.what.field.set_text("")
        self.what.field.clear_error()
        self.what.offer(usual)
        self.due.begin(today + timedelta(days=_WEEK), today)

    def enter(self) -> None:
        """What is to be done."""
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if not self.what.text:
            self.what.field.show_error(lambda: _("Say in a few words what is to be done."))
            self.enter()
        elif not self.due.settle():
            self.due.setFocus()
        else:
            self.made.emit(NewStep(self.what.text, self.due.day, self._person_id, self._case_id))


class CaseForm(SmallForm):
    """`opened` carries an OpenCase."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Open a case"), lambda: _("Open the case"), parent)
        self._person_id: PersonId | None = None
        self._counters: tuple[Counter, ...] = ()
        self.counter = NumberedPick(lambda: _("Counter"))
        self.goal = LineField(lambda: _("Goal"), placeholder=lambda: _("in the person's own words"))
        self.fields.addWidget(FieldFrame(lambda: _("Counter"), self.counter))
        self.fields.addWidget(self.goal)
        self.fields.addWidget(
            Label(
                lambda: _("The steps that are usual at this counter are laid with their dates; you can change them."),
                step="small",
                tone="quiet",
                wraps=True,
            )
        )
        self.row.addStretch(1)

    def begin(self, person_id: PersonId, counters: Sequence[Counter]) -> None:
        """Start a new one."""
        self._person_id, self._counters = person_id, tuple(counters)
        self.counter.offer([(str(counter.id), _counter(counter)) for counter in self._counters])
        self.counter.number([counter.position for counter in self._counters])
        self.counter.setCurrentIndex(0)
        self.goal.set_text("")

    def enter(self) -> None:
        """The counter."""
        self.counter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        chosen = next((each.id for each in self._counters if str(each.id) == self.counter.value), None)
        if self._person_id is not None:
            self.opened.emit(OpenCase(self._person_id, chosen, goal=self.goal.text))


class ExitForm(SmallForm):
    """`closed` carries the case and the code of what came of it."""

    closed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Close the case"), lambda: _("Close the case"), parent)
        self._case_id: CaseId | None = None
        self.exit = PickList(lambda: _("What came of it"), [(each.code, label_of(each)) for each in code_list("exits")])
        self.fields.addWidget(FieldFrame(lambda: _("What came of it"), self.exit))
        self.fields.addWidget(
            Label(
                lambda: _("Steps that are still open are dropped. The case can be opened again later."),
                step="small",
                tone="quiet",
                wraps=True,
            )
        )
        self.row.addStretch(1)

    def begin(self, case_id: CaseId) -> None:
        """Ask about a case."""
        self._case_id = case_id

    def enter(self) -> None:
        """What came of it."""
        self.exit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._case_id is not None:
            self.closed.emit(self._case_id, self.exit.value)


class BondForm(SmallForm):
    """`bound` carries the other person's id, the BondKind and a word about it."""

    bound = Signal(object, object, str)

    _other: PersonRow | None = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Household and group"), lambda: _("Save the link"), parent)
        self._person: Named | None = None
        self._who = Label(self._word_who, strong=True, wraps=True)
        self.kind = NumberedPick(lambda: _("Is"), [(each.code, label_of(each)) for each in code_list("bond_kinds")])
        self.kind.number(range(1, self.kind.count() + 1))
        self.label = LineField(lambda: _("Remark"))
        self.fields.addWidget(self._who)
        self.fields.addWidget(FieldFrame(lambda: _("What the other one is to this person"), self.kind))
        self.fields.addWidget(self.label)
        self.finder = PersonFinder(context, lambda: _("Search for the other person"), lane="bond-who")
        self.row.addWidget(self.finder, 1)
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.stepped_back.connect(self.left)

    def begin(self, person: Named) -> None:
        """Ask who belongs to somebody."""
        self._person, self._other = person, None
        self.label.set_text("")
        self.finder.start()
        self._who.retranslate()

    def enter(self) -> None:
        """The other person."""
        self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _word_who(self) -> str:
        if self._other is None or self._person is None:
            return _("Search for the other person and press Enter.")
        other = isolate(full_name(self._other.name, self._other.name_ar))
        return _("{other}, for {name}:").format(other=other, name=isolate(self._person.shown))

    def _on_finder_picked(self, row: PersonRow) -> None:
        if self._person is not None and row.id != self._person.id:
            self._other = row
            self._who.retranslate()
            self.kind.setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self) -> None:
        if self._other is None:
            self.enter()
        else:
            self.bound.emit(self._other.id, BondKind(self.kind.value), self.label.text)


def _counter(counter: Counter) -> Words:
    return lambda: f"{counter.position}  {counter.label(current_language())}"
