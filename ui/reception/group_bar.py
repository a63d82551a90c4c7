"""The members of a group while they are being gathered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.people import PersonRow
from app.i18n import _, ngettext
from ui.people.wording import full_name, join_facts
from ui.reception import keys
from ui.reception.visitor import Visitor
from ui.theme.tokens import Gap
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import Label


class GroupBar(Card):
    """Who belongs to the group so far. `gathered` carries the Visitor."""

    gathered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.MEDIUM, spacing=Gap.SMALL)
        self._people: list[PersonRow] = []
        self._anonymous = 0
        self._title = Label(self._word_title, strong=True)
        self._members = Label(self._word_members, wraps=True)
        self.add_anonymous = Button(lambda: _("One without a name"), shown_key=keys.ANONYMOUS, dense=True)
        self.go_on = Button(lambda: _("Choose the counter"), shown_key=keys.GROUP, dense=True)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(self._title, 1)
        row.addWidget(self.add_anonymous)
        row.addWidget(self.go_on)
        self.body.addLayout(row)
        self.body.addWidget(self._members)
        self.add_anonymous.clicked.connect(self.add_nameless)
        self.go_on.clicked.connect(self.finish)
        self.hide()

    @property
    def visitor(self) -> Visitor:
        """The group as it is."""
        return Visitor(tuple(self._people), self._anonymous, is_group=True)

    def begin(self) -> None:
        """Gather a new group."""
        self._people, self._anonymous = [], 0
        self._update()
        self.show()

    def add(self, person: PersonRow) -> None:
        """One more who is known; nobody twice."""
        if all(known.id != person.id for known in self._people):
            self._people.append(person)
        self._update()

    def add_nameless(self) -> None:
        """One more without a name."""
        self._anonymous += 1
        self._update()

    def take_back(self) -> None:
        """Without the one who was added last."""
        if self._anonymous:
            self._anonymous -= 1
        elif self._people:
            self._people.pop()
        self._update()

    def finish(self) -> None:
        """Go on to the counter if there is anybody."""
        if self.visitor.count:
            self.gathered.emit(self.visitor)

    def _update(self) -> None:
        self.go_on.setEnabled(bool(self.visitor.count))
        self._title.retranslate()
        self._members.retranslate()

    def _word_title(self) -> str:
        return self.visitor.word() if self.visitor.count else _("A group")

    def _word_members(self) -> str:
        if not self.visitor.count:
            return _("Enter adds a person, F3 one without a name. Backspace takes the last one out.")
        names = [full_name(person.name, person.name_ar) for person in self._people]
        if self._anonymous:
            count = self._anonymous
            names.append(ngettext("{count} without a name", "{count} without a name", count).format(count=count))
        return join_facts(*names)
