"""A field for a birth date or year, understood as it is typed and shown back in words."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.people import Birth, BirthNotUnderstoodError, Precision, parse_birth
from app.i18n import _, ngettext
from ui.people.wording import join_facts, word_birth
from ui.widgets.fields import LineField
from ui.widgets.words import Words, as_is


class BirthField(LineField):
    """12/03/1998, 1998 or ~1998. `birth` is what was understood."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: _("Born"),
            parent,
            placeholder=lambda: _("12/03/1998, 1998 or ~1998"),
            left_to_right=True,
            max_length=20,
        )
        self.birth: Birth | None = None
        self.today = date.max
        self.edited.connect(self._on_edited)

    def settle(self) -> bool:
        """Whether the text is understood; says so below the field when it is not."""
        try:
            self.birth = parse_birth(self.text, self.today)
        except BirthNotUnderstoodError:
            self.birth = None
            self.show_error(lambda: _("Not understood. Write 12/03/1998, 1998 or ~1998."))
            return False
        return True

    def clear(self) -> None:
        """Begin again."""
        self.set_text("")
        self.birth = None
        self.clear_error()
        self._frame.show_hint(as_is(""))

    def _on_edited(self) -> None:
        try:
            self.birth = parse_birth(self.text, self.today)
        except BirthNotUnderstoodError:
            self.birth = None
        self._frame.show_hint(_understood(self.birth, self.today))


def _understood(birth: Birth | None, today: date) -> Words:
    if birth is None:
        return as_is("")

    def words() -> str:
        before = (today.month, today.day) < (birth.date.month, birth.date.day)
        years = today.year - birth.year - int(birth.precision is Precision.DAY and before)
        age = ngettext("{count} year old", "{count} years old", years).format(count=years)
        if birth.precision is not Precision.DAY:
            age = _("about {age}").format(age=age)
        return join_facts(word_birth(birth), age)

    return words
