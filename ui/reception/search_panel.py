"""The left side of the desk: who is here, and where to. From the first letter to the key that logs the visit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import CounterId
from app.domain.people import PersonRow
from app.i18n import _
from ui.notices import Tone
from ui.page import PageContext
from ui.people.wording import full_name, isolate, word_open_visit
from ui.reception import keys
from ui.reception.counter_bar import CounterBar
from ui.reception.finder import Finder
from ui.reception.group_bar import GroupBar
from ui.reception.snapshot import DeskSnapshot
from ui.reception.visitor import Visitor
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button


class SearchPanel(QWidget):
    """Wishes: `log_requested(visitor, counter, reason)`, `new_person_requested(what was typed)`, `keys_requested`."""

    log_requested = Signal(object, object, str)
    new_person_requested = Signal(str)
    keys_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._snapshot: DeskSnapshot | None = None
        self._low = False
        self.finder = Finder(context)
        # a ground of its own: at each key Qt would paint the window and all that lies on it again below the list
        self.finder.setAutoFillBackground(True)
        self.group = GroupBar()
        self.bar = CounterBar()
        self.new_person = Button(lambda: _("New person"), PLAIN, key=keys.NEW_PERSON, dense=True)
        self.anonymous = Button(lambda: _("Anonymous"), PLAIN, key=keys.ANONYMOUS, dense=True)
        self.group_start = Button(lambda: _("Group"), PLAIN, key=keys.GROUP, dense=True)
        self.all_keys = Button(lambda: _("Keys"), PLAIN, key=keys.KEYS_SHOWN, dense=True)
        self._lay_out()
        self.finder.picked.connect(self._on_finder_picked)
        self.finder.nobody_picked.connect(self._on_finder_nobody_picked)
        self.finder.stepped_back.connect(self._on_finder_stepped_back)
        self.finder.passed_on_empty.connect(self._on_finder_passed_on_empty)
        self.finder.erased_on_empty.connect(self._on_finder_erased_on_empty)
        self.group.gathered.connect(self._receive)
        self.bar.stepped_back.connect(self._on_bar_stepped_back)
        self.bar.log_requested.connect(self._on_bar_log_requested)
        self.new_person.clicked.connect(self._on_new_person_clicked)
        self.anonymous.clicked.connect(self._on_anonymous_clicked)
        self.group_start.clicked.connect(self._on_group_start_clicked)
        self.all_keys.clicked.connect(self.keys_requested)

    @property
    def is_gathering(self) -> bool:
        """Whether a group is being gathered."""
        return self.group.isVisibleTo(self)

    @property
    def person_before_desk(self) -> PersonRow | None:
        """Who is picked, or else marked in the list."""
        visitor = self.bar.visitor
        return visitor.person if visitor is not None else self.finder.current

    def start_over(self) -> None:
        """Ready for the next one: empty line, caret in it."""
        self.group.hide()
        self._receive(None)
        self.finder.start()

    def receive(self, visitor: Visitor) -> None:
        """Somebody stands before the desk who need not be searched for."""
        if visitor.person is not None:
            self._on_finder_picked(visitor.person)
        else:
            self._receive(visitor)

    def follow(self, snapshot: DeskSnapshot) -> None:
        """Show counters and reasons as they are now."""
        self._snapshot = snapshot
        self.finder.follow(snapshot)
        self.bar.follow(snapshot)

    def fit(self, *, low: bool) -> None:
        """On a low screen a group has the room of the counters until it is complete."""
        self._low = low
        self._column.setSpacing(Gap.SMALL if low else Gap.MEDIUM)
        self.finder.fit(low=low)
        self._make_room()

    def _make_room(self) -> None:
        self.bar.setVisible(not (self._low and self.is_gathering and self.bar.visitor is None))

    def _lay_out(self) -> None:
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.MEDIUM)
        layout.addWidget(self.group)
        layout.addWidget(self.finder, 1)
        layout.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.SMALL)
        for button in (self.new_person, self.anonymous, self.group_start):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.all_keys)
        layout.addLayout(foot)

    def _on_finder_picked(self, person: PersonRow) -> None:
        if not self.is_gathering:
            self._receive(Visitor((person,)))
            return
        if person.open_since is not None and self._snapshot is not None:
            name = isolate(full_name(person.name, person.name_ar))
            state = word_open_visit(person, self._snapshot.today)
            self._context.notices.say(
                _("{name} is {state} and can't join the group. Check out first.").format(name=name, state=state),
                Tone.ATTENTION,
            )
        else:
            self.group.add(person)
        self.finder.start()

    def _receive(self, visitor: Visitor | None) -> None:
        self.finder.show_key(shown=visitor is None)
        if visitor is not None:
            self.bar.show()
        self.bar.receive(visitor)
        self._make_room()

    def _on_finder_nobody_picked(self, query: str) -> None:
        self._context.notices.say(
            _("“{query}” leads to nobody for certain. Choose with ↑ ↓, or F2 writes down somebody new.").format(
                query=isolate(query)
            ),
            Tone.ATTENTION,
        )

    def _on_finder_stepped_back(self) -> None:
        if self.is_gathering:
            self.start_over()
        else:
            self._context.notices.clear()

    def _on_finder_passed_on_empty(self) -> None:
        if self.is_gathering:
            self.group.finish()

    def _on_finder_erased_on_empty(self) -> None:
        if self.is_gathering:
            self.group.take_back()

    def _on_bar_stepped_back(self) -> None:
        self._receive(None)
        self.finder.resume()

    def _on_bar_log_requested(self, counter_id: CounterId, reason: str) -> None:
        visitor = self.bar.visitor
        if visitor is not None:
            self.log_requested.emit(visitor, counter_id, reason)
            self.start_over()

    def _on_new_person_clicked(self) -> None:
        self.new_person_requested.emit(self.finder.text)

    def _on_anonymous_clicked(self) -> None:
        if self.is_gathering:
            self.group.add_nameless()
        else:
            self._receive(Visitor(anonymous=1))

    def _on_group_start_clicked(self) -> None:
        if self.is_gathering:
            self.group.finish()
        else:
            self._receive(None)
            self.group.begin()
            self._make_room()
            self.finder.start()
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
