"""Fields for a day and for a time, understood as they are typed and shown back in words."""

from datetime import date, time

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _, ngettext
from ui.coaching.day_reading import read_day, read_time
from ui.people.wording import join_facts, word_week_day
from ui.widgets.fields import LineField
from ui.widgets.words import Words, as_is


class DayField(LineField):
    """7, +7, 12/12, lundi, demain. `day` is what was understood."""

    def __init__(self, name: Words, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, placeholder=lambda: _("7, 12/12 or Monday"), max_length=20)
        self.day: date | None = None
        self.today = date.max
        for part in (self, self._frame):
            # what was understood may take two lines
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.edited.connect(self._on_edited)

    def begin(self, day: date | None, today: date) -> None:
        """Show a day, or nothing."""
        self.today, self.day = today, day
        self.clear_error()
        self.set_text(f"{day:%d/%m/%Y}" if day is not None else "")
        self._frame.show_hint(self._understood())

    def settle(self) -> bool:
        """Whether the text is understood; says so below the field when it is not."""
        self._read()
        if self.day is None and self.text:
            self.show_error(lambda: _("Not understood. Write 7 for in seven days, 12/12 or a weekday."))
            return False
        return True

    def _read(self) -> None:
        try:
            self.day = read_day(self.text, self.today)
        except (ValueError, OverflowError):
            self.day = None

    def _on_edited(self) -> None:
        self._read()
        self._frame.show_hint(self._understood())

    def _understood(self) -> Words:
        day, today = self.day, self.today
        if day is None:
            return as_is("")

        def words() -> str:
            ahead = (day - today).days
            if not ahead:
                return _("today")
            if ahead > 0:
                distance = ngettext("in {count} day", "in {count} days", ahead).format(count=ahead)
            else:
                distance = ngettext("{count} day ago", "{count} days ago", -ahead).format(count=-ahead)
            return join_facts(word_week_day(day), distance)

        return words


class TimeField(LineField):
    """9, 9:30, 14h. `time` is what was understood."""

    def __init__(self, name: Words, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, placeholder=lambda: _("14:30"), left_to_right=True, max_length=5)
        self.time: time | None = None

    def begin(self, at: time | None) -> None:
        """Show a time, or nothing."""
        self.time = at
        self.clear_error()
        self.set_text(f"{at:%H:%M}" if at is not None else "")

    def settle(self) -> bool:
        """Whether the text is understood; says so below the field when it is not."""
        try:
            self.time = read_time(self.text)
        except ValueError:
            self.time = None
        if self.time is None:
            self.show_error(lambda: _("Not understood. Write the time as 09:42."))
            return False
        return True
