"""Somebody who comes for the first time: seven fields; everything else is the advisor's to complete."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.bootstrap import UnitOfWork
from app.domain.codes import code_label, code_list
from app.domain.people import NewPerson, PersonRow, PossibleDuplicate, Sex, clean_name, is_arabic
from app.errors import UserError
from app.i18n import _, current_language
from app.outcome import Outcome
from app.services import people
from ui.page import PageContext
from ui.people.birth_field import BirthField
from ui.people.choice_fields import NumberedOneOf, NumberedPick
from ui.people.country_field import CountryField
from ui.people.digits import digit_of
from ui.people.duplicates_list import MOST_DUPLICATES, DuplicatesList
from ui.people.wording import full_name, join_facts
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, PRIMARY, Button
from ui.widgets.fields import FieldFrame, LineField
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import Words

_PAUSE_MS: Final = 120
_FEW_ROWS: Final = 3 * Gap.PAGE + Gap.LARGE
_ANY_HEIGHT: Final = 16_777_215
"""Qt's word for no limit."""
_LANE: Final = "desk-duplicates"
_FEWEST_DIGITS: Final = 6
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class NewPersonForm(QWidget):
    """`saved` and `person_taken` (it was somebody on record) carry a PersonRow; `cancelled` nothing."""

    saved = Signal(object)
    person_taken = Signal(object)
    cancelled = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._today = date.max
        self._narrow = False
        self._positions: dict[str, int] = {}
        self.name_line = LineField(lambda: _("Name, as on the document"), max_length=300)
        self.name_ar = LineField(lambda: _("Name in Arabic"), max_length=300)
        self.sex = NumberedOneOf(
            lambda: _("Sex"),
            [("f", lambda: _("1 Woman")), ("m", lambda: _("2 Man")), ("", lambda: _("3 Not stated"))],
        )
        self.birth = BirthField()
        self.nationality = CountryField()
        self.phone = LineField(lambda: _("Phone"), left_to_right=True, max_length=40)
        self.consent = NumberedPick(lambda: _("Consent to be registered"), _consent_options())
        self.consent.number(range(len(code_list("consent_ways")) + 1))
        self.duplicates = DuplicatesList()
        self.save = Button(lambda: _("Save, then the counter"), PRIMARY, shown_key="Ctrl+Enter")
        self.cancel = Button(lambda: _("Back to the search"), PLAIN, shown_key="Esc")
        self._lay_out()
        self._order: tuple[QWidget, ...] = (
            self.name_line.line, self.name_ar.line, self.sex, self.birth.line, self.nationality.line, self.phone.line,
            self.consent,
        )  # fmt: skip
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_timeout)
        for field in (self.name_line, self.name_ar, self.birth, self.phone):
            field.edited.connect(self._on_edited)
        self.nationality.line.textEdited.connect(self._on_edited)
        self.sex.chosen.connect(self._on_edited)
        self.sex.entered.connect(self._go_on)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.cancelled)
        self.duplicates.taken.connect(self.person_taken)

    def begin(self, typed: str, today: date, positions: dict[str, int]) -> None:
        """Empty form for what was being searched: letters go into the name of their script, digits into the phone."""
        self._today, self._positions = today, positions
        self.birth.today = today
        for field in (self.name_line, self.name_ar, self.phone):
            field.set_text("")
            field.clear_error()
        self.birth.clear()
        self.nationality.clear()
        self.sex.choose("")
        self.consent.setCurrentIndex(0)
        self.duplicates.show_found((), "", today, positions)
        self._make_room()
        typed = clean_name(typed)
        letters = any(char.isalpha() for char in typed)
        field = self.name_ar if is_arabic(typed) else self.name_line if letters else self.phone
        field.set_text(typed)
        self._order[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_line.line.end(False)  # noqa: FBT003 - Qt's signature
        if typed:
            self._pause.start()

    def fit(self, *, narrow: bool) -> None:
        """On a small screen those who may be the same stand above the fields, when there are any."""
        self._narrow = narrow
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)
        self._sides.setSpacing(Gap.SMALL if narrow else Gap.WIDE)
        self.duplicates.setMaximumHeight(_FEW_ROWS if narrow else _ANY_HEIGHT)
        self._make_room()

    def _make_room(self) -> None:
        self.duplicates.setVisible(not self._narrow or bool(self.duplicates.found))

    def gather(self) -> NewPerson:
        """What the fields say now; a birth date or country that is not understood is left out."""
        name, name_ar = clean_name(self.name_line.text), clean_name(self.name_ar.text)
        if is_arabic(name) and not name_ar:
            name, name_ar = "", name
        return NewPerson(
            name=name,
            name_ar=name_ar,
            sex=Sex(self.sex.value),
            birth=self.birth.birth,
            nationality=self.nationality.code,
            phones=(self.phone.text,) if self.phone.text else (),
            consent=self.consent.value,
        )

    def submit(self) -> None:
        """Save if nothing is wrong, else go to the first field that is."""
        if self.save.is_busy:
            return
        wrong = self._find_wrong()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        person = self.gather()

        def add(uow: UnitOfWork) -> Outcome[PersonRow]:
            return people.add(person, uow)

        self._context.operations.run(self, add, self._on_added, self._on_refused, busy=self.save, said=_word_saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Ctrl+Enter saves, Ctrl and a digit takes somebody on record, Escape goes back."""
        key, digit = Qt.Key(event.key()), digit_of(event)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ENTER and control:
            self.submit()
        elif key in _ENTER:
            self._go_on()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif digit is None or not control or not self.duplicates.take(digit):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The caret stands in the first field."""
        super().showEvent(event)
        self._order[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.addWidget(Label(lambda: _("Somebody new"), step="large"), 1)
        title.addWidget(self.cancel)
        column = QWidget()
        fields = QVBoxLayout(column)
        fields.setContentsMargins(0, 0, Gap.HAIR, 0)
        fields.setSpacing(Gap.MEDIUM)
        fields.addWidget(self.name_line)
        fields.addWidget(self.name_ar)
        fields.addWidget(FieldFrame(lambda: _("Sex"), self.sex))
        fields.addLayout(_side_by_side(self.birth, self.nationality))
        consent = FieldFrame(lambda: _("Consent to be registered"), self.consent, hint=_word_consent_keys)
        fields.addLayout(_side_by_side(self.phone, consent))
        fields.addStretch()
        self._sides = sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        sides.setSpacing(Gap.WIDE)
        sides.addWidget(Scroller(column, as_wide=True), 6)
        sides.addWidget(self.duplicates, 5)
        foot = QHBoxLayout()
        foot.addWidget(Label(lambda: _("Enter goes to the next field."), step="small", tone="quiet"), 1)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.MEDIUM)
        layout.addLayout(title)
        layout.addLayout(sides, 1)
        layout.addLayout(foot)

    def _go_on(self) -> None:
        focused = QApplication.focusWidget()
        at = next((n for n, part in enumerate(self._order) if focused is not None and _holds(part, focused)), None)
        if at is None:
            return
        if at == len(self._order) - 1:
            self.submit()
        else:
            self._order[at + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _find_wrong(self) -> QWidget | None:
        person = self.gather()
        if not any(char.isalpha() for char in person.name + person.name_ar):
            self.name_line.show_error(
                lambda: _(
                    "A name is needed, in either script. Without a name: Esc, then F3 counts an anonymous passage."
                )
            )
            return self.name_line.line
        if not self.birth.settle():
            return self.birth.line
        self.nationality.settle()
        if not self.nationality.is_understood:
            return self.nationality.line
        digits = sum(char.isdigit() for char in self.phone.text)
        if self.phone.text and digits < _FEWEST_DIGITS:
            self.phone.show_error(lambda: _("At least six digits, or leave it empty."))
            return self.phone.line
        return None

    def _on_edited(self) -> None:
        self._pause.start()

    def _on_pause_timeout(self) -> None:
        person = self.gather()
        typed = person.name_ar if not person.name else person.name

        def find(uow: UnitOfWork) -> tuple[PossibleDuplicate, ...]:
            return people.possible_duplicates(person, uow, MOST_DUPLICATES)

        def show(found: tuple[PossibleDuplicate, ...]) -> None:
            self.duplicates.show_found(found, typed, self._today, self._positions)
            self._make_room()

        self._context.operations.query(self, find, show, lane=_LANE)

    def _on_added(self, row: PersonRow) -> None:
        self.saved.emit(row)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._context.messages.report(error)
            return
        sentence = str(error)
        self.name_line.show_error(lambda: sentence)
        self.name_line.line.setFocus(Qt.FocusReason.OtherFocusReason)


def _consent_options() -> list[tuple[str, Words]]:
    options: list[tuple[str, Words]] = [("", lambda: _("not asked yet"))]
    return options + [(code.code, _way(code.code)) for code in code_list("consent_ways")]


def _way(code: str) -> Words:
    return lambda: code_label("consent_ways", code, current_language())


def _word_consent_keys() -> str:
    ways = code_list("consent_ways")
    return join_facts(*(f"{n}\N{NO-BREAK SPACE}{way.label(current_language())}" for n, way in enumerate(ways, 1)))


def _word_saved(row: PersonRow) -> str:
    return _("{name} is on record as {number}.").format(name=full_name(row.name, row.name_ar), number=row.number)


def _holds(part: QWidget, focused: QWidget) -> bool:
    return part is focused or part.isAncestorOf(focused)


def _side_by_side(*parts: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(Gap.LARGE)
    for part in parts:
        layout.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    return layout
